"""Links for tests that are written as the text one would paste."""

from heimdall_desktop.domain.facts.scan_link import ScanLink, no_scan, read_links


def scan_links(text: str) -> tuple[ScanLink, ...]:
    """Return each scan or finding named in a text, in order and once.

    Raises:
        LinkError: a part of the text names neither.
    """
    parts = read_links(text)
    if not parts:
        raise no_scan()
    for part in parts:
        if part.error is not None:
            raise part.error
    return tuple(part.link for part in parts if part.link is not None)
