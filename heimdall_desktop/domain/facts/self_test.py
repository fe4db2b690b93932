"""What is asked of the system and of the server in a self-test, and what came of it."""

from datetime import datetime
from enum import Enum, auto

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError


class SelfTestPart(Enum):
    """What is asked, in this order."""

    NOTIFICATIONS = auto()
    KEYRING = auto()
    PORTAL = auto()
    CONNECTION = auto()


class SelfTestAnswer(Struct, frozen=True):
    """One answer.

    Attributes:
        name: what has answered, by its own name; "" where it has none.
        took_s: how long the answer took, or its absence.
        error: why there is none.
        at: when it came.
    """

    part: SelfTestPart
    name: str
    took_s: float
    error: HeimdallError | None = None
    at: datetime | None = None
