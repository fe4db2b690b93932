"""What REST and the stream said of one thing, and which of the two counts.

Source: heimdall-api.md 3.10, T-27, T-35; style.md 1 (order by age, never by arrival).
"""

from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class LatestValue(Struct, Generic[T]):
    """The newest word of both; `value` is the one to believe.

    Of two REST answers the one asked for later wins, of two stream events the one the server
    stamped later, or the one heard later where both have the same stamp (D20: whole seconds). A
    REST answer wins over an event if it was asked for after the event was heard.
    """

    initial: T
    asked_at_s: float = float("-inf")
    rest: T | None = None
    stamped_at: datetime | None = None
    heard_at_s: float = float("-inf")
    event: T | None = None

    def by_rest(self, asked_at_s: float, value: T) -> None:
        """Take what a REST answer says."""
        if asked_at_s > self.asked_at_s:
            self.asked_at_s, self.rest = asked_at_s, value

    def by_stream(self, stamped_at: datetime, heard_at_s: float, value: T) -> None:
        """Take what a stream event says."""
        known_at = self.stamped_at
        if known_at is None or (stamped_at, heard_at_s) > (known_at, self.heard_at_s):
            self.stamped_at, self.heard_at_s, self.event = stamped_at, heard_at_s, value

    @property
    def value(self) -> T:
        """What holds by all that was said."""
        if self.event is not None and (self.rest is None or self.heard_at_s > self.asked_at_s):
            return self.event
        return self.initial if self.rest is None else self.rest
