"""What a scan is beside being watched: recorded, replayed, one of the demo, or muted."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import Enum

from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.time_text import clock_text, minute_text, moment_text

MEGABYTE = 1_000_000


class Tag(Enum):
    """The value is its word, which stands behind the name of the scan."""

    REPLAY = tr_noop("Replay")
    DEMO = tr_noop("Demo")
    RECORDING = tr_noop("Recording")

    @property
    def word(self) -> str:
        """What is shown."""
        return tr(self.value)


def tagged_title(title: str, tags: Collection[Tag]) -> str:
    """Return a title with the label of its scans, for where none can stand beside it."""
    told = tr("{tag}: {title}")
    return told.format(tag=Tag.DEMO.word, title=title) if Tag.DEMO in tags else title


def recording_text(name: str, duration_s: float, written_bytes: int, more: int = 0) -> str:
    """Return "Recording auth-service: 12:40, 2.1 MB", or how many scans are recorded.

    Args:
        name: of the scan.
        duration_s: how long the recording is.
        written_bytes: how large its file is, or all files are.
        more: how many other scans are recorded.
    """
    size = tr("{size} MB").format(size=f"{written_bytes / MEGABYTE:.1f}")
    if more:
        told = tr("Recording {count} scans: {size}")
        return told.format(count=grouped(more + 1), size=size)
    told = tr("Recording {name}: {time}, {size}")
    return told.format(name=name, time=clock_text(duration_s), size=size)


def mute_texts(alerts: AlertChoices, scan: Scan, now: datetime) -> tuple[str, ...]:
    """Return until when a scan is muted, the longest form first; none where it is not muted.

    "Muted until 16:00", "until 16:00", "16:00".
    """
    until = alerts.muted_until(scan.id, now)
    if until is not None:
        whole, short = tr("Muted until {time}"), tr("until {time}")
        told, minute = moment_text(until, now), minute_text(until)
        return whole.format(time=told), short.format(time=minute), minute
    if scan.id in alerts.muted_to_the_end and not scan.is_settled:
        return tr("Muted until it ends"), tr("Muted")
    return ()


def mute_news(name: str, mute: Sequence[str]) -> str:
    """Return what is said aloud when a mute of a scan begins or ends, by its forms as it is now."""
    if not mute:
        return tr("{scan} is no longer muted.").format(scan=name)
    return tr("{scan}. {mute}.").format(scan=name, mute=mute[0])
