"""What the window may ask for. The controller implements it; tests use small stand-ins.

Every request returns at once. Its answer says that it is done, or why not; what it means for a scan
arrives as changes of the store. Only what the store does not keep is the answer itself: lists of
scans and repositories, the history of a finding, patches and threat models.
"""

from pathlib import Path
from typing import Protocol

from heimdall_desktop.application.comparison_requests import ComparisonRequests
from heimdall_desktop.application.decisions import Decisions
from heimdall_desktop.application.discovery import Discovery
from heimdall_desktop.application.exporting import Exports
from heimdall_desktop.application.finding_actions import FindingActions
from heimdall_desktop.application.history_loader import HistoryRequests
from heimdall_desktop.application.preferences import AtLogin, Preferences
from heimdall_desktop.application.privacy import Privacy
from heimdall_desktop.application.recordings import Recordings
from heimdall_desktop.application.scan_requests import ScanRequests
from heimdall_desktop.application.self_test import SelfTest
from heimdall_desktop.application.tasks import Answer, CallOff
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import KnownServer, ServerUrl


class Requests(Protocol):
    """The controller, as widgets see it."""

    @property
    def preferences(self) -> Preferences:
        """What the user chose; a change holds at once."""

    @property
    def privacy(self) -> Privacy:
        """What others may see; presenting is switched here."""

    @property
    def discovery(self) -> Discovery:
        """What may be asked about scans and repositories that are not watched yet."""

    @property
    def scans(self) -> ScanRequests:
        """What may be asked about scans, and for new ones."""

    @property
    def at_login(self) -> AtLogin:
        """What starts the program with the session of the desktop, or no more."""

    @property
    def history(self) -> HistoryRequests:
        """What may be asked about what is kept of earlier sessions."""

    @property
    def self_test(self) -> SelfTest:
        """What asks the system and the server for all that is needed of them."""

    @property
    def comparisons(self) -> ComparisonRequests:
        """What may be asked about comparing scans."""

    @property
    def actions(self) -> FindingActions:
        """What may be asked about findings beyond decisions, and how it stands."""

    @property
    def exports(self) -> Exports:
        """What may be asked to be written into files."""

    @property
    def decisions(self) -> Decisions:
        """What may be decided of findings, and taken back."""

    @property
    def recordings(self) -> Recordings:
        """What records scans to files."""

    def request_watch(self, text: str, on_answer: Answer) -> None:
        """Watch every scan named by ids and links in a text, on the server in use."""

    def request_stop(self, scan_id: ScanId) -> None:
        """Stop watching a scan; its rows leave the window."""

    def request_return(self, server: ServerUrl, scan_id: ScanId, on_answer: Answer) -> None:
        """Watch a scan again that was watched until a moment ago."""

    def request_again(self, scan_id: ScanId | None) -> None:
        """Ask the server again at once: a scan, or all of them."""

    def request_sign_in(
        self, server: str, email: str, password: str, *, is_kept: bool, on_answer: Answer
    ) -> CallOff:
        """Sign in by password; `is_kept` puts the token into the keyring."""

    def request_token(
        self, server: str, token: str, *, is_kept: bool, on_answer: Answer
    ) -> CallOff:
        """Use a session token that was made elsewhere."""

    def request_sign_out(self, server: ServerUrl, on_answer: Answer) -> None:
        """End the session on the server and forget its token."""

    @property
    def known_servers(self) -> tuple[KnownServer, ...]:
        """The servers that are known, but for the embedded one, in the order they came."""

    def request_unlock(self, server: ServerUrl, on_answer: Answer) -> None:
        """Ask the keyring again for the token of a server, and go on with its scans."""

    def request_folder_scan(self, folder: Path, on_answer: Answer) -> None:
        """Scan a local folder with the embedded server and watch it."""

    def request_demo(self, on_answer: Answer) -> None:
        """Play the recorded scans with the embedded server and watch them."""

    def request_save(self, path: Path, text: str, on_answer: Answer) -> None:
        """Write a text into a file the user has chosen."""

    def watch_new_scans(self, *, is_on: bool) -> None:
        """Watch new scans by themselves from now on, or no more."""

    @property
    def must_read_only(self) -> bool:
        """Whether this run was started to change nothing on a server, whatever is switched."""

    def read_only(self, *, is_on: bool) -> None:
        """Change nothing on a server from now on but for signing in and out, or do so again."""

    def look_at(self, scan_id: ScanId | None) -> None:
        """Say which scan the analyst looks at, so that it is asked most often (T-50)."""
