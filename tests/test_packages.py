"""The checks of packaging/licences.py, on bundles made up for them."""

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

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


def test_the_folder_of_licences_may_be_inside_as_on_windows_and_macos(
    licences: ModuleType, bundle: Path
) -> None:
    (bundle / "licences").rename(bundle / "_internal" / "licences")
    assert licences.check(bundle) == []
    _add(bundle, "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui")
    [problem] = licences.check(bundle)
    assert problem.endswith("QtGui is in the bundle without a licence")


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
        "PySide6/Qt/lib/QtCharts.framework/Versions/A/QtCharts",
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


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_the_readme_says_how_to_replace_qt_and_where_its_sources_are(
    licences: ModuleType, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    part = {"version": "6.11.3", "licence": "LGPL-3.0-only", "files": []}
    in_wheels = licences._statement({"pyside6-essentials": part})
    bundled = licences._statement({"pyside6-essentials": part, "python": part})
    for text in (in_wheels, bundled):
        assert "LGPL-3.0.txt" in text
        assert "folder 6.11/6.11.3/single" in text
        assert "folder PySide6-6.11.3-src" in text
    assert "the folder of Python's packages" in in_wheels
    assert licences.QT_PLACES[system] in bundled
    assert len(set(licences.QT_PLACES.values())) == 3


def test_the_licences_of_wheels_have_a_text_for_each_part(
    licences: ModuleType, tmp_path: Path
) -> None:
    licences.write_wheels(tmp_path / "licences")
    index = json.loads((tmp_path / "licences" / "parts.json").read_text())
    assert {"heimdall-desktop", "pyside6-essentials", "bandit"} <= index.keys()
    assert "python" not in index
    notices = (tmp_path / "licences" / "python-packages.txt").read_text()
    assert all(
        f"\n{name} {part['version']}\n" in f"\n{notices}"
        for name, part in index.items()
        if name != "heimdall-desktop"
    )


def test_the_metainfo_for_flatpak_has_its_id_everywhere() -> None:
    identity = tomllib.loads((PACKAGING / "identity.toml").read_text())
    entry = identity["application_id"]
    printed = subprocess.run(
        [sys.executable, str(PACKAGING / "package_files.py"), "metainfo", entry],
        env={**os.environ, "PYTHONPATH": str(PACKAGING.parent)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    component = ElementTree.fromstring(printed.stdout)  # noqa: S314 - our own
    named = [component.findtext(tag) for tag in ("id", "launchable", "icon")]
    assert named == [entry, f"{entry}.desktop", entry]
    manifest = (PACKAGING / "flatpak" / "manifest.in.yml").read_text()
    for place in ("share/applications", "scalable/apps", "share/metainfo"):
        assert f"{place}/@application_id@." in manifest


def test_packages_whose_scripts_are_in_the_manual_have_licences(licences: ModuleType) -> None:
    if importlib.util.find_spec("sphinx") is None:  # the lock has it, other environments may not
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Sphinx is not installed")
    more = {each.name: each for each in licences.runtime_parts(licences.MANUAL_PARTS)}
    for name in licences.MANUAL_PARTS:
        assert more[name].licence
        assert more[name].texts


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
