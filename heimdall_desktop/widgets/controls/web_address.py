"""Which texts of a server are web addresses that may be opened, and the host they lead to."""

from PySide6.QtCore import QUrl

ADDRESS_LIMIT = 2000  # characters; longer ones are read by nobody before they agree


def web_address(text: str) -> QUrl | None:
    """Return the address, if it is http or https, names a host and hides none.

    User info before the host ("https://bank.example@evil.example") and control characters are
    ways to make people take one host for another; such texts stay texts.
    """
    trimmed = text.strip()
    if len(trimmed) > ADDRESS_LIMIT or not trimmed.isprintable():
        return None
    url = QUrl(trimmed, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in ("http", "https") or url.userInfo():
        return None
    return url if url.host() else None


def host_of(url: QUrl) -> str:
    """Return the host in ASCII, so that look-alike letters show, with a port that isn't usual."""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return host if url.port() == -1 else f"{host}:{url.port()}"
