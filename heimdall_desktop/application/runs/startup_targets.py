"""What the command line wants to watch: scans on a server, folders, the demo."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from heimdall_desktop.application.runs.controller import Controller
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    LinkError,
    NotVisible,
    Reason,
    SignedOut,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart, no_scan, read_links
from heimdall_desktop.domain.facts.server import ServerUrl, host_name

RETRY_S = 1.0


class StartupTargets(Struct, frozen=True):
    """Everything to watch from the start.

    Attributes:
        server: the one to use; None for the one that was used last.
        token: for that server, in this session only.
        links: scans and findings on it.
        folders: are scanned by the embedded server.
        is_demo: whether the recorded scans are played.
        links_alone: links that name their own server, for the window to open.
        compares: the two scans are compared once they have ended.
        mistakes: targets that name nothing on that server.
    """

    server: ServerUrl | None
    token: str | None
    links: Sequence[ScanLink]
    folders: Sequence[Path]
    is_demo: bool
    mistakes: Sequence[LinkError] = ()
    compares: bool = False
    links_alone: Sequence[str] = ()

    def __repr__(self) -> str:
        shown = (name for name in self.__struct_fields__ if name != "token")
        return f"StartupTargets({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def links_on(
    server: ServerUrl, texts: Iterable[str]
) -> tuple[tuple[ScanLink, ...], tuple[LinkError, ...]]:
    """Return the scans and findings of a server that texts name, each once, and the errors.

    A text that names nothing is wrong, too.
    """
    links: dict[ScanLink, None] = {}
    mistakes: list[LinkError] = []
    for text in texts:
        for part in read_links(text) or (TextPart(text, None, no_scan()),):
            if part.link is None:
                mistakes += [] if part.error is None else [part.error]
            elif part.link.server is None or part.link.is_on(server):
                links[part.link] = None
            else:
                where = host_name(part.link.server)
                mistakes.append(LinkError(Reason.OTHER_SERVER_GIVEN, host=where))
    return tuple(links), tuple(mistakes)


def server_of(texts: Iterable[str]) -> ServerUrl:
    """Return the one server that web links name.

    Raises:
        LinkError: they name none, or several.
    """
    parts = [part for text in texts for part in read_links(text)]
    links = [part.link for part in parts if part.link is not None and not part.link.is_own]
    servers = {link.server for link in links}
    if len(servers) != 1 or len(links) < len(parts) or (server := servers.pop()) is None:
        raise LinkError(Reason.NO_ONE_SERVER)
    return server


async def watch_targets(
    wanted: StartupTargets,
    controller: Controller,
    scan_ids: list[ScanId],
    *,
    clock: Callable[[], float],
    gives_up_at_s: float,
) -> None:
    """Watch everything wanted, and fill `scan_ids` in its order as far as possible.

    An unreachable server is retried until `gives_up_at_s`.

    Raises:
        HeimdallError: something of it cannot be watched.
    """
    if wanted.server is not None:
        link = controller.use_server(wanted.server, wanted.token)
        while True:
            try:
                scan_ids += await controller.watch_links(link, wanted.links)
                break
            except (LinkError, SignedOut, NotVisible):
                raise
            except HeimdallError:
                if clock() >= gives_up_at_s:
                    raise
                await asyncio.sleep(RETRY_S)
    for folder in wanted.folders:
        scan_ids.append(await controller.watch_folder(folder))
    if wanted.is_demo:
        scan_ids += await controller.watch_demo()
