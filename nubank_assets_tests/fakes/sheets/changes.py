"""The requests of a batchUpdate: each by its name, all of them or none."""

from collections.abc import Callable
from typing import Final

from nubank_assets_tests.fakes.sheets.book import Book, Json
from nubank_assets_tests.fakes.sheets.errors import ApiError, invalid

#: A request on a copy of the book, by this e-mail; its reply.
Handler = Callable[[Book, Json, str], Json | None]
HANDLERS: Final[dict[str, Handler]] = {}


def handles(name: str) -> Callable[[Handler], Handler]:
    """Register what carries out the requests of this name."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register


class UnknownRequestError(Exception):
    """A request that Google has and this fake does not."""


def batch_update(book: Book, body: Json, email: str) -> tuple[Book, list[Json]]:
    """The book after all requests, and their replies; the one that was given stays as it is."""
    if not body.get("requests"):
        raise invalid("Must specify at least one request.")
    changed = book.copy()
    replies = [_carry_out(changed, number, request, email) for number, request in enumerate(body["requests"])]
    changed.check_size()
    return changed, replies


def _carry_out(book: Book, number: int, request: Json, email: str) -> Json:
    if len(request) != 1:
        raise invalid(f"Invalid requests[{number}]: exactly one kind must be set.")
    (name, content), *_ = request.items()
    if name not in HANDLERS:
        raise UnknownRequestError(name)
    try:
        return HANDLERS[name](book, content, email) or {}
    except ApiError as error:
        raise ApiError(error.code, f"Invalid requests[{number}].{name}: {error.text}", error.status) from None
