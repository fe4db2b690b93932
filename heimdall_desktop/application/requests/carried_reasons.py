"""Adds the comments that say where accepted decisions come from: one for each, once it is saved.

A comment is sent once. If its answer is lost, the history shows whether it was saved; a retry looks
there first. What fails leaves the decision as it is. Source: protocol.md 4.6, T-24, T-55.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import RequestTasks
from heimdall_desktop.application.requests.decision_runs import Job, Run, Step
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.read_back import add_comment
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.decision import Act, Field
from heimdall_desktop.domain.facts.finding import FindingId, one_line
from heimdall_desktop.domain.facts.reason import COMMENT, comment_of
from heimdall_desktop.domain.facts.server import ServerUrl, id_on_server
from heimdall_desktop.domain.proposals import Proposal

TEXT_LIMIT = 500  # characters of a reason that are carried over
_SOURCE = re.compile(r"(?:^|, )from (?:scan \S{1,80}|an earlier scan) of \d{4}-\d\d-\d\d$")


class _Carried(Struct, eq=False):
    """The comment on a decision that is saved.

    Attributes:
        value: the decision, by the server's word; once the finding has another, it is not sent.
        was_sent: it may have been saved, though its answer was lost.
    """

    finding_id: FindingId
    server: ServerUrl
    what: Field
    value: str
    text: str
    was_sent: bool = False


class CarriedReasons:
    """Sends the comments, one at a time, and knows which failed.

    Attributes:
        unsaved: findings whose comment could not be saved, and why.
        on_news: called when a comment was saved, or `unsaved` has changed.
    """

    def __init__(
        self, store: Store, accounts: Accounts, tasks: RequestTasks, decisions: Decisions
    ) -> None:
        self._store, self._accounts, self._tasks = store, accounts, tasks
        self._decisions = decisions
        self._expected: dict[Step, dict[FindingId, str]] = {}
        self._failed: dict[FindingId, _Carried] = {}
        self._waiting: deque[_Carried] = deque()
        self._is_working = False
        self.unsaved: dict[FindingId, errors.HeimdallError] = {}
        self.on_news: Callable[[], None] = lambda: None

    def expect(self, run: Run, texts: Mapping[FindingId, str]) -> None:
        """Add these comments as soon as the decisions of a run are saved, each once."""
        known = set(self._decisions.to_undo) | {each.step for each in self._decisions.runs}
        self._expected = {step: each for step, each in self._expected.items() if step in known}
        if texts:
            self._expected[run.step] = dict(texts)

    def take_saved(self, run: Run, job: Job) -> None:
        """Follow a change that a server has confirmed."""
        if run.act is not Act.DO:  # an accepted decision was undone: its comment no longer counts
            self._failed.pop(job.finding_id, None)
            if self.unsaved.pop(job.finding_id, None) is not None:
                self.on_news()
            return
        text = self._expected.get(run.step, {}).pop(job.finding_id, None)
        if text is not None:
            what = run.step.what
            self._send([_Carried(job.finding_id, job.server, what, job.value, text)])

    def retry(self, finding_ids: Iterable[FindingId]) -> None:
        """Add the comments on these findings again that could not be saved."""
        found = [self._failed.pop(each) for each in finding_ids if each in self._failed]
        for each in found:
            self.unsaved.pop(each.finding_id, None)
        if found:
            self.on_news()
            self._send(found)

    def _send(self, comments: Iterable[_Carried]) -> None:
        self._waiting.extend(comments)
        if not self._is_working:
            self._is_working = True
            self._tasks.start(self._work, lambda _: None, name="add carried reasons")

    async def _work(self) -> None:
        try:
            while self._waiting:
                each = self._waiting.popleft()
                row = self._store.finding(each.finding_id)
                if row is not None and each.what.of(row) != each.value:
                    continue  # undone, or decided elsewhere
                try:
                    await self._add(each)
                except errors.HeimdallError as error:
                    self._failed[each.finding_id] = each
                    self.unsaved[each.finding_id] = error.kept()
                self.on_news()
        finally:
            self._is_working = False

    async def _add(self, carried: _Carried) -> None:
        if self._decisions.is_read_only:
            raise errors.RequestRefused(errors.Reason.READ_ONLY)
        link = self._accounts.known(carried.server)
        if link is None:
            raise errors.ServerUnreachable(errors.Reason.NO_LINK, server=carried.server)
        if carried.was_sent:  # by its own words, as those of another account look alike
            events = await link.finding_events(carried.finding_id)
            changed = [e.created_at for e in events if e.event_type == carried.what.event_type]
            since = max(changed, default=None)
            for event in events:
                is_same = (event.event_type, event.comment) == (COMMENT, carried.text)
                may_be_own = event.is_own or not link.account_id
                if is_same and may_be_own and (since is None or event.created_at >= since):
                    return
        carried.was_sent = True
        await add_comment(link, carried.finding_id, carried.text)


def carried_text(proposal: Proposal) -> str:
    """Return the comment on an accepted decision; English, like all reasons."""
    earlier = proposal.earlier
    if earlier is None:
        source = f"by the rule {one_line(proposal.rule)}"
    else:
        scan = f"scan {id_on_server(earlier.scan_id)}" if earlier.scan_id else "an earlier scan"
        at = earlier.scan_at or earlier.at
        source = f"from {scan}" + (f" of {at.date().isoformat()}" if at is not None else "")
    if proposal.reason is None:
        return f"Decision carried over {source}."
    text = one_line(_SOURCE.sub("", proposal.text))[:TEXT_LIMIT]
    return comment_of(proposal.reason, ", ".join(filter(None, (text, source))))
