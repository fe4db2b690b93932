"""The ids of one list of a server's web pages, read page by page, even past a failing page."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible, ServerBusy, SignedOut
from heimdall_desktop.services.page_links import PageLinks

PAGES_LIMIT = 100  # of one list, in case a server never stops giving new ids

Page = Callable[[int], Awaitable[PageLinks]]
Id = TypeVar("Id", bound=str)


class PagedIds(Generic[Id]):
    """The ids of one list of the server, page by page.

    The first page without a new id is the end, never what a page says of a next one (T-72). A page
    that fails does not hide the one behind it, and is requested again with the next read.

    Args:
        page: reads a page by its number, starting at 1.
        ids_of: extracts the ids from it.
        gate: limits the concurrent requests of all discovery.
        limit: the most ids that are wanted; None for all.
        is_news: if given, reading stops at pages without news.

    Attributes:
        is_cut: there are more ids than its pages gave, or than are wanted.
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
        """Each id once, in the server's order."""
        return self._known()[: self._limit]

    @property
    def is_whole(self) -> bool:
        """Whether the list is complete."""
        return self._has_end and not self._failed and not self.is_cut

    @property
    def has_failed(self) -> bool:
        """Whether a page of it gave no good response."""
        return bool(self._failed)

    def end(self) -> None:
        """Treat the ids read so far as complete."""
        self._failed, self._has_end = [], True

    async def read(self) -> None:
        """Read the missing pages; two failures in a row end this attempt.

        Raises:
            ServerError: the first error.
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
