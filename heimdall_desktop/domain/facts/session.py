"""A session on a server, and when it ends. Source: ux.md feature 19."""

from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.server import ServerUrl

DAY_S = 24 * 3600
LIFE_S = 7 * DAY_S  # from signing in, whatever happens meanwhile (heimdall-api.md 1.2)
SOON_S = DAY_S
LAST_CALL_S = 3600


class Session(Struct, frozen=True):
    """A session whose beginning is known, as it was begun here by a password; never its token.

    No answer of the server tells when it ends (heimdall-api.md 1.2).

    Attributes:
        began_at: aware, by the clock on the wall, which is all that outlives us.
    """

    server: ServerUrl
    account: str
    began_at: datetime

    def ends_s(self, now: datetime, clock_s: float) -> float | None:
        """Return when it ends on our monotonic clock, which cannot be set.

        None if the beginning lies in the future, or so far back that the session would be over:
        then the wall clock was wrong once, and saying nothing is better than saying that.
        """
        if self.began_at.tzinfo is None:  # typed into the file by hand
            return None
        left_s = LIFE_S - (now - self.began_at).total_seconds()
        return clock_s + left_s if 0 < left_s <= LIFE_S else None
