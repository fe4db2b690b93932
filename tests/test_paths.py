"""Places: resources wherever the program runs from, profiles of people, folders and tests."""

import sys
from pathlib import Path

import platformdirs
import pytest

from heimdall_desktop import paths
from heimdall_desktop.paths import Places


def test_resources_of_the_source_tree() -> None:
    assert (paths.resources() / "icons" / "app-icon.svg").is_file()


def test_resources_of_a_wheel_lie_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "heimdall_desktop"
    (package / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    assert paths.resources() == package / "resources"


def test_resources_of_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "heimdall_desktop" / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
    inside.mkdir(parents=True)
    assert paths.resources() == inside


def test_the_manual_is_its_pages_or_else_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "heimdall_desktop"
    readme = package / "resources" / "manual" / "README.md"
    built = tmp_path / "build" / "manual" / "index.html"
    installed = package / "resources" / "manual" / "html" / "index.html"
    (package / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    assert paths.manual() is None
    for place in (readme, installed):
        place.parent.mkdir(parents=True)
        place.touch()
        assert paths.manual() == place
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "code" / "paths.py"))
    (tmp_path / "resources").mkdir()
    (tmp_path / "README.md").touch()
    assert paths.manual() == tmp_path / "README.md"
    built.parent.mkdir(parents=True)
    built.touch()
    assert paths.manual() == built


@pytest.mark.parametrize(
    ("bundle", "folder"),
    [
        ("opt/heimdall-desktop/_internal", "opt/heimdall-desktop/licences"),
        ("Heimdall/Frameworks", "Heimdall/Frameworks/licences"),
        ("usr/lib/heimdall-desktop/_internal", "usr/share/doc/heimdall-desktop/licences"),
    ],
)
def test_the_licences_of_a_package_start_with_their_readme(
    bundle: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / bundle).mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / bundle), raising=False)
    assert paths.licences() == ()
    (tmp_path / folder).mkdir(parents=True)
    names = ("README.txt", "GPL-3.0.txt", "LGPL-3.0.txt")
    for name in (*reversed(names), "parts.json"):
        (tmp_path / folder / name).touch()
    assert paths.licences() == tuple(tmp_path / folder / name for name in names)


def test_everything_in_the_folder_given(tmp_path: Path) -> None:
    assert paths.places_of(tmp_path) == Places(tmp_path, tmp_path / "logs", tmp_path)


def test_a_temporary_profile_is_new_and_goes_with_the_program() -> None:
    with paths.temporary_places() as places, paths.temporary_places() as other:
        assert places.settings.is_dir()
        assert places.settings != other.settings
        assert places.settings.stat().st_mode & 0o077 == 0
        (places.settings / "settings.toml").write_text("")
    assert not places.settings.exists()


def test_a_temporary_profile_goes_even_if_the_program_breaks() -> None:
    with pytest.raises(ZeroDivisionError), paths.temporary_places() as places:
        raise ZeroDivisionError
    assert not places.settings.exists()


def test_otherwise_the_places_of_this_system() -> None:
    system = platformdirs.PlatformDirs("heimdall-desktop", appauthor=False)
    user = Places(system.user_config_path, system.user_log_path, system.user_data_path)
    assert paths.places_of(None) == user
