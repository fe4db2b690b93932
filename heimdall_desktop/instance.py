"""Whether this start opens the window of its profile, or hands over to the one that is open.

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
ENDING_S = 5.0  # a window that has closed still writes what it knows
UNATTENDED_S = 0.5  # an unattended run has the lock for a moment
ANSWER_S = 30.0  # on a machine at its limit the first window takes that long to open
LISTENS_S = ANSWER_S if sys.platform == "win32" else ENDING_S  # there only once it has loaded Qt
ACTIVATION_VARIABLES = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


class NotStarted(Exception):
    """Why a run cannot begin, in one line."""


class ProfileUnusable(NotStarted):
    """The folder of the profile can't be written."""


def claimed(options: cli.Options) -> Claim | None:
    """Return the hold on the profile; None once what is asked for was handed over.

    Raises:
        ProfileUnusable: its folder can't be written.
        NotStarted: the window that is open with it does not do what is asked for.
    """
    if options.is_temporary:
        return Claim()
    folder = _settings(options)
    if options.profile_folder is not None and not cli.is_usable_folder(folder):
        told = tr(
            "{folder} can't be written. Make it writable, or use another folder for --profile-dir."
        )
        raise ProfileUnusable(told.format(folder=folder))
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
    """Whether no window is open with the profile, for a run that opens none."""
    if options.is_temporary:
        return True
    gives_up_at_s = time.monotonic() + UNATTENDED_S
    while (held := claim(_settings(options), listens=False)) is None:
        if time.monotonic() >= gives_up_at_s:
            return False
        time.sleep(AGAIN_S)
    held.close()
    return True


def _settings(options: cli.Options) -> Path:
    return paths.Profile(options.profile_folder, is_temporary=False).places.settings


def _is_handed_over(folder: Path, options: cli.Options) -> bool:
    """Ask the open window; return whether it does what is asked for, or listens no more.

    Raises:
        NotStarted: it does not do it, and why.
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
        told = tr("Too many scans for the window that is already open. Specify fewer scans.")
        raise NotStarted(told) from None
    except TimeoutError:
        told = tr(
            "Heimdall Desktop is already running with this profile but doesn't respond. End it, "
            "or use another folder with --profile-dir."
        )
        raise NotStarted(told) from None
    if answer is None or answer.is_taken:
        return answer is not None
    if answer.version != VERSION:
        told = tr(
            "Another version of Heimdall Desktop is running with this profile. Close it first."
        )
        raise NotStarted(told)
    raise NotStarted(answer.why_not or _open_already())


def not_in_open_window(option: str) -> str:
    """Say that the window that is open cannot do what an option asks for."""
    told = tr(
        "Heimdall Desktop is already running with this profile, and its window can't accept "
        "{option}. Close it first, omit {option}, or use another folder with --profile-dir."
    )
    return told.format(option=option)


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
    """Replace what no message can hold: bytes of the command line that are no text."""
    return text.encode("utf-8", "replace").decode()
