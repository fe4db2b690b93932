"""Which patches of a finding are shown, and which of them counts."""

from datetime import timedelta

from heimdall_desktop.domain.facts.finding_action import Patch, patches_to_show
from tests.fakes.findings import FOUND_AT, finding_id, make_finding

OLD = Patch("1", finding_id(1), "old\n", created_at=FOUND_AT)
NEW = Patch("2", finding_id(1), "new\n", created_at=FOUND_AT + timedelta(hours=1))
OTHER = Patch("3", finding_id(2), "other", created_at=FOUND_AT)


def test_the_newest_counts_and_the_others_follow() -> None:
    finding = make_finding(1, suggested_patch="new")
    assert patches_to_show(finding, (OLD, OTHER, NEW)) == (NEW, OLD)


def test_the_text_of_the_row_is_one_more_where_it_differs() -> None:
    finding = make_finding(1, suggested_patch="advice")
    assert [patch.diff for patch in patches_to_show(finding, (OLD,))] == ["old\n", "advice"]
    assert [patch.created_at for patch in patches_to_show(finding, ())] == [None]


def test_nothing_is_nothing() -> None:
    blank = Patch("4", finding_id(1), " \n", created_at=FOUND_AT)
    assert patches_to_show(make_finding(1, suggested_patch=" "), (blank,)) == ()
