"""What may be asked about what is kept of earlier sessions: how much, how long, and its end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from msgspec.structs import replace

from heimdall_desktop.application.history_loader import HistoryLoader
from heimdall_desktop.application.preferences import Preferences
from heimdall_desktop.application.request_tasks import Answer, RequestTasks
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.choices import HistoryChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.past import KeptHistory


class HistoryRequests:
    """Asks the history one thing after the other; after each its size is known anew.

    Attributes:
        size: how much is kept, as it was read last; None before that.
    """

    def __init__(
        self, earlier: HistoryLoader, store: Store, preferences: Preferences, requests: RequestTasks
    ) -> None:
        self._earlier, self._store = earlier, store
        self._preferences, self._requests = preferences, requests
        self.size: KeptHistory | None = None

    @property
    def is_kept(self) -> bool:
        """Whether this session keeps a history at all."""
        return self._earlier.is_kept

    @property
    def choices(self) -> HistoryChoices:
        """How much is kept, and how long."""
        return self._preferences.settings.history

    def request_size(self, on_answer: Answer) -> None:
        """Read how much is kept; it is in `size` then."""
        self._start(self._nothing, on_answer, "size the history")

    def choose(self, choices: HistoryChoices, on_answer: Answer) -> None:
        """Keep as much from now on, and forget what is too old by that."""
        self._preferences.change(replace(self._preferences.settings, history=choices))
        self._start(partial(self._use, choices), on_answer, "keep less or more")

    def request_deletion(self, on_answer: Answer) -> None:
        """Forget all scans that are not on the board."""
        self._start(self._delete, on_answer, "delete the history")

    def _start(self, work: Callable[[], Awaitable[None]], on_answer: Answer, name: str) -> None:
        async def work_and_look() -> None:
            try:
                await work()
            finally:
                self.size = await self._earlier.size()

        self._requests.start(work_and_look, on_answer, name=name)

    async def _nothing(self) -> None:
        """Only look."""

    async def _use(self, choices: HistoryChoices) -> None:
        await self._earlier.use(choices)
        await self._earlier.forget_old(self._on_the_board())

    async def _delete(self) -> None:
        await self._earlier.forget_all(self._on_the_board())

    def _on_the_board(self) -> set[ScanId]:
        return {scan.id for scan in self._store}
