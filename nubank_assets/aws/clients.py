"""Clients of AWS with ends to every wait, and its failures as the platform's own two kinds.

Credentials, region and endpoint are AWS's own variables (`AWS_PROFILE`, `AWS_REGION`, `AWS_ENDPOINT_URL`, …).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    NoRegionError,
    ParamValidationError,
    PartialCredentialsError,
    ProfileNotFound,
)

from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.messages import message

#: Seconds to connect and to wait for an answer; botocore repeats what may pass, at most so many times.
CONFIG: Final = Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 4})
_DENIED: Final = frozenset(
    {"AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException", "Forbidden", "403"}
)
_MISSING: Final = frozenset(
    {"ResourceNotFoundException", "EntityNotFoundException", "NotFound", "NotFoundException", "NoSuchBucket", "404"}
)
#: Keys that were good once: AWS's own clients renew those that they can.
_EXPIRED: Final = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
_SERVER_ERROR: Final = 500
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class AwsDeniedError(PermanentError):
    """The credentials lack a permission; the message names it and the resource."""


class AwsMissingError(PermanentError):
    """What was asked for does not exist."""


@cache
def client(service: str, attempts: int | None = None) -> Any:
    """The process's client of a service; raises PermanentError without a region.

    With one attempt it is for calls that must not be made twice.
    """
    with aws_failures(service, service):
        config = CONFIG
        if attempts is not None:
            config = config.merge(Config(retries={"mode": "standard", "total_max_attempts": attempts}))
        # A session of its own: the default one keeps the credentials it found first.
        made = Session().client(service, config=config)
    check_encrypted(made.meta.endpoint_url)
    return made


def check_encrypted(endpoint: str) -> None:
    """Refuse to talk without TLS to anything but this machine: secrets go there. Raises InputError."""
    place = urlsplit(endpoint)
    if place.scheme != "https" and place.hostname not in _HERE:
        raise InputError(message("s3_not_encrypted", endpoint=endpoint))


@contextmanager
def aws_failures(action: str, resource: str) -> Iterator[None]:
    """Raise what AWS raises as a PermanentError or RetryableError that names the action and the resource.

    `action` is the IAM action, such as ``glue:GetTable``. A conditional write that lost is left as ClientError.
    """
    try:
        yield
    except ClientError as error:
        raise _explain(error, action, resource) from None
    except (NoCredentialsError, PartialCredentialsError):
        raise PermanentError(message("aws_no_credentials")) from None
    except NoRegionError:
        raise PermanentError(message("aws_no_region")) from None
    except (ProfileNotFound, ParamValidationError) as error:
        raise InputError(message("aws_wrong", action=action, resource=resource, error=error)) from None
    except BotoCoreError as error:
        raise RetryableError(message("aws_unreachable", action=action, error=type(error).__name__)) from None


def code_of(error: ClientError) -> str:
    """The error's code, such as ``EntityNotFoundException``."""
    return str(error.response.get("Error", {}).get("Code", ""))


def _explain(error: ClientError, action: str, resource: str) -> Exception:
    code, status = code_of(error), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    values = {"action": action, "resource": resource, "error": code}
    if code in _EXPIRED:
        return PermanentError(message("aws_expired", **values))
    if code in _DENIED:
        return AwsDeniedError(message("aws_denied", **values))
    if code in _MISSING:
        return AwsMissingError(message("aws_missing", **values))
    if status >= _SERVER_ERROR or "Throttl" in code or code in {"SlowDown", "TooManyRequestsException"}:
        return RetryableError(message("aws_busy", **values))
    return PermanentError(message("aws_wrong", **values))
