"""The lexer goes by the file's name; long or unknown code stays plain."""

from concurrent.futures import ThreadPoolExecutor

from heimdall_desktop.widgets.detail.syntax import LINES_LIMIT, Span, Syntax, highlight, prepare


def _kinds(line: str, file_name: str) -> dict[str, Syntax]:
    (spans,) = highlight([line], file_name)
    return {line[span.start : span.end]: span.syntax for span in spans}


def test_python() -> None:
    kinds = _kinds('return open("x", 5)  # why', "shop/api/orders.py")
    assert kinds["return"] is Syntax.KEYWORD
    assert kinds["open"] is Syntax.NAME
    assert kinds["5"] is Syntax.NUMBER
    assert kinds["# why"] is Syntax.COMMENT


def test_it_is_prepared_in_another_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(prepare).result()
    assert _kinds("return", "orders.py") == {"return": Syntax.KEYWORD}


def test_a_comment_over_several_lines_is_one_on_each() -> None:
    first, second = highlight(["/* one", "two */"], "main.c")
    assert first == (Span(0, 6, Syntax.COMMENT),)
    assert second == (Span(0, 6, Syntax.COMMENT),)


def test_an_unknown_language_stays_plain() -> None:
    assert not list(highlight(["return 1"], "thing.unknown-ending"))
    assert not list(highlight(["return 1"], ""))


def test_lines_are_read_one_by_one() -> None:
    spans = highlight(["return 1"] * LINES_LIMIT, "a.py")
    assert [span.syntax for span in next(spans)] == [Syntax.KEYWORD, Syntax.NUMBER]
    assert len(list(spans)) == LINES_LIMIT - 1


def test_long_code_stays_plain() -> None:
    lines = ["return 1"] * (LINES_LIMIT + 1)
    assert not list(highlight(lines, "a.py"))
    assert not list(highlight(["x = 1 " * 20_000], "a.py"))


def test_blank_lines_at_both_ends_keep_their_places() -> None:
    spans = highlight(["", "return", ""], "a.py")
    assert [len(found) for found in spans] == [0, 1, 0]


def test_what_is_called_is_a_name_with_its_owners() -> None:
    assert _kinds("cur = db.cursor().x", "orders.py") == {"db.cursor": Syntax.NAME}
    assert _kinds("foo.bar(x)", "shop.js") == {"foo.bar": Syntax.NAME}
    assert _kinds("g.user.id + (1)", "orders.py") == {"1": Syntax.NUMBER}
