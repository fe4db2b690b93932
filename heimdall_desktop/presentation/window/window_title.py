"""What the title of the window says, for taskbars and lists of windows. Source: ux.md 2.4.

It counts what is new and names what is in trouble. It never says that all is well: a title
is read too seldom for that to stay true.
"""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.presentation.board.connection_sums import ConnectionSum
from heimdall_desktop.presentation.board.server_text import server_brief, sign_of_server
from heimdall_desktop.presentation.board.sign import Sign
from heimdall_desktop.presentation.board.tag import Tag
from heimdall_desktop.presentation.i18n import grouped, tr

NAME = "Heimdall"
_TROUBLES = [sign for sign in Sign if sign.spec.needs_attention and sign is not Sign.QUIET]


def window_title(
    scans: int,
    unread: int,
    sums: Sequence[ConnectionSum],
    server: ServerState | None = None,
    tag: Tag | None = None,
) -> str:
    """Return the title, such as "(3) Heimdall, 12 scans, 1 stale".

    Args:
        scans: How many are watched.
        unread: How many criticals have not been read of.
        sums: How all scans are heard of.
        server: How the server in use is heard of; None without one.
        tag: What all scans are beside being watched: a replay, or the demo.
    """
    if tag is not None:
        told = window_title(scans, unread, sums, server)
        return tr("{tag}: {title}").format(tag=tag.word, title=told)
    number = f"({grouped(unread)}) " if unread else ""
    counts = {part.sign: part.count for part in sums if part.count}
    trouble = "" if server is None else server_brief(server)
    if trouble and counts.keys() <= {Sign.ENDED}:
        told = tr("Not watching, {trouble}: {name}").format(trouble=trouble, name=NAME)
        return f"{number}{told}"
    if not scans:
        return f"{number}{NAME}"
    troubles = [sign.counted(counts[sign]) for sign in _TROUBLES if sign in counts]
    if trouble and server is not None and sign_of_server(server) not in counts:
        troubles.append(trouble)
    counted = tr("%n scans", "", scans, one="%n scan")
    return ", ".join([f"{number}{NAME}", counted, *troubles])
