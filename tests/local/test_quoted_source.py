"""Quoting source in findings, and fingerprints that survive moved lines."""

from pathlib import Path

from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource


def _source(root: Path, *lines: str) -> QuotedSource:
    (root / "a.py").write_text("\n".join(lines))
    return QuotedSource(root)


def test_a_snippet_begins_at_its_line_and_stays_in_the_file(tmp_path: Path) -> None:
    source = _source(tmp_path, "one", "two", "three", "four", "five")
    assert source.snippet("a.py", 2, 2) == "two\nthree\nfour"
    assert source.snippet("a.py", 5, 5) == "five"
    assert source.snippet("a.py", 1, 1, context=1) == "one\ntwo"
    assert source.snippet("a.py", 9, 9) is None
    assert source.snippet("gone.py", 1, 1) is None
    assert source.line("a.py", 4) == "four"


def test_long_snippets_and_lines_are_cut(tmp_path: Path) -> None:
    source = _source(tmp_path, "x y " * 1000, *(f"line {n}" for n in range(100)))
    snippet = source.snippet("a.py", 1, 101)
    assert snippet
    lines = snippet.split("\n")
    assert len(lines) == 14
    assert len(lines[0]) == 241


def test_lines_named_as_secret_are_masked_in_every_later_quote(tmp_path: Path) -> None:
    source = _source(tmp_path, "import os", "phrase = 'open sesame'", "os.system(x)")
    assert "sesame" in (source.snippet("a.py", 1, 1) or "")
    source.note_secret("a.py", 2)
    assert source.snippet("a.py", 1, 1) == "import os\nphrase = ********\nos.system(x)"


def test_bytes_that_are_no_text_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"caf\xe9\r\nnext")
    assert QuotedSource(tmp_path).snippet("a.py", 1, 1) == "caf\ufffd\nnext"


def test_fingerprints_survive_moved_lines_and_tell_repetitions_apart() -> None:
    first, second = Fingerprints(), Fingerprints()
    once = first.of("B605", "a.py", "os.system(x)")
    again = first.of("B605", "a.py", "  os.system(x)")
    assert len(once) == 64
    assert once != again
    assert [second.of("B605", "a.py", "os.system(x)") for _ in range(2)] == [once, again]
    assert len({once, first.of("B605", "b.py", "os.system(x)"), first.of("B1", "a.py", "y")}) == 3
    assert len(first.of("B605", "odd\udcff.py", "x")) == 64
