"""The names of servers as they may be shown: host and port, or neither while presenting.

One switch for all texts, like the language, because errors and alerts name servers, too.
"""

from heimdall_desktop.domain.facts.server import ServerUrl, host_name

MASK = "\u2022" * 8  # always the same length, so it does not reveal what it hides

_are_hidden = False


def hide_hosts(*, is_on: bool) -> None:
    """Hide the names of servers in every text that is made from now on, or show them again."""
    global _are_hidden  # noqa: PLW0603 - see above
    _are_hidden = is_on


def seen_host(host: str) -> str:
    """Return a host, or another text that names a server, as it may be shown."""
    return MASK if _are_hidden and host else host


def host_text(url: ServerUrl) -> str:
    """Return host and port of a server as they may be shown."""
    return seen_host(host_name(url))
