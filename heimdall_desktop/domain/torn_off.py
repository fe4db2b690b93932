"""Which scans have windows of their own, as it is remembered: where each stands, how it is laid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from heimdall_desktop.domain.finding import ScanId

MOST = 20  # more are not remembered


@dataclass(frozen=True, slots=True)
class TornOff:
    """What is remembered of one such window, in the words of its parts.

    Attributes:
        place: where it stands.
        layout: how its parts lie.
        is_open: whether it has a window now; one that was given back keeps its place.
    """

    place: str = ""
    layout: str = ""
    is_open: bool = True


def torn_off_text(scans: Mapping[ScanId, TornOff]) -> str:
    """Return it as it is kept, oldest first; of too many those go that are not open."""
    newest_first = list(scans)[::-1]
    kept = set(sorted(newest_first, key=lambda scan_id: not scans[scan_id].is_open)[:MOST])
    told = {
        scan_id: {"place": each.place, "layout": each.layout, "is_open": each.is_open}
        for scan_id, each in scans.items()
        if scan_id in kept
    }
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
    place, layout = told.get("place"), told.get("layout")
    return TornOff(
        place if isinstance(place, str) else "",
        layout if isinstance(layout, str) else "",
        told.get("is_open") is not False,
    )
