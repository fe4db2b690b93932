"""The words of every error: what is the matter, what can be done about it, and it in brief.

An error carries a reason and the facts of the case; all that is said of them stands here, once.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from string import Formatter
from typing import Any, NamedTuple

from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, Reason
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.observation import ConnectionSeen
from heimdall_desktop.domain.facts.server import Peer
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop

REASONS_LIMIT = 4  # more reasons than that are not read in a form
SHORT_LIMIT = 40  # characters of a word that say which it is: links end with their ids

Text = str | Callable[[Mapping[str, Any]], str]
"""English with fields of the error in braces, or what makes it of them where forms differ."""


class Words(NamedTuple):
    """What is said of a reason.

    Attributes:
        cause: in one sentence, what is the matter.
        remedy: in another, what can be done, or what goes on all the same; "" for nothing.
        brief: the cause in a few words, as they follow a colon.
    """

    cause: Text
    remedy: Text = ""
    brief: Text = ""


def cause(error: HeimdallError) -> str:
    """Return what is the matter, in a sentence."""
    return _told(WORDS[error.reason].cause, error, cause)


def remedy(error: HeimdallError) -> str:
    """Return what can be done about it, in a sentence; "" where there is nothing to say."""
    return _told(WORDS[error.reason].remedy, error, remedy)


def brief(error: HeimdallError) -> str:
    """Return the cause in a few words, such as "name not found"; "" where there are none."""
    return _told(WORDS[error.reason].brief, error, brief)


def error_text(error: HeimdallError) -> str:
    """Return cause and remedy."""
    return f"{cause(error)} {remedy(error)}".strip()


def reason_text(seen: ConnectionSeen | None) -> str:
    """Return what is the matter with a connection, in a sentence; "" for nothing."""
    return "" if seen is None or seen.error is None else one_line(cause(seen.error))


def word_reason(word: str, error: HeimdallError) -> str:
    """Return why a word leads nowhere, with the word where the reason does not name it."""
    if isinstance(error, LinkError):
        return cause(error)
    line = one_line(word)
    short = line if len(line) <= SHORT_LIMIT else f"\u2026{line[-SHORT_LIMIT:]}"
    return f"{short}: {cause(error)}"


def _told(text: Text, error: HeimdallError, say: Callable[[HeimdallError], str]) -> str:
    if not isinstance(text, str):
        return text(error.fields)
    names = [name for _, name, _, _ in Formatter().parse(text) if name]
    if not names:
        return tr(text) if text else ""
    return tr(text).format(**{name: _shown(name, error.fields[name], say) for name in names})


def _shown(name: str, value: object, say: Callable[[HeimdallError], str]) -> object:
    """A field as it stands in a text; of an error, what `say` says of it."""
    match value:
        case HeimdallError():
            return say(value)
        case tuple():
            return " ".join(dict.fromkeys(filter(None, map(say, value))))
        case Peer(host, proxy):
            if not proxy:
                return host
            return tr("{host} (by proxy {proxy})").format(host=host, proxy=proxy)
        case Enum():
            return tr(value.value)
        case int():
            return grouped(value)
        case "" if name in _IF_EMPTY:
            return tr(_IF_EMPTY[name])
        case str() if name == "flaw":
            return tr(_FLAWS.get(value.lower().replace("-", " "), value.rstrip(".")))
        case _:
            return value


_IF_EMPTY = {"kind": tr_noop("no content type"), "place": tr_noop("nowhere")}
#: What OpenSSL says of a certificate.
_FLAWS = {
    "unable to get local issuer certificate": tr_noop("unknown issuer"),
    "self signed certificate": tr_noop("signed by itself"),
    "self signed certificate in certificate chain": tr_noop("unknown issuer"),
    "certificate has expired": tr_noop("it has run out"),
    "certificate is not yet valid": tr_noop("it is not valid yet"),
}


def _owed_scans(fields: Mapping[str, Any]) -> str:
    count = fields["count"]
    return tr("%n scans gave no good answer.", "", count, one="%n scan gave no good answer.")


def _started_meanwhile(fields: Mapping[str, Any]) -> str:
    return tr(
        "%n scans of it were started meanwhile: look which one is yours.", "", fields["count"]
    )


def _refused_words(fields: Mapping[str, Any]) -> str:
    refused = fields["refused"]
    told = [word_reason(word, error) for word, error in refused[:REASONS_LIMIT]]
    more = len(refused) - len(told)
    return " ".join([*told, tr("And %n more.", "", more)] if more else told)


_CHECK_NETWORK = tr_noop("Check the address and the network.")
_TRY_AGAIN = tr_noop("Try again.")
_TRY_LATER = tr_noop("Try again later.")
_SIGN_IN_AGAIN = tr_noop("Sign in again.")
_SIGN_IN_FIRST = tr_noop("Sign in first.")
_SIGN_IN_THERE = tr_noop("Sign in there first.")
_CHECK_SERVER = tr_noop("Check the server address.")
_CHECK_ACCOUNT = tr_noop("Check the address and the account.")
_LOOK_FIRST = tr_noop("Look whether it was done before you do it again.")
_PASTE = tr_noop("Paste links to scans instead.")
_GIVE_ADDRESS = tr_noop("Enter one like https://heimdall.example.org.")
_GIVE_LINK = tr_noop("Give a link like heimdall://server/scan/<id>.")
_GIVE_SCAN = tr_noop("Give a scan id or a link like https://server/scans/<id>.")
_START_LOCAL = tr_noop("Play the demo or scan a folder, and it starts again.")
_NOT_THERE = tr_noop("It does not exist, or belongs to another account.")
_LIVE_VIEW = tr_noop("Live view goes on.")
_CAUSE = "{error}"  # that of the error it comes of

WORDS: Mapping[Reason, Words] = {
    # No connection to the server comes about.
    Reason.NAME_NOT_FOUND: Words(
        tr_noop("There is no address for the name {host}."),
        _CHECK_NETWORK,
        tr_noop("name not found"),
    ),
    Reason.CONNECTION_REFUSED: Words(
        tr_noop("{host} refuses connections."),
        tr_noop("Check that it is running."),
        tr_noop("connection refused"),
    ),
    Reason.CONNECTION_TIMED_OUT: Words(
        tr_noop("{host} takes no connection in time."), _CHECK_NETWORK, tr_noop("time-out")
    ),
    Reason.NOT_REACHABLE: Words(
        tr_noop("{host} cannot be reached."), _CHECK_NETWORK, tr_noop("no way there")
    ),
    Reason.CERTIFICATE_UNTRUSTED: Words(
        tr_noop("The certificate of {host} is not trusted: {flaw}."),
        tr_noop("Ask the server's operator, or add its authority to this system."),
        "{flaw}",
    ),
    Reason.NO_COMMON_TLS: Words(
        tr_noop("{host} speaks no TLS that this system accepts."),
        tr_noop("Check http or https."),
        tr_noop("no common TLS"),
    ),
    Reason.PROXY_REFUSED: Words(
        tr_noop("The network's proxy refused the connection."),
        tr_noop("Check the proxy settings."),
        tr_noop("the proxy refuses"),
    ),
    Reason.PROXY_PASSWORD_MISSING: Words(
        tr_noop("The network's proxy asks for a password."),
        tr_noop("Check the proxy."),
        tr_noop("the proxy asks for a password"),
    ),
    Reason.LOCAL_SERVER_GONE: Words(
        tr_noop("The embedded server has ended."), _START_LOCAL, tr_noop("it has ended")
    ),
    # No request can be sent, or no answer comes.
    Reason.ADDRESS_UNUSABLE: Words(
        tr_noop("{host} is no address that can be connected to."), _CHECK_NETWORK
    ),
    Reason.PROXY_SETTING_UNUSABLE: Words(
        tr_noop("The proxy setting {variable} cannot be used."),
        tr_noop("Correct or unset it, or ignore the proxy settings."),
    ),
    Reason.TOKEN_UNSENDABLE: Words(
        tr_noop("The token holds characters no token has."), _SIGN_IN_AGAIN
    ),
    Reason.QUEUE_TOO_LONG: Words(tr_noop("Too many requests to {host} are waiting."), _TRY_LATER),
    Reason.ANSWER_TIMED_OUT: Words(tr_noop("{host} gave no answer in time."), _TRY_LATER),
    Reason.CONNECTION_BROKE: Words(tr_noop("The connection to {host} broke."), _TRY_AGAIN),
    Reason.OWN_REQUEST_RUNS: Words(
        tr_noop("{host} is still at work on a request of yours."),
        tr_noop("It may answer nothing else until that is done."),
    ),
    Reason.NO_LINK: Words(tr_noop("There is no connection to {server}.")),
    # The server answers, but not with what was asked for.
    Reason.TOKEN_REFUSED: Words(tr_noop("{host} does not accept the token."), _SIGN_IN_AGAIN),
    Reason.LOGIN_REFUSED: Words(
        tr_noop("{host} does not know this e-mail and password."),
        tr_noop("Check both and try again."),
    ),
    Reason.LOGIN_LOST: Words(_CAUSE, _SIGN_IN_AGAIN),
    Reason.LOGIN_NOT_OFFERED: Words(
        tr_noop("{host} offers no sign-in by password."), tr_noop("Paste a token instead.")
    ),
    Reason.NOT_FOUND: Words(_NOT_THERE),
    Reason.REMOVED: Words(tr_noop("{host} has removed this.")),
    Reason.MOVED: Words(
        tr_noop("{host} answers with a move to {place}."),
        tr_noop("Give the address of the Heimdall server itself."),
    ),
    Reason.ROUTE_MISSING: Words(
        tr_noop("{host} does not know the path of the API."), _CHECK_SERVER
    ),
    Reason.NOT_OFFERED: Words("{feature}"),
    Reason.NOT_HEIMDALL: Words(
        tr_noop("{host} does not answer like a Heimdall server ({status}, {kind})."),
        tr_noop("Check the server address, and whether the network asks for a sign-in of its own."),
    ),
    Reason.HEALTH_UNREADABLE: Words(
        tr_noop("{host} does not answer like a Heimdall server."), _CHECK_SERVER
    ),
    Reason.SERVER_BUSY: Words(tr_noop("{host} is busy and asks to wait {wait_s:.0f} s.")),
    Reason.SERVER_FAILED: Words(tr_noop("{host} failed: {answer}."), _TRY_LATER),
    Reason.REQUEST_REFUSED: Words(tr_noop("{host} refused the request: {answer}.")),
    Reason.NO_AI_PROVIDER: Words(
        tr_noop("{host} has no AI provider set up, so it started no scan."),
        tr_noop("Set one up in the server's settings."),
    ),
    Reason.NO_AI_MODEL: Words(
        tr_noop("{host} has no AI provider set up."),
        tr_noop("Set one up in the server's settings, then ask again."),
    ),
    Reason.NO_AI_EMBEDDED: Words(
        tr_noop("The embedded server has no model."),
        tr_noop("What it answers was recorded, with some findings of the demo."),
    ),
    Reason.AI_FAILED: Words(
        tr_noop("The model behind {host} failed: {answer}."), tr_noop("It is not asked again.")
    ),
    Reason.REPO_TAKES_NO_ISSUES: Words(
        tr_noop("The repository is not connected to a tracker that takes issues."),
        tr_noop("Connect it to GitHub, GitLab or Bitbucket on the server."),
    ),
    Reason.REPO_TAKES_NO_FIXES: Words(
        tr_noop("The repository is not connected to GitHub, which fix requests need."),
        tr_noop("Connect it on the server."),
    ),
    Reason.FIX_FAILED: Words(tr_noop("The server could not make the fix: {answer}")),
    Reason.NO_PATCH_THERE: Words(
        tr_noop("The server has no patch for this finding, only advice."),
        tr_noop("It makes patches in the report stage."),
    ),
    Reason.PATCH_MARKED: Words(
        tr_noop("The newest patch is marked as applied already."),
        tr_noop("A new scan may make another one."),
    ),
    # A change was sent, and no answer says what came of it.
    Reason.ISSUE_UNSURE: Words(
        _CAUSE, tr_noop("An issue may have been made all the same: look at the code host first.")
    ),
    Reason.ISSUES_UNSURE: Words(
        _CAUSE, tr_noop("Issues may have been made all the same: look at the code host first.")
    ),
    Reason.ACTION_UNSURE: Words(
        _CAUSE, tr_noop("The finding's history does not tell either whether it was done.")
    ),
    Reason.FIX_UNSURE: Words(
        tr_noop("The finding's history told no end of the fix request for half an hour."),
        tr_noop("Look at the code host."),
    ),
    Reason.ANSWER_LOST: Words(
        tr_noop("The connection to {host} broke before its answer came."), _LOOK_FIRST
    ),
    Reason.OUTCOME_NOT_TOLD: Words(
        tr_noop("{host} failed and did not say what came of the request: {answer}."), _LOOK_FIRST
    ),
    Reason.ACCOUNT_UNSURE: Words(
        _CAUSE, tr_noop("Try to sign in with it: the account may have been made all the same.")
    ),
    Reason.SCAN_UNSURE: Words(
        _CAUSE, tr_noop("It may be started all the same: look before you start another one.")
    ),
    Reason.SCAN_NOT_STARTED: Words(
        tr_noop("{error} No scan was started."), tr_noop("Start it again.")
    ),
    Reason.SCAN_AMONG_OTHERS: Words(_CAUSE, _started_meanwhile),
    Reason.REPO_UNSURE: Words(
        _CAUSE, tr_noop("It may be added all the same; to add it once more does no harm.")
    ),
    Reason.REPO_NOT_ADDED: Words(tr_noop("{error} No repository was added."), _TRY_AGAIN),
    Reason.CANCEL_UNSURE: Words(
        _CAUSE, tr_noop("It may be cancelled all the same: look before you cancel it again.")
    ),
    Reason.NOT_CANCELLED: Words(
        tr_noop("{error} The scan was not cancelled."), tr_noop("Cancel it again.")
    ),
    Reason.CHANGE_UNSURE: Words(
        _CAUSE, tr_noop("It may be changed all the same: it is looked for.")
    ),
    Reason.NOT_CHANGED: Words(tr_noop("{error} Read again: not changed."), _TRY_AGAIN),
    Reason.ENTRY_UNSURE: Words(
        _CAUSE, tr_noop("It may be done all the same: look into the history first.")
    ),
    Reason.ENTRY_MISSING: Words(tr_noop("{error} Read again: it was not done."), _TRY_AGAIN),
    Reason.COMMENT_EMPTY: Words(tr_noop("There is nothing to send."), tr_noop("Write a comment.")),
    Reason.VALUE_NOT_TAKEN: Words(tr_noop("Servers do not take the value {value}.")),
    Reason.SESSION_UNSURE: Words(
        _CAUSE, tr_noop("The session there may still be open; it runs out by itself.")
    ),
    Reason.SESSION_STILL_OPEN: Words(
        _CAUSE, tr_noop("The session there is still open; it runs out by itself.")
    ),
    # What came cannot be understood.
    Reason.COMPRESSION_BROKEN: Words(
        tr_noop("The answer of {host} is compressed in a broken way.")
    ),
    Reason.COMPRESSION_UNKNOWN: Words(
        tr_noop("The answer of {host} is compressed in a way that is not accepted."),
        tr_noop("Check the proxy in front of the server."),
    ),
    Reason.ANSWER_TOO_LONG: Words(tr_noop("The answer of {host} is longer than any should be.")),
    Reason.ANSWER_TOO_MANY_PIECES: Words(
        tr_noop("The answer of {host} comes in more pieces than any should.")
    ),
    Reason.ANSWER_TOO_MANY_VALUES: Words(
        tr_noop("The server's answer holds more than any should.")
    ),
    Reason.ANSWER_NO_JSON: Words(
        tr_noop("The server's answer cannot be understood: no sound JSON.")
    ),
    Reason.ANSWER_UNREADABLE: Words(
        tr_noop("The server's answer cannot be understood: {problem}.")
    ),
    Reason.STREAM_ENDLESS: Words(
        tr_noop("The stream sends no end of an event."), tr_noop("It is opened again.")
    ),
    Reason.STREAM_FLOODS: Words(
        tr_noop("The stream sends more than any should."), tr_noop("It is opened again.")
    ),
    Reason.ROW_TOO_LONG: Words(tr_noop("A row of the server is too long to be mended.")),
    Reason.ROW_UNREADABLE: Words(tr_noop("A row of the server cannot be understood: {problem}.")),
    Reason.TIME_UNREADABLE: Words(
        tr_noop("The server's answer holds a time that cannot be understood.")
    ),
    Reason.OTHER_SCAN: Words(
        tr_noop("The server answered with another scan than the one asked for.")
    ),
    Reason.OTHER_FINDING: Words(
        tr_noop("The server answered with another finding than the one asked for.")
    ),
    Reason.FINDING_OF_NO_SCAN: Words(tr_noop("The finding does not say which scan it belongs to.")),
    Reason.FINDING_WITHOUT_ID: Words(tr_noop("A finding without an id cannot be kept.")),
    Reason.TOKEN_UNUSABLE: Words(tr_noop("The server gave a token that cannot be used.")),
    Reason.PAGE_NOT_HTML: Words(
        tr_noop("{host} gives no web page to find scans on ({status}, {kind})."), _PASTE
    ),
    Reason.PAGE_MISSING: Words(tr_noop("{host} has no web page to find scans on."), _PASTE),
    Reason.PAGE_TOO_LONG: Words(
        tr_noop("A web page of {host} is too long to find scans on."), _PASTE
    ),
    Reason.PAGE_FOREIGN: Words(
        tr_noop("A web page of {host} holds nothing of Heimdall's."), _PASTE
    ),
    # Not all of a list is read.
    Reason.REPO_PAGE_UNREAD: Words(
        tr_noop("A page of the list of repositories gave no good answer.")
    ),
    Reason.SCAN_PAGE_UNREAD: Words(
        tr_noop("A page of the repository's scans gave no good answer.")
    ),
    Reason.REPOS_UNREAD: Words(tr_noop("{missing} of {total} repositories gave no good answer.")),
    Reason.SCANS_UNREAD: Words(tr_noop("{missing} of {total} scans gave no good answer.")),
    Reason.OWED_SCANS_UNREAD: Words(_owed_scans),
    # How a scan is heard of.
    Reason.STREAM_SILENT: Words(tr_noop("The stream was silent for too long.")),
    Reason.STREAM_CLOSED: Words(tr_noop("The server closed the stream.")),
    Reason.STREAM_SPEAKS_ALONE: Words(tr_noop("The stream speaks, but the API does not answer.")),
    Reason.SCAN_NOT_TOLD: Words(tr_noop("{host} answers, but says nothing of this scan.")),
    Reason.SCAN_NOT_ANSWERED: Words(tr_noop("The server answers, but not for this scan.")),
    Reason.WATCH_BROKE: Words(
        tr_noop(
            "Something in Heimdall Desktop broke while it watched this scan."
            " It tries again by itself."
        )
    ),
    Reason.SCAN_SERVER_UNUSABLE: Words(tr_noop("The address of its server cannot be used.")),
    # What was to be watched, asked for or signed in to.
    Reason.NO_SCAN_IN_TEXT: Words(tr_noop("There is no scan in that."), _GIVE_SCAN),
    Reason.NO_SCAN_IN_WORD: Words(tr_noop("There is no scan id in {word!r}."), _GIVE_SCAN),
    Reason.NO_SCAN_IN_LINK: Words(tr_noop("There is no scan in that link."), _GIVE_LINK),
    Reason.MORE_IN_LINK: Words(
        tr_noop("That link holds more than a server, a scan and a finding: it could be a token."),
        _GIVE_LINK,
    ),
    Reason.PARAMETER_IN_LINK: Words(
        tr_noop("That link holds {name!r}, which no link may: it could be a token."), _GIVE_LINK
    ),
    Reason.LINK_TO_THIS_MACHINE: Words(
        tr_noop("That link leads to {host} on this machine, where no scan of this window runs."),
        tr_noop("Sign in to that server and paste the scan id."),
    ),
    Reason.SEVERAL_SERVERS: Words(
        tr_noop("That link fits several servers: {servers}."),
        tr_noop("Give the link of the web page."),
    ),
    Reason.NO_ONE_SERVER: Words(
        tr_noop("The links do not say which one server to ask."), tr_noop("Give --server.")
    ),
    Reason.TEXT_TOO_LONG: Words(
        tr_noop("That is too long to be a list of links."), tr_noop("Paste the links alone.")
    ),
    Reason.NO_ADDRESS: Words(tr_noop("That is no server address."), _GIVE_ADDRESS),
    Reason.OTHER_SERVER: Words(
        tr_noop("That link leads to another server, {host}."), _SIGN_IN_THERE
    ),
    Reason.OTHER_SERVER_GIVEN: Words(
        tr_noop("A link leads to another server, {host}."), tr_noop("Give --server for {host}.")
    ),
    Reason.MORE_THAN_TWO_SCANS: Words(
        tr_noop("More than two scans are to be compared."),
        tr_noop("Give --compare one scan before and one after."),
    ),
    Reason.NO_EARLIER_SCAN: Words(
        tr_noop("No earlier scan of this repository has completed."), tr_noop("Scan it again.")
    ),
    Reason.NO_SERVER_FOR_SCAN: Words(
        tr_noop("There is no server to look for that scan on."), _SIGN_IN_FIRST
    ),
    Reason.NO_SERVER_FOR_LISTS: Words(
        tr_noop("There is no server to look for scans on."), _SIGN_IN_FIRST
    ),
    Reason.NOT_SIGNED_IN: Words(tr_noop("You are not signed in at {host}."), _SIGN_IN_THERE),
    Reason.NOT_ALL_WATCHED: Words(tr_noop("{left} of {named} not watched."), _refused_words),
    Reason.TOO_MANY_SCANS: Words(
        tr_noop("{most} scans are watched, and more would make the window slow."),
        tr_noop("Stop watching some of them first."),
    ),
    Reason.SCAN_NOT_FOUND: Words(
        tr_noop("That scan does not exist, or belongs to another account."), _CHECK_ACCOUNT
    ),
    Reason.SCANS_NOT_FOUND: Words(
        tr_noop("{missing} of {total} scans do not exist, or belong to another account."),
        _CHECK_ACCOUNT,
    ),
    Reason.REPO_UNKNOWN: Words(tr_noop("It is not known whose repository that scan was of.")),
    Reason.SCAN_NOT_WATCHED: Words(tr_noop("This scan is not watched any more.")),
    Reason.FINDING_NOT_WATCHED: Words(tr_noop("This finding is not watched any more.")),
    Reason.READ_ONLY: Words(
        tr_noop("Read-only: the server is not changed."),
        tr_noop("The command palette has the switch."),
    ),
    Reason.OTHER_ACCOUNT: Words(
        tr_noop("Another account has signed in at {host}."), tr_noop("The rest was not sent.")
    ),
    Reason.SERVER_MISSING: Words(tr_noop("The server is missing."), _GIVE_ADDRESS),
    Reason.SENT_IN_CLEAR: Words(
        tr_noop(
            "This server is asked without encryption, so anyone on the way can read the token."
        ),
        tr_noop("Use https://, or allow it for this server below."),
    ),
    Reason.SENT_IN_CLEAR_GIVEN: Words(
        tr_noop(
            "Anyone on the way to {host} could read the token and the findings: "
            "http:// does not encrypt."
        ),
        tr_noop("Use https://, or add --allow-http to send them all the same."),
    ),
    Reason.TOKEN_MISSING: Words(
        tr_noop("The session token is missing."), tr_noop("Paste the one you were given.")
    ),
    Reason.TOKEN_MALFORMED: Words(
        tr_noop("That is no session token: it holds blanks or characters that none has."),
        tr_noop("Copy it again, from its first to its last character."),
    ),
    Reason.EMAIL_MISSING: Words(
        tr_noop("The e-mail address is missing."), tr_noop("Enter the one of your account.")
    ),
    Reason.PASSWORD_MISSING: Words(
        tr_noop("The password is missing."), tr_noop("Type it, or use a session token.")
    ),
    # The keyring.
    Reason.KEYRING_UNUSABLE: Words(
        tr_noop(
            "This system has no keyring that can be used: the one configured does not work here."
        ),
        tr_noop("Set one up, or use the token for this session only."),
    ),
    Reason.KEYRING_KEEPS_NOTHING: Words(
        tr_noop("This system has no keyring that can be used: {module} keeps no secret."),
        tr_noop("Set one up, or use the token for this session only."),
    ),
    Reason.KEYRING_SILENT: Words(
        tr_noop("This system has no keyring that can be used: none answers."),
        tr_noop("Set one up, or use the token for this session only."),
    ),
    Reason.KEYRING_SLOW: Words(
        tr_noop("The keyring gave no answer within {limit_s:g} s; it may be waiting for a prompt."),
        tr_noop("Answer its prompt and try again, or use the token for this session only."),
    ),
    Reason.KEYRING_LOCKED: Words(
        tr_noop("The keyring is locked and was not opened."),
        tr_noop("Unlock it and try again, or use the token for this session only."),
    ),
    Reason.KEYRING_REFUSED: Words(
        tr_noop("The keyring answered with an error ({kind})."),
        tr_noop("Try again, or use the token for this session only."),
    ),
    Reason.KEYRING_EMPTY: Words(
        tr_noop("The keyring has no token for this server."), _SIGN_IN_AGAIN
    ),
    Reason.TOKEN_TOO_LONG: Words(
        tr_noop("The token is longer than the {limit} characters this system's keyring takes."),
        tr_noop("Use it for this session only."),
    ),
    # Files of ours, and those the user saves.
    Reason.SETTINGS_UNREADABLE: Words(
        tr_noop("{path} cannot be used: {problem}."),
        tr_noop(
            "The usual settings are used and nothing is saved; move it away or make it readable."
        ),
    ),
    Reason.SETTINGS_UNWRITABLE: Words(
        tr_noop("{path} cannot be written: {problem}."), tr_noop("Check its folder.")
    ),
    Reason.SETTINGS_NO_SPACE: Words(
        tr_noop("{path} cannot be written: no space is left."),
        tr_noop("Free some space; the next change is saved."),
    ),
    Reason.SETTINGS_SET_ASIDE: Words(
        tr_noop("{path} cannot be understood. {error}"),
        tr_noop("It was kept as {name}; the usual settings are used."),
    ),
    Reason.SETTINGS_IGNORED: Words(
        tr_noop("{path} cannot be understood. {error}"), tr_noop("The usual settings are used.")
    ),
    Reason.SETTINGS_TOO_LONG: Words(tr_noop("It has more than {limit} bytes.")),
    Reason.SETTINGS_TOO_DEEP: Words(tr_noop("It is nested too deep.")),
    Reason.SETTINGS_TOO_MANY_VALUES: Words(tr_noop("It has more than {limit} values.")),
    Reason.SETTINGS_MALFORMED: Words("{problem}."),
    Reason.SETTINGS_VALUES: Words(
        tr_noop("{path} has values that cannot be understood: {names}."),
        tr_noop("The usual ones are used in their place; all others hold."),
    ),
    Reason.LOG_UNWRITABLE: Words(
        tr_noop("No log is written in {folder}: {problem}."),
        tr_noop("Mend that, or give another folder with --profile-dir."),
    ),
    Reason.FILE_NOT_WRITTEN: Words(
        tr_noop("{file} could not be saved: {problem}."), tr_noop("Choose another place.")
    ),
    Reason.FILE_NO_SPACE: Words(
        tr_noop("{file} could not be saved: no space is left on the disk."),
        tr_noop("Free some space, or choose another place."),
    ),
    Reason.RECORDING_UNREADABLE: Words(tr_noop("The recording {file} cannot be read: {problem}.")),
    Reason.RECORDING_TOO_LONG: Words(
        tr_noop("The recording {file} has more than {limit} MB."),
        tr_noop("So much is not played."),
    ),
    Reason.RECORDING_FOREIGN: Words(tr_noop("{file} is no recording of Heimdall Desktop.")),
    Reason.RECORDING_NEWER: Words(
        tr_noop("{file} was recorded by a newer version of Heimdall Desktop."),
        tr_noop("Update to play it."),
    ),
    Reason.RECORDING_DAMAGED: Words(
        tr_noop("Line {line} of the recording {file} cannot be read: {problem}."),
        tr_noop("It is played up to there."),
    ),
    Reason.RECORDING_ALONE: Words(
        tr_noop("A replay asks no server."),
        tr_noop("Start Heimdall Desktop without --replay for that."),
    ),
    Reason.RECORDING_FULL: Words(
        tr_noop("The recording {file} has ended: it has {limit} MB, and no more can be played."),
    ),
    Reason.RECORDING_NOT_OPENED: Words(
        tr_noop("The recording {file} could not be played: {problem}.")
    ),
    Reason.RECORDING_SLOW: Words(
        tr_noop("The recording {file} has ended: its disk takes less than there is to write."),
        tr_noop("What it has until then can be played."),
    ),
    Reason.RECORDING_ENDED: Words(
        tr_noop("The recording {file} has ended: {problem}."),
        tr_noop("What it has until then can be played."),
    ),
    Reason.HISTORY_FOLDER: Words(
        tr_noop("History cannot be saved: {path}: {problem}."),
        tr_noop("Live view goes on. Check the folder."),
    ),
    Reason.HISTORY_UNUSABLE: Words(
        tr_noop("History cannot be saved: {path}: {problem}."),
        tr_noop("Live view goes on. Check its folder and the space left."),
    ),
    Reason.HISTORY_BUSY: Words(
        tr_noop("History cannot be saved: another program has locked {path}."),
        tr_noop("Live view goes on. It is tried again."),
    ),
    Reason.HISTORY_NO_SPACE: Words(
        tr_noop("History cannot be saved: no space is left for {path}."),
        tr_noop("Live view goes on. Free some space; it is tried again."),
    ),
    Reason.HISTORY_NEWER: Words(
        tr_noop("The history {path} was written by a later version of the program ({version})."),
        tr_noop(
            "Live view goes on without it; update Heimdall Desktop to use it again."
            " If no later version was ever in use here, the file is damaged: move it away."
        ),
    ),
    Reason.HISTORY_OLDER: Words(
        tr_noop("The history {path} was written by an earlier version of the program."), _LIVE_VIEW
    ),
    Reason.HISTORY_DAMAGED: Words(tr_noop("The history {path} is damaged."), _LIVE_VIEW),
    Reason.HISTORY_FOREIGN: Words(tr_noop("{path} is no history of this program."), _LIVE_VIEW),
    Reason.HISTORY_SET_ASIDE: Words(
        _CAUSE, tr_noop("It was kept as {name}; a new one is begun. Live view goes on.")
    ),
    Reason.HISTORY_BEGUN: Words(_CAUSE, tr_noop("A new one is begun. Live view goes on.")),
    Reason.HISTORY_OFF: Words(
        _CAUSE, tr_noop("Live view goes on without a history until the next start. Check the disk.")
    ),
    # The desktop and the embedded server.
    Reason.NO_SESSION_BUS: Words(tr_noop("The desktop's session bus cannot be reached.")),
    Reason.SESSION_BUS_LOST: Words(tr_noop("The connection to the desktop's session bus is lost.")),
    Reason.DESKTOP_SILENT: Words(tr_noop("The desktop gave no answer within {limit_s:g} s.")),
    Reason.NO_NOTIFIER: Words(tr_noop("No notification daemon runs on this desktop.")),
    Reason.NOTIFIER_REFUSED: Words(tr_noop("The notification daemon refused ({problem}).")),
    Reason.NO_PORTAL: Words(
        tr_noop("No desktop portal answers, so a change of the desktop's colours is not heard of.")
    ),
    Reason.NOTIFICATIONS_FORBIDDEN: Words(
        tr_noop("This system does not allow Heimdall to show notifications.")
    ),
    Reason.LOCAL_EXTRA_MISSING: Words(
        tr_noop("The embedded server needs {modules}."),
        tr_noop("Install it in the source folder of Heimdall Desktop: pip install '.[local]'"),
    ),
    Reason.LOCAL_NOT_STARTED: Words(
        tr_noop("The embedded server cannot be started: {problem}."), _START_LOCAL
    ),
    Reason.LOCAL_START_TIMED_OUT: Words(
        tr_noop("The embedded server did not start within {limit_s:.0f} s."), _START_LOCAL
    ),
    Reason.LOCAL_ENDED: Words(tr_noop("The embedded server ended ({code})."), _START_LOCAL),
    Reason.LOCAL_ENDED_SAYING: Words(
        tr_noop("The embedded server ended ({code}): {last_words}."), _START_LOCAL
    ),
    Reason.LOCAL_ENDED_AT_ONCE: Words(tr_noop("The embedded server ended at once."), _START_LOCAL),
    Reason.FOLDER_TIMED_OUT: Words(
        tr_noop("The embedded server did not find the folder within {limit_s:.0f} s.")
    ),
    Reason.FOLDER_REFUSED: Words(
        tr_noop("The embedded server does not take the folder: {problem}.")
    ),
    # Anything else.
    Reason.SEVERAL: Words("{errors}", "{errors}"),
    Reason.PART_NOT_SHOWN: Words(
        tr_noop("This part cannot be shown."), tr_noop("The finding's page has it.")
    ),
    Reason.DEFECT: Words(
        tr_noop("Something in Heimdall Desktop broke."), tr_noop("The log tells more; restart it.")
    ),
    Reason.DEFECT_IN_REQUEST: Words(
        tr_noop("Something in Heimdall Desktop broke."), tr_noop("Try again; the log tells more.")
    ),
}
