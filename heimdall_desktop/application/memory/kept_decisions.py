"""Decisions that outlive their scans, by server, account and repository: hashes, never texts.

Those on local folders are kept only if the user agrees, once for each folder; until then, and for
scans of the demo, they are known for this session. Source: behaviour.md 2.2.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts.finding import Finding, FindingId, RepoId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import id_on_server
from heimdall_desktop.domain.pairing import Hasher, KeptDecision, Owner, Trace

REMEMBERED = 100  # repositories without a watched scan: their last decisions may not be written yet


class KeptDecisions:
    """Knows the kept decisions of the repositories of watched scans.

    Args:
        folder_of: returns the folder of a local scan's repository; None for others.

    Attributes:
        on_decisions: receives decisions to be written into the history.
        on_forgotten: called when all kept decisions were deleted: none may be written any more.
    """

    def __init__(
        self,
        accounts: Accounts,
        past: HistoryLoader,
        preferences: Preferences,
        folder_of: Callable[[RepoId], Path | None],
    ) -> None:
        self._accounts, self._past = accounts, past
        self._preferences, self._folder_of = preferences, folder_of
        self._known: dict[Owner, dict[str, KeptDecision]] = {}
        self._with_rejections: set[Owner] = set()
        self._unwatched: dict[Owner, None] = {}  # in this order
        self._hasher: Hasher | None = None
        self.on_decisions: Callable[[Iterable[KeptDecision]], None] = lambda _kept: None
        self.on_forgotten: Callable[[], None] = lambda: None

    async def read(self) -> Hasher:
        """Return what makes the hashes; before that, nothing can be looked up."""
        self._hasher = self._hasher or await self._past.hasher()
        return self._hasher

    async def owner_of(self, scan: Scan) -> Owner:
        """Return whose decisions apply to a scan, once the kept ones are known."""
        hasher, repo_id = await self.read(), scan.repo_id or ""
        link, folder = self._accounts.known(scan.server), self.folder(scan)
        if folder is not None:
            owner = Owner("", "", hasher.of("folder", str(folder)))
        elif self._accounts.outlives_us(scan.server):
            account = "" if link is None else link.account or link.account_id or ""
            owner = Owner(scan.server, hasher.of("account", account) if account else "", repo_id)
        else:
            owner = Owner(scan.server, "", repo_id)
        self._unwatched.pop(owner, None)
        if owner not in self._known:
            kept = await self._past.decisions(owner) if self.is_kept(scan, owner) else ()
            self.keep(owner, kept, is_kept=False)
        return owner

    def is_kept(self, scan: Scan, owner: Owner) -> bool:
        """Return whether decisions on a scan are kept for later sessions."""
        history, folder = self._preferences.settings.history, self.folder(scan)
        if folder is not None:
            return history.decision_days > 0 and history.keeps_folder(str(folder)) is True
        return history.decision_days > 0 and bool(owner.account)

    def of(self, owner: Owner) -> Mapping[str, KeptDecision]:
        """Return all decisions and rejections, by the hashes of their findings."""
        return self._known.get(owner, {})

    def about(self, owner: Owner, finding_id: FindingId) -> KeptDecision | None:
        """Return the decision that was kept about this very finding."""
        known = self._known.get(owner)
        return known.get(key_of(self._hasher, finding_id)) if known and self._hasher else None

    def rejection(self, owner: Owner, row: Finding, *, is_unique: bool) -> KeptDecision | None:
        """Return the rejection of what was proposed for a row; None if there is none."""
        if self._hasher is None or owner not in self._with_rejections:
            return None
        trace = self._hasher.trace(row, is_unique=is_unique)
        return self.of(owner).get(rejection_key(self._hasher, row, trace))

    def keep(self, owner: Owner, decisions: Sequence[KeptDecision], *, is_kept: bool) -> None:
        """Know decisions from now on, and write them if they are kept for later sessions."""
        known = self._known.setdefault(owner, {})
        for each in decisions:
            if each.is_open:
                known.pop(each.finding, None)
            else:
                known[each.finding] = each
            if each.is_rejection:
                self._with_rejections.add(owner)
        if decisions and is_kept:
            self.on_decisions(decisions)

    def leave(self, owner: Owner) -> None:
        """Remember the decisions on a repository only for a while: no scan of it is watched."""
        self._unwatched.pop(owner, None)
        self._unwatched[owner] = None
        while len(self._unwatched) > REMEMBERED:
            oldest = next(iter(self._unwatched))
            del self._unwatched[oldest]
            self._known.pop(oldest, None)
            self._with_rejections.discard(oldest)

    def forget(self) -> None:
        """Forget all: they were deleted from the history."""
        self._known = {owner: {} for owner in self._known}
        self.on_forgotten()

    # -- local folders --

    def folder(self, scan: Scan) -> Path | None:
        """Return the folder of a local scan; None for others."""
        is_ours = scan.repo_id is not None and not self._accounts.outlives_us(scan.server)
        return self._folder_of(scan.repo_id) if is_ours and scan.repo_id is not None else None

    def is_unasked(self, folder: Path) -> bool:
        """Return whether the user is still to be asked whether decisions are kept."""
        answer = self._preferences.settings.history.keeps_folder(str(folder))
        return self._past.is_kept and answer is None

    async def answer(self, folder: Path, *, is_kept: bool) -> None:
        """Keep the decisions on a folder from now on, or none, and delete those kept before."""
        history = self._preferences.settings.history.with_folder(str(folder), is_kept=is_kept)
        self._preferences.change_setting("history", history)
        owner = Owner("", "", (await self.read()).of("folder", str(folder)))
        known = self._known.setdefault(owner, {})
        if not is_kept:
            await self._past.forget_decisions(owner)
            return
        kept = await self._past.decisions(owner)
        self.keep(owner, [e for e in kept if e.finding not in known], is_kept=False)
        if known:
            self.on_decisions(tuple(known.values()))


def key_of(hasher: Hasher, finding_id: FindingId) -> str:
    return hasher.of("finding", id_on_server(finding_id))


def rejection_key(hasher: Hasher, row: Finding, trace: Trace) -> str:
    """Return what a rejection is kept under: code and place, if the scan has them only once."""
    if trace.is_unique:
        return hasher.of("rejected", trace.place, trace.code)
    return hasher.of("rejected finding", id_on_server(row.id))
