"""Reads the server's web pages for links to scans and repositories: no other list exists.

The page routes accept the same token as the API, but have no fixed format, so any content gives
links or an error that offers pasting. Source: protocol.md 4.0 (way 5), T-49.
"""

import asyncio

from heimdall_desktop.domain.facts.errors import ABSENT, PageUnreadable, Reason, WireError
from heimdall_desktop.domain.facts.finding import RepoId
from heimdall_desktop.services.page_links import PageLinks, page_links
from heimdall_desktop.services.transport.clients import Clients, Request

PAGE_LIMIT_BYTES = 4 << 20  # the only limit: tags and names may have any length (T-74)
PER_PAGE = 100  # requested; the answer shows what the server makes of it


class WebPages:
    """The pages of one server.

    Besides the errors of every request, every method raises SignedOut if the page redirects to the
    sign-in form, and PageUnreadable if it is missing, too long, not HTML, or has no link to a page
    of Heimdall.
    """

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def start(self) -> PageLinks:
        """Read the start page: the eight newest scans over all repositories."""
        return await self._links("/")

    async def repos(self, page: int) -> PageLinks:
        """Read one page, from 1 on, of the list of repositories."""
        return await self._links("/repos", page)

    async def repo(self, repo_id: RepoId, page: int) -> PageLinks:
        """Read one page, from 1 on, of the scans of a repository.

        Raises:
            NotVisible: it does not exist, or belongs to another account.
        """
        return await self._links(f"/repos/{repo_id}", page)

    async def _links(self, path: str, page: int | None = None) -> PageLinks:
        params = {} if page is None else {"page": page, "per_page": PER_PAGE}
        request = Request(path, params=params, limit_bytes=PAGE_LIMIT_BYTES)
        try:
            body = await self._clients.ask_page(request)
        except ABSENT:
            if path.startswith("/repos/"):
                raise
            raise PageUnreadable(Reason.PAGE_MISSING, host=self._clients.host) from None
        except WireError:
            raise PageUnreadable(Reason.PAGE_TOO_LONG, host=self._clients.host) from None
        links = await asyncio.to_thread(page_links, body, self._clients.url, path)
        if not links.is_heimdall:
            raise PageUnreadable(Reason.PAGE_FOREIGN, host=self._clients.host)
        return links
