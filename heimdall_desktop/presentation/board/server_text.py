"""The connection state of the server in use, in words: for the board, status bar and title.

Source: ux.md 2.6, design.md 10 (Signed out while nothing runs).
"""

from datetime import datetime

from heimdall_desktop.domain.facts.server import ServerState, Standing
from heimdall_desktop.presentation.board.connection_sums import ConnectionSum
from heimdall_desktop.presentation.board.sign import Sign
from heimdall_desktop.presentation.hosts import host_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import at_text, moment_text


def sign_of_server(state: ServerState) -> Sign | None:
    """Return the sign of a server that cannot be queried; None for one that can."""
    signs = {Standing.SIGNED_OUT: Sign.SIGNED_OUT, Standing.UNREACHABLE: Sign.CANNOT_REACH}
    return signs.get(state.standing)


def server_fact(state: ServerState, now: datetime) -> str:
    """Return the problem, such as "No response since 09:14."; "" for none."""
    since = None if state.since is None else at_text(state.since, now)
    match state.standing:
        case Standing.SIGNED_OUT if since is None:
            return tr("Token not accepted.") if state.is_token_refused else tr("Signed out.")
        case Standing.SIGNED_OUT:
            form = tr("Signed out {at}.")
            if state.is_token_refused:
                form = tr("Token not accepted {at}.")
            return form.format(at=since)
        case Standing.UNREACHABLE if state.since is not None:
            return tr("No response since {time}.").format(time=moment_text(state.since, now))
        case Standing.UNREACHABLE:
            return tr("No response.")
        case Standing.GOOD:
            return ""


def server_consequence(*, watches_new: bool) -> str:
    """Return the consequence, shown after the fact."""
    return tr("New scans aren't being watched.") if watches_new else tr("Watching is paused.")


def server_brief(state: ServerState) -> str:
    """Return the problem in a few words, "signed out"; "" for none."""
    match state.standing:
        case Standing.SIGNED_OUT:
            return tr("token not accepted") if state.is_token_refused else tr("signed out")
        case Standing.UNREACHABLE:
            return tr("can't reach {host}").format(host=host_text(state.server))
        case Standing.GOOD:
            return ""


def server_sum(state: ServerState) -> ConnectionSum | None:
    """Return the status bar part about the server itself; it counts no scans."""
    sign = sign_of_server(state)
    if sign is None:
        return None
    text = tr("Can't reach {host}").format(host=host_text(state.server))
    if sign is Sign.SIGNED_OUT:
        text = tr("Token not accepted") if state.is_token_refused else tr("Signed out")
    return ConnectionSum(sign, text, 0)


def looked_words(state: ServerState, now: datetime) -> str:
    """Return when new scans were last searched for, "Checked 09:13"; "" if not yet."""
    if state.looked_at is not None:
        return tr("Checked {time}").format(time=moment_text(state.looked_at, now))
    return "" if can_look(state) else tr("Can't check")


def can_look(state: ServerState) -> bool:
    """Return whether a search for new scans is possible now, as far as is known."""
    return state.is_good and state.error is None
