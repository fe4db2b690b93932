"""Patches made ready: what git applies, and what is left alone because it can't be proven."""

import difflib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import heimdall_desktop
from heimdall_desktop.presentation.detail.ready_patch import ReadyPatch, ready_patch
from tests.fakes.recorded import recordings

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


def made_ready(sent: str, path: str = FILE) -> ReadyPatch:
    ready = ready_patch(sent, path)
    assert ready is not None
    return ready


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="there is no patch")
PROGRAMS_RUN = 50  # examples; each starts one or two
DEMO = Path(heimdall_desktop.__file__).parent / "local" / "recordings"
ABOVE, BELOW = [f"above {n}\n" for n in range(300)], [f"below {n}\n" for n in range(9)]


@needs_git
@pytest.mark.parametrize(
    ("sent", "adjustments"),
    [
        (PATCH, ()),
        (PATCH.removesuffix("\n"), ()),
        (PATCH.replace("\n", "\r\n"), ()),
        (PATCH.replace(" \n", "\n"), ()),
        (f"Do this:\n```diff\n{PATCH}```\nDone.\n", ()),
        (f"diff --git a/{FILE} b/{FILE}\nindex 1..2 100644\n{PATCH}", ()),
        (PATCH.replace("a/", "").replace("b/", ""), ("Copies have a/ and b/ prefixes added.",)),
        (HUNK, ("Copies have a file header added.",)),
        (PATCH.replace("-1,4 +1,4", "-1,9 +1,2"), ("Copies have corrected line counts.",)),
        (PATCH.replace("-1,4 +1,4", "-1,3 +1,3"), ("Copies have corrected line counts.",)),
        (
            HUNK.replace("-1,4 +1,4", "-1 +1") + "\n\n",
            ("Copies have a file header added.", "Copies have corrected line counts."),
        ),
        (f"```\n{HUNK}\n```", ("Copies have a file header added.",)),
    ],
)
def test_git_applies_what_is_ready(tmp_path: Path, sent: str, adjustments: tuple[str, ...]) -> None:
    ready = made_ready(sent)
    assert ready.adjustments == adjustments
    assert applied(tmp_path, ready.text) == BEFORE.replace("two", "TWO")


@needs_git
def test_git_applies_several_hunks(tmp_path: Path) -> None:
    ready = made_ready(TWO_HUNKS)
    assert applied(tmp_path, ready.text) == "one\nTWO\n\nthree\nfour\nfive\nfive and a half\nsix\n"


@needs_git
def test_carriage_returns_of_the_file_itself_stay(tmp_path: Path) -> None:
    body = HUNK.split("\n", 1)
    crlf = f"--- a/{FILE}\n+++ b/{FILE}\n{body[0]}\n" + body[1].replace("\n", "\r\n")
    ready = made_ready(crlf)
    before = BEFORE.replace("\n", "\r\n")
    assert applied(tmp_path, ready.text, before) == before.replace("two", "TWO")


@needs_git
def test_a_file_without_a_final_line_feed_keeps_its_note(tmp_path: Path) -> None:
    note = "\\ No newline at end of file\n"
    patch = f"--- a/{FILE}\n+++ b/{FILE}\n@@ -1 +1 @@\n-a\n{note}+b\n{note}"
    ready = made_ready(patch)
    assert applied(tmp_path, ready.text, "a") == "b"


def test_blank_lines_between_the_names_and_hunks_of_a_file_are_skipped() -> None:
    other = "--- /dev/null\n+++ b/x\n\n@@ -0,0 +1 @@\n+a\n"
    ready = made_ready(PATCH + other, "")
    assert ready.text == PATCH + other.replace("\n\n", "\n")
    assert ready.adjustments == ()


def test_a_file_of_another_name_keeps_its_own() -> None:
    ready = made_ready(PATCH, "elsewhere.py")
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
def test_a_patch_that_needs_guessing_is_not_ready(sent: str, path: str) -> None:
    assert ready_patch(sent, path) is None


def diffs() -> dict[str, str]:
    """Return every diff of the recordings and of the demo, with the file it is for."""
    found: dict[str, str] = {}
    for recording in recordings():
        if recording.name == "patches.json" or recording.name.startswith("findings"):
            data = recording.answer.json["data"]
            for row in data if isinstance(data, list) else data["items"]:
                text = row.get("diff_content") or row.get("suggested_patch") or ""
                found[text] = row["file_path"]
    for path in DEMO.glob("*.jsonl"):
        for line in path.read_text().splitlines():
            if "patched" in (step := json.loads(line)):
                found[step["patched"]["diff"]] = ""
    return {text: path for text, path in found.items() if "@@" in text}


def side(ready: ReadyPatch, signs: str) -> list[str]:
    """Return the lines of a patch of one hunk as they were, " -", or as they will be, " +"."""
    body = ready.text.split("\n@@ ", 1)[1].splitlines(keepends=True)[1:]
    return [line[1:] for line in body if line[0] in signs]


def run(command: list[str], *files: tuple[list[str], str]) -> list[str] | None:
    """Apply patches with a real program, each to a file of its own; None where it refuses.

    Args:
        command: reads the patches from its input.
        files: the lines of a file, and the patch for it.
    """
    with TemporaryDirectory() as folder:
        targets, text = list[Path](), ""
        for number, (before, patch) in enumerate(files):
            text += patch.replace("--- a/", f"--- a/{number}/").replace(
                "+++ b/", f"+++ b/{number}/"
            )
            name = next(line[6:] for line in patch.splitlines() if line.startswith("--- a/"))
            targets.append(Path(folder, str(number), name))
            targets[-1].parent.mkdir(parents=True)
            targets[-1].write_bytes("".join(before).encode())
        done = subprocess.run(
            command,
            input=text.encode(),
            cwd=folder,
            env={**os.environ, "GIT_CEILING_DIRECTORIES": str(Path(folder).parent)},
            capture_output=True,
            check=False,
        )
        return None if done.returncode else [path.read_bytes().decode() for path in targets]


