"""A start opens the window of its profile, hands over to the one that is open, or says why not."""

import asyncio
import os
from pathlib import Path

import pytest

from heimdall_desktop import cli, instance
from heimdall_desktop.instance import NotStarted, ProfileUnusable, claimed, is_free
from heimdall_desktop.services.single_instance import Claim, Handover
from tests.services.test_single_instance import held, open_window

LINK = "heimdall://h.test/scan/8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"


def start(profile: Path, *arguments: str, token: str | None = None) -> Claim | None:
    return claimed(cli.options(["--profile-dir", str(profile), *arguments], token))


async def test_a_start_hands_over_all_that_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "shell_TIME1")
    folder = tmp_path / "\udcff"
    folder.mkdir()
    whole = ("--server", "https://h.test", "--watch", "a", LINK, "--local", str(folder), "--demo")
    more = ("--speed", "2", "--theme", "dark", "--read-only", "--allow-http", "--background")
    async with open_window(tmp_path) as asked:
        assert await asyncio.to_thread(start, tmp_path, *whole, *more, token="secret") is None  # noqa: S106
        monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "wayland")
        assert await asyncio.to_thread(start, tmp_path, "--wallboard") is None

    first = Handover(
        server="https://h.test",
        allows_http=True,
        token="secret",  # noqa: S106 - of nothing
        watch=("a", LINK),
        folders=(bytes(tmp_path) + b"/\xff",),
        is_demo=True,
        speed=2.0,
        theme="dark",
        is_read_only=True,
        is_background=True,
        activation="shell_TIME1",
    )
    assert asked == [first, Handover(is_wallboard=True, activation="wayland")]


def test_an_unwritable_profile_starts_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProfileUnusable, match=r"file/profile can't be written\."):
        start(tmp_path / "file" / "profile")


async def test_what_the_window_says_against_it_ends_a_start(tmp_path: Path) -> None:
    async with open_window(tmp_path, "Not so."):
        with pytest.raises(NotStarted, match=r"^Not so\.$"):
            await asyncio.to_thread(start, tmp_path)


@pytest.mark.parametrize("option", [["--timeout", "1"], ["--screenshot", "a.png"], ["--debug"]])
def test_what_no_open_window_can_do_is_not_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    own = held(tmp_path)
    with pytest.raises(NotStarted, match=f"can't accept {option[0]}"):
        start(tmp_path, *option)
    own.close()


def test_a_window_that_does_not_respond_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "ANSWER_S", 0.05)
    own = held(tmp_path)
    with pytest.raises(NotStarted, match=("already running with this profile but doesn't respond")):
        start(tmp_path)
    with pytest.raises(NotStarted, match="Specify fewer scans"):
        start(tmp_path, *(LINK + "0" * 140_000 for _ in range(2)))
    own.close()


def test_a_window_that_ends_is_waited_for_and_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = held(tmp_path)
    ending.stop_listening()
    monkeypatch.setattr("time.sleep", lambda _s: ending.close())
    own = start(tmp_path)
    assert own is not None
    own.stop_listening()
    monkeypatch.undo()
    monkeypatch.setattr(instance, "LISTENS_S", 0.0)
    with pytest.raises(NotStarted, match="is already running with this profile"):
        start(tmp_path)
    own.close()


def test_temporary_profiles_and_unattended_runs_keep_none_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "UNATTENDED_S", 0.0)
    temporary = claimed(cli.options(["--temp-profile"]))
    assert temporary is not None
    assert temporary.listening is None
    assert is_free(cli.options(["--temp-profile"]))

    run = cli.options(["--profile-dir", str(tmp_path), "--demo", "--quit-when-done"])
    assert is_free(run)
    own = start(tmp_path)
    assert own is not None
    assert not is_free(run)
    own.close()
    assert is_free(run)
    assert "instance" not in os.listdir(tmp_path) or not os.listdir(tmp_path / "instance")
