"""A HandServer that tells more than a good server would, or in another order."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.hand_server import HandServer
from tests.fakes.raw_server import STREAM_HEAD, Asked, raw_server


@dataclass
class OddServer(HandServer):
    """A server of any number of scans that are all alike.

    Attributes:
        scan_fields: of a scan's row, in place of the usual ones.
        live_fields: of the snapshot, in place of the usual ones.
        orders: in which order the rows stand at the first listing request, the second and so on;
            the last one stays. Each letter is the id of a row.
    """

    scan_fields: dict[str, Any] = field(default_factory=dict)
    live_fields: dict[str, Any] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)
    ends_streams: bool = False
    requests: list[Asked] = field(default_factory=list)

    @property
    def listings(self) -> int:
        """How often a listing of all findings began."""
        return sum(
            "/findings?" in target and "page=1&" in f"{target}&" and "status=" not in target
            for target in self.targets
        )

    async def serve(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.requests.append(asked)
        if self.ends_streams and asked.target.endswith("/stream"):
            self.asked.append("stream")
            writer.write(STREAM_HEAD)
            return
        await super().serve(asked, writer)

    def _data(self, kind: str, target: str, parameters: Mapping[str, str]) -> object:
        wanted = parameters.get("status")
        if kind == "findings" and wanted is not None:
            rows = [row for row in self.rows if row.get("status") == wanted]
            return {"items": rows[:1], "total": len(rows), "page": 1, "per_page": 1}
        reported = super()._data(kind, target, parameters)
        match kind, reported:
            case "scan", dict():
                return reported | {"id": target.split("/")[3]} | self.scan_fields
            case "live", dict():
                return reported | self.live_fields
            case _:
                return reported

    def _page(self, page: int) -> dict[str, object]:
        if self.orders:
            order = self.orders.pop(0) if len(self.orders) > 1 else self.orders[0]
            self.rows.sort(key=lambda row: order.index(row["id"]))
        return super()._page(page)


@asynccontextmanager
async def odd_server(**fields: Any) -> AsyncIterator[OddServer]:
    odd = OddServer(**fields)
    async with raw_server(odd.serve) as raw:
        odd.url = raw.url
        yield odd
        await odd.aclose()
