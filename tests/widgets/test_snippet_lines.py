"""Where a snippet begins."""

from heimdall_desktop.widgets.snippet_lines import NAME_LIMIT, language_name, numbered_snippet
from tests.fakes.findings import make_finding


def test_without_a_hint_it_begins_at_the_finding() -> None:
    finding = make_finding(code_snippet="a\nb", line_start=92, line_end=88)
    assert numbered_snippet(finding) == ("a\nb", 88)


def test_numbers_of_the_scanner_tell_the_lines_around() -> None:
    code = "87 cur = db.cursor()\n88 cur.execute(\n89     x)\n"
    finding = make_finding(code_snippet=code, line_start=88, line_end=89)
    assert numbered_snippet(finding) == ("cur = db.cursor()\ncur.execute(\n    x)", 87)


def test_figures_that_do_not_count_on_are_code() -> None:
    finding = make_finding(code_snippet="88 a\n90 b", line_start=88, line_end=90)
    assert numbered_snippet(finding) == ("88 a\n90 b", 88)


def test_figures_elsewhere_in_the_file_are_code() -> None:
    finding = make_finding(code_snippet="1 a\n2 b", line_start=88, line_end=89)
    assert numbered_snippet(finding) == ("1 a\n2 b", 88)


def test_a_line_before_the_file_does_not_exist() -> None:
    assert numbered_snippet(make_finding(code_snippet="x", line_start=-3, line_end=None))[1] == 1


def test_the_end_of_a_path_tells_the_language() -> None:
    assert language_name(make_finding(file_path="shop/a.py")) == "shop/a.py"
    endless = language_name(make_finding(file_path="x" * 1_000_000 + ".py"))
    assert endless.endswith("x.py")
    assert len(endless) == NAME_LIMIT
