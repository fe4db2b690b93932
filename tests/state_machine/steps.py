"""What may happen in a schedule, as values whose repr is code, and how hypothesis draws them.

Every list of steps can be played: a step that makes no sense where it is does nothing. So
shrinking may leave out any of them.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.fakes.fault_proxy import ANSWER_KINDS, STREAM_KINDS, Fault, FaultKind
from tests.lab.generations import GENERATIONS, Generation

MOST_SCANS = 3


@dataclass(frozen=True, slots=True)
class Forward:
    """The server works through some stages; the first time it begins an attempt."""

    scan: int
    stages: int


@dataclass(frozen=True, slots=True)
class Find:
    """Rows come in, without an event."""

    scan: int
    count: int
    severity: str


@dataclass(frozen=True, slots=True)
class Alter:
    """A row says something else, without an event."""

    scan: int
    nth: int
    field: str
    word: str


@dataclass(frozen=True, slots=True)
class Burst:
    """All rows are announced, back to back."""

    scan: int


@dataclass(frozen=True, slots=True)
class Note:
    """The server's log gets a line, or the running stage is reported again."""

    scan: int


@dataclass(frozen=True, slots=True)
class Complete:
    """The scan ends well; with `stops` it halts in the window before `scan_complete`."""

    scan: int
    stops: bool


@dataclass(frozen=True, slots=True)
class Fail:
    """The running stage fails, or the scan fails for good."""

    scan: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """A user cancels; events come in either order."""

    scan: int
    stage_first: bool


@dataclass(frozen=True, slots=True)
class Return:
    """A failed or cancelled scan begins again, soon enough to be believed."""

    scan: int


@dataclass(frozen=True, slots=True)
class EndStreams:
    """The server ends the streams of a scan without a word."""

    scan: int


@dataclass(frozen=True, slots=True)
class Delete:
    """The repository goes, now or when a certain page is asked for the next time."""

    scan: int
    at_page: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """All rows come once more under new ids, as a retry finds them again."""

    scan: int


@dataclass(frozen=True, slots=True)
class Hazards:
    """Rows come in whose texts are hard to read and to show."""

    scan: int


@dataclass(frozen=True, slots=True)
class Restart:
    """The server ends and starts again on the same database, perhaps as another generation."""

    generation: Generation


@dataclass(frozen=True, slots=True)
class Down:
    """The server takes no connections for so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """The server's threads drop the second of two requests from now on; None ends that."""

    threads: int | None


@dataclass(frozen=True, slots=True)
class Expire:
    """All tokens run out; the analyst signs in again some steps later."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The analyst signs in and takes up what had ended for want of it."""


@dataclass(frozen=True, slots=True)
class Rewatch:
    """The analyst stops watching a scan, and begins again."""

    scan: int


@dataclass(frozen=True, slots=True)
class Pass:
    """Time passes, and whatever waits for it continues."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Leap:
    """Time leaps, whatever is on its way: the machine slept."""

    seconds: int


@dataclass(frozen=True, slots=True)
class LookAt:
    """The analyst looks at a scan, or at all."""

    scan: int | None


@dataclass(frozen=True, slots=True)
class Again:
    """The analyst wants it checked now."""


Step = (
    Forward
    | Find
    | Alter
    | Burst
    | Note
    | Complete
    | Fail
    | Cancel
    | Return
    | EndStreams
    | Delete
    | Duplicate
    | Hazards
    | Restart
    | Down
    | Crowd
    | Expire
    | SignIn
    | Rewatch
    | Pass
    | Leap
    | LookAt
    | Again
    | Fault
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole run.

    Attributes:
        scans: how many stages each watched scan has seen before.
        silent: bits of the scans whose events another process keeps to itself.
        drifts: whether rows that tie swap between pages.
    """

    scans: tuple[int, ...]
    silent: int
    drifts: bool
    steps: tuple[Step, ...]


