"""The requests the window can make. The controller implements them; tests use small fakes.

Every request returns at once. Its answer reports success or the reason of the failure; the effect
on a scan arrives as changes of the store. The answer itself carries only what the store does not
keep: lists of scans and repositories, the history of a finding, patches and threat models.
"""

from pathlib import Path
from typing import Protocol

from heimdall_desktop.application.base.tasks import Answer, CallOff
from heimdall_desktop.application.discovery.discovery import Discovery
from heimdall_desktop.application.memory.history_loader import HistoryRequests
from heimdall_desktop.application.memory.preferences import AtLogin, Preferences, Privacy
from heimdall_desktop.application.memory.recordings import Recordings
from heimdall_desktop.application.output.exporting import Exports
from heimdall_desktop.application.requests.comparison_requests import ComparisonRequests
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.editing import Editing
from heimdall_desktop.application.requests.finding_actions import FindingActions
from heimdall_desktop.application.requests.proposal_requests import ProposalRequests
from heimdall_desktop.application.requests.reasons import Reasons
from heimdall_desktop.application.requests.scan_requests import ScanRequests
from heimdall_desktop.application.servers.self_test import Connections, Diagnostics, SelfTest
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import KnownServer, ServerUrl


class Requests(Protocol):
    """The controller, as widgets see it."""

    @property
    def preferences(self) -> Preferences: ...

    @property
    def privacy(self) -> Privacy: ...

    @property
    def discovery(self) -> Discovery: ...

    @property
    def scans(self) -> ScanRequests: ...

    @property
    def at_login(self) -> AtLogin: ...

    @property
    def history(self) -> HistoryRequests: ...

    @property
    def self_test(self) -> SelfTest: ...

    @property
    def connections(self) -> Connections: ...

    @property
    def diagnostics(self) -> Diagnostics: ...

    @property
    def comparisons(self) -> ComparisonRequests: ...

    @property
    def proposals(self) -> ProposalRequests: ...

    @property
    def actions(self) -> FindingActions: ...

    @property
    def exports(self) -> Exports: ...

    @property
    def editing(self) -> Editing: ...

    @property
    def decisions(self) -> Decisions: ...

    @property
    def reasons(self) -> Reasons: ...

    @property
    def recordings(self) -> Recordings: ...

    def request_watch(self, text: str, on_answer: Answer) -> None:
        """Watch every scan named by ids and links in a text, on the server in use."""

    def request_stop(self, scan_id: ScanId) -> None:
        """Stop watching a scan; its rows leave the window."""

    def request_return(self, server: ServerUrl, scan_id: ScanId, on_answer: Answer) -> None:
        """Watch a scan again that was watched until a moment ago."""

    def request_refresh(self, scan_id: ScanId | None) -> None:
        """Refresh a scan, or all of them, at once."""

    def request_sign_in(
        self, server: str, email: str, password: str, *, is_kept: bool, on_answer: Answer
    ) -> CallOff:
        """Sign in by password; `is_kept` puts the token into the keyring."""

    def request_token(
        self, server: str, token: str, *, is_kept: bool, on_answer: Answer
    ) -> CallOff:
        """Use a session token that was created elsewhere."""

    def request_sign_out(self, server: ServerUrl, on_answer: Answer) -> None:
        """End the session on the server and forget its token."""

    @property
    def known_servers(self) -> tuple[KnownServer, ...]: ...

    def request_unlock(self, server: ServerUrl, on_answer: Answer) -> None:
        """Read the token of a server from the keyring again, and resume its scans."""

    def request_folder_scan(self, folder: Path, on_answer: Answer) -> None:
        """Scan a local folder with the embedded server and watch it."""

    def request_demo(self, on_answer: Answer) -> None:
        """Play the recorded scans with the embedded server and watch them."""

    def request_save(self, path: Path, text: str, on_answer: Answer) -> None:
        """Write a text into a file the user has chosen."""

    def view_scan(self, scan_id: ScanId | None) -> None:
        """Set which scan the analyst views, so that it is polled most often (T-50)."""
