"""The page of a handover: its numbers, what is left out, and hostile texts in it."""

import re
from datetime import timedelta
from typing import Any

import marko
import marko.ext.gfm.elements
import pytest
from markdown_it import MarkdownIt

from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import FindingStatus
from heimdall_desktop.domain.facts.reason import GivenReason, KnownReasons, ReadReason, Reason
from heimdall_desktop.domain.handover import Handover, RunningScan
from heimdall_desktop.domain.histories import Decided, DecidedBy
from heimdall_desktop.domain.proposals import Doubt, EarlierDecision, Proposal
from heimdall_desktop.presentation.export.contents import Contents, Format, LeaveOut
from heimdall_desktop.presentation.export.handover import WRITERS, HandoverPage, handover_words
from tests.fakes.exported import SERVER, hostile_findings, make_contents, make_scan
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.presentation.detail.test_finding_markdown import live_parts
from tests.presentation.export.test_report import Page

FORMS = (Format.HTML, Format.MARKDOWN)


def make_handover(**overrides: Any) -> Handover:
    dismissed = make_finding(
        1, status=FindingStatus.DISMISSED, title="Key in secret.py", file_path="shop/secret.py"
    )
    snoozed = make_finding(2, title="Later", snoozed_until=FOUND_AT + timedelta(days=3))
    sure, unsure = make_finding(3, title="Sure"), make_finding(4, title="Unsure")
    earlier = EarlierDecision(SCAN_ID, finding_id(9), at=FOUND_AT - timedelta(days=40))
    given = GivenReason(Reason.TEST_CODE, "see secret.py", FOUND_AT)
    fields: dict[str, Any] = {
        "since": FOUND_AT - timedelta(hours=8),
        "is_session": False,
        "decided": (
            Decided(dismissed, Field.STATUS, "open", "dismissed", FOUND_AT, DecidedBy.HERE),
        ),
        "snoozed": (snoozed,),
        "proposed": (
            (
                sure,
                Proposal(
                    sure.id,
                    FindingStatus.DISMISSED,
                    reason=Reason.ACCEPTED,
                    text="as secret.py",
                    earlier=earlier,
                ),
            ),
        ),
        "doubtful": (
            (
                unsure,
                Proposal(
                    unsure.id, FindingStatus.CONFIRMED, rule="secret rule", doubts=(Doubt.MATCH,)
                ),
            ),
        ),
        "running": (RunningScan(SCAN_ID, "Hunt, Live", 234),),
        "closed": 5,
        "known": 3,
        "reasons": KnownReasons({dismissed.id: ReadReason(given, dismissed.updated_at)}),
        "accounts": ("analyst@example.test",),
    } | overrides
    return Handover(**fields)


def contents_of(handover: Handover, **overrides: Any) -> Contents:
    return make_contents(handover.findings, handover=handover, **overrides)


def text_of(contents: Contents, form: Format) -> str:
    return "".join(map(str, WRITERS[form](contents)))


def test_both_formats_have_the_same_rows() -> None:
    contents = contents_of(make_handover(), scans={SCAN_ID: make_scan(shortfall="Not ended.")})
    page = HandoverPage(contents)
    expected = [[cell.text for cell in row] for each in page.sections() for row in each.rows()]
    html = Page(text_of(contents, Format.HTML).encode())
    in_html = [[cell.strip() for cell in row] for row in html.rows]
    heads = [list(each.heads) for each in page.sections() if each.heads]
    assert [row for row in in_html if row not in heads] == expected
    tokens = MarkdownIt("commonmark").enable("table").parse(text_of(contents, Format.MARKDOWN))
    rows: list[list[str]] = []
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("td_open", "th_open"):
            children = tokens[place + 1].children or ()
            rows[-1].append("".join(each.content for each in children if each.type == "text"))
    assert [row for row in rows if row not in heads] == expected
    totals = [each.total for each in page.sections()]
    for text in (html.text, text_of(contents, Format.MARKDOWN)):
        assert re.findall(r"\((\d+)\)\n", text) == [str(total) for total in totals]
    assert totals == [1, 1, 1, 1, 1, 2]


def test_it_says_what_happened_and_what_is_not_known() -> None:
    text = text_of(contents_of(make_handover()), Format.MARKDOWN)
    assert "# Handover: payments-api\n" in text
    assert "open \u2192 dismissed | Test code: see secret.py | " in text
    assert f"](<{SERVER}/findings/{finding_id(1)}>)" in text
    assert "When and by whom is known for 3 of 5 decided findings" in text
    assert "2 decided findings have a history that was not read" in text
    assert "| payments-api | Hunt, Live | 234 |" in text
    assert "| Dismissed | Accepted risk: as secret.py | 25 May " in text
    assert "| Confirmed, rule secret rule |" in text
    changed = make_finding(1, status=FindingStatus.FIXED)
    decided = Decided(changed, Field.STATUS, "open", "dismissed", FOUND_AT, DecidedBy.OTHER)
    text = text_of(contents_of(make_handover(decided=(decided,))), Format.MARKDOWN)
    assert "open \u2192 dismissed, now fixed" in text
    assert "another account" in text


