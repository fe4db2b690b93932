"""What the window may ask for. The controller implements it; tests use small stand-ins.

Every request returns at once. What comes of it arrives as changes of the store, or, for answers
that belong to no scan, through the given callback, with an error of ours if it failed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from heimdall_desktop.application.discovery_requests import DiscoveryRequests
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import FindingEvent, FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.patch import Patch
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel

Answer = Callable[[HeimdallError | None], None]
PatchesAnswer = Callable[[tuple[Patch, ...] | HeimdallError], None]
ThreatModelAnswer = Callable[[ThreatModel | KeptThreatModel | HeimdallError], None]
EventsAnswer = Callable[[tuple[FindingEvent, ...] | HeimdallError], None]


class Requests(Protocol):
    """The controller, as widgets see it."""

    @property
    def discovery(self) -> DiscoveryRequests:
        """What may be asked about scans and repositories that nobody watches yet."""

    def request_watch(self, text: str, on_answer: Answer) -> None:
        """Watch every scan named by ids and links in a text, on the server in use."""

    def request_stop(self, scan_id: ScanId) -> None:
        """Stop watching a scan; its rows leave the window."""

    def request_again(self, scan_id: ScanId | None) -> None:
        """Ask the server anew at once: a scan, or all of them."""

    def request_sign_in(
        self, server: str, email: str, password: str, *, is_kept: bool, on_answer: Answer
    ) -> None:
        """Sign in by password; `is_kept` puts the token into the keyring."""

    def request_token(self, server: str, token: str, *, is_kept: bool, on_answer: Answer) -> None:
        """Use a session token that was made elsewhere."""

    def request_sign_out(self, server: ServerUrl, on_answer: Answer) -> None:
        """End the session on the server and forget its token."""

    def request_unlock(self, server: ServerUrl, on_answer: Answer) -> None:
        """Ask the keyring anew for the token of a server, and go on with its scans."""

    def request_folder_scan(self, folder: Path, on_answer: Answer) -> None:
        """Scan a local folder with the embedded server and watch it."""

    def request_demo(self, on_answer: Answer) -> None:
        """Play the recorded scans with the embedded server and watch them."""

    def request_events(self, finding_id: FindingId, on_answer: EventsAnswer) -> None:
        """Read the server's audit entries of a finding, oldest first."""

    def request_texts(self, finding_id: FindingId) -> None:
        """Read a finding whose long texts were not kept; it comes as any change does."""

    def request_patches(self, scan_id: ScanId, on_answer: PatchesAnswer) -> None:
        """Read the patches the server made for the findings of a scan, newest first."""

    def request_save(self, path: Path, text: str, on_answer: Answer) -> None:
        """Write a text into a file the user has chosen."""

    def request_threat_model(self, scan_id: ScanId, on_answer: ThreatModelAnswer) -> None:
        """Read the threat model of a scan, or what was kept of it while the server cannot be asked.

        The answer is `NotVisible` while none is stored.
        """

    def request_cancel(self, scan_id: ScanId, on_answer: Answer) -> None:
        """Ask the server to cancel a scan."""

    def request_repo_scan(self, repo_id: RepoId, on_answer: Answer) -> None:
        """Start a scan of a repository of the server in use, and watch it."""

    def request_rescan(self, scan_id: ScanId, on_answer: Answer) -> None:
        """Start another scan of the repository of a watched scan, and watch it."""

    def watch_new_scans(self, *, is_on: bool) -> None:
        """Watch new scans by themselves from now on, or no more."""

    def look_at(self, scan_id: ScanId | None) -> None:
        """Say which scan the analyst looks at, so that it is asked most often (T-50)."""
