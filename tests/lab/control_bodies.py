"""Reads the bodies of the test controls: JSON whatever the content type says, as curl sends it."""

import json
from types import UnionType
from typing import Any

from starlette.requests import Request

_REQUIRED: Any = object()


class Fields:
    """An object whose keys are known and whose values are of the right kind.

    Raises:
        ValueError: it is no such object.
    """

    def __init__(self, value: object, **kinds: "type | UnionType") -> None:
        if not isinstance(value, dict):
            raise ValueError("expected an object")  # noqa: TRY004 - of who sent it
        if unknown := value.keys() - kinds.keys():
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        for name, given in value.items():
            if not _is_of(given, kinds[name]):
                raise ValueError(f"{name}: {given!r} is of the wrong kind")
        self._value: dict[str, Any] = value

    def value(self, name: str, default: Any = _REQUIRED) -> Any:
        """Return a value.

        Raises:
            ValueError: it is missing and has no default.
        """
        given = self._value.get(name, default)
        if given is _REQUIRED:
            raise ValueError(f"{name} is missing")
        return given

    def text(self, name: str, default: str = _REQUIRED) -> str:
        """Return a string, as `value` does."""
        return str(self.value(name, default))

    def number(self, name: str, default: float) -> float:
        """Return a number."""
        return float(self.value(name, default))

    def flag(self, name: str, default: bool = False) -> bool:
        """Return true or false."""
        return bool(self.value(name, default))


async def json_value(request: Request) -> object:
    """Read the body of a request; none is an empty object.

    Raises:
        ValueError: it is no JSON.
    """
    body = await request.body()
    value: object = json.loads(body) if body.strip() else {}
    return value


def objects(value: object) -> list[dict[str, Any]]:
    """Return one object or a list of objects as a list.

    Raises:
        ValueError: it is neither.
    """
    given: list[Any] = value if isinstance(value, list) else [value]
    if all(isinstance(one, dict) for one in given):
        return given
    raise ValueError("expected an object, or a list of objects")


def _is_of(given: object, kind: "type | UnionType") -> bool:
    """Whether a value is of a kind; a whole number is a number, true and false are none."""
    if isinstance(given, bool):
        return kind is bool
    return isinstance(given, int | float) if kind is float else isinstance(given, kind)
