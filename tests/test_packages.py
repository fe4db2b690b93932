"""The checks of packaging/licences.py, on bundles made up for them."""

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).parent.parent / "packaging"
CORE, SVG = "PySide6/Qt/lib/libQt6Core.so.6", "PySide6/Qt/plugins/imageformats/libqsvg.so"
TEXTS: tuple[str, ...] = (
    "README",
    "LGPL-3.0",
    "GPL-3.0",
    "qt-third-party",
    "python-packages",
    "python",
)
TEXTS += ("system-libraries", "pyinstaller", "heimdall-desktop")


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", PACKAGING / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["licences"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle in which everything has a licence."""
    for name in (CORE, SVG, "libz.so.1", "httpx-1.2.dist-info/METADATA"):
        _add(tmp_path, name)
    (tmp_path / "licences").mkdir()
    for name in TEXTS:
        (tmp_path / "licences" / f"{name}.txt").write_text("text")
    parts = {
        "pyside6-essentials": {"version": "6.11", "licence": "LGPL-3.0-only", "files": [CORE, SVG]},
        "httpx": {"version": "1.2", "licence": "BSD-3-Clause", "files": []},
        "zlib1g:amd64": {"version": "1", "licence": "Zlib", "files": ["libz.so.1"]},
    }
    (tmp_path / "licences" / "parts.json").write_text(json.dumps(parts))
    return tmp_path


def _add(bundle: Path, name: str) -> None:
    place = bundle / "_internal" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"")


def _give_licence(bundle: Path, name: str) -> None:
    index = bundle / "licences" / "parts.json"
    parts = json.loads(index.read_text())
    parts["pyside6-essentials"]["files"].append(name)
    index.write_text(json.dumps(parts))


def test_a_complete_bundle_has_no_problem(licences: ModuleType, bundle: Path) -> None:
    assert licences.check(bundle) == []


@pytest.mark.parametrize("name", ["libnew.so.3", "yaml/_yaml.so", "new.dll", "libnew.dylib"])
def test_a_library_without_a_licence_is_found(
    licences: ModuleType, bundle: Path, name: str
) -> None:
    _add(bundle, name)
    assert licences.check(bundle) == [f"{name} is in the bundle without a licence"]


def test_a_python_package_without_a_licence_is_found(licences: ModuleType, bundle: Path) -> None:
    _add(bundle, "new_part-2.0.dist-info/METADATA")
    _add(bundle, "httpx-1.3.dist-info/METADATA")
    problems = ("httpx 1.3", "new-part 2.0")
    assert sorted(licences.check(bundle)) == [
        f"{part} is in the bundle without a licence" for part in problems
    ]


def test_a_licence_of_a_missing_library_is_found(licences: ModuleType, bundle: Path) -> None:
    (bundle / "_internal" / "libz.so.1").unlink()
    assert licences.check(bundle) == ["libz.so.1 has a licence but is missing"]


@pytest.mark.parametrize("name", TEXTS)
def test_a_missing_text_is_found(licences: ModuleType, bundle: Path, name: str) -> None:
    (bundle / "licences" / f"{name}.txt").unlink()
    assert licences.check(bundle) == [f"no licences/{name}.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "PySide6/Qt/lib/libQt6Charts.so.6",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt6NetworkAuth.dll",
    ],
)
def test_a_part_of_qt_under_the_gpl_alone_is_refused(
    licences: ModuleType, bundle: Path, name: str
) -> None:
    _add(bundle, name)
    _give_licence(bundle, name)
    assert licences.check(bundle) == [f"{name} belongs to a part of Qt under the GPL alone"]


@pytest.mark.parametrize(
    "name", ["libreadline.so.8", "python3.11/lib-dynload/readline.cpython-311-x86_64-linux-gnu.so"]
)
def test_a_library_under_the_gpl_alone_is_refused(
    licences: ModuleType, bundle: Path, name: str
) -> None:
    _add(bundle, name)
    _give_licence(bundle, name)
    assert licences.check(bundle) == [f"{name} is under the GPL alone"]


def test_an_unknown_part_of_qt_is_refused(licences: ModuleType, bundle: Path) -> None:
    name = "PySide6/Qt/lib/libQt6Novelty.so.6"
    _add(bundle, name)
    _give_licence(bundle, name)
    [problem] = licences.check(bundle)
    assert problem == f"{name} belongs to a part of Qt that isn't known to be LGPL"


def test_packages_that_the_program_needs_have_licence_texts(licences: ModuleType) -> None:
    parts = {part.name: part for part in licences.runtime_parts()}
    assert {"pyside6-essentials", "httpx", "bandit", "detect-secrets"} <= parts.keys()
    assert "pytest" not in parts
    assert [name for name, part in parts.items() if not part.licence] == []


def _launched(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(PACKAGING / "bundle_launcher.py"), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGING.parent)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_starter_of_a_bundle_runs_the_embedded_server_as_python_does() -> None:
    started = _launched("-P", "-m", "heimdall_desktop.local", "--help")
    assert started.returncode == 0
    assert "--port" in started.stdout


@pytest.mark.parametrize(
    "arguments", [("-P", "-m", "json.tool"), ("-m", "json.tool"), ("-c", "print(1)")]
)
def test_the_starter_of_a_bundle_is_no_interpreter(arguments: tuple[str, ...]) -> None:
    started = _launched(*arguments)
    assert started.returncode == 2
    assert "See heimdall-desktop --help." in started.stderr


def test_texts_of_the_lgpl_and_the_gpl_are_whole() -> None:
    for name, lines in (("LGPL-3.0", 165), ("GPL-3.0", 674)):
        text = (PACKAGING / "licences" / f"{name}.txt").read_text()
        assert text.count("\n") == lines
        assert "Version 3, 29 June 2007" in text


def test_identity_has_every_value_once() -> None:
    identity = tomllib.loads((PACKAGING / "identity.toml").read_text())
    assert identity.keys() == {"application_id", "homepage", "author", "email"}
