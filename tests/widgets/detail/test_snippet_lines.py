"""Which lines of its file a snippet holds."""

import pytest

from heimdall_desktop.widgets.detail.snippet_lines import (
    NAME_LIMIT,
    language_name,
    numbered_snippet,
)
from tests.fakes.findings import make_finding

CODE = "cur = db.cursor()\ncur.execute(\n    x)"
PATCH = "--- a/x.py\n+++ b/x.py\n@@ -88,2 +88,2 @@\n cur.execute(\n-    x)\n+    y)\n"


def test_without_a_hint_it_begins_at_the_finding() -> None:
    snippet = numbered_snippet(make_finding(code_snippet="a\nb", line_start=92, line_end=88))
    assert (snippet.code, snippet.numbers) == ("a\nb", (88, 89))


def test_numbers_of_the_scanner_tell_the_lines_around() -> None:
    code = "87 cur = db.cursor()\n88 cur.execute(\n89     x)\n"
    snippet = numbered_snippet(make_finding(code_snippet=code, line_start=88, line_end=89))
    assert (snippet.code, snippet.numbers) == (CODE, (87, 88, 89))


@pytest.mark.parametrize("code", ["88 a\n90 b", "1 a\n2 b"])
def test_figures_that_do_not_count_on_or_count_elsewhere_are_code(code: str) -> None:
    snippet = numbered_snippet(make_finding(code_snippet=code, line_start=88, line_end=89))
    assert (snippet.code, snippet.numbers) == (code, (88, 89))


def test_a_patch_that_quotes_the_same_lines_tells_where_they_are() -> None:
    finding = make_finding(code_snippet=CODE, line_start=88, line_end=89, suggested_patch=PATCH)
    assert numbered_snippet(finding).numbers == (87, 88, 89)


@pytest.mark.parametrize(
    "patch",
    [
        PATCH.replace("-88,2", "-60,2"),
        PATCH.replace("cur.execute(", "cur.run("),
        PATCH.replace(" cur.execute(\n", ""),
        "@@ what @@",
    ],
    ids=["elsewhere", "other lines", "one line proves nothing", "no diff"],
)
def test_a_patch_that_does_not_agree_tells_nothing(patch: str) -> None:
    finding = make_finding(code_snippet=CODE, line_start=88, line_end=89, suggested_patch=patch)
    assert numbered_snippet(finding).numbers == (88, 89, 90)


def test_both_ends_of_a_flow_have_their_own_numbers() -> None:
    fields = {"fingerprint": "taint-x", "line_start": 12, "line_end": 41}
    finding = make_finding(1, code_snippet="a\n\u2026\nb\nc", **fields)
    assert numbered_snippet(finding).numbers == (12, None, 41, 42)


def test_a_line_before_the_file_does_not_exist() -> None:
    snippet = numbered_snippet(make_finding(code_snippet="x", line_start=-3, line_end=None))
    assert snippet.numbers == (1,)


def test_the_end_of_a_path_tells_the_language() -> None:
    assert language_name(make_finding(file_path="shop/a.py")) == "shop/a.py"
    endless = language_name(make_finding(file_path="x" * 1_000_000 + ".py"))
    assert endless.endswith("x.py")
    assert len(endless) == NAME_LIMIT
