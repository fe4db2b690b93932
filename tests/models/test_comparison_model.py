"""Groups stand one below the other, and are listed, opened and closed by themselves."""

import pytest
from PySide6.QtCore import Qt

from heimdall_desktop.domain.comparison import ChangeKind, Compared, compare
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity
from heimdall_desktop.models.panel_models import ComparisonModel
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.panel.comparison_text import (
    ComparisonHead,
    finding_words,
    pairs_words,
    place,
    remark,
)
from tests.fakes.findings import make_finding

NEW, CHANGED, FIXED, STILL = ChangeKind


def later(number: int, **fields: object) -> Finding:
    """Return the finding of a number in the later scan."""
    return make_finding(100 + number, **{"fingerprint": f"{number:064x}"} | fields)


OLD = [
    make_finding(1, title="Moved", line_start=88),
    make_finding(2, title="Lowered", severity=Severity.CRITICAL),
    make_finding(3, title="Gone"),
    make_finding(4, title="Doubted"),
    make_finding(5, title="Flow", fingerprint="taint-1"),
]
NOW = [
    later(1, title="Moved", line_start=96),
    later(2, title="Lowered"),
    later(4, title="Doubted", status=FindingStatus.FALSE_POSITIVE),
    later(5, title="Flow", fingerprint="taint-2"),
    later(6, title="Added"),
    later(7, title="Nothing", status=FindingStatus.DISMISSED),
]


@pytest.fixture
def model(qapp: object) -> ComparisonModel:
    made = ComparisonModel()
    made.show_comparison(compare(OLD, NOW))
    return made


def shown(model: ComparisonModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def compared(model: ComparisonModel, title: str) -> Compared:
    row = model.index(shown(model).index(title)).data(ROW_ROLE)
    assert isinstance(row, Compared)
    return row


def head(model: ComparisonModel, kind: ChangeKind) -> ComparisonHead:
    number = model.row_of(kind)
    assert number is not None
    row = model.row(number)
    assert isinstance(row, ComparisonHead)
    return row


def test_groups_have_heads_and_the_rows_of_each_follow(model: ComparisonModel) -> None:
    assert shown(model) == [
        *("New", "Added", "Nothing"),
        *("Changed", "Lowered", "Doubted"),
        *("Fixed", "Gone"),
        *("Still there", "Flow", "Moved"),
    ]
    assert model.head_above(2) == 0
    assert model.head_above(3) == 3


def test_heads_tell_what_counts_and_what_does_not(model: ComparisonModel) -> None:
    new = head(model, NEW)
    assert (new.count, new.note) == (1, "1 withdrawn or fixed, not counted")
    assert new.severities == {Severity.HIGH: 1}
    assert head(model, STILL).note == "1 moved, not new; 1 probably the same"
    assert head(model, FIXED).sentence == "Fixed, 1, no longer found"


def test_rows_tell_why_they_stand_where_they_do(model: ComparisonModel) -> None:
    told = {title: remark(compared(model, title)) for title in ("Moved", "Flow", "Doubted")}
    assert told == {
        "Moved": "moved, not new",
        "Flow": "probably the same",
        "Doubted": "now withdrawn",
    }
    assert place(compared(model, "Moved")) == ("orders.py:88 → 96", "shop/api")
    assert place(compared(model, "Gone")) == ("orders.py:88", "shop/api")
    sentence = model.index(shown(model).index("Lowered")).data(
        int(Qt.ItemDataRole.AccessibleTextRole)
    )
    assert sentence == "Changed, critical to high, Lowered, orders.py:88"


def test_a_finding_is_told_how_it_was_in_the_earlier_scan(model: ComparisonModel) -> None:
    told = {
        title: " ".join(finding_words(compared(model, title), "on 11 May 14:20")).strip()
        for title in ("Added", "Lowered", "Doubted", "Moved", "Flow")
    }
    assert told == {
        "Added": "New: not found in the scan on 11 May 14:20.",
        "Lowered": "It was critical on 11 May 14:20 and is high here.",
        "Doubted": "It was unverified on 11 May 14:20 and is withdrawn here.",
        "Moved": "It was at line 88 on 11 May 14:20.",
        "Flow": "Probably the same finding as on 11 May 14:20.",
    }


@pytest.mark.parametrize(
    ("before", "after", "words", "is_counted"),
    [
        ("open", "fixed", ("now fixed", "It was unverified at 14:20 and is fixed here."), True),
        (
            "fixed",
            "open",
            ("no longer fixed", "It was fixed at 14:20 and is unverified here."),
            True,
        ),
        (
            "fixed",
            "confirmed",
            ("now confirmed", "It was fixed at 14:20 and is confirmed here."),
            True,
        ),
        ("fixed", "fixed", ("fixed", ""), False),
        (
            "dismissed",
            "open",
            ("no longer withdrawn", "It was withdrawn at 14:20 and is unverified here."),
            True,
        ),
    ],
)
def test_a_fixed_finding_is_compared_like_a_withdrawn_one(
    before: str, after: str, words: tuple[str, str], is_counted: bool
) -> None:
    was = make_finding(1, status=FindingStatus(before))
    comparison = compare([was], [later(1, status=FindingStatus(after))])
    [row] = comparison.rows
    assert (remark(row), finding_words(row, "at 14:20")[0]) == words
    assert (comparison.counts.total() > 0) is is_counted


def test_a_finding_is_told_all_that_differs_and_nothing_where_nothing_does() -> None:
    before = make_finding(1, file_path="old\u202e/a.py", line_start=7, severity=Severity.LOW)
    after = later(1, file_path="b.py", line_start=7, status=FindingStatus.CONFIRMED)
    [row] = compare([before], [after]).rows
    assert finding_words(row, "at 14:20") == (
        "It was low and unverified at 14:20 and is high and confirmed here.",
        "It was at old\ufffd/a.py:7.",
    )
    [moved] = compare([make_finding(5, fingerprint="a")], [later(5, line_start=9)]).rows
    assert finding_words(moved, "at 14:20") == (
        "Probably the same finding as at 14:20.",
        "It was at line 88.",
    )
    [same] = compare([before], [before]).rows
    assert finding_words(same, "at 14:20") == ("", "")


def test_a_group_is_closed_or_not_listed_at_all(model: ComparisonModel) -> None:
    model.toggle(CHANGED)
    model.toggle_wanted(NEW)
    assert shown(model) == ["Changed", "Fixed", "Gone", "Still there", "Flow", "Moved"]
    assert model.row_of(NEW) is None
    model.toggle(CHANGED)
    model.toggle_wanted(NEW)
    assert model.rowCount() == 11


def test_nothing_is_compared(model: ComparisonModel) -> None:
    model.show_comparison(None)
    assert model.rowCount() == 0


def test_how_pairs_were_found_is_told_in_numbers() -> None:
    doubled = [*NOW, later(8, title="Moved", line_start=96, fingerprint=NOW[0].fingerprint)]
    assert pairs_words(compare(OLD, doubled)) == (
        "How the 4 pairs were matched",
        [
            ("3", "by fingerprint, 1 of them moved"),
            ("1", "probably the same (file, CWE and title match)"),
            ("1", "duplicates, counted once"),
        ],
    )
