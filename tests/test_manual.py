"""The manual builds without a warning, its commands work, its tables are those of the program."""

import copy
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml

from heimdall_desktop import cli
from heimdall_desktop.domain.facts.errors import Reason
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.presentation.error_text import manual_anchor
from heimdall_desktop.presentation.filter_text import FIELD_NOTES
from heimdall_desktop.secrecy import TOKEN_VARIABLE
from tests.fakes.raw_server import PASSWORD, AttendedServer
from tests.fakes.waiting import WAIT_LIMIT_S
from tests.lab.gallery_scenes import SCENES
from tests.plain_english import banned_words_in

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs" / "manual").glob("*.md"))
BUILDER = ROOT / "packaging" / "manual.py"
SCHEMA = json.loads((ROOT / "docs" / "unattended.schema.json").read_text("utf-8"))
RESULTS = ("result.json", "comparison.json")  # how the manual names the line of JSON

NETWORK = "installs packages from a network"
ROOT_NEEDED = "needs root"
WINDOW = "opens a window until it is closed; its options are checked"
INSTALLED = "needs an installation that another command of its page makes"
BUILDS = "makes a package that packaging/matrix.sh tests"
NOT_IN_MATRIX = (WINDOW, BUILDS)
#: Commands that no test runs here, with the reason; packaging/matrix.sh runs them, with exceptions.
NOT_RUN = {
    "python3 -m venv ~/heimdall": NETWORK,
    "~/heimdall/bin/pip install '.[local]'": NETWORK,
    "~/heimdall/bin/heimdall-desktop --version": INSTALLED,
    "python3 -m pip wheel --no-deps --wheel-dir dist .": NETWORK,
    'pipx install "$(ls dist/heimdall_desktop-*.whl)[local]"': NETWORK,
    'UV_COMPILE_BYTECODE=1 uv tool install "$(ls dist/heimdall_desktop-*.whl)[local]"': NETWORK,
    "pipx uninstall heimdall-desktop": INSTALLED,
    "uv tool uninstall heimdall-desktop": INSTALLED,
    "sudo packaging/dev.sh deb": BUILDS,
    "sudo packaging/dev.sh folder": BUILDS,
    "sudo apt install ./dist/heimdall-desktop_0.2.0_amd64.deb": ROOT_NEEDED,
    "sudo apt purge heimdall-desktop": ROOT_NEEDED,
    "sudo apt install libxcb-cursor0": ROOT_NEEDED,
    "sudo cp company-ca.crt /usr/local/share/ca-certificates/": ROOT_NEEDED,
    "sudo update-ca-certificates": ROOT_NEEDED,
    'pipx install "$HEIMDALL_DESKTOP"': NETWORK,
    'pip install "$HEIMDALL_DESKTOP"': NETWORK,
    "heimdall-desktop --demo --speed 20": WINDOW,
    "heimdall-desktop --local ~/code": WINDOW,
    "heimdall-desktop --replay shop.heimdall.jsonl": WINDOW,
    "heimdall-desktop --debug": WINDOW,
}

_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """Commands that belong together, as a reader copies them."""

    name: str
    commands: tuple[str, ...]

    @property
    def script(self) -> str:
        return "\n".join(each for each in self.commands if each not in NOT_RUN)


def commands_of(script: str) -> tuple[str, ...]:
    """Return the commands of a script; one that continues on the next line is one."""
    return tuple(re.findall(r"^(?:.*[\\|]\n)*.+$", script, re.MULTILINE))


def scripts_of(workflow: Any) -> Iterator[str]:
    """Yield the scripts of the jobs of a workflow, of GitHub or GitLab."""
    if isinstance(workflow, Mapping):
        for key, value in workflow.items():
            if key == "run":
                yield value
            elif key == "script":
                yield "\n".join(value)
            else:
                yield from scripts_of(value)
    elif isinstance(workflow, list):
        for value in workflow:
            yield from scripts_of(value)


def blocks() -> Iterator[Block]:
    """Yield all commands of the manual."""
    for page in PAGES:
        number = 0
        for language, text in _FENCED.findall(page.read_text("utf-8")):
            scripts = [text] if language == "sh" else []
            if language == "yaml":
                scripts = list(scripts_of(yaml.safe_load(text)))
            for script in scripts:
                number += 1
                yield Block(f"{page.stem}-{number}", commands_of(script.rstrip("\n")))


BLOCKS = list(blocks())
RUNNABLE = [block for block in BLOCKS if block.script]


# -- the commands --


