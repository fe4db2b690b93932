"""The settings about servers, as values: the Account and Network pages.

Source: look.md 10; behaviour.md 2.11.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.server import (
    ConnectionTest,
    Detour,
    KnownServer,
    ServerUrl,
    StepResult,
)
from heimdall_desktop.presentation import network_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import host_text
from heimdall_desktop.presentation.time_text import left_text, moment_text
from heimdall_desktop.presentation.window.setting import Button, Fact, Page, Setting, Switch
from heimdall_desktop.widgets.window.problem_bar import say
from heimdall_desktop.widgets.window.window_dialogs import WindowDialogs
from heimdall_desktop.widgets.window.workspace import Workspace


class ServerSettings(Struct, frozen=True):
    """Makes the rows of both pages.

    Attributes:
        window: the main window.
        dialogs: sign in and out.
        refreshed: shows the current settings.
    """

    window: Workspace
    dialogs: WindowDialogs
    refreshed: Callable[[], None]

    # -- account --

    def account(self) -> list[Setting]:
        known = self.window.session.requests.known_servers
        return [
            *map(self._server, known),
            Setting(
                "sign-in",
                Page.ACCOUNT,
                tr("Another server") if known else tr("Sign in"),
                tr("Signs in to a Heimdall server, whose scans can then be watched."),
                Button(tr("Sign in"), partial(self._sign_in, None)),
            ),
            Setting(
                "keyring",
                Page.ACCOUNT,
                tr("Where tokens are kept"),
                self.dialogs.keyring_text,
                Fact(),
            ),
        ]

    def _server(self, server: KnownServer) -> Setting:
        button = Button(tr("Sign in"), partial(self._sign_in, server.url))
        says = tr("Not signed in. Its scans aren't watched until you sign in.")
        if server.is_signed_in:
            button = Button(tr("Sign out"), partial(self.dialogs.sign_out_of, server.url))
            says = " ".join((
                self._account_text(server),
                self._session_text(server),
                *([tr("Links and IDs are looked up on this server.")] if server.is_in_use else []),
                tr("Signing out ends the session on the server and deletes the token here."),
            ))  # fmt: skip
        return Setting(
            f"server {server.url}",
            Page.ACCOUNT,
            host_text(server.url),
            says,
            button,
            also_on=Page.SERVERS,
        )

    def _account_text(self, server: KnownServer) -> str:
        account = self.window.session.store.mask.text(server.account)
        signed_in = tr("Signed in as {account}.").format(account=account)
        return signed_in if account else tr("Signed in with a token.")

    def _session_text(self, server: KnownServer) -> str:
        if server.left_s is None:
            return tr("When the session expires isn't known.")
        now = self.window.session.now()
        ends = moment_text(now + timedelta(seconds=server.left_s), now)
        text = tr("The session expires in {time} ({moment}).")
        return text.format(
            time=left_text(server.left_s, is_likely=server.is_end_likely), moment=ends
        )

    def _sign_in(self, server: ServerUrl | None) -> None:
        self.window.activateWindow()
        self.dialogs.open_sign_in(server)

    # -- network --

    def network(self) -> list[Setting]:
        connections = self.window.session.requests.connections
        servers = [row for url in connections.servers for row in self._connection(url)]
        none = Setting(
            "no-servers",
            Page.NETWORK,
            tr("No servers"),
            tr("Sign in to a server to see how it is reached, and to test the connection."),
            Button(tr("Sign in"), partial(self._sign_in, None)),
        )
        store = Setting(
            "certificate-store",
            Page.NETWORK,
            tr("Trusted certificates"),
            network_text.store_text(connections.certificate_store),
            Fact(),
        )
        return [store, *(servers or [none])]

    def _connection(self, url: ServerUrl) -> list[Setting]:
        requests, section = self.window.session.requests, host_text(url)
        connections, preferences = requests.connections, requests.preferences
        route, test = connections.route(url), connections.test_of(url)
        says = tr("When on, requests to this server go there directly.")
        is_here = route.detour is Detour.OWN_MACHINE
        proxy = Setting(
            f"direct {url}",
            Page.NETWORK,
            tr("Ignore the proxy settings"),
            network_text.route_text(route)
            if is_here
            else f"{network_text.route_text(route)} {says}",
            Switch(
                partial(connections.is_direct, url),
                lambda is_on: preferences.choose_direct(url, is_direct=is_on),
                default=False,
            ),
            lambda: tr("There is nothing to ignore.") if is_here else "",
            section=section,
        )
        is_https = url.startswith("https:")
        tls = Setting(
            f"tls {url}",
            Page.NETWORK,
            tr("Encryption"),
            network_text.tls_text(connections.tls(url), is_https=is_https),
            Fact(),
            section=section,
        )
        act = partial(connections.cancel_test if test.is_running else self._test, url)
        word = tr("Cancel") if test.is_running else tr("Test connection")
        run = Setting(
            f"test {url}",
            Page.NETWORK,
            tr("Connection test"),
            network_text.result_text(test, self.window.session.now()),
            Button(word, partial(self._after, act)),
            continues=bool(test.steps),
            section=section,
        )
        return [proxy, tls, run, *self._steps(url, test)]

    def _steps(self, url: ServerUrl, test: ConnectionTest) -> list[Setting]:
        def row(place: int, result: StepResult) -> Setting:
            icon = "stage-done" if result.took_s is not None else "stage-running"
            icon = "stage-failed" if result.error is not None else icon
            return Setting(
                f"step {result.step.name} {url}",
                Page.NETWORK,
                network_text.step_title(result),
                network_text.step_text(result),
                Fact(icon, network_text.took_text(result), result.error is not None),
                continues=place < len(test.steps),
                section=host_text(url),
            )

        return [row(place, result) for place, result in enumerate(test.steps, 1)]

    def _after(self, act: Callable[[], object]) -> None:
        act()
        self.refreshed()

    def _test(self, url: ServerUrl) -> None:
        connections = self.window.session.requests.connections
        connections.request_test(url, self.refreshed, partial(self._take_end, url))

    def _take_end(self, url: ServerUrl, error: HeimdallError | None) -> None:
        """Show and announce the result."""
        self.refreshed()
        test = self.window.session.requests.connections.test_of(url)
        failed = "" if test.failed is None else network_text.step_text(test.failed)
        result = network_text.result_text(test, self.window.session.now())
        say(self.window, f"{result} {failed}".strip())
        if error is not None:
            self.window.show_error(error)