GIT, GIT_ZERO = ["git", "apply", "-"], ["git", "apply", "--unidiff-zero", "-"]
PATCH_P1 = ["patch", "-p1", "--silent", "--no-backup-if-mismatch"]


def recorded() -> list[ReadyPatch]:
    """Return what is ready of all recorded diffs."""
    ready = {text: ready_patch(text, path) for text, path in diffs().items()}
    assert len(ready) > 20
    assert all("-1,999 +q" in text for text, patch in ready.items() if patch is None)
    return [patch for patch in ready.values() if patch is not None]


def longer(ready: ReadyPatch, signs: str) -> list[str]:
    """Return one side of a patch in the midst of a file, where its head says it is."""
    first = int(ready.text.split("\n@@ -", 1)[1].split(",")[0])
    return [*ABOVE[: first - 1], *side(ready, signs), *BELOW]


@needs_git
def test_git_accepts_every_recorded_diff_on_what_its_hunk_replaces() -> None:
    patches = recorded()
    files = [(side(ready, " -"), ready.text) for ready in patches]
    assert run(GIT, *files) == ["".join(side(ready, " +")) for ready in patches]


@needs_git
def test_git_accepts_every_recorded_diff_in_a_longer_file_as_described() -> None:
    patches = recorded()
    files = [(longer(ready, " -"), ready.unidiff_zero_text) for ready in patches]
    assert run(GIT_ZERO, *files) == ["".join(longer(ready, " +")) for ready in patches]
    for ready in {"".join(_signs(ready)): ready for ready in patches}.values():
        is_refused = run(GIT, (longer(ready, " -"), ready.text)) is None
        assert is_refused == ready.lacks_context


@needs_patch
def test_patch_accepts_every_recorded_diff_in_a_longer_file() -> None:
    patches = recorded()
    files = [(longer(ready, " -"), ready.text) for ready in patches]
    assert run(PATCH_P1, *files) == ["".join(longer(ready, " +")) for ready in patches]


def _signs(ready: ReadyPatch) -> Iterator[str]:
    return (line[0] for line in ready.text.splitlines()[3:])


LINES = st.lists(st.text("abc -+@\\\t\u00e9", max_size=4), unique=True, min_size=1, max_size=8)


@needs_git
@settings(max_examples=PROGRAMS_RUN)
@given(
    LINES,
    st.lists(st.sampled_from("x- ")),
    st.integers(0, 3),
    st.tuples(st.integers(0, 9), st.integers(0, 9)),
)
def test_git_accepts_any_diff_whose_counts_and_end_were_wrong(
    old: list[str], fates: list[str], context: int, counts: tuple[int, int]
) -> None:
    before = [f"{line}\n" for line in old]
    after = list[str]()
    for number, line in enumerate(before):
        fate = fates[number] if number < len(fates) else " "
        after += {" ": [line], "x": [f"new {number}\n"], "-": []}[fate]
    made = difflib.unified_diff(before, after, f"a/{FILE}", f"b/{FILE}", n=9 if context else 0)
    lines = list(made)
    assume(len([line for line in lines if line.startswith("@@")]) == 1 and after)
    head = lines[2].split(" ")
    first = [place.split(",")[0] for place in head[1:3]]
    lines[2] = f"@@ {first[0]},{counts[0]} {first[1]},{counts[1]} @@\n"
    ready = made_ready("".join(lines).removesuffix("\n"))
    command = GIT if context else GIT_ZERO
    assert run(command, (before, ready.text)) == ["".join(after)]
    assert ready.lacks_context == (lines[-1][0] in "+-")


@needs_git
@needs_patch
@settings(max_examples=PROGRAMS_RUN)
@given(
    st.lists(st.sampled_from("x-+    "), min_size=1, max_size=24),
    st.integers(0, 5),
    st.integers(0, 3),
    st.booleans(),
)
def test_a_diff_with_less_context_is_applied_as_described(
    fates: list[str], context: int, dropped: int, is_counted: bool
) -> None:
    """Models often leave out what follows a change; the head then counts other lines."""
    before = [f"line {number}\n" for number in range(len(fates))]
    made = {"x": ["other {}\n"], "-": [], "+": ["line {}\n", "more {}\n"], " ": ["line {}\n"]}
    after = [line.format(n) for n, fate in enumerate(fates) for line in made[fate]]
    assume(after != before and after)
    lines = list(difflib.unified_diff(before, after, f"a/{FILE}", f"b/{FILE}", n=context))
    hunks = "".join(lines[2:]).split("@@ -")[1:]
    shortened = []
    for hunk in hunks:
        head, *body = hunk.splitlines(keepends=True)
        for _ in range(dropped):
            if body[-1][0] == " ":
                body.pop()
        shortened += [f"@@ -{head if is_counted else head.replace(',', ',9')}", *body]
    ready = made_ready("".join([*lines[:2], *shortened]))
    command = GIT_ZERO if ready.lacks_context else GIT
    assert run(command, (before, ready.text)) == ["".join(after)]
    if context:  # without any, and lines added only, nothing tells their place but numbers
        assert run(PATCH_P1, (before, ready.text)) == ["".join(after)]
