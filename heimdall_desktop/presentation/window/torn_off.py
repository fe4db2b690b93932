"""Which scans have windows of their own, as it is remembered: where each stands, how it is laid."""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from heimdall_desktop.domain.facts.finding import ScanId

MOST = 20  # more are not remembered


class TornOff(Struct, frozen=True):
    """What is remembered of one such window, in the words of its parts.

    Attributes:
        place: where it stands.
        layout: how its parts lie.
        parts: what parts of it have kept for themselves, by their names.
        is_open: whether it has a window now; one that was given back keeps its place.
    """

    place: str = ""
    layout: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = True

    def with_part(self, name: str, text: str) -> TornOff:
        """Return it with the text of a part; "" forgets it."""
        others = {other: kept for other, kept in self.parts.items() if other != name}
        return replace(self, parts={**others, name: text} if text else others)


def torn_off_text(scans: Mapping[ScanId, TornOff]) -> str:
    """Return it as it is kept, oldest first; of too many those go that are not open."""
    newest_first = list(scans)[::-1]
    kept = set(sorted(newest_first, key=lambda scan_id: not scans[scan_id].is_open)[:MOST])
    told = {scan_id: asdict(each) for scan_id, each in scans.items() if scan_id in kept}
    return json.dumps(told) if told else ""


def read_torn_off(text: str) -> dict[ScanId, TornOff]:
    """Return what was kept, without what cannot be understood."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {ScanId(key): _read(value) for key, value in told.items() if isinstance(value, dict)}


def _read(told: Mapping[str, object]) -> TornOff:
    told_parts = told.get("parts")
    parts = told_parts.items() if isinstance(told_parts, dict) else ()
    return TornOff(
        _text(told.get("place")),
        _text(told.get("layout")),
        {name: text for name, text in parts if isinstance(text, str)},
        told.get("is_open") is not False,
    )


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""
