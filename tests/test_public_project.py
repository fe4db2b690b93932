"""Workflows and manifests, which can't run here: what can be known about them without running."""

import re
import runpy
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from heimdall_desktop import __version__

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEMPLATES = sorted(PACKAGING.rglob("*.in.*"))
FOLDERS = [PACKAGING / name for name in ("appimage", "flatpak", "macos", "windows")]
MANIFESTS = [
    PACKAGING / "windows_macos.spec",
    *sorted(file for folder in FOLDERS for file in folder.iterdir()),
]
#: Addresses that a reader of these files may be sent to; no program downloads from them.
KNOWN_HOSTS = {"www.apple.com", "www.contributor-covenant.org"}

_PINNED = re.compile(r"uses: ([\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\$/\.github/\S+ #.*)$")
_HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:org|io|com|net|dev|co|cloud)\b(?!\.)", re.IGNORECASE)
_FILE = re.compile(r"\bpackaging[/\\][\w./\\-]*\w")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def jobs(workflow: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the content of each job."""
    yield from yaml.safe_load(_text(workflow))["jobs"].items()


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    """Yield the steps of all jobs."""
    for _name_of_job, job in jobs(workflow):
        yield from job.get("steps", [])


def commands_of_dev_sh() -> set[str]:
    """Return the commands that packaging/dev.sh has."""
    cases = _text(PACKAGING / "dev.sh").rpartition("case $command in\n")[2]
    names = re.findall(r"^  ([a-z]+(?: \| [a-z]+)*)\)", cases, re.MULTILINE)
    return {name for each in names for name in each.split(" | ")}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=_name)
def test_a_workflow_has_no_permission_except_those_that_its_jobs_name(workflow: Path) -> None:
    assert yaml.safe_load(_text(workflow))["permissions"] == {}
    for name, job in jobs(workflow):
        wanted = {"contents": "write"} if name == "draft" else {"contents": "read"}
        assert job["permissions"] == wanted, name


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=_name)
def test_actions_are_pinned_and_keep_no_credentials(workflow: Path) -> None:
    lines = [line for line in _text(workflow).splitlines() if "uses:" in line]
    assert lines
    assert [line for line in lines if not _PINNED.search(line)] == []
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=_name)
def test_commands_contain_no_values_of_github(workflow: Path) -> None:
    """Values arrive in variables: a branch may have a name that is a command."""
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=_name)
def test_commands_exist(workflow: Path) -> None:
    runs = "\n".join(step.get("run", "") for step in steps(workflow))
    assert set(re.findall(r"packaging/dev\.sh (\S+)", runs)) <= commands_of_dev_sh()
    files = {name.replace("\\", "/") for name in _FILE.findall(runs)}
    assert sorted(name for name in files if not (ROOT / name).exists()) == []


def test_the_commands_of_dev_sh_are_found() -> None:
    assert {"run", "test", "check", "packages"} <= commands_of_dev_sh()
    usage = subprocess.run([PACKAGING / "dev.sh"], capture_output=True, text=True, check=False)
    assert commands_of_dev_sh() == set(re.findall(r"packaging/dev\.sh ([a-z]+)", usage.stderr))


@pytest.mark.parametrize("file", [*WORKFLOWS, *MANIFESTS], ids=_name)
def test_what_has_never_run_says_so(file: Path) -> None:
    assert "ntested" in "".join(_text(file).splitlines(keepends=True)[:3])


def test_no_host_is_named() -> None:
    files = [*(ROOT / ".github").rglob("*.*"), *MANIFESTS, *TEMPLATES]
    assert {host for file in files for host in _HOST.findall(_text(file))} <= KNOWN_HOSTS


def test_a_host_is_noticed() -> None:
    text = "pip install --index-url https://index.example.org/simple org.freedesktop.Sdk fill.py"
    assert _HOST.findall(text) == ["index.example.org"]


def test_who_makes_the_program_is_in_one_file() -> None:
    identity = tomllib.loads(_text(PACKAGING / "identity.toml"))
    files = [*(ROOT / ".github").rglob("*.*"), *MANIFESTS, *TEMPLATES, ROOT / "README.md"]
    assert [
        f"{_name(file)}: {value}"
        for file in files
        for value in identity.values()
        if value in _text(file)
    ] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_templates_are_filled(template: Path) -> None:
    fill = runpy.run_path(str(PACKAGING / "fill.py"))
    known = fill["values"]()
    text = fill["filled"](_text(template), known)
    assert known["application_id"] in text
    assert not re.search(r"@[a-z_]+@", text)
    if template.suffix == ".yml":
        assert yaml.safe_load(text)["id"] == known["application_id"]
    with pytest.raises(KeyError):
        fill["filled"]("Name=@no_such@", known)


def test_a_release_has_the_notes_of_its_version() -> None:
    notes = runpy.run_path(str(PACKAGING / "release_notes.py"))["notes"]
    changelog = "# Changelog\n\n## Unreleased\n\n## 1.1.0\n\n### New\n\n- B.\n\n## 1.0.0\n\n- A.\n"
    assert notes("v1.1.0", "1.1.0", changelog) == "### New\n\n- B.\n"
    assert notes("v1.0.0", "1.0.0", changelog) == "- A.\n"
    for tag, version, text, why in (
        ("v1.1.0", "1.2.0", changelog, "the tag is v1.1.0"),
        ("1.1.0", "1.1.0", changelog, "the tag is 1.1.0"),
        ("v1.2.0", "1.2.0", changelog, "no section"),
        (
            "v1.1.0",
            "1.1.0",
            changelog.replace("Unreleased\n", "Unreleased\n\n- C.\n"),
            "Unreleased",
        ),
    ):
        with pytest.raises(ValueError, match=why):
            notes(tag, version, text)


def test_the_changelog_starts_with_what_is_next() -> None:
    first = re.findall(r"^## (.+)$", _text(ROOT / "CHANGELOG.md"), re.MULTILINE)[0]
    assert first in {"Unreleased", __version__}