class Ran(NamedTuple):
    """How a block ended, and the folder that it ran in."""

    status: int
    output: str
    folder: Path


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Ran]]:
    """Run all blocks, each in a home of its own, beside a server with a scan that has ended.

    Blocks of the same commands, as in the examples for two CI systems, run once.
    """
    with AttendedServer() as server, ThreadPoolExecutor(4) as pool:
        email, _ = server.new_account()
        scan = server.script_scan("shop", email).run_until("hunt").add_findings(3, "medium")
        server.age(scan.run_until("report").complete())
        variables = {
            "HEIMDALL_URL": server.url,
            "HEIMDALL_LOGIN": json.dumps({"email": email, "password": PASSWORD}),
            "SCAN": scan.id,
        }
        tried = {
            block.script: pool.submit(run, block, tmp_path_factory.mktemp(block.name), variables)
            for block in {block.script: block for block in RUNNABLE}.values()
        }
        yield {script: each.result() for script, each in tried.items()}


def run(block: Block, folder: Path, variables: Mapping[str, str]) -> Ran:
    """Run the commands of a block where its page puts the reader."""
    home, work, programs = folder / "home", folder / "work", folder / "bin"
    for made in ("work/old", "work/new", "bin"):
        (folder / made).mkdir(parents=True)
    for made in (".config", ".local/share", ".local/state"):
        (home / made / "heimdall-desktop").mkdir(parents=True)
    (work / "login.json").write_text(variables["HEIMDALL_LOGIN"])
    for name in ("old", "new"):
        (work / name / "pay.py").write_text("def pay(sum):\n    assert sum > 0\n")
    program = programs / "heimdall-desktop"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m heimdall_desktop "$@"\n')
    program.chmod(0o755)
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": python_path(),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        **variables,
    }
    if "git worktree" in block.script:
        person = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        for arguments in (("init", "-q"), ("add", "."), (*person, "commit", "-q", "-m", "a")):
            subprocess.run(["git", *arguments], cwd=work, env=environment, check=True)
        environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "HEAD"
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.script],
        cwd=work,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=WAIT_LIMIT_S,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, work)


def python_path() -> str:
    return os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))


@pytest.mark.parametrize("block", RUNNABLE, ids=lambda block: block.name)
def test_a_command_of_the_manual_works(ran: Mapping[str, Ran], block: Block) -> None:
    status, output, folder = ran[block.script]
    assert status == 0, f"{block.script}\n{output}"
    for name in RESULTS:
        if f"> {name}" in block.script:
            jsonschema.validate(json.loads((folder / name).read_text("utf-8")), SCHEMA)
    if "/api/auth/login" in block.script and TOKEN_VARIABLE not in block.script:
        assert len(json.loads(output)["data"]["token"]) == 64


def test_a_command_that_is_not_run_is_in_the_manual() -> None:
    commands = {command for block in BLOCKS for command in block.commands}
    assert NOT_RUN.keys() - commands == set()


def test_commands_that_need_a_network_or_root_are_run_by_the_matrix() -> None:
    lines = (ROOT / "packaging" / "matrix.sh").read_text("utf-8").splitlines()
    needed = {command for command, why in NOT_RUN.items() if why not in NOT_IN_MATRIX}
    assert needed - set(lines) == set()


def test_commands_are_found_in_workflows_too() -> None:
    text = "job:\n  steps:\n  - run: |\n      a |\n        b\n      c\nother:\n  script: [d, e]\n"
    assert list(map(commands_of, scripts_of(yaml.safe_load(text)))) == [
        ("a |\n  b", "c"),
        ("d", "e"),
    ]