def test_an_empty_handover_says_so() -> None:
    empty = make_handover(
        decided=(), snoozed=(), proposed=(), doubtful=(), running=(), closed=0, known=0
    )
    contents = contents_of(empty)
    for form in FORMS:
        text = text_of(contents, form)
        for sentence in (
            "No decisions are known since then.",
            "No snoozed findings.",
            "No proposals are waiting.",
            "No doubtful matches are waiting.",
            "No scans are running.",
            "Everything was reported.",
        ):
            assert sentence in text
    assert handover_words(empty) == (
        "0 decided, 0 snoozed, 0 proposed, 0 doubtful, 0 scans running"
    )


@pytest.mark.parametrize("form", FORMS)
def test_the_account_is_named_only_if_that_was_wanted(form: Format) -> None:
    made = make_handover()
    assert "analyst@" not in text_of(contents_of(made), form)
    assert "analyst@" in text_of(contents_of(made, names_account=True), form)
    without = contents_of(made, names_account=True, leave_out=LeaveOut.NAMES)
    assert "analyst@" not in text_of(without, form)


@pytest.mark.parametrize("form", FORMS)
def test_names_that_are_left_out_appear_nowhere(form: Format) -> None:
    scan = make_scan(shortfall="The scan of payments-api hadn't ended.")
    contents = contents_of(
        make_handover(), leave_out=LeaveOut.NAMES, scans={SCAN_ID: scan}, problem=f"{SERVER} left."
    )
    text = text_of(contents, form).replace("<main>", "").replace("</main>", "")
    text = text.replace("main {", "")
    for word in ("secret", "orders.py", "shop/", "payments-api", "corp.example", "main", "4f2a9"):
        assert word not in text, word
    assert SCAN_ID[:8] in text
    assert "Test code" in text


@pytest.mark.parametrize("form", FORMS)
def test_no_code_or_description_is_in_it(form: Format) -> None:
    row = make_finding(
        2,
        snoozed_until=FOUND_AT,
        code_snippet="the_code()",
        description="the_words",
        suggested_patch="the_code()",
    )
    made = make_handover(snoozed=(row,))
    assert "the_" not in text_of(contents_of(made), form)


def hostile() -> Contents:
    rows = hostile_findings()
    decided = tuple(
        Decided(row, Field.STATUS, row.title[:40], row.title[:40], FOUND_AT, DecidedBy.OTHER)
        for row in rows
    )
    proposed = tuple(
        (
            row,
            Proposal(
                row.id,
                FindingStatus.DISMISSED,
                reason=Reason.OTHER,
                text=row.title,
                rule=row.title,
                doubts=(Doubt.MATCH,),
            ),
        )
        for row in rows
    )
    reasons = {
        row.id: ReadReason(GivenReason(Reason.OTHER, row.title, FOUND_AT), row.updated_at)
        for row in rows
    }
    made = make_handover(
        decided=decided,
        doubtful=proposed,
        reasons=KnownReasons(reasons),
        accounts=("<b>x</b>|![a](//evil.test)",),
    )
    scan = make_scan(name="<img src=x>|[a](javascript:b)", shortfall="<script>x</script> | # y")
    return contents_of(made, scans={SCAN_ID: scan}, names_account=True)


def test_hostile_texts_are_inert_in_markdown() -> None:
    contents = hostile()
    text = text_of(contents, Format.MARKDOWN)
    assert live_parts(text) == []
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    assert {"html_inline", "html_block", "image"}.isdisjoint(
        {each.type for each in (*tokens, *inline)}
    )
    rows = sum(token.type == "tr_open" for token in tokens)
    sections = HandoverPage(contents).sections()
    tables = [each for each in sections if each.heads and each.total]
    assert rows == sum(each.total + 1 for each in tables), "no row of their own"
    marko_rows = [
        element
        for element in marko.Markdown(extensions=["gfm"]).parse(text).children
        if isinstance(element, marko.ext.gfm.elements.Table)
    ]
    assert [len(table.children) for table in marko_rows] == [each.total + 1 for each in tables]


def test_hostile_texts_are_inert_in_html() -> None:
    found = Page(text_of(hostile(), Format.HTML).encode("utf-8", "backslashreplace"))
    names = {name for name, _ in found.tags}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "embed", "base", "form"})
    assert "default-src 'none'" in found.policy
    for name, attributes in found.tags:
        assert not any(key.startswith("on") or key in ("src", "style") for key in attributes), name
        address = attributes.get("href") or "#"
        assert address.startswith(("#", f"{SERVER}/findings/")), address
    assert '<script>alert("1")</script>' in found.text
    for hidden in "\u202e\x00\x1b\x07\ud800":
        assert hidden not in found.text


def test_many_rows_are_written_in_pieces() -> None:
    rows = [
        make_finding(number, snoozed_until=FOUND_AT + timedelta(minutes=number))
        for number in range(1000)
    ]
    contents = contents_of(make_handover(snoozed=tuple(rows)))
    pieces = list(map(str, WRITERS[Format.MARKDOWN](contents)))
    assert max(map(len, pieces)) < 20_000
    assert contents.progress.done == 1000 + 4
