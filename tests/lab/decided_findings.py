"""What people did with the findings of an earlier scan, with reasons and what only looks like one.

A reason is a comment in a fixed form, `heimdall_desktop.domain.facts.reason`. Some comments here
must not count as one: they are by others, in another form, or older than the newest status.
"""

import itertools
import random
from collections.abc import Iterator

from heimdall_desktop.domain.facts.reason import Reason, comment_of
from heimdall_desktop.local.steps import Decided
from tests.lab.edits import Edit, Edited

OWN, OTHER = True, False
Act = tuple[str, str, bool]
"""What is set, the word or comment, and who does it."""

_DISMISS: Act = ("status", "dismissed", OWN)
_CONFIRM: Act = ("status", "confirmed", OWN)
_CLEAR: Act = ("status", "false_positive", OWN)
_FIX: Act = ("status", "fixed", OWN)
_LOWER: Act = ("severity", "lower", OWN)


def _why(reason: Reason, text: str, by: bool = OWN) -> Act:
    return ("comment", comment_of(reason, text), by)


_ACCEPTED = (_DISMISS, _why(Reason.ACCEPTED, "until the checkout is replaced"))
_STORIES: tuple[tuple[Act, ...], ...] = (
    (_DISMISS, _why(Reason.TEST_CODE, "used by the load test only")),
    (_CONFIRM,),
    (_DISMISS, _why(Reason.MITIGATED, "the gateway refuses such requests")),
    (_CLEAR, _why(Reason.NOT_REACHABLE, "no route leads here")),
    (("status", "confirmed", OTHER),),
    (_DISMISS,),
    (("status", "dismissed", OTHER), _why(Reason.ACCEPTED, "agreed with the owner", OTHER)),
    (_CONFIRM, _LOWER),
    (_CLEAR, _why(Reason.DUPLICATE, "look at the one in the importer", OTHER)),
    _ACCEPTED,
    (_DISMISS, _why(Reason.TEST_CODE, ""), ("status", "open", OWN), _CONFIRM),
    (_DISMISS, ("comment", "Reason: test-code", OWN)),
    (("status", "false_positive", OTHER),),
    (_DISMISS, ("comment", "[reason: because] it was always so", OWN)),
    (_LOWER,),
    (_FIX, ("comment", "Fixed in HARB-214.", OTHER)),
    (("status", "dismissed", OTHER), _DISMISS, _why(Reason.DUPLICATE, "of the one in routes.py")),
    (_CONFIRM, ("comment", "Ticket HARB-112", OWN)),
    (_CLEAR, _why(Reason.OTHER, "the parameter is a constant there")),
    (_why(Reason.TEST_CODE, "written before the decision"), _DISMISS),
)
_QUOTAS = {
    Edit.GONE: 4,
    Edit.CODE_CHANGED: 5,
    Edit.FILE_MOVED: 4,
    Edit.RAISED: 3,
    Edit.REFORMATTED: 3,
    Edit.COPIED_ABOVE: 2,
    Edit.DUPLICATED: 2,
    Edit.PROVEN: 2,
    Edit.OTHER_VERSION: 2,
}
"""How many of 60 decided findings; the others were not touched by the edit, but for their lines."""
_OVERRULED = 3  # of them Víðarr had withdrawn, and a person confirmed
_OF_MODEL = 11  # of them the language model had found
_LOWERED = {"critical": "high", "high": "medium", "medium": "low"}
_BEGIN_S, _PERIOD_S = 3600.0, 60 * 3600.0  # after the end of the scan


def decisions(scans: Edited, count: int, seed: str) -> tuple[Decided, ...]:
    """Let people decide so many findings of the earlier scan; in order of time.

    A finding of which only the severity was changed by hand counts too.

    Raises:
        ValueError: there are not so many that can be decided.
    """
    chance = random.Random(seed)
    chosen = _chosen(scans, count, chance)
    stories = itertools.cycle(_STORIES)
    decided: list[Decided] = []
    for number, fingerprint in enumerate(chosen):
        after_s = _BEGIN_S + number * _PERIOD_S / count
        for act in _story(scans, fingerprint, stories):
            kind, text, is_own = act
            if act == _LOWER:
                text = _LOWERED.get(_severity(scans, fingerprint), "medium")
            decided.append(Decided(fingerprint, round(after_s, 1), kind, text, is_own))
            after_s += chance.uniform(2, 40)
    return tuple(sorted(decided, key=lambda each: each.after_s))


def _story(scans: Edited, fingerprint: str, stories: Iterator[tuple[Act, ...]]) -> tuple[Act, ...]:
    if fingerprint in scans.withdrawn:
        return (_CONFIRM,)
    if scans.edits[fingerprint] is Edit.PROVEN:
        return _ACCEPTED
    if scans.edits[fingerprint] is Edit.GONE:
        return (_FIX,)
    return next(stories)


def _chosen(scans: Edited, count: int, chance: random.Random) -> list[str]:
    """Choose the fingerprints of findings of all kinds, in any order."""
    open_ones = [
        one.finding for one in scans.findings if one.finding.fingerprint not in scans.withdrawn
    ]
    pools: list[tuple[list[str], int]] = [(sorted(scans.withdrawn), _OVERRULED)]
    for edit, quota in _QUOTAS.items():
        pools.append(
            ([f.fingerprint for f in open_ones if scans.edits[f.fingerprint] is edit], quota)
        )
    same = [f for f in open_ones if scans.edits[f.fingerprint] is Edit.NONE]
    pools.append(([f.fingerprint for f in same if f.source == "ai"], _OF_MODEL))
    pools.append(([f.fingerprint for f in same if f.source != "ai"], 60))
    pools.append(([f.fingerprint for f in same if f.source == "ai"], 60))
    chosen: list[str] = []
    for pool, quota in pools:
        free = [fingerprint for fingerprint in pool if fingerprint not in chosen]
        wanted = min(len(free), round(quota * count / 60), count - len(chosen))
        chosen += chance.sample(free, wanted)
    if len(chosen) < count:
        raise ValueError(f"only {len(chosen)} findings can be decided")
    chance.shuffle(chosen)
    return chosen


def _severity(scans: Edited, fingerprint: str) -> str:
    """Return the severity after Víðarr."""
    severities = {one.finding.fingerprint: one.finding.severity for one in scans.findings}
    severities |= {
        fate.recorded.finding.fingerprint: fate.new_severity
        for fate in scans.before.fates
        if fate.new_severity
    }
    return severities[fingerprint]
