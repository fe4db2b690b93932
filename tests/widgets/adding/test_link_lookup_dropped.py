"""Links and folders are taken, everything else is left."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from heimdall_desktop.widgets.adding.link_lookup import read_drop


def mime(*urls: str | Path) -> QMimeData:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(url)) if isinstance(url, Path) else QUrl(url) for url in urls]
    )
    return data


def test_links_and_folders_are_told_apart(tmp_path: Path) -> None:
    link = "https://heimdall.example.org/scans/8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
    dropped = read_drop(mime(link, tmp_path, "http://localhost:8080/"))
    assert dropped.links.splitlines() == [link, "http://localhost:8080/"]
    assert dropped.folders == (tmp_path,)


def test_recordings_are_known_by_their_name(tmp_path: Path) -> None:
    file = tmp_path / "shop.heimdall.jsonl"
    assert not read_drop(mime(file))
    file.touch()
    assert read_drop(mime(file)).recordings == (file,)


def test_files_and_other_addresses_are_left(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.touch()
    assert not read_drop(mime(file, tmp_path / "gone", "javascript:alert(1)", "ftp://a.example"))
    assert not read_drop(QMimeData())
