"""Threat models: JSON of the server -> domain.

A language model has made them and they may have been changed by hand, so nothing in them is sure:
each part may be missing, named otherwise or of another type, and is then left out by itself.
Source: heimdall-api.md 4.11 (both shapes of the elements), T-51.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.threat_model import Boundary, DataFlow, Surface, ThreatModel
from heimdall_desktop.services.envelope import Envelope, opened, sound_moment

PART_LIMIT = 2000  # elements of one part that are kept
TEXT_LIMIT = 100_000  # characters of one text that are kept
LAST_LINE = 2**31 - 1
LINE_DIGITS = 10
NUMBER_DIGITS = 30  # of a number that stands where a text should
WORDS_LIMIT = 100  # of a list that stands where a text should
DEEPEST_LIST = 2  # inside such a list; each step may have WORDS_LIMIT times more of them

T = TypeVar("T")
Element = Mapping[str, object]

_MODEL = msgspec.json.Decoder(Envelope[dict[str, object]])


def threat_model(body: bytes, scan_id: ScanId) -> ThreatModel:
    """Return the threat model of a scan.

    Raises:
        WireError: the answer is none.
    """
    told = opened(_MODEL.decode, body)
    version = told.get("model_version")
    return ThreatModel(
        scan_id,
        summary=_text(told, "summary"),
        surfaces=_part(told, ("surfaces_json", "surfaces"), _surface),
        boundaries=_part(told, ("boundaries_json", "boundaries"), _boundary),
        flows=_part(told, ("data_flows_json", "data_flows", "flows"), _flow),
        version=version if type(version) is int and 0 < version <= LAST_LINE else 1,
        is_edited=bool(_text(told, "edited_by")),
        updated_at=sound_moment(_text(told, "updated_at")),
    )


def _part(told: Element, keys: tuple[str, ...], read: Callable[[Element], T]) -> tuple[T, ...]:
    listed = next((part for key in keys if isinstance(part := told.get(key), list)), [])
    elements = (_element(raw) for raw in listed[:PART_LIMIT])
    return tuple(read(element) for element in elements if element)


def _element(raw: object) -> Element:
    """A bare text is a name; what is neither that nor an object says nothing."""
    if isinstance(raw, str):
        return {"name": raw} if raw.strip() else {}
    return {str(key): value for key, value in raw.items()} if isinstance(raw, dict) else {}


def _surface(element: Element) -> Surface:
    return Surface(
        name=_text(element, "name", "title"),
        description=_text(element, "description"),
        endpoint=_text(element, "endpoint"),
        file=_text(element, "file", "file_path", "path"),
        line=_line(element.get("line", element.get("line_start"))),
        risk=_text(element, "risk_level", "risk", "severity"),
    )


def _boundary(element: Element) -> Boundary:
    return Boundary(
        name=_text(element, "name", "title"),
        description=_text(element, "description"),
        from_zone=_text(element, "from_zone", "from"),
        to_zone=_text(element, "to_zone", "to"),
    )


def _flow(element: Element) -> DataFlow:
    return DataFlow(
        name=_text(element, "name", "title"),
        description=_text(element, "description"),
        source=_text(element, "source", "from"),
        sink=_text(element, "sink", "to"),
        sensitive_data=_text(element, "sensitive_data", "sensitive"),
    )


def _text(element: Element, *keys: str) -> str:
    """The first of these that says something; lists of words become one text."""
    texts = (_as_text(element.get(key)) for key in keys)
    return next((text for text in texts if text.strip()), "")


def _as_text(value: object, depth: int = 0) -> str:
    match value:
        case str():
            return value[:TEXT_LIMIT]
        case bool():
            return "yes" if value else ""
        case int() | float():
            return str(value)[:NUMBER_DIGITS]
        case list() if depth < DEEPEST_LIST:
            texts = (_as_text(part, depth + 1) for part in value[:WORDS_LIMIT])
            return ", ".join(filter(None, texts))[:TEXT_LIMIT]
        case _:
            return ""


def _line(value: object) -> int | None:
    """A line number; models write numbers as texts at times."""
    text = str(value).strip().removesuffix(".0") if isinstance(value, str | int | float) else ""
    is_number = text.isascii() and text.isdigit() and len(text) <= LINE_DIGITS
    line = int(text) if is_number else 0
    return line if 0 < line <= LAST_LINE else None
