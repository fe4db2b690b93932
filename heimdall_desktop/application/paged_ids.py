"""The ids of one list of a server's web pages, read page by page, also past a page that fails."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible, ServerBusy, SignedOut
from heimdall_desktop.services.page_links import PageLinks

PAGES_LIMIT = 100  # of one list, should a server never stop giving new ids

Page = Callable[[int], Awaitable[PageLinks]]
Id = TypeVar("Id", bound=str)


class PagedIds(Generic[Id]):
    """The ids of one list of the server, page by page.

    The end is the first page without a new id, never what a page says of a next one (T-72). A page
    that fails does not hide the one behind it, and is asked for again when the list is read again.

    Args:
        page: reads a page by its number, from 1 on.
        ids_of: takes the ids out of it.
        gate: lets so many requests of all discovery through at once.
        limit: how many ids are wanted at most; None for all.
        is_news: where given, it is read only as far as there is news on its pages.

    Attributes:
        is_cut: there are more than could be taken from its pages, or than are wanted.
    """

    def __init__(
        self,
        page: Page,
        ids_of: Callable[[PageLinks], Iterable[Id]],
        gate: asyncio.Semaphore,
        limit: int | None = None,
        is_news: Callable[[Id], bool] | None = None,
    ) -> None:
        self._page, self._ids_of, self._gate = page, ids_of, gate
        self._limit, self._is_news = limit, is_news
        self._pages: dict[int, tuple[Id, ...]] = {}
        self._failed: list[int] = []
        self._next = 1
        self._has_end = self.is_cut = False

    @property
    def ids(self) -> list[Id]:
        """Each once, in the server's order."""
        return self._known()[: self._limit]

    @property
    def is_whole(self) -> bool:
        """Whether these are all there are."""
        return self._has_end and not self._failed and not self.is_cut

    @property
    def has_failed(self) -> bool:
        """Whether a page of it gave no good answer."""
        return bool(self._failed)

    def end(self) -> None:
        """Take what is read for all there is."""
        self._failed, self._has_end = [], True

    async def read(self) -> None:
        """Read the pages that are still missing; two in a row that fail end it for this time.

        Raises:
            ServerError: the first that was met.
        """
        waiting, self._failed = self._failed, []
        troubles: list[HeimdallError] = []
        failed_in_a_row = 0
        while failed_in_a_row < 2 and (waiting or not self._has_end):
            number = waiting.pop(0) if waiting else self._next
            self._next = max(self._next, number + 1)
            try:
                await self._read_page(number)
            except HeimdallError as error:
                self._failed.append(number)
                troubles.append(error)
                failed_in_a_row += 1
                if isinstance(error, SignedOut | ServerBusy | NotVisible):
                    break
            else:
                failed_in_a_row = 0
        self._failed += waiting
        if troubles:
            raise troubles[0]

    async def _read_page(self, number: int) -> None:
        async with self._gate:
            links = await self._page(number)
        known = set(self._known())
        ids = tuple(self._ids_of(links))
        new = [each for each in ids if each not in known]
        self._pages[number] = ids
        is_over_limit = self._limit is not None and len(known) + len(new) > self._limit
        self.is_cut = self.is_cut or not links.is_whole or is_over_limit
        if number >= PAGES_LIMIT and new:
            self.is_cut = self._has_end = True
        is_news = self._is_news
        if not new or is_over_limit or (is_news is not None and not any(map(is_news, new))):
            self._has_end = True

    def _known(self) -> list[Id]:
        pages = (self._pages[number] for number in sorted(self._pages))
        return list(dict.fromkeys(each for page in pages for each in page))
