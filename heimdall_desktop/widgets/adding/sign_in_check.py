"""What is wrong with a sign-in before it is sent, as a cause and a remedy."""

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.server import ServerUrl, is_sent_in_clear, server_url


def needs_to_allow_clear(server: str) -> bool:
    """Whether what was typed so far is the address of a server that is asked in clear."""
    try:
        return is_sent_in_clear(server_url(server))
    except HeimdallError:
        return False


def checked_server(server: str, *, allows_clear: bool) -> ServerUrl:
    """Return the server's address.

    Raises:
        HeimdallError: It is none, or plain HTTP to another machine without being allowed.
    """
    if not server.strip():
        raise HeimdallError(Reason.SERVER_MISSING)
    url = server_url(server)
    if is_sent_in_clear(url) and not allows_clear:
        raise HeimdallError(Reason.SENT_IN_CLEAR)
    return url


def checked_token(token: str) -> str:
    """Return the token without blanks around it.

    Raises:
        HeimdallError: It is empty, or no header could carry it. The error never repeats it.
    """
    trimmed = token.strip()
    if not trimmed:
        raise HeimdallError(Reason.TOKEN_MISSING)
    if not trimmed.isascii() or not trimmed.isprintable() or " " in trimmed:
        raise HeimdallError(Reason.TOKEN_MALFORMED)
    return trimmed


def checked_account(email: str, password: str) -> str:
    """Return the e-mail address without blanks around it.

    Raises:
        HeimdallError: One of the two is missing.
    """
    trimmed = email.strip()
    if not trimmed:
        raise HeimdallError(Reason.EMAIL_MISSING)
    if not password:
        raise HeimdallError(Reason.PASSWORD_MISSING)
    return trimmed
