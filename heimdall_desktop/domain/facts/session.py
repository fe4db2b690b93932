"""A session on a server: when it ends, and the words for what is left. Source: ux.md feature 19."""

from dataclasses import dataclass
from datetime import datetime

from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.domain.words.time_text import DAY_S, HOUR_S, MINUTE_S, rough_text

LIFE_S = 7 * DAY_S  # from signing in, whatever happens meanwhile (heimdall-api.md 1.2)
SOON_S = DAY_S
LAST_CALL_S = HOUR_S


@dataclass(frozen=True, slots=True)
class Session:
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


def end_text(left_s: float) -> str:
    """Return "Session ends in 6 d"."""
    return tr("Session ends in {time}").format(time=left_text(left_s))


def left_text(left_s: float) -> str:
    """Return "6 d", "3 h 10 min" or "42 min", never more than is left."""
    hours, rest_s = divmod(max(int(left_s), 0), HOUR_S)
    minutes = rest_s // MINUTE_S
    if hours and minutes and left_s < DAY_S:
        return f"{hours} h {minutes} min"
    return rough_text(left_s)
