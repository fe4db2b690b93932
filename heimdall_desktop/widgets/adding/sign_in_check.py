"""What is wrong with a sign-in before it is sent, as a cause and a remedy."""

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.server import ServerUrl, is_sent_in_clear, server_url
from heimdall_desktop.domain.words.wording import tr


def needs_to_allow_clear(server: str) -> bool:
    """Whether what was typed so far is the address of a server that is asked in clear."""
    try:
        return is_sent_in_clear(server_url(server))
    except HeimdallError:
        return False


def checked_server(server: str, *, allows_clear: bool) -> ServerUrl:
    """Return the server's address.

    Raises:
        HeimdallError: It is none, or plain HTTP to another machine that nobody allowed.
    """
    if not server.strip():
        raise HeimdallError(
            tr("The server is missing."), tr("Enter one like https://heimdall.example.org.")
        )
    url = server_url(server)
    if is_sent_in_clear(url) and not allows_clear:
        raise HeimdallError(
            tr("This server is asked without encryption, so anyone on the way can read the token."),
            tr("Use https://, or allow it for this server below."),
        )
    return url


def checked_token(token: str) -> str:
    """Return the token without blanks around it.

    Raises:
        HeimdallError: It is empty, or no header could carry it. The error never repeats it.
    """
    trimmed = token.strip()
    if not trimmed:
        raise HeimdallError(
            tr("The session token is missing."), tr("Paste the one you were given.")
        )
    if not trimmed.isascii() or not trimmed.isprintable() or " " in trimmed:
        raise HeimdallError(
            tr("That is no session token: it holds blanks or characters that none has."),
            tr("Copy it again, from its first to its last character."),
        )
    return trimmed


def checked_account(email: str, password: str) -> str:
    """Return the e-mail address without blanks around it.

    Raises:
        HeimdallError: One of the two is missing.
    """
    trimmed = email.strip()
    if not trimmed:
        raise HeimdallError(
            tr("The e-mail address is missing."), tr("Enter the one of your account.")
        )
    if not password:
        raise HeimdallError(tr("The password is missing."), tr("Type it, or use a session token."))
    return trimmed
