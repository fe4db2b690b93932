"""What can go wrong, as types: every error the layers hand upwards.

Each error says its cause in one sentence and, where there is one, the remedy in another; neither
ever holds a token or a text of a finding. Services raise these in place of library errors.

    HeimdallError
    ├── LinkError            the text holds no scan, or names another server
    │   ├── SignInNeeded         the text names a scan of a server that we have no token for
    │   ├── TooManyScans         so many scans are watched that one more would make the window slow
    │   └── NotAllWatched        some words of the text, which are left; the others are watched
    ├── ServerError          a request to a Heimdall server did not do what was asked
    │   ├── ServerUnreachable    name, route, proxy, time-out, broken connection
    │   │   └── CertificateUntrusted
    │   ├── OutcomeUnknown       a change was asked for, and no answer says what came of it
    │   ├── SignedOut            401: no token, or not valid any more
    │   ├── NotVisible           404 in the JSON envelope: not there, or not this account's
    │   ├── WrongServer          the address does not answer like a Heimdall server
    │   │   └── RouteMissing         404, 405, 501, or a web page where JSON was due
    │   ├── ServerBusy           429, or 503 with a wait
    │   ├── PageUnreadable       a web page of the server is not as expected
    │   ├── NotAllRead           some of a list gave no good answer, all the rest is read
    │   ├── ServerFault          any other 5xx
    │   │   └── ServerLacking        503 in the JSON envelope: something it needs is missing there
    │   └── RequestRefused       any other 4xx
    ├── WireError            an answer or a frame that cannot be understood
    ├── CredentialError      the token cannot be kept or read
    │   ├── KeyringMissing
    │   ├── KeyringLocked
    │   ├── KeyringSlow
    │   └── KeyringRefused
    ├── NotifierUnavailable  the desktop shows no notifications
    ├── NoSpace              the disk is full: told once, whatever was to be written
    ├── SettingsError        a settings file or the log cannot be read or written
    │   └── NoSpaceForSettings   also a NoSpace
    ├── FileNotWritten       a file the user wanted to keep cannot be written there
    ├── HistoryError         the history of earlier sessions cannot be read or written
    │   └── NoSpaceForHistory    also a NoSpace
    └── LocalServerError     the embedded server did not start or stopped
"""

from collections.abc import Callable


class HeimdallError(Exception):
    """An expected trouble with a sentence for its cause and one for its remedy."""

    def __init__(self, cause: str, remedy: str = "") -> None:
        super().__init__(f"{cause} {remedy}".strip())
        self.cause = cause
        self.remedy = remedy

    def reword(self, change: Callable[[str], str]) -> None:
        """Say it in other words."""
        self.cause, self.remedy = change(self.cause), change(self.remedy)
        self.args = (f"{self.cause} {self.remedy}".strip(),)


class LinkError(HeimdallError):
    """The text names no scan or finding, or one of another server."""


class SignInNeeded(LinkError):
    """The text names a scan of a server that we have no token for.

    Attributes:
        server: the address of the one to sign in to; "" where none is named.
    """

    def __init__(self, cause: str, remedy: str, server: str) -> None:
        super().__init__(cause, remedy)
        self.server = server


class TooManyScans(LinkError):
    """So many scans are watched already that no further one is."""


class NotAllWatched(LinkError):
    """Some of what a text names is not watched, all the rest is.

    Attributes:
        refused: each word of the text that is left, and why.
    """

    def __init__(
        self, cause: str, remedy: str, refused: tuple[tuple[str, HeimdallError], ...]
    ) -> None:
        super().__init__(cause, remedy)
        self.refused = refused


class ServerError(HeimdallError):
    """A request to a Heimdall server failed."""


class ServerUnreachable(ServerError):
    """No answer: name, route, proxy, time-out or a broken connection.

    Attributes:
        brief: why no connection comes about, such as "name not found"; "" where one came about.
    """

    def __init__(self, cause: str, remedy: str = "", brief: str = "") -> None:
        super().__init__(cause, remedy)
        self.brief = brief


class CertificateUntrusted(ServerUnreachable):
    """The server's certificate is not trusted by this system."""


class OutcomeUnknown(ServerError):
    """A change was sent, but its answer was lost: it may have been made, or not.

    A failure that a proxy tells in the server's place is no answer either. The change is never sent
    again by itself; what came of it is read back. Source: heimdall-api.md T-55.
    """


class SignedOut(ServerError):
    """401: the token is missing, wrong or has run out."""


class NotVisible(ServerError):
    """404 in the JSON envelope. Source: heimdall-api.md 2.2."""


class WrongServer(ServerError):
    """The address answers, but not like a Heimdall server. Source: heimdall-api.md T-44, T-53."""


class RouteMissing(WrongServer):
    """The server does not offer what was asked for. Source: heimdall-api.md 13."""


#: What a server answers that lacks a route, or the thing asked for: which of the two, only what
#: else it offers can tell. Source: heimdall-api.md 13.
ABSENT = (NotVisible, RouteMissing)


class ServerBusy(ServerError):
    """429, or 503 with a wait."""

    def __init__(self, cause: str, wait_s: float, remedy: str = "") -> None:
        super().__init__(cause, remedy)
        self.wait_s = wait_s


class ServerFault(ServerError):
    """A 5xx answer: the server or a proxy before it failed."""


class ServerLacking(ServerFault):
    """503 in the JSON envelope: the server lacks something. Source: heimdall-api.md 4.9."""


class PageUnreadable(ServerError):
    """A web page of the server is not as expected, so that it leads to no scans."""


class NotAllRead(ServerError):
    """Some of what a list is made of gave no good answer; the list is not complete."""


class RequestRefused(ServerError):
    """A 4xx answer that none of the other errors covers."""


class WireError(HeimdallError):
    """An answer or a frame that cannot be understood."""


class CredentialError(HeimdallError):
    """A token could not be kept, read or removed."""


class KeyringMissing(CredentialError):
    """This system offers no keyring that keeps anything."""


class KeyringLocked(CredentialError):
    """The keyring is locked and was not opened."""


class KeyringSlow(CredentialError):
    """The keyring gave no answer in time; it may be waiting for its prompt."""


class KeyringRefused(CredentialError):
    """The keyring answered with an error."""


class NotifierUnavailable(HeimdallError):
    """The desktop takes no notification."""


class NoSpace(HeimdallError):
    """Something cannot be written because no space is left."""


class SettingsError(HeimdallError):
    """A settings file, or the log, cannot be read or written."""


class NoSpaceForSettings(SettingsError, NoSpace):
    """No space is left for a settings file; the old one is still there."""


class FileNotWritten(HeimdallError):
    """A file the user wanted to keep cannot be written where it was to be."""


class HistoryError(HeimdallError):
    """The history of earlier sessions cannot be read or written; the live view goes on."""


class NoSpaceForHistory(HistoryError, NoSpace):
    """No space is left for the history; what is not written waits."""


class LocalServerError(HeimdallError):
    """The embedded server did not start, or stopped by itself."""
