"""The wheel and the sdist: what is in them, what they say of themselves, how they start."""

import email
import hashlib
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
IDENTITY = tomllib.loads((ROOT / "packaging/identity.toml").read_text("utf-8"))


def build(folder: Path) -> tuple[Path, Path]:
    """Build both from the checkout; return the wheel and the sdist."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel], [sdist] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wheel(built: tuple[Path, Path]) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(built[0]) as opened:
        yield opened


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    [name] = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return email.message_from_bytes(wheel.read(name))


def test_two_builds_are_equal_byte_for_byte(built: tuple[Path, Path], tmp_path: Path) -> None:
    first, again = (
        [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
        for files in (built, build(tmp_path))
    )
    assert first == again


def test_the_wheel_has_what_the_program_reads_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"heimdall_desktop"}
    icons = {file.name for file in (ROOT / "resources/icons").iterdir()}
    inside = "heimdall_desktop/resources/icons/"
    assert {name.removeprefix(inside) for name in names if name.startswith(inside)} == icons
    recordings = {name for name in names if name.endswith(".jsonl")}
    assert len(recordings) == len(list(ROOT.glob("heimdall_desktop/local/recordings/*.jsonl"))) > 0
    assert not [name for name in names if name.endswith((".ts", ".pyc"))]


def test_the_sdist_has_the_tests_and_no_local_files(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"pyproject.toml", "tests/conftest.py", "packaging/dev.sh", "LICENSE"} <= names
    assert not [name for name in names if name.startswith((".venv", "screenshots/", ".git/"))]


def test_the_metadata_name_who_is_named_in_the_one_file(metadata: Message) -> None:
    assert metadata["Author-email"] == f"{IDENTITY['author']} <{IDENTITY['email']}>"
    addresses = dict(text.split(", ") for text in metadata.get_all("Project-URL", []))
    assert addresses["Homepage"] == IDENTITY["homepage"]
    assert all(address.startswith(IDENTITY["homepage"]) for address in addresses.values())
    assert {"Documentation", "Source", "Issues", "Changelog"} < addresses.keys()


def test_the_metadata_claim_only_what_was_run(metadata: Message) -> None:
    claimed = [text.split(" :: ") for text in metadata.get_all("Classifier", [])]
    assert [parts for parts in claimed if parts[0] == "Operating System"] == [
        ["Operating System", "POSIX", "Linux"]
    ]
    versions = [parts[2] for parts in claimed if parts[1:2] == ["Python"] and "." in parts[-1]]
    assert versions == ["3.11", "3.13"]


def test_only_the_scanners_are_an_extra(metadata: Message) -> None:
    required = metadata.get_all("Requires-Dist", [])
    extras = [text.split("<")[0] for text in required if "extra ==" in text]
    assert extras == ["bandit", "detect-secrets"]
    assert {"starlette", "uvicorn"} < {text.split("<")[0] for text in required}


def test_windows_gets_one_program_with_a_console_and_one_without(wheel: zipfile.ZipFile) -> None:
    [name] = (name for name in wheel.namelist() if name.endswith("/entry_points.txt"))
    assert wheel.read(name).decode().split("\n\n") == [
        "[console_scripts]\nheimdall-desktop = heimdall_desktop.__main__:main",
        "[gui_scripts]\nheimdall-desktop-gui = heimdall_desktop.__main__:main\n",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--version",), 0),
        (("--nothing-of-this-name",), 2),
        (("--server", "ftp://a.test"), 2),
        (("--demo", "--speed", "1000", "--timeout", "1", "--quit-when-done"), 5),
        (("--demo", "--speed", "1000", "--timeout", "1"), 5),
    ],
)
def test_it_runs_without_standard_streams(arguments: tuple[str, ...], status: int) -> None:
    """As on Windows without a console, Python then has None in place of each."""
    program = "import sys; assert sys.stdin is sys.stdout is sys.stderr is None\n"
    program += "from heimdall_desktop.__main__ import main; sys.exit(main())"
    shell = 'exec "$@" <&- >&- 2>&-'
    command = ("sh", "-c", shell, "sh", sys.executable, "-c", program, "--temp-profile")
    assert subprocess.run([*command, *arguments], timeout=60, check=False).returncode == status
