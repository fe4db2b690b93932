"""Put on a program's path, beats on its loop and opens findings as a hand would, by files.

It changes nothing of the program: Python loads a module of this name before anything else. In the
folder that HEARTBEAT names, `beats` gets a line for each beat that came late: the moment by the
monotonic clock and the lateness, both in seconds. The last line of `open` names the finding to be
shown.
"""

import asyncio
import os
import time
from pathlib import Path
from typing import Any

BEAT_S = 0.02
WORTH_A_LINE_S = 0.03

_run = asyncio.Runner.run


async def _beat(folder: Path) -> None:
    opened = ""
    with (folder / "beats").open("a", buffering=1) as beats:
        while True:
            began_s = time.monotonic()
            await asyncio.sleep(BEAT_S)
            now_s = time.monotonic()
            late_s = now_s - began_s - BEAT_S
            if late_s > WORTH_A_LINE_S:
                beats.write(f"{now_s} {late_s}\n")
            wanted = _last_line(folder / "open")
            if wanted != opened:
                opened = wanted
                _show(wanted)


def _last_line(file: Path) -> str:
    return (file.read_text().splitlines() or [""])[-1] if file.exists() else ""


def _show(finding_id: str) -> None:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only where there is a window

    for window in QApplication.topLevelWidgets():
        if hasattr(window, "open_finding"):
            window.open_finding(finding_id)


def _beating_run(self: Any, main: Any, **options: Any) -> Any:
    async def with_beats() -> Any:
        beats = asyncio.get_running_loop().create_task(_beat(Path(os.environ["HEARTBEAT"])))
        try:
            return await main
        finally:
            beats.cancel()

    return _run(self, with_beats(), **options)


if "HEARTBEAT" in os.environ:
    asyncio.Runner.run = _beating_run  # type: ignore[assignment, method-assign]
