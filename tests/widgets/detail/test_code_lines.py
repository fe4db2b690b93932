"""Code is shown with nothing hidden, copied as it came, and numbered as far as is known."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.widgets.detail import code_lines
from tests.fakes.findings import make_finding

CODE = "cur = db.cursor()\ncur.execute(\n    x)"
PATCH = "--- a/x.py\n+++ b/x.py\n@@ -88,2 +88,2 @@\n cur.execute(\n-    x)\n+    y)\n"


def test_common_indentation_is_removed_and_copied() -> None:
    lines = code_lines.shown_lines("    if x:\n\n        return 1\n")
    assert [line.text for line in lines] == ["if x:", "", "    return 1"]
    originals = [line.original_part(0, len(line.text)) for line in lines]
    assert originals == ["    if x:", "", "        return 1"]


def test_parts_are_copied_without_indentation_and_with_their_tabs() -> None:
    line = code_lines.shown_lines("\tcur.execute(q)")[0]
    assert (line.text, line.original_part(4, 11)) == ("cur.execute(q)", "execute")
    line = code_lines.shown_line("a\tb")
    assert (line.text, line.original_part(0, 5)) == ("a   b", "a\tb")


@pytest.mark.parametrize(
    ("character", "shown"),
    [("\u202e", "<U+202E>"), ("\u200b", "<U+200B>"), ("\x1b", "\u241b"), ("\x7f", "\u2421")],
)
def test_invisible_characters_are_shown(character: str, shown: str) -> None:
    line = code_lines.shown_line(f"a{character}b")
    assert line.text == f"a{shown}b"
    assert line.hidden == ((1, 1 + len(shown)),)
    assert line.original_part(0, len(line.text)) == f"a{character}b"


def test_a_very_long_line_is_cut_but_copied_whole() -> None:
    original = "x" * 5000
    line = code_lines.shown_line(original)
    assert line.text.endswith(" … 3\u00a0000 more characters")
    assert len(line.text) < code_lines.LINE_LIMIT + 40
    assert line.original_part(0, len(line.text)) == original


def test_very_long_code_ends_in_a_line_that_is_copied_whole() -> None:
    lines = code_lines.shown_lines("\n".join(["x"] * code_lines.LINES_LIMIT + ["y", "z"]))
    assert len(lines) == code_lines.LINES_LIMIT + 1
    assert lines[-1].text == "… 2 more lines"
    assert lines[-1].original_part(0, len(lines[-1].text)) == "y\nz"


def test_long_lines_are_limited_together() -> None:
    lines = code_lines.shown_lines("\n".join(["x" * code_lines.LINE_LIMIT] * 1000))
    most = code_lines.CHARACTERS_LIMIT + 2 * code_lines.LINE_LIMIT
    assert sum(len(line.text) for line in lines) < most
    assert lines[-1].text.endswith("more lines")


def test_signs_for_invisible_characters_make_no_line_longer() -> None:
    original = "\u202e" * code_lines.LINE_LIMIT
    line = code_lines.shown_line(original)
    assert len(line.text) < code_lines.LINE_LIMIT + 40
    assert line.hidden == ((0, len(line.text)),)
    assert line.original_part(0, len(line.text)) == original


def test_line_ends_of_every_system() -> None:
    assert [line.text for line in code_lines.shown_lines("a\r\nb\rc\n")] == ["a", "b", "c"]
    assert [line.text for line in code_lines.shown_lines("")] == [""]


@given(st.text(max_size=200))
def test_every_line_can_be_read_and_copied_whole(text: str) -> None:
    for line in code_lines.shown_lines(text):
        assert line.text.isprintable()
        assert len(line.offsets) == len(line.text) + 1
        assert line.original_part(0, len(line.text)) == line.original


@pytest.mark.parametrize(
    ("sent", "start", "end", "code", "numbers"),
    [
        ("a\nb", 92, 88, "a\nb", (88, 89)),
        ("87 cur = db.cursor()\n88 cur.execute(\n89     x)\n", 88, 89, CODE, (87, 88, 89)),
        ("88 a\n90 b", 88, 89, "88 a\n90 b", (88, 89)),
        ("1 a\n2 b", 88, 89, "1 a\n2 b", (88, 89)),
        ("x", -3, None, "x", (1,)),
    ],
    ids=["no hint", "of the scanner", "with a gap", "elsewhere", "from 1"],
)
def test_numbers_are_those_of_the_scanner_or_start_at_the_finding(
    sent: str, start: int, end: int | None, code: str, numbers: tuple[int, ...]
) -> None:
    finding = make_finding(code_snippet=sent, line_start=start, line_end=end)
    snippet = code_lines.numbered_snippet(finding)
    assert (snippet.code, snippet.numbers) == (code, numbers)


@pytest.mark.parametrize(
    ("patch", "start"),
    [
        (PATCH, 87),
        (PATCH.replace("-88,2", "-60,2"), 88),
        (PATCH.replace("cur.execute(", "cur.run("), 88),
        (PATCH.replace(" cur.execute(\n", ""), 88),
        ("@@ what @@", 88),
    ],
    ids=["the same lines", "elsewhere", "other lines", "one line proves nothing", "no diff"],
)
def test_a_patch_shows_where_its_lines_are_if_it_agrees(patch: str, start: int) -> None:
    finding = make_finding(code_snippet=CODE, line_start=88, line_end=89, suggested_patch=patch)
    assert code_lines.numbered_snippet(finding).numbers == (start, start + 1, start + 2)


def test_both_ends_of_a_flow_have_their_own_numbers() -> None:
    fields = {"fingerprint": "taint-x", "line_start": 12, "line_end": 41}
    finding = make_finding(1, code_snippet="a\n\u2026\nb\nc", **fields)
    assert code_lines.numbered_snippet(finding).numbers == (12, None, 41, 42)


def test_the_end_of_a_path_decides_on_the_language() -> None:
    assert code_lines.language_name(make_finding(file_path="shop/a.py")) == "shop/a.py"
    endless = code_lines.language_name(make_finding(file_path="x" * 1_000_000 + ".py"))
    assert endless.endswith("x.py")
    assert len(endless) == code_lines.NAME_LIMIT


def _kinds(line: str, file_name: str) -> dict[str, code_lines.Syntax]:
    (spans,) = code_lines.highlight([line], file_name)
    return {line[span.start : span.end]: span.syntax for span in spans}


def test_python() -> None:
    kinds = _kinds('return open("x", 5)  # why', "shop/api/orders.py")
    assert kinds["return"] is code_lines.Syntax.KEYWORD
    assert kinds["open"] is code_lines.Syntax.NAME
    assert kinds["5"] is code_lines.Syntax.NUMBER
    assert kinds["# why"] is code_lines.Syntax.COMMENT


def test_it_is_prepared_in_another_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(code_lines.prepare_highlighting).result()
    assert _kinds("return", "orders.py") == {"return": code_lines.Syntax.KEYWORD}


def test_a_comment_over_several_lines_is_one_on_each() -> None:
    spans = code_lines.highlight(["/* one", "two */"], "main.c")
    assert list(spans) == [(code_lines.Span(0, 6, code_lines.Syntax.COMMENT),)] * 2


def test_lines_are_read_one_by_one() -> None:
    spans = code_lines.highlight(["return 1"] * code_lines.COLOURED_LINES_LIMIT, "a.py")
    kinds = [code_lines.Syntax.KEYWORD, code_lines.Syntax.NUMBER]
    assert [span.syntax for span in next(spans)] == kinds
    assert len(list(spans)) == code_lines.COLOURED_LINES_LIMIT - 1


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["return 1"], "thing.unknown-ending"),
        (["return 1"], ""),
        (["return 1"] * (code_lines.COLOURED_LINES_LIMIT + 1), "a.py"),
        (["x = 1 " * 20_000], "a.py"),
    ],
    ids=["unknown", "unnamed", "many lines", "long line"],
)
def test_long_code_and_an_unknown_language_stay_plain(lines: list[str], name: str) -> None:
    assert not list(code_lines.highlight(lines, name))


def test_blank_lines_at_both_ends_keep_their_places() -> None:
    spans = code_lines.highlight(["", "return", ""], "a.py")
    assert [len(found) for found in spans] == [0, 1, 0]


def test_what_is_called_is_a_name_with_its_owners() -> None:
    assert _kinds("cur = db.cursor().x", "orders.py") == {"db.cursor": code_lines.Syntax.NAME}
    assert _kinds("foo.bar(x)", "shop.js") == {"foo.bar": code_lines.Syntax.NAME}
    assert _kinds("g.user.id + (1)", "orders.py") == {"1": code_lines.Syntax.NUMBER}
