"""Quoted source lines: masked, cut, with fingerprints."""

from pathlib import Path

import pytest

from heimdall_desktop.local import quoted_source
from heimdall_desktop.local.source_tree import CHANGED, SourceFile, SourceFolder, Stamp

WORD = "hunter2-s3cret-value"


def _source(root: Path, *lines: str) -> quoted_source.QuotedSource:
    (root / "a.py").write_text("\n".join(lines))
    return quoted_source.QuotedSource(SourceFolder(root))


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


def test_reported_secrets_are_masked_in_later_quotes(tmp_path: Path) -> None:
    source = _source(tmp_path, "import os", "phrase = 'open sesame'", "os.system(x)")
    assert "sesame" in (source.snippet("a.py", 1, 1) or "")
    source.note_secret("a.py", 2)
    assert source.snippet("a.py", 1, 1) == "import os\nphrase = ********\nos.system(x)"


def test_a_file_that_has_changed_since_is_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1")
    source = quoted_source.QuotedSource(SourceFolder(tmp_path))
    source.note_scanned(SourceFile("a.py", 5, Stamp.of(path.stat())))
    assert (source.line("a.py", 1), source.why_unread("a.py")) == ("x = 1", "")
    path.write_text("pin = 31415")
    assert source.lines("b.py") == []  # another one is open
    assert (source.line("a.py", 1), source.why_unread("a.py")) == ("", CHANGED)


def test_text_in_other_encodings_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"caf\xe9\r\nnext")
    assert quoted_source.QuotedSource(SourceFolder(tmp_path)).snippet("a.py", 1, 1) == "café\nnext"


def test_fingerprints_survive_moved_lines_and_differ_for_repetitions() -> None:
    first, second = quoted_source.Fingerprints(), quoted_source.Fingerprints()
    once = first.of("B605", "a.py", "os.system(x)")
    again = first.of("B605", "a.py", "  os.system(x)")
    assert len(once) == 64
    assert once != again
    assert [second.of("B605", "a.py", "os.system(x)") for _ in range(2)] == [once, again]
    assert len({once, first.of("B605", "b.py", "os.system(x)"), first.of("B1", "a.py", "y")}) == 3
    assert len(first.of("B605", "odd\udcff.py", "x")) == 64


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (f'    db_password = "{WORD}"', "    db_password = ********"),
        (f"API_KEY={WORD}", "API_KEY=********"),
        (f"  apiKey: {WORD} # live", "  apiKey: ********"),
        (f'{{"user": "mira", "password": "{WORD}"}}', "********"),
        (f'"password": "{WORD}",', '"password": ********'),
        (f'config["password"] = "{WORD}"', 'config["password"] = ********'),
        (f'if "{WORD}" == password:', "********"),
        (f'"{WORD}" != password', "********"),
        (f"curl -u mira:{WORD} https://example.test", "********"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "********"),
        (f"ghp_0123456789abcdefghijABCDEFGHIJ012345: {WORD}", "********"),
        ("-----BEGIN RSA PRIVATE KEY-----", "********"),
        (f'connect("{WORD}")', "connect(********"),
    ],
)
def test_a_line_with_a_secret_keeps_at_most_its_name(line: str, masked: str) -> None:
    assert quoted_source.mask_secret_line(line) == masked
    assert WORD not in quoted_source.mask_secret_line(line)


@pytest.mark.parametrize(
    "line",
    [
        f'password = "{WORD}"',
        f"'client_secret': '{WORD}',",
        f"login(user, password='{WORD}')",
        f'if "{WORD}" == password:',
        f"TOKEN: {WORD}",
        f"postgres://shop:{WORD}@db/shop",
        'key = "AKIA' + 'IOSFODNN7EXAMPLE"',
        "Authorization: Bearer eyJhbGciOi.eyJzdWIiOiIxMjM0.c2ln",
        "MIIEpAIBAAKCAQEA7d0aFZyq0gQ2mS7e9xkq1h3n5n7n9nPq3rT5vX7z9B1d3f5h",
        'const hook = "https://hooks.slack.com/services/T00/B00/' + f'{WORD}"',
    ],
)
def test_a_neighbouring_line_loses_what_looks_like_a_credential(line: str) -> None:
    masked = quoted_source.mask_line(line)
    assert "********" in masked
    for piece in (WORD, "IOSFODNN7EXAMPLE", "c2ln", "7d0aFZyq0gQ2"):
        assert piece not in masked


@pytest.mark.parametrize(
    "line",
    [
        "password = read_password(user)",
        "def check_token(token: str) -> bool:",
        "return subprocess.run(command, shell=True)",
        "for key, value in secrets.items():",
        'cur.execute(f"SELECT * FROM orders WHERE id = {order_id}")',
        "https://github.com/example/shop/pull/12",
        "def test_a_very_long_name_with_a_number_2_in_the_middle_of_it():",
        "",
    ],
)
def test_ordinary_code_stays_readable(line: str) -> None:
    assert quoted_source.mask_line(line) == line
