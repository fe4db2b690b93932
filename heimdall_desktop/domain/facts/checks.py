"""The requests of a self-test to the system and to the server, and their results."""

from datetime import datetime
from enum import Enum, auto

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError


class SelfTestPart(Enum):
    """The parts of a self-test, in this order."""

    NOTIFICATIONS = auto()
    KEYRING = auto()
    PORTAL = auto()
    CONNECTION = auto()


class SelfTestAnswer(Struct, frozen=True):
    """One answer.

    Attributes:
        name: the own name of what answered; "" if it has none.
        took_s: how long the answer took, or the wait for it.
        error: why there is no answer.
        at: when the answer arrived.
    """

    part: SelfTestPart
    name: str
    took_s: float
    error: HeimdallError | None = None
    at: datetime | None = None
