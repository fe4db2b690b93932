"""What the title of the window says, for taskbars and lists of windows. Source: ux.md 2.4.

It counts what is new and names what is in trouble. It never says that all is well: nobody reads a
title often enough for that to stay true.
"""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.domain.words.i18n import grouped, tr
from heimdall_desktop.presentation.board.connection_sums import ConnectionSum, sum_word
from heimdall_desktop.presentation.board.connection_text import Sign
from heimdall_desktop.presentation.board.server_text import server_brief, sign_of_server

NAME = "Heimdall"
_TROUBLES = (
    Sign.STALE,
    Sign.CANNOT_REACH,
    Sign.NOT_TRUSTED,
    Sign.SIGNED_OUT,
    Sign.KEYRING_LOCKED,
    Sign.UNREAD_KEYRING,
    Sign.READ_ONLY,
    Sign.NO_ACCESS,
    Sign.NOT_CHECKED,
    Sign.RECONNECTING,
)


def window_title(
    scans: int, unread: int, sums: Sequence[ConnectionSum], server: ServerState | None = None
) -> str:
    """Return the title, such as "(3) Heimdall, 12 scans, 1 stale".

    Args:
        scans: How many are watched.
        unread: How many criticals nobody has read of.
        sums: How all scans are heard of.
        server: How the server in use is heard of; None without one.
    """
    number = f"({grouped(unread)}) " if unread else ""
    counts = {part.sign: part.count for part in sums if part.count}
    trouble = "" if server is None else server_brief(server)
    if trouble and counts.keys() <= {Sign.ENDED}:
        told = tr("Not watching, {trouble}: {name}").format(trouble=trouble, name=NAME)
        return f"{number}{told}"
    if not scans:
        return f"{number}{NAME}"
    troubles = [f"{counts[sign]} {sum_word(sign)}" for sign in _TROUBLES if sign in counts]
    if trouble and server is not None and sign_of_server(server) not in counts:
        troubles.append(trouble)
    counted = tr("%n scans", "", scans, one="%n scan")
    return ", ".join([f"{number}{NAME}", counted, *troubles])
