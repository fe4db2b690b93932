"""The shapes in which the server says yes, and the envelope around them.

Source: heimdall-api.md §2.1 and §6.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from starlette.responses import JSONResponse, Response

from heimdall_desktop.local.moments import z_form
from heimdall_desktop.local.rows import Row


def success(data: object, status: int = 200) -> JSONResponse:
    """Wrap data into the envelope of success, which has no key `error`."""
    return JSONResponse({"success": True, "data": data}, status_code=status)


def envelope_error(status: int, message: str) -> Response:
    """Wrap a message into the envelope of failure, which has no key `data`."""
    error = {"code": status, "message": message}
    return JSONResponse({"success": False, "error": error}, status_code=status)


def model(row: Row) -> dict[str, object]:
    """Write a row as REST does: every column by its name, moments with `Z`."""
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def models(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Write rows as REST does."""
    return [model(row) for row in rows]


def _plain(value: object) -> object:
    return z_form(value) if isinstance(value, datetime) else value
