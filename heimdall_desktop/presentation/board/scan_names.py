"""What scans are called beside each other: scans of one repository, or of one name, differ."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.shown_text import shortened
from heimdall_desktop.presentation.time_text import dated_minute_words, minute_text

NAME_LIMIT = 40  # of a name with a mark; the name itself is cut, never the mark
BRANCH_LIMIT = 20
ID_LENGTH = 8


class ScanNames(Struct, frozen=True):
    """What some scans are called.

    Attributes:
        names: "shop", or "shop (main)" beside "shop (develop)".
        marks: what tells scans of one name apart: the branch, when they were started where that
            is not enough, at last the beginning of the id.
    """

    names: Mapping[ScanId, str]
    marks: Mapping[ScanId, str]


def scan_names(scans: Iterable[Scan]) -> ScanNames:
    """Return what each of these scans is called, so that no two are called the same."""
    alike: dict[str, list[Scan]] = {}
    for scan in scans:
        alike.setdefault(one_line(scan.name), []).append(scan)
    names, marks = {}, {}
    for name, namesakes in alike.items():
        ways = [Counter(map(way, namesakes)) for way in _WAYS]
        for scan in namesakes:
            if len(namesakes) == 1:
                names[scan.id] = name
                continue
            told = [way(scan) for way in _WAYS]
            own = (mark for mark, n in zip(told, ways, strict=True) if mark and n[mark] == 1)
            mark = next(own, scan.id)
            room = max(NAME_LIMIT - len(mark) - len(" ()"), 1)
            names[scan.id], marks[scan.id] = f"{shortened(name, room)} ({mark})", mark
    return ScanNames(names, marks)


def _branch(scan: Scan) -> str:
    return shortened(one_line(scan.branch or ""), BRANCH_LIMIT)


def _minute(scan: Scan) -> str:
    moment = scan.created_at or scan.started_at
    return "" if moment is None else minute_text(moment)


def _day_and_minute(scan: Scan) -> str:
    moment = scan.created_at or scan.started_at
    return "" if moment is None else dated_minute_words(moment)


_WAYS = (_branch, _minute, _day_and_minute, lambda scan: scan.id[:ID_LENGTH])