@pytest.mark.parametrize("command", [each for each in NOT_RUN if NOT_RUN[each] is WINDOW])
def test_the_options_of_a_command_that_opens_a_window_are_valid(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    words = shlex.split(command.replace("~/code", str(tmp_path)))
    assert not cli.options(words[1:]).is_headless


# -- the line of JSON --


@pytest.fixture(scope="module")
def results(ran: Mapping[str, Ran]) -> list[Any]:
    """All lines of JSON that the commands printed."""
    files = (each.folder / name for each in ran.values() for name in RESULTS)
    return [json.loads(file.read_text("utf-8")) for file in files if file.exists()]


def test_both_kinds_of_results_were_validated(results: list[Any]) -> None:
    kinds = {frozenset(result) for result in results}
    assert kinds == {
        frozenset({"scans"}),
        frozenset(("a", "b", "new", "fixed", "changed", "still")),
    }
    assert any(result["still"] for result in results if "still" in result)


def test_the_schema_notices_what_is_missing_added_or_of_another_kind(results: list[Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    result = next(each for each in results if each.get("still"))
    places: list[tuple[str, ...]] = [(), ("a",), ("a", "findings")]
    for place in places:
        for key in result_at(result, place):
            changed = copy.deepcopy(result)
            result_at(changed, place).pop(key)
            is_optional = place == ("a",) and key == "unlooked"
            assert validator.is_valid(changed) is is_optional, (place, key)
            changed = copy.deepcopy(result)
            result_at(changed, place)[key] = -1
            assert not validator.is_valid(changed), (place, key)
        changed = copy.deepcopy(result)
        result_at(changed, place)["more"] = 1
        assert not validator.is_valid(changed)


def result_at(result: Any, place: tuple[str, ...]) -> Any:
    for key in place:
        result = result[key]
    return result


# -- the pages --


class Page(HTMLParser):
    """What a page loads, where it leads to, and the anchors it has."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.anchors: set[str] = set()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        self.anchors.add(known.get("id") or "")
        for key, places in (("src", self.loads), ("href", self.leads)):
            if (place := known.get(key)) is not None:
                (self.loads if tag == "link" else places).append(place)


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the manual, with one picture."""
    if importlib.util.find_spec("sphinx") is None:  # the lock has it, other environments may not
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Sphinx is not installed")
    folder = tmp_path_factory.mktemp("manual") / "html"
    built = subprocess.run(
        [sys.executable, str(BUILDER), str(folder), "--few-pictures"],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": python_path()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


def test_the_manual_loads_nothing_from_a_network_and_all_links_lead_somewhere(manual: Path) -> None:
    pages = {file: Page(file) for file in manual.rglob("*.html")}
    assert len(pages) > len(PAGES)
    for file, page in pages.items():
        for place in (*page.loads, *page.leads):
            path, _, anchor = place.partition("?")[0].partition("#")
            if re.match(r"[a-z]+:", path):
                assert place not in page.loads, f"{file.name} loads {place}"
                continue
            target = (file.parent / path).resolve() if path else file
            assert target.is_file(), f"{file.name} leads to {place}"
            if anchor and target in pages and file.name != "genindex.html":
                assert anchor in pages[target].anchors, f"{file.name} leads to {place}"


def test_the_manual_has_diagrams_and_the_tables_of_the_program(manual: Path) -> None:
    for page in ("architecture", "performance", "scan-end"):
        loaded = Page(manual / "docs" / f"{page}.html").loads
        [diagram] = [place for place in loaded if re.search(rf"/{page}-\d+\.svg$", place)]
        assert "<svg" in (manual / "docs" / diagram).read_text("utf-8")[:500]
    filters = (manual / "filters.html").read_text("utf-8")
    fields = [note.field for note in FIELD_NOTES if note.field]
    assert [field for field in fields if f'<span class="pre">{field}</span>' not in filters] == []
    anchors = Page(manual / "errors.html").anchors
    entries = set(filter(None, map(manual_anchor, Reason)))
    assert "keyring-locked" in entries
    assert entries - anchors == set()
    assert {page.stem for page in (manual / "errors").iterdir()} == entries
    for entry in entries:
        page = (manual / "errors" / f"{entry}.html").read_text("utf-8")
        assert page.count(f"../errors.html#{entry}") == 2
    keys = (manual / "keyboard.html").read_text("utf-8")
    assert "<kbd>Ctrl+K</kbd>" in keys
    assert "<kbd>Ctrl+,</kbd>" in keys


def test_a_picture_is_shown_in_both_themes(manual: Path) -> None:
    shown = [place for place in Page(manual / "first-steps.html").loads if "first-start" in place]
    assert [Path(place).name for place in shown] == [
        "first-start-light.webp",
        "first-start-dark.webp",
    ]
    light, dark = ((manual / place).read_bytes() for place in shown)
    assert light[8:12] == dark[8:12] == b"WEBP"
    assert light != dark


def test_the_pictures_of_the_manual_are_scenes_of_the_gallery() -> None:
    source = BUILDER.read_text("utf-8")
    named = re.search(r"^PICTURES = \((.*?)^\)", source, re.MULTILINE | re.DOTALL)
    assert named is not None
    scenes = set(re.findall(r'"([\w-]+)"', named[1]))
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert scenes - SCENES.keys() == set()
    assert set(re.findall(r"\(pictures/([\w-]+)\.webp\)", text)) == scenes


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_of_the_manual_is_in_plain_english(page: Path) -> None:
    assert banned_words_in(page.read_text("utf-8")) == []


def test_the_filters_of_the_manual_are_valid() -> None:
    text = (ROOT / "docs" / "manual" / "filters.md").read_text("utf-8")
    examples = [example for note in FIELD_NOTES for example in note.examples]
    for example in (*re.findall(r"^```text\n(.*)\n```$", text, re.MULTILINE), *examples):
        parse_filter(example)
