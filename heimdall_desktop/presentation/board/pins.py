"""Which scans are pinned to the top of the board, and how the window remembers them."""

import json

from heimdall_desktop.domain.facts.finding import ScanId

Pins = tuple[ScanId, ...]
"""Pinned scans in the order they were pinned in."""

MOST_KEPT = 500  # a damaged file must not fill the memory


def read_pins(text: str) -> Pins:
    """Return the pins that a text tells; none if it is damaged or of another version."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    pinned = told.get("pinned") if isinstance(told, dict) else None
    if not isinstance(pinned, list):
        return ()
    names = [ScanId(name) for name in pinned[:MOST_KEPT] if isinstance(name, str)]
    return tuple(dict.fromkeys(names))


def pins_text(pins: Pins) -> str:
    """Return the text from which `read_pins` makes these pins again."""
    return json.dumps({"pinned": list(pins)})


def with_pin(pins: Pins, scan_id: ScanId, *, is_pinned: bool) -> Pins:
    """Return the pins with one more at their end, or with one less."""
    others = tuple(pin for pin in pins if pin != scan_id)
    return (*others, scan_id) if is_pinned else others
