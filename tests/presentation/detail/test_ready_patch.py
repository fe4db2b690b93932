"""Patches made ready: what git applies, and what is left alone because nobody could prove it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from heimdall_desktop.presentation.detail.ready_patch import ready_patch

FILE = "shop/api/orders.py"
BEFORE = "one\ntwo\n\nthree\nfour\nfive\nsix\n"
HUNK = "@@ -1,4 +1,4 @@\n one\n-two\n+TWO\n \n three\n"
PATCH = f"--- a/{FILE}\n+++ b/{FILE}\n{HUNK}"
TWO_HUNKS = f"{PATCH}@@ -6,2 +6,3 @@ def f():\n five\n+five and a half\n six\n"


def applied(folder: Path, patch: str, before: str = BEFORE) -> str:
    """Let git check and apply a patch in a repository of its own; return the file after it."""
    target = folder / FILE
    target.parent.mkdir(parents=True)
    target.write_bytes(before.encode())
    subprocess.run(["git", "init", "-q", folder], check=True)
    for arguments in (["--check"], []):
        command = ["git", "-C", str(folder), "apply", *arguments, "-"]
        subprocess.run(command, input=patch.encode(), check=True)
    return target.read_bytes().decode()


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
@pytest.mark.parametrize(
    ("sent", "mended"),
    [
        (PATCH, ()),
        (PATCH.removesuffix("\n"), ()),
        (PATCH.replace("\n", "\r\n"), ()),
        (PATCH.replace(" \n", "\n"), ()),
        (f"Do this:\n```diff\n{PATCH}```\nDone.\n", ()),
        (f"diff --git a/{FILE} b/{FILE}\nindex 1..2 100644\n{PATCH}", ()),
        (PATCH.replace("a/", "").replace("b/", ""), ("a/ and b/ before the path",)),
        (HUNK, ("file header added",)),
        (PATCH.replace("-1,4 +1,4", "-1,9 +1,2"), ("line counts corrected",)),
        (PATCH.replace("-1,4 +1,4", "-1,3 +1,3"), ("line counts corrected",)),
        (
            HUNK.replace("-1,4 +1,4", "-1 +1") + "\n\n",
            ("file header added", "line counts corrected"),
        ),
        (f"```\n{HUNK}\n```", ("file header added",)),
    ],
)
def test_git_applies_what_is_ready(tmp_path: Path, sent: str, mended: tuple[str, ...]) -> None:
    ready = ready_patch(sent, FILE)
    assert ready is not None
    assert ready.mended == mended
    assert applied(tmp_path, ready.text) == BEFORE.replace("two", "TWO")


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_git_applies_several_hunks(tmp_path: Path) -> None:
    ready = ready_patch(TWO_HUNKS, FILE)
    assert ready is not None
    assert applied(tmp_path, ready.text) == "one\nTWO\n\nthree\nfour\nfive\nfive and a half\nsix\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_carriage_returns_of_the_file_itself_stay(tmp_path: Path) -> None:
    body = HUNK.split("\n", 1)
    crlf = f"--- a/{FILE}\n+++ b/{FILE}\n{body[0]}\n" + body[1].replace("\n", "\r\n")
    ready = ready_patch(crlf, FILE)
    assert ready is not None
    before = BEFORE.replace("\n", "\r\n")
    assert applied(tmp_path, ready.text, before) == before.replace("two", "TWO")


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_file_without_a_final_line_feed_keeps_its_note(tmp_path: Path) -> None:
    note = "\\ No newline at end of file\n"
    patch = f"--- a/{FILE}\n+++ b/{FILE}\n@@ -1 +1 @@\n-a\n{note}+b\n{note}"
    ready = ready_patch(patch, FILE)
    assert ready is not None
    assert applied(tmp_path, ready.text, "a") == "b"


def test_a_file_whose_hunks_stand_apart_from_its_name_is_no_part_of_the_one_before() -> None:
    other = "--- /dev/null\n+++ b/x\n\n@@ -0,0 +1 @@\n+a\n"
    ready = ready_patch(PATCH + other)
    assert ready is not None
    assert ready.text == PATCH + other.replace("\n\n", "\n")
    assert ready.mended == ()


def test_a_file_of_another_name_keeps_its_own() -> None:
    ready = ready_patch(PATCH, "elsewhere.py")
    assert ready is not None
    assert ready.text == PATCH


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ("Just don't.\n--- not a diff\n+++ either\n", FILE),
        ("--- a/x\n+++ b/x\n@@ -1,999 +q @@\n-a\n+b\n \\ No newline\n@@\n", FILE),
        ("--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n", FILE),
        (HUNK, ""),
        (HUNK, "/etc/passwd"),
        (HUNK, "../x.py"),
        (HUNK, "C:\\x.py"),
        (f"{PATCH}what is this\n".replace("-1,4", "-1,9"), FILE),
        ("", FILE),
        ("@@ -1 +1 @@\n", FILE),
        (f"@@ -{'9' * 5_000} +1 @@\n-a\n+b\n", FILE),
        (f"@@ -1,{'9' * 5_000} +1 @@\n-a\n+b\n", FILE),
        ("@@ -1 +1 @@\n--- a/x\n+++ b/x\n\ntalk\n@@ -5 +5 @@\n-a\n+b\n", FILE),
    ],
)
def test_what_would_take_guessing_is_not_ready(sent: str, path: str) -> None:
    assert ready_patch(sent, path) is None
