"""Starts the program and watches its table from within, by names of Qt alone.

`python -P observer.py [ARGUMENT...]`, as `python -m heimdall_desktop [ARGUMENT...]`

It works with any version of the program, since it imports nothing of it but how it starts: the
table is the view with the most columns. It does nothing but note when rows come and change. Each
line of JSON on standard input is answered by one on standard output. Points in time are those of
`time.monotonic`.
"""

import json
import sys
import threading
import time
from contextlib import suppress
from typing import Any

FIND_EVERY_S = 0.02


class Observer:
    """Notes how many rows the table has had since when, and how one row has read since when."""

    def __init__(self) -> None:
        from PySide6 import QtCore, QtWidgets  # noqa: PLC0415 - the program loads them first

        self._widgets, self._core = QtWidgets, QtCore
        self._counts: list[tuple[float, int]] = []
        self._readings: dict[str, list[tuple[float, list[str]]]] = {}
        self._model: Any = None
        self._asked = QtCore.QSocketNotifier(0, QtCore.QSocketNotifier.Type.Read)
        self._asked.activated.connect(self._answer)
        self._find()

    def _find(self) -> None:
        """Find the table, now or a little later."""
        widgets = self._widgets.QApplication.allWidgets()
        tables = (each for each in widgets if isinstance(each, self._widgets.QTableView))
        models = filter(None, (each.model() for each in tables))
        model = max(models, key=lambda each: each.columnCount(), default=None)
        if model is None:
            self._core.QTimer.singleShot(int(FIND_EVERY_S * 1000), self._find)
            return
        self._model = model
        model.rowsInserted.connect(self._look_at_inserted)
        model.dataChanged.connect(self._look_at_changed)
        model.rowsRemoved.connect(self._count)
        model.modelReset.connect(self._look_at_all)
        self._count()

    def _count(self) -> None:
        self._counts.append((time.monotonic(), self._model.rowCount()))

    def _look_at_inserted(self, _parent: Any, first: int, last: int) -> None:
        self._count()
        self._look(range(first, last + 1))

    def _look_at_changed(self, top: Any, bottom: Any) -> None:
        self._look(range(top.row(), bottom.row() + 1))

    def _look_at_all(self) -> None:
        self._count()
        self._look(range(self._model.rowCount()))

    def _look(self, rows: range) -> None:
        """Note how the rows with the titles read, if they are among these."""
        roles = (
            self._core.Qt.ItemDataRole.DisplayRole,
            self._core.Qt.ItemDataRole.AccessibleTextRole,
        )
        for row in rows if self._readings else ():
            columns = range(self._model.columnCount())
            cells = [self._model.index(row, column) for column in columns]
            readings = next(filter(None, map(self._readings.get, (c.data() for c in cells))), None)
            if readings is not None:
                texts = [str(cell.data(role)) for cell in cells for role in roles]
                if readings[-1][1] != texts:
                    readings.append((time.monotonic(), texts))

    def _answer(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._asked.setEnabled(False)
            return
        asked = json.loads(line)
        if "titles" in asked:
            self._readings = {title: [(0.0, [])] for title in asked["titles"]}
            if self._model is not None:
                self._look(range(self._model.rowCount()))
        if asked.get("forgets"):
            self._counts = self._counts[-1:]
        readings = {title: [at_s for at_s, _ in each[1:]] for title, each in self._readings.items()}
        print(json.dumps({"counts": self._counts, "readings": readings}), flush=True)  # noqa: T201


OBSERVERS: list[Observer] = []


def observe() -> None:
    """Start observing on the thread of the window, as soon as there is an application."""
    while True:
        core = sys.modules.get("PySide6.QtCore")
        application = core.QCoreApplication.instance() if core else None
        if core is not None and application is not None:
            core.QTimer.singleShot(0, application, lambda: OBSERVERS.append(Observer()))
            return
        time.sleep(FIND_EVERY_S)


if __name__ == "__main__":
    threading.Thread(target=observe, daemon=True).start()
    with suppress(KeyboardInterrupt):
        from heimdall_desktop.__main__ import main

        sys.exit(main(sys.argv[1:]))
