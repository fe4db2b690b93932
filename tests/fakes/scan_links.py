"""Links for tests that are written as the text one would paste."""

from heimdall_desktop.domain.facts.errors import LinkError, Reason
from heimdall_desktop.domain.facts.scan_link import ScanLink, read_links


def scan_links(text: str) -> tuple[ScanLink, ...]:
    """Return each scan or finding named in a text, in order and once.

    Raises:
        LinkError: a part of the text names neither.
    """
    parts = read_links(text)
    if not parts:
        raise LinkError(Reason.NO_SCAN_IN_TEXT)
    for part in parts:
        if part.error is not None:
            raise part.error
    return tuple(part.link for part in parts if part.link is not None)
