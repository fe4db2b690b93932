"""The board group of each scan, its position in the group, and the pins on top.

Source: behaviour.md 2.1 (needs attention first), look.md 5.
"""

import json
from collections.abc import Iterable, Sequence
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.presentation.board.card_words import ended_at
from heimdall_desktop.presentation.board.connection_text import has_nothing_more, sign_of
from heimdall_desktop.presentation.board.sign import Sign
from heimdall_desktop.presentation.i18n import tr_noop

_RETRIED_RANK = 2  # the scan's own problems rank above connection problems: picture 1
_TROUBLE_RANKS = {
    sign: _RETRIED_RANK + 1 + place
    for place, sign in enumerate(sign for sign in Sign if sign.spec.needs_attention)
}
_NOT_PICKED_UP_RANK = _RETRIED_RANK + 1 + len(_TROUBLE_RANKS)


class Group(Enum):
    """The groups of the board, from the top."""

    PINNED = tr_noop("Pinned")
    REPLAY = tr_noop("Replay")
    ATTENTION = tr_noop("Needs attention")
    RUNNING = tr_noop("Running")
    FINISHED = tr_noop("Finished")


class Place(Struct, frozen=True):
    """The position of a card.

    Attributes:
        rank: within its group, lower first; cards of one rank stay in the order they came.
        is_short: the card no longer has a strip.
    """

    group: Group
    rank: float = 0.0
    is_short: bool = False


def place_of(
    scan: Scan,
    attempt: int = 1,
    pins: Sequence[ScanId] = (),
    *,
    is_replay: bool = False,
    is_not_picked_up: bool = False,
) -> Place:
    """Return the current place of a scan; pinned ones stay on top in the order of their pins.

    A scan that `is_not_picked_up` is queued, and no worker has taken it.
    """
    place = _own_place(scan, attempt, is_not_picked_up=is_not_picked_up)
    if scan.id in pins:
        return Place(Group.PINNED, pins.index(scan.id), place.is_short)
    return Place(Group.REPLAY, place.rank, place.is_short) if is_replay else place


def _own_place(scan: Scan, attempt: int, *, is_not_picked_up: bool) -> Place:
    if scan.outcome is Outcome.FAILED or (
        scan.outcome is Outcome.ENDED and has_nothing_more(scan)  # it may have failed
    ):
        return Place(Group.ATTENTION, 0, is_short=True)
    if scan.is_cancelling:
        return Place(Group.RUNNING)
    if has_nothing_more(scan):
        return Place(Group.FINISHED, -_ended_s(scan), is_short=True)
    if scan.outcome in (Outcome.FAILED_MAY_RETRY, Outcome.ENDED):
        return Place(Group.ATTENTION, 1)
    rank = _TROUBLE_RANKS.get(sign_of(scan))
    if not scan.is_live and not scan.goes_on:  # ended, but its list is not checked yet
        if rank is None:
            return Place(Group.FINISHED, -_ended_s(scan), is_short=True)
        return Place(Group.ATTENTION, rank)
    if attempt > 1:
        rank = _RETRIED_RANK
    elif is_not_picked_up:
        rank = _NOT_PICKED_UP_RANK
    return Place(Group.RUNNING) if rank is None else Place(Group.ATTENTION, rank)


def board_rows(
    places: Iterable[tuple[ScanId, Place]], *, has_heads: bool = True
) -> list[Group | ScanId]:
    """Return the rows of the board: the head of each group that has cards, then its cards.

    Args:
        places: of all visible cards.
        has_heads: whether groups have heads; these are dropped first if room is short.
    """
    ordered = sorted(places, key=lambda item: item[1].rank)
    rows: list[Group | ScanId] = []
    for group in Group:
        cards = [scan_id for scan_id, place in ordered if place.group is group]
        if cards:
            rows += [group, *cards] if has_heads else cards
    return rows


def most_relevant(scans: Iterable[Scan]) -> Scan | None:
    """Return the scan whose stages to show before one is chosen.

    This is the first that runs, else one that will, else the one that ended last.
    """
    watched = list(scans)
    running = [scan for scan in watched if scan.is_live and scan.running_stage is not None]
    waiting = [scan for scan in watched if scan.is_live]
    ended = sorted(watched, key=_ended_s, reverse=True)
    return next(iter([*running, *waiting, *ended]), None)


def _ended_s(scan: Scan) -> float:
    moment = ended_at(scan)
    return moment.timestamp() if moment else 0.0


# -- pins --


Pins = tuple[ScanId, ...]
"""Pinned scans in the order they were pinned in."""

MOST_KEPT = 500  # a damaged file must not fill the memory


def read_pins(text: str) -> Pins:
    """Return the pins stored in a text; none if it is damaged or of another version."""
    try:
        words = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    pinned = words.get("pinned") if isinstance(words, dict) else None
    if not isinstance(pinned, list):
        return ()
    names = [ScanId(name) for name in pinned[:MOST_KEPT] if isinstance(name, str)]
    return tuple(dict.fromkeys(names))


def pins_text(pins: Sequence[ScanId]) -> str:
    """Return the text that `read_pins` turns back into these pins."""
    return json.dumps({"pinned": list(pins)})


def with_pin(pins: Pins, scan_id: ScanId, *, is_pinned: bool) -> Pins:
    """Return the pins with one added at the end, or with one removed."""
    others = tuple(pin for pin in pins if pin != scan_id)
    return (*others, scan_id) if is_pinned else others
