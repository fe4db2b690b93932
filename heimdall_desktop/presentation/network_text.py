"""The texts of how a server is reached, and of the steps of a connection test.

Everything that a server says of itself here is shown in one line. Source: behaviour.md 2.11.
"""

from collections.abc import Mapping
from datetime import datetime

from heimdall_desktop.domain.facts.server import (
    CertificateStore,
    ConnectionTest,
    Detour,
    Route,
    Step,
    StepResult,
)
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.presentation.i18n import filled, grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import seen_host
from heimdall_desktop.presentation.time_text import at_text, dated_words

STEP_TITLES: Mapping[Step, str] = {
    Step.NAME: tr_noop("Name"),
    Step.CONNECTION: tr_noop("Address"),
    Step.PROXY_TLS: tr_noop("TLS with the proxy"),
    Step.PROXY: tr_noop("Proxy"),
    Step.TLS: tr_noop("TLS"),
    Step.HEALTH: tr_noop("Server health"),
    Step.SIGN_IN: tr_noop("Sign-in"),
}

#: Each with the environment variable that decides it, and without one.
_ROUTES: Mapping[Detour, tuple[str, str]] = {
    Detour.OWN_MACHINE: (
        tr_noop("No proxy is used for servers on this computer."),
        tr_noop("No proxy is used for servers on this computer."),
    ),
    Detour.NOT_SET: (
        tr_noop("No proxy is set on this system."),
        tr_noop("No proxy is set on this system."),
    ),
    Detour.PROXY: (
        tr_noop("In use: {proxy}, from the environment variable {variable}."),
        tr_noop("In use: {proxy}, from the settings of the system."),
    ),
    Detour.IGNORED: (
        tr_noop("Not used: {proxy}, from the environment variable {variable}."),
        tr_noop("Not used: {proxy}, from the settings of the system."),
    ),
    Detour.EXCLUDED: (
        tr_noop("Not used: {proxy}, because {variable} excludes this server."),
        tr_noop("Not used: {proxy}, because the system excludes this server."),
    ),
}

_STEPS: Mapping[Step, str] = {
    Step.NAME: tr_noop("{host} has the address {address}."),
    Step.CONNECTION: tr_noop("Connected to {address}."),
    Step.PROXY: tr_noop("Lets connections to {host} through."),
    Step.HEALTH: tr_noop("A Heimdall server responds: {status}."),
    Step.SIGN_IN: tr_noop("Signed in as {account}."),
}


def route_text(route: Route) -> str:
    """Return in a sentence whether a proxy is in use, and which setting decides that."""
    by_variable, by_system = _ROUTES[route.detour]
    text = tr(by_variable if route.variable else by_system)
    return text.format(proxy=seen_host(route.proxy), variable=route.variable)


def store_text(store: CertificateStore) -> str:
    """Return where the trusted certificate authorities come from."""
    return filled(
        tr("{place}, from the environment variable {variable}."),
        tr("{place}, the store of this system."),
        tr("The store of this system."),
        place=store.place,
        variable=store.variable,
    )


def tls_text(version: str, *, is_https: bool) -> str:
    """Return how the connection is encrypted.

    Args:
        version: as OpenSSL names it, such as "TLSv1.3"; "" for no connection yet.
        is_https: whether the address wants encryption.
    """
    if not is_https:
        return tr("Not encrypted: the address starts with http.")
    if not version:
        return tr("No connection yet.")
    return tr("{version} on the newest connection.").format(version=version.replace("TLSv", "TLS "))


def step_title(result: StepResult) -> str:
    if not result.proxy:
        return tr(STEP_TITLES[result.step])
    if result.step is Step.NAME:
        return tr("Name of the proxy")
    if result.step is Step.CONNECTION:
        return tr("Address of the proxy")
    return tr(STEP_TITLES[result.step])


def step_text(result: StepResult) -> str:
    """Return what a step has shown: facts of its success, or cause and remedy of its failure."""
    if result.error is not None:
        return f"{cause(result.error)} {remedy(result.error)}".strip()
    if result.took_s is None:
        return tr("Waiting for a response.")
    hidden = ("host", "address", "account", "issuer")
    facts = {key: seen_host(fact) if key in hidden else fact for key, fact in result.facts.items()}
    if facts.get("ends"):
        facts["ends"] = dated_words(datetime.fromisoformat(facts["ends"]))
    if result.step in (Step.TLS, Step.PROXY_TLS):
        return filled(
            tr("{version}, certificate issued by {issuer}, valid until {ends}."),
            tr("{version}, certificate trusted."),
            tr("Certificate trusted."),
            **facts,
        )
    if result.step is Step.NAME and facts["host"] == facts["address"]:
        return tr("{host} is an address, so there is no name to find.").format(**facts)
    if result.step is Step.HEALTH and not facts:
        return tr("The server has no health check, which is fine.")
    if facts.get("account") == "":
        return tr("The server doesn't report whose token it is.")
    return tr(_STEPS[result.step]).format(**facts)


def took_text(result: StepResult) -> str:
    """Return how long a step took, "" while it runs."""
    if result.took_s is None:
        return ""
    ms = max(round(result.took_s * 1000), 0)
    return tr("{number} ms").format(number=grouped(ms)) if ms else tr("under 1 ms")


def result_text(test: ConnectionTest, now: datetime) -> str:
    """Return the result of a connection test, in a sentence; what it does before the first."""
    if test.is_running:
        return tr("Testing. Each step has up to 10 seconds.")
    if test.ended_at is None:
        return tr(
            "Checks name, address, encryption, server and sign-in one after the other, and shows "
            "the first that fails."
        )
    at = at_text(test.ended_at, now)
    if test.failed is None:
        return tr("All steps succeeded {at}.").format(at=at)
    return tr("Failed {at} at the step \u201c{step}\u201d.").format(
        step=step_title(test.failed), at=at
    )
