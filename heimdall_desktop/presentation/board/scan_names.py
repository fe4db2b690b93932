"""What scans are called beside each other: scans of one repository, or of one name, differ."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.shown_text import shortened

NAME_LIMIT = 40  # of a name with a mark; the name itself is cut, never the mark
BRANCH_LIMIT = 20
ID_LENGTH = 8


class ScanNames(Struct, frozen=True):
    """What some scans are called.

    Attributes:
        names: "shop"; beside others of that name "shop (develop)", or "shop cc49e2ec" where the
            branch is the same.
        marks: what distinguishes scans of one name: the branch, or the start of the ID.
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
        branches = Counter(map(_branch, namesakes))
        ids = Counter(scan.id[:ID_LENGTH] for scan in namesakes)
        for scan in namesakes:
            if len(namesakes) == 1:
                names[scan.id] = name
                continue
            branch, short_id = _branch(scan), scan.id[:ID_LENGTH]
            is_by_branch = bool(branch) and branches[branch] == 1
            mark = branch if is_by_branch else short_id if ids[short_id] == 1 else scan.id
            end = f" ({mark})" if is_by_branch else f" {mark}"
            names[scan.id] = shortened(name, max(NAME_LIMIT - len(end), 1)) + end
            marks[scan.id] = mark
    return ScanNames(names, marks)


def _branch(scan: Scan) -> str:
    return shortened(one_line(scan.branch or ""), BRANCH_LIMIT)
