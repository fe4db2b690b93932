"""What was measured, printed beside the bare process: median, minimum, maximum, ratio."""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median

BARE = "bare"
HEAD = f"{'':50}{'':10}{'median':>10}{'min':>10}{'max':>10}{'n':>4}{'x bare':>8}{'x first':>9}"


class Figures:
    """All values by row and by what was measured, in the order they came."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, list[float]]] = {}

    def add(self, row: str, who: str, value: float) -> None:
        """Add a value; a row ends with its unit, as in "start, empty: visible [s]"."""
        self.values.setdefault(row, {}).setdefault(who, []).append(value)

    def show(self, rows: Sequence[str]) -> None:
        """Print rows."""
        say(HEAD)
        for row in rows:
            for line in self.lines(row):
                say(line)

    def lines(self, row: str) -> list[str]:
        """Return a line for each that was measured; ratios are those of medians."""
        by_who = self.values[row]
        bare = median(by_who[BARE]) if BARE in by_who else 0.0
        trees = [median(each) for who, each in by_who.items() if who != BARE]
        first = trees[0] if len(trees) > 1 else 0.0
        lines = []
        for number, (who, values) in enumerate(by_who.items()):
            middle, is_bare = median(values), who == BARE
            ratios = (0.0 if is_bare else bare, 0.0 if is_bare else first)
            shown = (f"{middle / ratio:.2f}" if ratio > 0 else "" for ratio in ratios)
            numbers = "".join(f"{_short(each):>10}" for each in (middle, min(values), max(values)))
            name = "" if number else row
            lines.append(f"{name:50}{who:10}{numbers}{len(values):4}" + "{:>8}{:>9}".format(*shown))
        return lines

    def save(self, file: Path) -> None:
        """Write all values as JSON."""
        file.write_text(json.dumps(self.values, indent=1) + "\n")


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 1000 else f"{value:.3g}"


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201
