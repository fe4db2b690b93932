"""A program that writes a history: `python -m tests.fakes.history_writer FILE NAME ROUNDS ROWS`.

It says "begun" on standard output once the first batch is written, and "ended" after the last.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from heimdall_desktop.services.history import History
from heimdall_desktop.services.history_tables import Batch
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import past_scan


async def main(file: Path, name: str, rounds: int, rows: int) -> None:
    """Write the same rows in each round, and one row that only this program writes."""
    history = History(file, clock=time.monotonic, now=lambda: datetime.now(UTC))
    for number in range(rounds):
        title = f"{name} {number}"
        shared = [make_finding(row, title=title) for row in range(rows)]
        own = make_finding(rows + number, id=f"{finding_id(number)} {name}", title=title)
        scan = past_scan([*shared, own], time.monotonic())
        await history.save(Batch(scans=(scan,), lines=(make_line(number),)))
        if number == 0:
            print("begun", flush=True)  # noqa: T201
    await history.aclose()
    print("ended", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
