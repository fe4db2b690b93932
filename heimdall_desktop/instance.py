"""Decides whether this start opens the window of its profile, or hands over to the open one.

Loads neither Qt nor the core: a start that hands over ends at once.
"""

import os
import sys
import time
from pathlib import Path

from heimdall_desktop import cli, paths
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.services.single_instance import VERSION, Claim, Handover, claim, hand_over

AGAIN_S = 0.05
ENDING_S = 5.0  # a closed window still saves its data
UNATTENDED_S = 0.5  # an unattended run has the lock for a moment
ANSWER_S = 30.0  # on a machine at its limit the first window takes that long to open
LISTENS_S = ANSWER_S if sys.platform == "win32" else ENDING_S  # there after Qt is loaded
ACTIVATION_VARIABLES = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


class NotStarted(Exception):
    """Why a run cannot start, in one line."""


class ProfileUnusable(NotStarted):
    """The folder of the profile can't be written."""


def claimed(options: cli.Options) -> Claim | None:
    """Return the hold on the profile; None once the request was handed over.

    Raises:
        ProfileUnusable: its folder can't be written.
        NotStarted: the window that is open with it does not accept the request.
    """
    if options.is_temporary:
        return Claim()
    folder = paths.places_of(options.profile_folder).settings
    if options.profile_folder is not None and not cli.is_usable_folder(folder):
        text = tr(
            "{folder} can't be written. Make it writable, or use another folder for --profile-dir."
        )
        raise ProfileUnusable(text.format(folder=folder))
    gives_up_at_s = time.monotonic() + LISTENS_S
    while True:
        held = claim(folder)
        if held is not None:
            return held
        if _is_handed_over(folder, options):
            return None
        if time.monotonic() >= gives_up_at_s:
            raise NotStarted(_open_already())
        time.sleep(AGAIN_S)


def is_free(options: cli.Options) -> bool:
    """Return whether no window is open with the profile, for a run that opens none."""
    if options.is_temporary:
        return True
    folder = paths.places_of(options.profile_folder).settings
    gives_up_at_s = time.monotonic() + UNATTENDED_S
    while (held := claim(folder, listens=False)) is None:
        if time.monotonic() >= gives_up_at_s:
            return False
        time.sleep(AGAIN_S)
    held.close()
    return True


def _is_handed_over(folder: Path, options: cli.Options) -> bool:
    """Send the request to the open window; return False if it no longer listens.

    Raises `NotStarted` if the window does not accept it.
    """
    for is_asked, option in (
        (options.screenshot is not None, "--screenshot"),
        (options.timeout_s is not None, "--timeout"),
        (options.is_debug, "--debug"),
    ):
        if is_asked:
            raise NotStarted(not_in_open_window(option))
    try:
        answer = hand_over(folder, _handover(options), ANSWER_S)
    except ValueError:
        text = tr("Too many scans for the window that is already open. Specify fewer scans.")
        raise NotStarted(text) from None
    except TimeoutError:
        text = tr(
            "Heimdall Desktop is already running with this profile but doesn't respond. End it, "
            "or use another folder with --profile-dir."
        )
        raise NotStarted(text) from None
    if answer is None or answer.is_taken:
        return answer is not None
    if answer.version != VERSION:
        text = tr(
            "Another version of Heimdall Desktop is running with this profile. Close it first."
        )
        raise NotStarted(text)
    raise NotStarted(answer.why_not or _open_already())


def not_in_open_window(option: str) -> str:
    """Return the message that the open window cannot accept an option."""
    text = tr(
        "Heimdall Desktop is already running with this profile, and its window can't accept "
        "{option}. Close it first, omit {option}, or use another folder with --profile-dir."
    )
    return text.format(option=option)


def _open_already() -> str:
    return tr(
        "Heimdall Desktop is already running with this profile. Use its window, or use another "
        "folder with --profile-dir."
    )


def _handover(options: cli.Options) -> Handover:
    activation = next(filter(None, map(os.environ.get, ACTIVATION_VARIABLES)), "")
    return Handover(
        server=None if options.server is None else _sendable(options.server),
        allows_http=options.allows_http,
        token=None if options.token is None else options.token.value,
        watch=tuple(map(_sendable, options.watch)),
        folders=tuple(map(os.fsencode, options.folders)),
        is_demo=options.is_demo,
        speed=options.speed,
        theme=options.theme,
        is_read_only=options.is_read_only,
        is_background=options.is_background,
        is_wallboard=options.is_wallboard,
        activation=_sendable(activation),
    )


def _sendable(text: str) -> str:
    """Replace what no message can hold: bytes of the command line that are not text."""
    return text.encode("utf-8", "replace").decode()
