"""Folders that may be scanned: announced, by their path without links."""

from pathlib import Path

import httpx
import pytest

from heimdall_desktop.local.source_tree import AnnouncedFolders
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker
from tests.local.conftest import EMAIL, PASSWORD

SECRET = "f" * 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "code"
    made.mkdir()
    return made


def test_a_link_is_followed_when_it_is_announced_and_never_again(
    folder: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    folders = AnnouncedFolders()
    assert folders.announce(link.as_uri()) == folder.as_uri()
    link.unlink()
    link.symlink_to("/etc")
    assert folders.refusal(folder.as_uri()) is None
    assert folders.refusal(link.as_uri())
    assert folders.refusal("file:///etc")


def test_a_link_on_the_way_is_refused_wherever_it_is(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    folders = AnnouncedFolders()
    address = folders.announce(deep.as_uri())
    assert folders.refusal(address) is None
    (tmp_path / "a").rename(tmp_path / "c")
    (tmp_path / "a").symlink_to(tmp_path / "c")
    assert "become a link" in (folders.refusal(address) or "")


def test_a_folder_made_again_at_its_place_is_the_same(folder: Path) -> None:
    folders = AnnouncedFolders()
    address = folders.announce(folder.as_uri())
    folder.rmdir()
    assert folders.refusal(address) is None  # ingest says that it is not there
    folder.mkdir()
    assert folders.refusal(address) is None


def test_neither_what_is_above_nor_what_is_below_is_announced_with_it(folder: Path) -> None:
    folders = AnnouncedFolders()
    address = folders.announce(folder.as_uri())
    for other in (
        f"{address}/..",
        f"{address}/sub",
        f"{address}/../code/..",
        folder.parent.as_uri(),
    ):
        assert folders.refusal(other), other
    for same in (f"{address}/", f"{address}/.", address.replace("file:///", "FILE://localhost/")):
        assert folders.refusal(same) is None, same


def test_odd_bytes_in_a_name_come_through(tmp_path: Path) -> None:
    address = f"{tmp_path.as_uri()}/%FF%0A%20x"
    folders = AnnouncedFolders()
    assert folders.announce(address) == address
    assert folders.refusal(address) is None


@pytest.mark.parametrize("address", ["", "/srv", "file:srv", "https://x.test/srv", "file:///a%00b"])
def test_what_names_no_folder_cannot_be_announced(address: str) -> None:
    with pytest.raises(ValueError, match=r"absolute|null"):
        AnnouncedFolders().announce(address)


def test_a_repository_of_an_earlier_run_is_not_scanned_until_it_is_announced(
    folder: Path, tmp_path: Path
) -> None:
    with LabServer(tmp_path / "data", secret=SECRET, worker=lambda *_: IdleWorker()) as server:
        server.add_account(EMAIL, PASSWORD)
        address = server.announce_folder(folder.as_uri())
        with client_of(server) as client:
            made = client.post("/api/repos", json={"name": "x", "remote_url": address})
            path = f"/api/repos/{made.json()['data']['id']}/scan"
            assert client.post(path).status_code == 202
    again = LabServer(tmp_path / "data", secret=SECRET, worker=lambda *_: IdleWorker())
    with again as server, client_of(server) as client:
        refused = client.post(path)
        assert refused.status_code == 403
        assert "not announced" in refused.json()["error"]["message"]
        server.announce_folder(folder.as_uri())
        assert client.post(path).status_code == 202


def client_of(server: LabServer) -> httpx.Client:
    headers = {
        "authorization": f"Bearer {server.new_session(EMAIL)}",
        "x-heimdall-run-secret": SECRET,
    }
    return httpx.Client(base_url=server.url, headers=headers, trust_env=False)
