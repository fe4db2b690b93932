"""What really happened in many schedules, as a table."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What really happened, over many schedules."""

    schedules: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    waits_s: Counter[float] = field(default_factory=Counter)
    turned_s: float = 0.0

    def text(self) -> str:
        """A table."""
        head = f"{self.schedules} schedules, {self.turned_s / 3600:.1f} h of turned time"
        lines = [f"{n:8d}  {name}" for name, n in sorted(self.faults.items())]
        lines += [f"{n:8d}  step {name}" for name, n in sorted(self.steps.items())]
        lines += [f"{n:8d}  known after {s} s" for s, n in sorted(self.waits_s.items())]
        return "\n".join([head, *lines])
