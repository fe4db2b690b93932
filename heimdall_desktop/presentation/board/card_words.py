"""The parts of a card: name, tags, how its scan ended, its queue, and its place on the board."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.board.scan_status import ScanStatus, has_nothing_more, status_of
from heimdall_desktop.presentation.i18n import decimal, filled, grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import shortened

# When a scan ended, in words. Only a success has its own moment. Source: protocol.md T-37.


_CANCELLED = (tr_noop("Cancelled {at}"), tr_noop("Cancelled"))
_FORMS = {
    Outcome.COMPLETED: (tr_noop("Completed {at}"), tr_noop("Completed")),
    Outcome.FAILED: (tr_noop("Failed {at}"), tr_noop("Failed")),
    Outcome.ENDED: (tr_noop("Ended {at}"), tr_noop("Ended")),
}


def ended_at(scan: Scan) -> datetime | None:
    """Return when a scan ended, if the server reports it: for a failed scan, its last change."""
    if scan.is_stream_only:
        return None if scan.end_seen is None else scan.end_seen.stamped_at
    return scan.completed_at or scan.updated_at


def end_text(scan: Scan, now: datetime, *, is_in_sentence: bool = False) -> str:
    """Return "13:41", "≈ 13:41" if the server reports no end time, or "" if neither is known.

    For use inside a sentence it is "at 13:41" or "on 4 Jul 13:41".
    """
    moment = ended_at(scan)
    if moment is None:
        return ""
    about = "" if scan.completed_at or scan.is_stream_only else "≈ "
    if is_in_sentence:
        return time_text.at_text(moment, now, about)
    return f"{about}{time_text.day_text(moment, now)}"


def ended_text(scan: Scan, now: datetime) -> str:
    """Return "Completed 13:41", "Failed 4 Jul", or only the word if no moment is known."""
    timed, alone = _FORMS.get(scan.outcome, _CANCELLED)
    return filled(tr(timed), tr(alone), at=end_text(scan, now))


def end_word(scan: Scan) -> str:
    return tr(_FORMS.get(scan.outcome, _CANCELLED)[1])


# Whether a scan was not picked up: long queued although no other scan of its account runs.


LONGEST_QUEUE = timedelta(minutes=30)  # protocol.md T-66: a lost job leaves a scan queued


def waits_in_vain(scan: Scan, scans: Iterable[Scan], now: datetime) -> bool:
    """Return whether a scan was not picked up, judging by the watched scans.

    Args:
        scans: all watched scans; those that run on the same server use the slots of the account.
    """
    since = max((at for at in (scan.created_at, scan.updated_at) if at is not None), default=None)
    if scan.status != "queued" or since is None or now - since < LONGEST_QUEUE:
        return False
    others = (each for each in scans if each.id != scan.id and each.server == scan.server)
    return not any(each.is_live and each.status != "queued" for each in others)


# What applies to a scan besides being watched: recorded, replayed, part of the demo, or muted.


MEGABYTE = 1_000_000


class Tag(Enum):
    """A tag of a scan. The value is the word shown after the name of the scan."""

    REPLAY = tr_noop("Replay")
    DEMO = tr_noop("Demo")
    RECORDING = tr_noop("Recording")

    @property
    def word(self) -> str:
        return tr(self.value)


def tagged_title(title: str, tags: Collection[Tag]) -> str:
    """Return a title that includes the label of its scans, for places without room for a tag."""
    text = tr("{tag}: {title}")
    return text.format(tag=Tag.DEMO.word, title=title) if Tag.DEMO in tags else title


def recording_text(name: str, duration_s: float, written_bytes: int, more: int = 0) -> str:
    """Return "Recording auth-service: 12:40, 2.1 MB", or how many scans are recorded.

    Args:
        name: of the scan.
        duration_s: length of the recording.
        written_bytes: size of its file, or of all files.
        more: how many other scans are recorded.
    """
    size = tr("{size} MB").format(size=decimal(written_bytes / MEGABYTE))
    if more:
        text = tr("Recording {count} scans: {size}")
        return text.format(count=grouped(more + 1), size=size)
    text = tr("Recording {name}: {time}, {size}")
    return text.format(name=name, time=time_text.clock_text(duration_s), size=size)


def mute_texts(alerts: AlertChoices, scan: Scan, now: datetime) -> tuple[str, ...]:
    """Return until when a scan is muted, longest form first; empty if it is not muted.

    "Muted until 16:00", "until 16:00", "16:00", or on another day "until 5 Jul", "5 Jul".
    """
    alone, repo = alerts.muted_until(scan.id, now), alerts.repo_muted_until(scan.repo, now)
    until = max(filter(None, (alone, repo)), default=None)
    is_to_the_end = scan.id in alerts.muted_to_the_end and not scan.is_settled
    if until is not None and not is_to_the_end:
        whole = tr("Muted until {time}")
        if until != alone:
            whole = tr("Repository muted until {time}")
        short = tr("until {time}")
        is_soon = until - now < timedelta(days=1)
        brief = time_text.minute_text(until) if is_soon else time_text.day_text(until, now)
        text = time_text.moment_text(until, now)
        return whole.format(time=text), short.format(time=brief), brief
    if is_to_the_end:
        return tr("Muted until it ends"), tr("Muted")
    return ()


def mute_news(name: str, mute: Sequence[str]) -> str:
    """Return the announcement when a mute of a scan starts or ends, from its current forms."""
    if not mute:
        return tr("{scan} is no longer muted.").format(scan=name)
    return tr("{scan}. {mute}.").format(scan=name, mute=mute[0])


# Names of scans shown together: scans of one repository, or with one name, get different names.


NAME_LIMIT = 40  # of a name with a mark; only the name is cut, never the mark
BRANCH_LIMIT = 20
ID_LENGTH = 8


class ScanNames(Struct, frozen=True):
    """The names of some scans.

    Attributes:
        names: "shop"; next to others of that name "shop (develop)", or "shop cc49e2ec" if the
            branch is the same.
        marks: what distinguishes scans of one name: the branch, or the start of the ID.
    """

    names: Mapping[ScanId, str]
    marks: Mapping[ScanId, str]


def scan_names(scans: Iterable[Scan]) -> ScanNames:
    alike: dict[str, list[Scan]] = {}
    for scan in scans:
        alike.setdefault(one_line(scan.name), []).append(scan)
    names, marks = {}, {}
    for name, namesakes in alike.items():
        own = [shortened(one_line(scan.branch or ""), BRANCH_LIMIT) for scan in namesakes]
        branches, ids = Counter(own), Counter(scan.id[:ID_LENGTH] for scan in namesakes)
        for scan, branch in zip(namesakes, own, strict=True):
            if len(namesakes) == 1:
                names[scan.id] = name
                continue
            short_id = scan.id[:ID_LENGTH]
            is_by_branch = bool(branch) and branches[branch] == 1
            mark = branch if is_by_branch else short_id if ids[short_id] == 1 else scan.id
            end = f" ({mark})" if is_by_branch else f" {mark}"
            names[scan.id] = shortened(name, max(NAME_LIMIT - len(end), 1)) + end
            marks[scan.id] = mark
    return ScanNames(names, marks)


# The board group of each scan, its position in the group, and the pins on top.
#
# Source: behaviour.md 2.1 (needs attention first), look.md 5.


_RETRIED_RANK = 2  # the scan's own problems rank above connection problems: picture 1
_ERROR_RANKS = {
    status: _RETRIED_RANK + 1 + place
    for place, status in enumerate(status for status in ScanStatus if status.spec.needs_attention)
}
_NOT_PICKED_UP_RANK = _RETRIED_RANK + 1 + len(_ERROR_RANKS)
_MAY_RETURN = (Outcome.FAILED_MAY_RETRY, Outcome.ENDED)


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
    is_over, rank = has_nothing_more(scan), _ERROR_RANKS.get(status_of(scan))
    works_on = scan.is_live or scan.is_still_active
    if scan.outcome is Outcome.FAILED or (scan.outcome is Outcome.ENDED and is_over):
        place = Place(Group.ATTENTION, 0, is_short=True)  # an end may be a failure
    elif scan.is_cancelling:
        place = Place(Group.RUNNING)
    elif is_over or (rank is None and not works_on and scan.outcome not in _MAY_RETURN):
        place = Place(Group.FINISHED, -_ended_s(scan), is_short=True)
    elif scan.outcome in _MAY_RETURN:
        place = Place(Group.ATTENTION, 1)
    else:
        if works_on and (attempt > 1 or is_not_picked_up):
            rank = _RETRIED_RANK if attempt > 1 else _NOT_PICKED_UP_RANK
        place = Place(Group.RUNNING) if rank is None else Place(Group.ATTENTION, rank)
    if scan.id in pins:
        return Place(Group.PINNED, pins.index(scan.id), place.is_short)
    return Place(Group.REPLAY, place.rank, place.is_short) if is_replay else place


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
    names = pinned[:MOST_KEPT] if isinstance(pinned, list) else ()
    return tuple(dict.fromkeys(ScanId(name) for name in names if isinstance(name, str)))


def pins_text(pins: Sequence[ScanId]) -> str:
    return json.dumps({"pinned": list(pins)})


def with_pin(pins: Pins, scan_id: ScanId, *, is_pinned: bool) -> Pins:
    others = tuple(pin for pin in pins if pin != scan_id)
    return (*others, scan_id) if is_pinned else others
