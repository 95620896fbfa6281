"""What Google says instead of doing what was asked."""

from typing import Any


class ApiError(Exception):
    """An answer that is no success, as Google words it."""

    def __init__(self, code: int, text: str, status: str, details: list[dict[str, Any]] | None = None) -> None:
        super().__init__(text)
        self.code, self.text, self.status, self.details = code, text, status, details

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {"code": self.code, "message": self.text, "status": self.status}
        return {"error": {**error, "details": self.details} if self.details else error}


def invalid(text: str) -> ApiError:
    return ApiError(400, text, "INVALID_ARGUMENT")
