"""Whether a scan waits in vain: long in the queue though nothing of its account is at work."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from heimdall_desktop.domain.facts.scan import Scan

LONGEST_QUEUE = timedelta(minutes=30)  # heimdall-api.md T-66: a lost job leaves a scan queued


def waits_in_vain(scan: Scan, scans: Iterable[Scan], now: datetime) -> bool:
    """Return whether a scan was not picked up, as far as the watched scans tell.

    Args:
        scan: the scan.
        scans: all that are watched; what runs on the same server has the places of the account.
        now: the moment in UTC.
    """
    since = max((at for at in (scan.created_at, scan.updated_at) if at is not None), default=None)
    if scan.status != "queued" or since is None or now - since < LONGEST_QUEUE:
        return False
    others = (each for each in scans if each.id != scan.id and each.server == scan.server)
    return not any(each.is_live and each.status != "queued" for each in others)
