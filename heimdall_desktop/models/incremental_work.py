"""Work cut into slices, one with each turn of the loop, so that the window stays awake."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer


class IncrementalWork(QObject):
    """Goes through slices of one piece of work at a time.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._slices: Iterator[None] = iter(())
        self._then: Callable[[], None] = lambda: None
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._go_on)

    def run(self, slices: Iterator[None], then: Callable[[], None]) -> None:
        """Begin work; what was under way is abandoned.

        Args:
            slices: does one slice with each step.
            then: is called a turn after the last one.
        """
        self._slices, self._then = slices, then
        self._turn.start(0)

    def stop(self) -> None:
        """Abandon what is under way."""
        self._turn.stop()

    def _go_on(self) -> None:
        try:
            next(self._slices)
        except StopIteration:
            self._turn.stop()
            self._then()