SEVERITIES = ["critical", "high", "medium", "low", "blocker"]
WORDS = {
    "severity": [*SEVERITIES, ""],
    "status": ["open", "confirmed", "dismissed", "false_positive", "fixed", "parked"],
    "agent_reasoning": ["Not reachable.", "Reachable by anyone.\n\n--- Víðarr ---\nSo it is."],
    "confidence": ["low", "medium", "high"],
    "title": ["Line\u2028break <img src=x>", "\u202etfel ot thgir", ""],
    "fix_summary": ["Raise it to 1.2.9.", "Bind the value."],
    "suggested_patch": ["Use a parameter.", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"],
}
ANSWERS = ["any", "any", "any", "live", "findings", "findings", "stream", "stream", "scan"]

_scan = st.sampled_from([0, 0, 0, 1, 2])
_waits = st.sampled_from([0, 1, 3, 12])
_bytes = st.integers(0, 2000)
_by_time = frozenset({FaultKind.LAG, FaultKind.LATE, FaultKind.TRICKLE})
_by_wait = frozenset({FaultKind.BUSY_503, FaultKind.RATE_LIMITED})


@st.composite
def faults(draw: st.DrawFn) -> Fault:
    """Anything that can go wrong, with an answer or with a frame."""
    is_frame = draw(st.integers(0, 2)) == 0
    kinds = STREAM_KINDS if is_frame else ANSWER_KINDS
    kind = draw(st.sampled_from(sorted(kinds, key=lambda each: each.name)))
    amount = draw(_waits if kind in _by_time | _by_wait else _bytes)
    if kind is FaultKind.BUSY_503:
        amount = max(amount, 1)
    return Fault(kind, "frame" if is_frame else draw(st.sampled_from(ANSWERS)), amount)


@st.composite
def alterations(draw: st.DrawFn) -> Alter:
    """A silent change of any kind."""
    field = draw(st.sampled_from(sorted(WORDS)))
    word = draw(st.sampled_from(WORDS[field]))
    return Alter(draw(_scan), draw(st.integers(0, 200)), field, word)


_moving = st.builds(Forward, _scan, st.integers(1, 4))
_finding = st.builds(Find, _scan, st.sampled_from([1, 2, 5, 140, 220]), st.sampled_from(SEVERITIES))
_ending = st.one_of(
    st.builds(Complete, _scan, st.booleans()),
    st.builds(Complete, _scan, st.booleans()),
    st.builds(Fail, _scan),
    st.builds(Cancel, _scan, st.booleans()),
)
_telling = st.one_of(st.builds(Burst, _scan), st.builds(Note, _scan), st.builds(EndStreams, _scan))
_asking = st.one_of(
    st.builds(Rewatch, _scan), st.builds(LookAt, st.one_of(st.none(), _scan)), st.just(Again())
)
_breaking = st.one_of(
    st.builds(Restart, st.sampled_from(GENERATIONS)),
    st.builds(Down, st.sampled_from([1, 20, 70])),
    st.builds(Crowd, st.sampled_from([1, 1, 2, 8, None])),
    st.just(Expire()),
    st.builds(Leap, st.sampled_from([5, 50, 700])),
    st.builds(Delete, _scan, st.integers(0, 2)),
)
_passing = st.builds(Pass, st.sampled_from([0, 1, 1, 4, 10, 35]))
_weighed: list[st.SearchStrategy[Step]] = [
    *[_moving] * 3,
    *[_finding] * 3,
    *[alterations()] * 2,
    *[_ending] * 2,
    *[st.builds(Return, _scan)] * 3,
    _telling,
    st.just(SignIn()),
    _asking,
    _breaking,
    *[_passing] * 5,
    *[faults()] * 7,
]


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Any step, the ordinary ones more often."""
    return draw(draw(st.sampled_from(_weighed)))


schedules = st.builds(
    Schedule,
    st.lists(st.integers(0, 7), min_size=1, max_size=MOST_SCANS).map(tuple),
    st.sampled_from([0, 0, 1, 2]),
    st.booleans(),
    st.lists(steps(), min_size=10, max_size=40).map(tuple),
)

#: Nothing goes wrong on the way, and whatever happens shows somewhere.
_calm: list[st.SearchStrategy[Step]] = [
    *[_moving] * 3,
    *[_finding] * 3,
    *[alterations().filter(lambda step: step.word != "parked")] * 4,
    _ending,
    st.builds(Return, _scan),
    _telling,
    st.builds(LookAt, st.one_of(st.none(), _scan)),
    _passing,
]


@st.composite
def calm_steps(draw: st.DrawFn) -> Step:
    """Any step of a server that answers well."""
    return draw(draw(st.sampled_from(_calm)))


calm_schedules = st.builds(
    Schedule,
    st.lists(st.integers(1, 7), min_size=1, max_size=MOST_SCANS).map(tuple),
    st.sampled_from([0, 0, 1, 2]),
    st.booleans(),
    st.lists(calm_steps(), min_size=5, max_size=25).map(tuple),
)
