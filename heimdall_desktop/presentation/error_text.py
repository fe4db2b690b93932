"""The words of every error: its cause, its remedy, and a short form.

An error carries a reason and the facts of the case. All of its texts are defined here, once.
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
from heimdall_desktop.presentation.labels import seen_host

REASONS_LIMIT = 4  # a form shows no more reasons than that
SHORT_LIMIT = 40  # characters that identify a word: links end with their ids

Text = str | Callable[[Mapping[str, Any]], str]
"""English with fields of the error in braces, or a function of the fields if forms differ."""


class Words(NamedTuple):
    """The words of a reason.

    Attributes:
        cause: in one sentence, the problem.
        remedy: in another, what to do, or what still works; "" for nothing.
        brief: the cause in a few words, as they follow a colon.
    """

    cause: Text
    remedy: Text = ""
    brief: Text = ""


def cause(error: HeimdallError) -> str:
    return _worded(WORDS[error.reason].cause, error, cause)


def remedy(error: HeimdallError) -> str:
    return _worded(WORDS[error.reason].remedy, error, remedy)


def brief(error: HeimdallError) -> str:
    """Return the cause in a few words, such as "name not found"; "" if there are none."""
    return _worded(WORDS[error.reason].brief, error, brief)


def error_text(error: HeimdallError) -> str:
    return f"{cause(error)} {remedy(error)}".strip()


def manual_anchor(reason: Reason) -> str:
    """Return the anchor of a reason on the manual's page of errors.

    It is "" if the words of the reason are those of other errors.
    """
    words = WORDS[reason].cause
    if isinstance(words, str):
        has_own = any(literal.strip(" .") for literal, *_ in Formatter().parse(words))
    else:
        has_own = words is not _refused_words
    return reason.name.lower().replace("_", "-") if has_own else ""


def manual_entry(error: HeimdallError | None) -> str:
    """Return the anchor of an error on the manual's page of errors; "" for none.

    An error with the words of another leads to the entry of that one, or of the first of several.
    """
    if error is None:
        return ""
    if anchor := manual_anchor(error.reason):
        return anchor
    others: list[object] = []
    for value in error.fields.values():
        others += value if isinstance(value, tuple) else (value,)
    entries = (manual_entry(each) for each in others if isinstance(each, HeimdallError))
    return next(filter(None, entries), "")


def reason_text(seen: ConnectionSeen | None) -> str:
    """Return the problem of a connection, in a sentence; "" for none."""
    return "" if seen is None or seen.error is None else one_line(cause(seen.error))


def word_reason(word: str, error: HeimdallError) -> str:
    """Return why a word leads nowhere, with the word if the reason does not name it."""
    if isinstance(error, LinkError):
        return cause(error)
    line = one_line(word)
    short = line if len(line) <= SHORT_LIMIT else f"\u2026{line[-SHORT_LIMIT:]}"
    return f"{short}: {cause(error)}"


def _worded(text: Text, error: HeimdallError, say: Callable[[HeimdallError], str]) -> str:
    if not isinstance(text, str):
        return text(error.fields)
    names = [name for _, name, _, _ in Formatter().parse(text) if name]
    if not names:
        return tr(text) if text else ""
    return tr(text).format(**{name: _shown(name, error.fields[name], say) for name in names})


def _shown(name: str, value: object, say: Callable[[HeimdallError], str]) -> object:
    """Return a field as used in a text; for an error, the result of `say`."""
    match value:
        case HeimdallError():
            return say(value)
        case tuple():
            return " ".join(dict.fromkeys(filter(None, map(say, value))))
        case Peer(host, proxy):
            if not proxy:
                return seen_host(host)
            return tr("{host} (via proxy {proxy})").format(
                host=seen_host(host), proxy=seen_host(proxy)
            )
        case Enum():
            return tr(value.value)
        case int():
            return grouped(value)
        case "" if name in _IF_EMPTY:
            return tr(_IF_EMPTY[name])
        case str() if name in _OF_SERVERS:
            return seen_host(value)
        case str() if name == "flaw":
            known = _flaw(value)
            return tr(known) if known else value.rstrip(".")
        case _:
            return value


_OF_SERVERS = frozenset({"host", "place", "server", "servers"})
_IF_EMPTY = {
    "kind": tr_noop("no content type"),
    "place": tr_noop("an empty address"),
    "file": tr_noop("The file"),
    "folder": tr_noop("the source folder"),
}
#: What OpenSSL reports about a certificate.
_FLAWS = {
    "unable to get local issuer certificate": tr_noop("unknown issuer"),
    "self signed certificate": tr_noop("self-signed"),
    "self signed certificate in certificate chain": tr_noop("unknown issuer"),
    "certificate has expired": tr_noop("it has expired"),
    "certificate is not yet valid": tr_noop("it isn't valid yet"),
    "hostname mismatch": tr_noop("it belongs to another name"),
    "ip address mismatch": tr_noop("it belongs to another address"),
}


def _flaw(reported: str) -> str:
    """Return our words for a flaw, whatever it says about the names after a comma."""
    return _FLAWS.get(reported.lower().replace("-", " ").partition(",")[0], "")


def _certificate_remedy(fields: Mapping[str, Any]) -> str:
    match str(fields.get("flaw", "")).lower().partition(",")[0]:
        case "certificate has expired":
            return tr(
                "Ask the server's administrator to renew it. Also check the date of this computer."
            )
        case "certificate is not yet valid":
            return tr("Check the date of this computer, or contact the server's administrator.")
        case "hostname mismatch" | "ip address mismatch":
            return tr("Check the server address, or contact the server's administrator.")
        case _:
            return tr(
                "Contact the server's administrator, or add its certificate authority to this "
                "system."
            )


def _refused_words(fields: Mapping[str, Any]) -> str:
    refused = fields["refused"]
    text = [word_reason(word, error) for word, error in refused[:REASONS_LIMIT]]
    more = len(refused) - len(text)
    return " ".join([*text, tr("And %n more.", "", more)] if more else text)


def _scanners_remedy(fields: Mapping[str, Any]) -> str:
    """Return how to get the missing scanners; nothing can be added to some bundles."""
    command = fields["command"]
    if not command:
        return tr("This copy of Heimdall Desktop is incomplete. Download and install it again.")
    return tr("Install them with: {command}").format(command=command)


def _damaged_values(fields: Mapping[str, Any]) -> str:
    text = [tr("{file} has invalid values.").format(file=fields["file"])]
    text += map(cause, fields["values"])
    return " ".join([*text, tr("And %n more.", "", fields["more"])] if fields["more"] else text)


_CHECK_NETWORK = tr_noop("Check the address and the network.")
_TRY_AGAIN = tr_noop("Try again.")
_TRY_LATER = tr_noop("Try again later.")
_SIGN_IN_AGAIN = tr_noop("Sign in again.")
_SIGN_IN_FIRST = tr_noop("Sign in first.")
_SIGN_IN_THERE = tr_noop("Sign in there first.")
_CHECK_SERVER = tr_noop("Check the server address.")
_CHECK_ACCOUNT = tr_noop("Check the address and the account.")
_LOOK_FIRST = tr_noop("Check whether it succeeded before you retry.")
_PASTE = tr_noop("Paste scan links instead.")
_GIVE_ADDRESS = tr_noop("Enter an address like https://heimdall.example.org.")
_GIVE_LINK = tr_noop("Use a link like heimdall://server/scan/<id>.")
_GIVE_SCAN = tr_noop("Use a scan ID or a link like https://server/scans/<id>.")
_START_LOCAL = tr_noop("Play the demo or scan a folder to start it again.")
_NOT_THERE = tr_noop("It doesn't exist or belongs to another account.")
_LIVE_VIEW = tr_noop("Live view continues.")
_CAUSE = "{error}"  # that of the underlying error

WORDS: Mapping[Reason, Words] = {
    # The connection to the server fails.
    Reason.NAME_NOT_FOUND: Words(
        tr_noop("No address found for {host}."), _CHECK_NETWORK, tr_noop("name not found")
    ),
    Reason.NAME_TIMED_OUT: Words(
        tr_noop("The name service didn't find {host} in time."),
        _CHECK_NETWORK,
        tr_noop("no response about the name"),
    ),
    Reason.CONNECTION_REFUSED: Words(
        tr_noop("{host} refuses connections."),
        tr_noop("Check that it is running."),
        tr_noop("connection refused"),
    ),
    Reason.CONNECTION_TIMED_OUT: Words(
        tr_noop("{host} didn't accept a connection in time."), _CHECK_NETWORK, tr_noop("timeout")
    ),
    Reason.NOT_REACHABLE: Words(
        tr_noop("Can't reach {host}."), _CHECK_NETWORK, tr_noop("connection failed")
    ),
    Reason.CERTIFICATE_UNTRUSTED: Words(
        tr_noop("The certificate of {host} isn't trusted: {flaw}."), _certificate_remedy, "{flaw}"
    ),
    Reason.NO_COMMON_TLS: Words(
        tr_noop("{host} doesn't offer TLS that this system accepts."),
        tr_noop("Check whether the address needs http or https."),
        tr_noop("no common TLS"),
    ),
    Reason.TRIED_HTTPS: Words(
        tr_noop("Tried {url}. {error}"), tr_noop("The server may need http instead of https.")
    ),
    Reason.TLS_REFUSED: Words(
        tr_noop("{host} refused the TLS connection. It may require a client certificate."),
        "",
        tr_noop("TLS refused"),
    ),
    Reason.CLIENT_CERTIFICATE_REQUIRED: Words(
        tr_noop(
            "{host} requires a client certificate, which Heimdall Desktop doesn't support yet."
        ),
        "",
        tr_noop("client certificate required"),
    ),
    Reason.PROXY_REFUSED: Words(
        tr_noop("The network proxy refused the connection."),
        tr_noop("Check the proxy settings."),
        tr_noop("refused by the proxy"),
    ),
    Reason.PROXY_PASSWORD_MISSING: Words(
        tr_noop("The network proxy requires a sign-in."),
        tr_noop("Add user name and password to the proxy setting of this system."),
        tr_noop("the proxy requires a password"),
    ),
    Reason.LOCAL_SERVER_GONE: Words(
        tr_noop("The embedded server has stopped."), _START_LOCAL, tr_noop("it has exited")
    ),
    # No request can be sent, or no response arrives.
    Reason.ADDRESS_UNUSABLE: Words(tr_noop("{host} isn't a usable address."), _CHECK_NETWORK),
    Reason.PROXY_IS_SOCKS: Words(
        tr_noop("{variable} names a SOCKS proxy, which isn't supported."),
        tr_noop("Use an HTTP proxy or unset it."),
    ),
    Reason.PROXY_SETTING_UNUSABLE: Words(
        tr_noop("The proxy setting {variable} can't be used."), tr_noop("Correct or unset it.")
    ),
    Reason.TOKEN_UNSENDABLE: Words(
        tr_noop("The token contains invalid characters."), _SIGN_IN_AGAIN
    ),
    Reason.QUEUE_TOO_LONG: Words(tr_noop("Too many requests to {host} are waiting."), _TRY_LATER),
    Reason.ANSWER_TIMED_OUT: Words(tr_noop("{host} didn't respond in time."), _TRY_LATER),
    Reason.CONNECTION_BROKE: Words(tr_noop("The connection to {host} was lost."), _TRY_AGAIN),
    Reason.OWN_REQUEST_RUNS: Words(
        tr_noop("{host} is still working on one of your requests."),
        tr_noop("It may not respond to other requests until that is done."),
    ),
    Reason.NO_LINK: Words(tr_noop("Not connected to {server}.")),
    # The server responds, but not with the requested content.
    Reason.TOKEN_REFUSED: Words(tr_noop("{host} doesn't accept the token."), _SIGN_IN_AGAIN),
    Reason.LOGIN_REFUSED: Words(
        tr_noop("{host} doesn't accept this email and password."),
        tr_noop("Check both and try again."),
    ),
    Reason.LOGIN_LOST: Words(_CAUSE, _SIGN_IN_AGAIN),
    Reason.LOGIN_NOT_OFFERED: Words(
        tr_noop("{host} doesn't offer password sign-in."), tr_noop("Paste a token instead.")
    ),
    Reason.NOT_FOUND: Words(_NOT_THERE),
    Reason.REMOVED: Words(tr_noop("{host} has removed this.")),
    Reason.MOVED: Words(
        tr_noop("{host} redirects to {place}."),
        tr_noop("Use the address of the Heimdall server itself."),
    ),
    Reason.ROUTE_MISSING: Words(tr_noop("{host} doesn't have this API path."), _CHECK_SERVER),
    Reason.NOT_OFFERED: Words("{feature}"),
    Reason.NOT_HEIMDALL: Words(
        tr_noop("{host} doesn't respond like a Heimdall server ({status}, {kind})."),
        tr_noop("Check the server address, and whether the network requires its own sign-in."),
    ),
    Reason.HEALTH_UNREADABLE: Words(
        tr_noop("{host} doesn't respond like a Heimdall server."), _CHECK_SERVER
    ),
    Reason.SERVER_BUSY: Words(tr_noop("{host} is busy and requests a wait of {wait_s:.0f} s.")),
    Reason.SERVER_FAILED: Words(tr_noop("{host} returned an error: {answer}."), _TRY_LATER),
    Reason.REQUEST_REFUSED: Words(tr_noop("{host} refused the request: {answer}.")),
    Reason.NO_AI_PROVIDER: Words(
        tr_noop("{host} has no AI provider set up, so no scan was started."),
        tr_noop("Set one up in the server's settings."),
    ),
    Reason.NO_AI_MODEL: Words(
        tr_noop("{host} has no AI provider set up."),
        tr_noop("Set one up in the server's settings, then try again."),
    ),
    Reason.NO_AI_EMBEDDED: Words(
        tr_noop("The embedded server has no AI model."),
        tr_noop("It only has recorded answers for some demo findings."),
    ),
    Reason.AI_FAILED: Words(
        tr_noop("The AI model used by {host} failed: {answer}."),
        tr_noop("The request isn't retried."),
    ),
    Reason.REPO_TAKES_NO_ISSUES: Words(
        tr_noop("The repository isn't connected to an issue tracker."),
        tr_noop("Connect it to GitHub, GitLab or Bitbucket on the server."),
    ),
    Reason.REPO_TAKES_NO_FIXES: Words(
        tr_noop("The repository isn't connected to GitHub, which fix requests need."),
        tr_noop("Connect it on the server."),
    ),
    Reason.FIX_FAILED: Words(tr_noop("The server couldn't create the fix: {answer}")),
    Reason.NO_PATCH_THERE: Words(
        tr_noop("The server has no patch for this finding, only advice."),
        tr_noop("It creates patches in the report stage."),
    ),
    Reason.PATCH_MARKED: Words(
        tr_noop("The newest patch is already marked as applied."),
        tr_noop("A new scan may create another patch."),
    ),
    # A change was sent, and no response gives its result.
    Reason.ISSUE_UNSURE: Words(
        _CAUSE, tr_noop("An issue may have been created. Check the code host before you retry.")
    ),
    Reason.ISSUES_UNSURE: Words(
        _CAUSE, tr_noop("Issues may have been created. Check the code host before you retry.")
    ),
    Reason.ACTION_UNSURE: Words(
        _CAUSE, tr_noop("The finding's history doesn't show whether it succeeded.")
    ),
    Reason.FIX_UNSURE: Words(
        tr_noop("The finding's history showed no result of the fix request for half an hour."),
        tr_noop("Check the code host."),
    ),
    Reason.ANSWER_LOST: Words(
        tr_noop("The connection to {host} was lost before a response arrived."), _LOOK_FIRST
    ),
    Reason.OUTCOME_NOT_TOLD: Words(
        tr_noop("{host} failed without reporting the result of the request: {answer}."), _LOOK_FIRST
    ),
    Reason.ACCOUNT_UNSURE: Words(
        _CAUSE, tr_noop("The account may have been created. Try to sign in with it.")
    ),
    Reason.SCAN_UNSURE: Words(
        _CAUSE, tr_noop("It may have been started. Check before you start another one.")
    ),
    Reason.SCAN_NOT_STARTED: Words(
        tr_noop("{error} No scan was started."), tr_noop("Start the scan again.")
    ),
    Reason.SCAN_AMONG_OTHERS: Words(
        _CAUSE,
        lambda fields: tr(
            "%n scans of this repository were started in the meantime. Check which one is yours.",
            "",
            fields["count"],
        ),
    ),
    Reason.REPO_UNSURE: Words(
        _CAUSE, tr_noop("It may have been added. Adding it again does no harm.")
    ),
    Reason.REPO_NOT_ADDED: Words(tr_noop("{error} No repository was added."), _TRY_AGAIN),
    Reason.CANCEL_UNSURE: Words(
        _CAUSE, tr_noop("It may have been cancelled. Check before you cancel it again.")
    ),
    Reason.NOT_CANCELLED: Words(
        tr_noop("{error} The scan wasn't cancelled."), tr_noop("Cancel it again.")
    ),
    Reason.CHANGE_UNSURE: Words(_CAUSE, tr_noop("It may have been changed; still checking.")),
    Reason.NOT_CHANGED: Words(tr_noop("{error} Checked again: not changed."), _TRY_AGAIN),
    Reason.DECISION_NOT_SAVED: Words(
        tr_noop("The decision isn't saved, so its reason wasn't sent."),
        tr_noop("Retry the decision; its reason follows."),
    ),
    Reason.ENTRY_UNSURE: Words(
        _CAUSE, tr_noop("It may have been done. Check the history before you retry.")
    ),
    Reason.ENTRY_MISSING: Words(tr_noop("{error} Checked again: it didn't succeed."), _TRY_AGAIN),
    Reason.COMMENT_EMPTY: Words(tr_noop("The comment is empty."), tr_noop("Write a comment.")),
    Reason.VALUE_NOT_TAKEN: Words(tr_noop("Servers don't accept the value {value}.")),
    Reason.SESSION_UNSURE: Words(
        _CAUSE, tr_noop("The session on the server may still be open. It expires automatically.")
    ),
    Reason.SESSION_STILL_OPEN: Words(
        _CAUSE, tr_noop("The session on the server is still open. It expires automatically.")
    ),
    # The received data is unreadable.
    Reason.COMPRESSION_BROKEN: Words(tr_noop("The compressed response from {host} is corrupt.")),
    Reason.COMPRESSION_UNKNOWN: Words(
        tr_noop("The response from {host} uses an unsupported compression."),
        tr_noop("Check the proxy in front of the server."),
    ),
    Reason.ANSWER_TOO_LONG: Words(tr_noop("The response from {host} is too long.")),
    Reason.ANSWER_TOO_MANY_PIECES: Words(
        tr_noop("The response from {host} comes in too many pieces.")
    ),
    Reason.ANSWER_TOO_MANY_VALUES: Words(
        tr_noop("The server's response contains too many values.")
    ),
    Reason.ANSWER_NO_JSON: Words(
        tr_noop("The server's response couldn't be parsed: invalid JSON.")
    ),
    Reason.ANSWER_UNREADABLE: Words(
        tr_noop("The server's response couldn't be parsed: {problem}.")
    ),
    Reason.STREAM_ENDLESS: Words(
        tr_noop("The stream sent an event without an end."), tr_noop("It is being reopened.")
    ),
    Reason.STREAM_FLOODS: Words(
        tr_noop("The stream sent too much data."), tr_noop("It is being reopened.")
    ),
    Reason.ROW_TOO_LONG: Words(tr_noop("The server sent a row that is too long to repair.")),
    Reason.ROW_UNREADABLE: Words(
        tr_noop("The server sent a row that couldn't be parsed: {problem}.")
    ),
    Reason.TIME_UNREADABLE: Words(
        tr_noop("The server's response contains a time that couldn't be parsed.")
    ),
    Reason.OTHER_SCAN: Words(tr_noop("The server returned a different scan than requested.")),
    Reason.OTHER_FINDING: Words(tr_noop("The server returned a different finding than requested.")),
    Reason.FINDING_OF_NO_SCAN: Words(tr_noop("The finding doesn't say which scan it belongs to.")),
    Reason.FINDING_WITHOUT_ID: Words(tr_noop("A finding without an ID can't be kept.")),
    Reason.TOKEN_UNUSABLE: Words(tr_noop("The server returned a token that can't be used.")),
    Reason.PAGE_NOT_HTML: Words(
        tr_noop("{host} didn't return a web page to find scans on ({status}, {kind})."), _PASTE
    ),
    Reason.PAGE_MISSING: Words(tr_noop("{host} has no web page to find scans on."), _PASTE),
    Reason.PAGE_TOO_LONG: Words(
        tr_noop("A web page on {host} is too long to search for scans."), _PASTE
    ),
    Reason.PAGE_FOREIGN: Words(tr_noop("A web page on {host} has no Heimdall content."), _PASTE),
    # A list was not read completely.
    Reason.REPO_PAGE_UNREAD: Words(tr_noop("A page of the repository list couldn't be loaded.")),
    Reason.SCAN_PAGE_UNREAD: Words(tr_noop("A page of the repository's scans couldn't be loaded.")),
    Reason.REPOS_UNREAD: Words(tr_noop("{missing} of {total} repositories couldn't be loaded.")),
    Reason.SCANS_UNREAD: Words(tr_noop("{missing} of {total} scans couldn't be loaded.")),
    Reason.OWED_SCANS_UNREAD: Words(
        lambda fields: tr(
            "%n scans couldn't be loaded.", "", fields["count"], one="%n scan couldn't be loaded."
        )
    ),
    # The connection of a scan.
    Reason.STREAM_SILENT: Words(tr_noop("The stream was silent for too long.")),
    Reason.STREAM_CLOSED: Words(tr_noop("The server closed the stream.")),
    Reason.STREAM_SPEAKS_ALONE: Words(
        tr_noop("The stream is active, but the API doesn't respond.")
    ),
    Reason.SCAN_NOT_TOLD: Words(tr_noop("{host} responds, but reports nothing about this scan.")),
    Reason.SCAN_NOT_ANSWERED: Words(tr_noop("The server responds, but not for this scan.")),
    Reason.WATCH_BROKE: Words(
        tr_noop(
            "Heimdall Desktop encountered an internal error while watching this scan. It retries "
            "automatically."
        )
    ),
    Reason.SCAN_SERVER_UNUSABLE: Words(tr_noop("The scan's server address can't be used.")),
    # Something to watch, request or sign in to.
    Reason.NO_SCAN_IN_TEXT: Words(tr_noop("No scan found in this text."), _GIVE_SCAN),
    Reason.NO_SCAN_IN_WORD: Words(tr_noop("No scan ID found in {word!r}."), _GIVE_SCAN),
    Reason.NO_SCAN_IN_LINK: Words(tr_noop("No scan found in this link."), _GIVE_LINK),
    Reason.MORE_IN_LINK: Words(
        tr_noop(
            "This link contains more than a server, a scan and a finding; the rest could be a "
            "token."
        ),
        _GIVE_LINK,
    ),
    Reason.PARAMETER_IN_LINK: Words(
        tr_noop("This link contains {name!r}, which isn't allowed because it could be a token."),
        _GIVE_LINK,
    ),
    Reason.LINK_TO_THIS_MACHINE: Words(
        tr_noop(
            "This link points to {host} on this computer, where no scan of this window is running."
        ),
        tr_noop("Sign in to that server and paste the scan ID."),
    ),
    Reason.SEVERAL_SERVERS: Words(
        tr_noop("This link matches several servers: {servers}."),
        tr_noop("Use the link to the scan's web page."),
    ),
    Reason.NO_ONE_SERVER: Words(
        tr_noop("The links don't identify a single server."), tr_noop("Specify it with --server.")
    ),
    Reason.TEXT_TOO_LONG: Words(
        tr_noop("This text is too long to be a list of links."), tr_noop("Paste only the links.")
    ),
    Reason.NO_ADDRESS: Words(tr_noop("This isn't a valid server address."), _GIVE_ADDRESS),
    Reason.OTHER_SERVER: Words(
        tr_noop("This link points to another server, {host}."), _SIGN_IN_THERE
    ),
    Reason.OTHER_SERVER_GIVEN: Words(
        tr_noop("A link points to another server, {host}."),
        tr_noop("Use --server with the address of {host}."),
    ),
    Reason.MORE_THAN_TWO_SCANS: Words(
        tr_noop("Only two scans can be compared at a time."),
        tr_noop("Use --compare with one earlier and one later scan."),
    ),
    Reason.NO_EARLIER_SCAN: Words(
        tr_noop("No earlier scan of this repository has completed."), tr_noop("Scan it again.")
    ),
    Reason.NO_SERVER_FOR_SCAN: Words(tr_noop("No server to search for that scan."), _SIGN_IN_FIRST),
    Reason.NO_SERVER_FOR_LISTS: Words(tr_noop("No server to search for scans."), _SIGN_IN_FIRST),
    Reason.NO_TOKEN: Words(
        tr_noop("No token for {host}."), tr_noop("Set HEIMDALL_TOKEN or sign in.")
    ),
    Reason.NOT_SIGNED_IN: Words(tr_noop("You're not signed in to {host}."), _SIGN_IN_THERE),
    Reason.NOT_ALL_WATCHED: Words(tr_noop("{left} of {named} not watched."), _refused_words),
    Reason.TOO_MANY_SCANS: Words(
        tr_noop("{most} scans are watched. More would slow down the window."),
        tr_noop("Stop watching some of them first."),
    ),
    Reason.SCAN_NOT_FOUND: Words(
        tr_noop("This scan doesn't exist or belongs to another account."), _CHECK_ACCOUNT
    ),
    Reason.SCANS_NOT_FOUND: Words(
        tr_noop("{missing} of {total} scans don't exist or belong to another account."),
        _CHECK_ACCOUNT,
    ),
    Reason.REPO_UNKNOWN: Words(tr_noop("The repository of that scan is unknown.")),
    Reason.SCAN_NOT_WATCHED: Words(tr_noop("This scan is no longer watched.")),
    Reason.FINDING_NOT_WATCHED: Words(tr_noop("This finding is no longer watched.")),
    Reason.READ_ONLY: Words(
        tr_noop("Read-only: nothing is changed on the server."),
        tr_noop("Turn read-only off in the command palette."),
    ),
    Reason.OTHER_ACCOUNT: Words(
        tr_noop("Another account has signed in to {host}."), tr_noop("The rest wasn't sent.")
    ),
    Reason.SERVER_MISSING: Words(tr_noop("The server address is missing."), _GIVE_ADDRESS),
    Reason.SENT_IN_CLEAR: Words(
        tr_noop(
            "The connection to this server is unencrypted, so anyone on the network path can "
            "read the token."
        ),
        tr_noop("Use https://, or allow an unencrypted connection below."),
    ),
    Reason.SENT_IN_CLEAR_GIVEN: Words(
        tr_noop(
            "Without encryption (http://), anyone on the network path to {host} could read the "
            "token and the findings."
        ),
        tr_noop("Use https://, or add --allow-http to send them anyway."),
    ),
    Reason.TOKEN_MISSING: Words(
        tr_noop("The session token is missing."), tr_noop("Paste the token you were given.")
    ),
    Reason.TOKEN_MALFORMED: Words(
        tr_noop("This isn't a session token: it contains spaces or invalid characters."),
        tr_noop("Copy the whole token again."),
    ),
    Reason.EMAIL_MISSING: Words(
        tr_noop("The email address is missing."), tr_noop("Enter your account's email address.")
    ),
    Reason.PASSWORD_MISSING: Words(
        tr_noop("The password is missing."), tr_noop("Enter it, or use a session token.")
    ),
    # The keyring.
    Reason.KEYRING_UNUSABLE: Words(
        tr_noop("This system has no usable keyring: the configured one doesn't work here."),
        tr_noop("Set up a keyring, or use the token for this session only."),
    ),
    Reason.KEYRING_KEEPS_NOTHING: Words(
        tr_noop("This system has no usable keyring: {module} doesn't store secrets."),
        tr_noop("Set up a keyring, or use the token for this session only."),
    ),
    Reason.KEYRING_SILENT: Words(
        tr_noop("This system has no usable keyring: none responds."),
        tr_noop("Set up a keyring, or use the token for this session only."),
    ),
    Reason.KEYRING_SLOW: Words(
        tr_noop("The keyring didn't respond within {limit_s:g} s; it may be showing a prompt."),
        tr_noop("Answer its prompt and try again, or use the token for this session only."),
    ),
    Reason.KEYRING_LOCKED: Words(
        tr_noop("The keyring is locked and wasn't opened."),
        tr_noop("Unlock it and try again, or use the token for this session only."),
    ),
    Reason.KEYRING_REFUSED: Words(
        tr_noop("The keyring returned an error ({kind})."),
        tr_noop("Try again, or use the token for this session only."),
    ),
    Reason.KEYRING_EMPTY: Words(
        tr_noop("The keyring has no token for this server."), _SIGN_IN_AGAIN
    ),
    Reason.TOKEN_TOO_LONG: Words(
        tr_noop(
            "The token is longer than the {limit} characters that this system's keyring allows."
        ),
        tr_noop("Use it for this session only."),
    ),
    # Files of the program, and those the user saves.
    Reason.SETTINGS_UNREADABLE: Words(
        tr_noop("{path} can't be used: {problem}."),
        tr_noop(
            "Default settings are used and nothing is saved. Move the file away or make it "
            "readable."
        ),
    ),
    Reason.SETTINGS_UNWRITABLE: Words(
        tr_noop("Couldn't write {path}: {problem}."), tr_noop("Check its folder.")
    ),
    Reason.SETTINGS_NO_SPACE: Words(
        tr_noop("Couldn't write {path}: no space left."),
        tr_noop("Free up space. The next change will be saved."),
    ),
    Reason.SETTINGS_SET_ASIDE: Words(
        tr_noop("{file} couldn't be parsed and was kept as {name}. {error}"),
        tr_noop("Default settings are used."),
    ),
    Reason.SETTINGS_RESTORED: Words(
        tr_noop("{file} couldn't be parsed and was kept as {name}. {error}"),
        tr_noop("The settings saved last are used."),
    ),
    Reason.SETTINGS_IGNORED: Words(
        tr_noop("{path} couldn't be parsed. {error}"),
        tr_noop("The file is left as it is. The settings saved last are used, or else defaults."),
    ),
    Reason.SETTINGS_EMPTY: Words(tr_noop("It is empty.")),
    Reason.SETTINGS_TOO_LONG: Words(tr_noop("It has more than {limit} bytes.")),
    Reason.SETTINGS_TOO_DEEP: Words(tr_noop("It is nested too deeply.")),
    Reason.SETTINGS_TOO_MANY_VALUES: Words(tr_noop("It has more than {limit} values.")),
    Reason.SETTINGS_MALFORMED: Words("{problem}."),
    Reason.SETTINGS_VALUES: Words(_damaged_values, tr_noop("All other settings apply.")),
    Reason.SETTINGS_VALUE: Words(tr_noop("{key} can't be {value}, so {used} is used.")),
    Reason.SETTINGS_ENTRY: Words(tr_noop("Entry {number} of {key} was left out: {value}.")),
    Reason.LOG_UNWRITABLE: Words(
        tr_noop("Can't write a log in {folder}: {problem}."),
        tr_noop("Fix the problem, or use another folder with --profile-dir."),
    ),
    Reason.FILE_NOT_WRITTEN: Words(
        tr_noop("Couldn't save {file}: {problem}."), tr_noop("Choose another location.")
    ),
    Reason.FILE_NO_SPACE: Words(
        tr_noop("Couldn't save {file}: no space left on the disk."),
        tr_noop("Free up space, or choose another location."),
    ),
    Reason.RECORDING_UNREADABLE: Words(tr_noop("Couldn't read the recording {file}: {problem}.")),
    Reason.RECORDING_TOO_LONG: Words(
        tr_noop("The recording {file} is larger than {limit} MB."),
        tr_noop("Recordings this large can't be played."),
    ),
    Reason.RECORDING_FOREIGN: Words(tr_noop("{file} isn't a Heimdall Desktop recording.")),
    Reason.RECORDING_NEWER: Words(
        tr_noop("{file} was recorded by a newer version of Heimdall Desktop."),
        tr_noop("Update to play it."),
    ),
    Reason.RECORDING_DAMAGED: Words(
        tr_noop("Line {line} of the recording {file} can't be read: {problem}."),
        tr_noop("Playback stops at that line."),
    ),
    Reason.RECORDING_ALONE: Words(
        tr_noop("A replay doesn't contact a server."),
        tr_noop("To do this, start Heimdall Desktop without --replay."),
    ),
    Reason.RECORDING_FULL: Words(
        tr_noop("Recording to {file} stopped: it reached {limit} MB, the most that can be played.")
    ),
    Reason.RECORDING_NOT_OPENED: Words(tr_noop("Couldn't play the recording {file}: {problem}.")),
    Reason.RECORDING_SLOW: Words(
        tr_noop("Recording to {file} stopped: the disk is too slow."),
        tr_noop("The part recorded so far can be played."),
    ),
    Reason.RECORDING_ENDED: Words(
        tr_noop("Recording to {file} stopped: {problem}."),
        tr_noop("The part recorded so far can be played."),
    ),
    Reason.HISTORY_FOLDER: Words(
        tr_noop("Can't save history to {path}: {problem}."),
        tr_noop("Live view continues. Check the folder."),
    ),
    Reason.HISTORY_UNUSABLE: Words(
        tr_noop("Can't save history to {path}: {problem}."),
        tr_noop("Live view continues. Check its folder and free space."),
    ),
    Reason.HISTORY_BUSY: Words(
        tr_noop("Can't save history: another program has locked {path}."),
        tr_noop("Live view continues. Saving is retried."),
    ),
    Reason.HISTORY_NO_SPACE: Words(
        tr_noop("Can't save history: no space left for {path}."),
        tr_noop("Live view continues. Free up space; saving is retried."),
    ),
    Reason.HISTORY_NEWER: Words(
        tr_noop("The history {path} was written by a later version of the program ({version})."),
        tr_noop(
            "Live view continues without it. Update Heimdall Desktop to use it again. If no "
            "later version was ever used here, the file is damaged; move it away."
        ),
    ),
    Reason.HISTORY_OLDER: Words(
        tr_noop("The history {path} was written by an earlier version of the program."), _LIVE_VIEW
    ),
    Reason.HISTORY_DAMAGED: Words(tr_noop("The history {path} is damaged."), _LIVE_VIEW),
    Reason.HISTORY_FOREIGN: Words(tr_noop("{path} isn't a Heimdall Desktop history."), _LIVE_VIEW),
    Reason.HISTORY_SET_ASIDE: Words(
        _CAUSE,
        tr_noop("It was kept as {name}, and a new history was started. Live view continues."),
    ),
    Reason.HISTORY_BEGUN: Words(_CAUSE, tr_noop("A new history was started. Live view continues.")),
    Reason.HISTORY_OFF: Words(
        _CAUSE, tr_noop("Live view continues without history until the next start. Check the disk.")
    ),
    # The desktop and the embedded server.
    Reason.NO_SESSION_BUS: Words(tr_noop("The desktop's session bus can't be reached.")),
    Reason.SESSION_BUS_LOST: Words(
        tr_noop("The connection to the desktop's session bus was lost.")
    ),
    Reason.DESKTOP_SILENT: Words(tr_noop("The desktop didn't respond within {limit_s:g} s.")),
    Reason.NO_NOTIFIER: Words(tr_noop("No notification daemon is running on this desktop.")),
    Reason.NOTIFIER_REFUSED: Words(
        tr_noop("The notification daemon refused the notification ({problem}).")
    ),
    Reason.NOTIFIER_FAILED: Words(
        tr_noop("Couldn't use the notifications of this system ({problem}).")
    ),
    Reason.NOTIFICATION_NOT_SHOWN: Words(tr_noop("This system didn't show the notification.")),
    Reason.NO_PORTAL: Words(
        tr_noop("No desktop portal responds, so changes to the desktop's colours aren't detected.")
    ),
    Reason.NOTIFICATIONS_FORBIDDEN: Words(
        tr_noop("This system doesn't allow Heimdall to show notifications.")
    ),
    Reason.SCANNERS_MISSING: Words(
        tr_noop("To scan a local folder, these scanners are missing: {scanners}."), _scanners_remedy
    ),
    Reason.LOCAL_NOT_STARTED: Words(
        tr_noop("Couldn't start the embedded server: {problem}."), _START_LOCAL
    ),
    Reason.LOCAL_START_TIMED_OUT: Words(
        tr_noop("The embedded server didn't start within {limit_s:.0f} s."), _START_LOCAL
    ),
    Reason.LOCAL_ENDED: Words(tr_noop("The embedded server stopped ({code})."), _START_LOCAL),
    Reason.LOCAL_ENDED_SAYING: Words(
        tr_noop("The embedded server stopped ({code}): {last_words}."), _START_LOCAL
    ),
    Reason.LOCAL_ENDED_AT_ONCE: Words(
        tr_noop("The embedded server stopped immediately."), _START_LOCAL
    ),
    Reason.FOLDER_TIMED_OUT: Words(
        tr_noop("The embedded server didn't find the folder within {limit_s:.0f} s.")
    ),
    Reason.FOLDER_REFUSED: Words(
        tr_noop("The embedded server doesn't accept the folder: {problem}.")
    ),
    # Opening a finding's file in an editor.
    Reason.PATH_OUTSIDE: Words(
        tr_noop("{file} leads out of the source folder."),
        tr_noop("Files outside it are never opened."),
    ),
    Reason.PATH_UNUSABLE: Words(
        tr_noop("{file} isn't a usable path."),
        tr_noop("Paths with a colon or control characters, and very long ones, are never opened."),
    ),
    Reason.SOURCE_MISSING: Words(
        tr_noop("{file} isn't in {folder}."),
        tr_noop("Check out the scanned version there, or choose another folder."),
    ),
    Reason.SOURCE_NO_FILE: Words(
        tr_noop("{file} isn't a regular file."), tr_noop("Only regular files are opened.")
    ),
    Reason.SOURCE_UNREADABLE: Words(
        tr_noop("{file} can't be read: {problem}."), tr_noop("Check its permissions.")
    ),
    Reason.SOURCE_FOLDER_MISSING: Words(
        tr_noop("{folder} can't be used: {problem}."), tr_noop("Choose another folder.")
    ),
    Reason.NO_EDITOR: Words(
        tr_noop("No known editor was found."),
        tr_noop("Install one, or enter your own command in the settings."),
    ),
    Reason.EDITOR_MISSING: Words(
        tr_noop("{editor} wasn't found."), tr_noop("Choose another editor in the settings.")
    ),
    Reason.EDITOR_NEEDS_TERMINAL: Words(
        tr_noop("{editor} needs a terminal, and none was found that takes this file name."),
        tr_noop("Choose another editor in the settings."),
    ),
    Reason.EDITOR_NOT_STARTED: Words(
        tr_noop("Couldn't start {editor}: {problem}."),
        tr_noop("Choose another editor in the settings."),
    ),
    Reason.EDITOR_ENDED: Words(
        tr_noop("{editor} failed immediately (exit code {code})."),
        tr_noop("Start it in a terminal to see why, or choose another editor in the settings."),
    ),
    Reason.COMMAND_EMPTY: Words(
        tr_noop("The command is empty."), tr_noop("Enter a program and its arguments.")
    ),
    Reason.COMMAND_UNBALANCED: Words(
        tr_noop("A quotation mark isn't closed."), tr_noop("Close it, or remove it.")
    ),
    Reason.COMMAND_LACKS_FILE: Words(
        tr_noop("The file is missing from the command."),
        tr_noop("Put {file} where the editor expects the file."),
    ),
    Reason.COMMAND_MIXES_FILE: Words(
        tr_noop("The argument with {file} contains spaces."),
        tr_noop("Each argument must be separate, because a file name could add others."),
    ),
    Reason.COMMAND_RUNS_FILE: Words(
        tr_noop("The program must not depend on the file."), tr_noop("Start with the editor.")
    ),
    Reason.COMMAND_IS_SHELL: Words(
        tr_noop("{program} is a shell or a batch file, which could run parts of a file name."),
        tr_noop("Enter the editor itself."),
    ),
    Reason.COMMAND_NOT_FOUND: Words(
        tr_noop("{program} wasn't found."), tr_noop("Check its name, or enter its full path.")
    ),
    # Anything else.
    Reason.SEVERAL: Words("{errors}", "{errors}"),
    Reason.PART_NOT_SHOWN: Words(
        tr_noop("This part can't be shown."), tr_noop("See the finding's web page.")
    ),
    Reason.DEFECT: Words(
        tr_noop("Heimdall Desktop encountered an internal error."),
        tr_noop("Restart it. Details: Help > Open log folder."),
    ),
    Reason.DEFECT_IN_REQUEST: Words(
        tr_noop("Heimdall Desktop encountered an internal error."),
        tr_noop("Try again. Details: Help > Open log folder."),
    ),
}
