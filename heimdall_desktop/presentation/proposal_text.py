"""The words of proposed decisions: in rows, in the bar above them, in the detail, in the list.

What is certain and what is only probable differ by a word, never by colour, and no number
counts both as one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from heimdall_desktop.domain.facts.finding import Finding, Severity, one_line
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.proposals import (
    Certainty,
    Doubt,
    EarlierDecision,
    KnownProposals,
    Proposal,
)
from heimdall_desktop.presentation.i18n import filled, grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import value_in_text, word_in_text, word_of
from heimdall_desktop.presentation.time_text import day_text, minute_text

TEXT_LIMIT = 80  # of a comment, in a row
ACCEPT, REJECT = tr_noop("Accept"), tr_noop("Reject")
REVIEW, LATER = tr_noop("Review"), tr_noop("Later")
ACCEPT_ALL, CLOSE = tr_noop("Accept all\u2026"), tr_noop("Close")
ACCEPT_KEY, ACCEPT_SELECTION_KEY, REJECT_KEY = "A", "Shift+A", "R"
NO_PROPOSAL = tr_noop("No decision is proposed for this finding.")
ICONS = {Certainty.CERTAIN: "ui-history", Certainty.PROBABLE: "ui-help"}
CERTAINTY_WORDS = {Certainty.CERTAIN: tr_noop("Certain"), Certainty.PROBABLE: tr_noop("Probable")}


def reason_word(reason: Reason) -> str:
    """Return a reason as used inside a sentence: "test code"."""
    return tr("other reason") if reason is Reason.OTHER else word_in_text(reason)


def decision_word(proposal: Proposal, *, is_in_text: bool = False) -> str:
    """Return what is proposed: "Dismissed", "Dismissed, severity low" or "Severity low"."""
    severity = "" if proposal.severity is None else word_in_text(proposal.severity)
    if proposal.status is None:
        form = tr("severity {word}") if is_in_text else tr("Severity {word}")
        return form.format(word=severity)
    status = (word_in_text if is_in_text else word_of)(proposal.status)
    if not severity:
        return status
    return tr("{status}, severity {word}").format(status=status, word=severity)


def reason_text(proposal: Proposal) -> str:
    """Return why it was decided, in one line; "" if no reason is known."""
    text = one_line(proposal.text)[:TEXT_LIMIT]
    if proposal.reason is None:
        is_reading = proposal.earlier is not None and proposal.earlier.is_reading
        return tr("loading reason") if is_reading else text
    word = reason_word(proposal.reason)
    return tr("{reason}, {text}").format(reason=word, text=text) if text else word


def row_texts(proposal: Proposal, now: datetime) -> tuple[str, ...]:
    """Return what the row of a finding says, in shorter and shorter forms."""
    is_probable = proposal.certainty is Certainty.PROBABLE
    word, reason = decision_word(proposal, is_in_text=is_probable), reason_text(proposal)
    short_reason = reason if proposal.reason is None else reason_word(proposal.reason)
    facts = (
        (_fact(word, proposal, now, has_place=True), reason),
        (_fact(word, proposal, now, has_place=False), short_reason),
        (word, short_reason),
    )
    texts = [filled(tr("{fact}: {why}"), "{fact}", fact=fact, why=why) for fact, why in facts]
    if is_probable:
        texts = [tr("Probably: {fact}").format(fact=text) for text in texts]
    return tuple(dict.fromkeys(texts))


def sentence(proposal: Proposal, now: datetime) -> str:
    """Return the whole proposal as a sentence: for a tooltip, the detail and a screen reader."""
    return f"{row_texts(proposal, now)[0].rstrip('.')}."


def detail_texts(proposal: Proposal, now: datetime) -> tuple[str, str]:
    """Return what the detail says: that it was decided before, and what that rests on."""
    whole = one_line(proposal.text)
    rest = whole if len(whole) > TEXT_LIMIT else ""
    return sentence(proposal, now), " ".join(filter(None, (rest, why_probable(proposal))))


DOUBTS = {
    Doubt.RAISED: tr_noop("This scan rates it higher than the one in which it was decided."),
    Doubt.PROVEN: tr_noop("It was proven after it was decided."),
    Doubt.MODEL: tr_noop("The language model finds the same code in other words each time."),
    Doubt.MATCH: tr_noop(
        "Its code isn't the same, or the match isn't unique. Compare before you accept."
    ),
}


def why_probable(proposal: Proposal) -> str:
    """Return why a proposal is not certain; "" if it is."""
    return " ".join(tr(DOUBTS[doubt]) for doubt in proposal.doubts)


def _fact(word: str, proposal: Proposal, now: datetime, *, has_place: bool) -> str:
    if proposal.rule:
        return tr("{decision} by rule {name}").format(decision=word, name=one_line(proposal.rule))
    earlier = proposal.earlier
    when = "" if earlier is None else _when(earlier, now)
    if earlier is None or earlier.at is None or not has_place:
        return filled(tr("{decision} {when}"), "{decision}", decision=word, when=when)
    if earlier.is_here:
        forms = (tr("{decision} {when} here"), tr("{decision} here"))
    elif earlier.is_own:
        forms = (
            tr("{decision} {when} elsewhere with this account"),
            tr("{decision} elsewhere with this account"),
        )
    elif earlier.is_own is False:
        forms = (tr("{decision} {when} by another account"), tr("{decision} by another account"))
    else:
        forms = (tr("{decision} {when}"), tr("{decision} in an earlier scan"))
    return filled(*forms, decision=word, when=when)


def _when(earlier: EarlierDecision, now: datetime) -> str:
    """Return "on 3 Jul", "at 13:40", or "in the scan of 3 Jul" if only that is known."""
    at = earlier.at or earlier.scan_at
    if at is None:
        return ""
    day = day_text(at, now)
    if earlier.at is None:
        return tr("in the scan of {time}").format(time=day)
    form = tr("at {time}") if day == minute_text(at) else tr("on {time}")
    return form.format(time=day)


# -- the bar above the rows, while there is something to review and while it is reviewed --


def bar_texts(counts: Mapping[Certainty, int]) -> tuple[str, str]:
    """Return "61 findings were decided before.", and how many of them certainly."""
    total = sum(counts.values())
    fact = tr("%n findings were decided before.", "", total, one="%n finding was decided before.")
    return fact, both_counts(counts)


def both_counts(counts: Mapping[Certainty, int]) -> str:
    """Return "48 certain, 13 probable.", without a kind that there is none of."""
    certain, probable = counts.get(Certainty.CERTAIN, 0), counts.get(Certainty.PROBABLE, 0)
    words = (
        tr("%n certain", "", certain) if certain else "",
        tr("%n probable", "", probable) if probable else "",
    )
    return f"{', '.join(filter(None, words))}." if certain or probable else ""


def progress_text(reviewed: int, left: int) -> str:
    """Return "12 of 61 reviewed."."""
    form = tr("{done} of %n reviewed.", "", reviewed + left)
    return form.format(done=reviewed)


def count_words(count: int) -> str:
    """Return how many findings of a group or a scan have a proposal; "" for none."""
    return tr("%n decided before", "", count) if count else ""


# -- the list of what will be written, before all of it is accepted --


def by_decision(proposals: Iterable[tuple[Finding, Proposal]]) -> str:
    """Return "40 dismissed (3 critical), 6 false positive": how many of each, most first."""
    counts: Counter[str] = Counter()
    criticals: Counter[str] = Counter()
    for row, proposal in proposals:
        word = decision_word(proposal, is_in_text=True)
        counts[word] += 1
        criticals[word] += row.severity is Severity.CRITICAL
    plain, grave = tr("{count} {decision}"), tr("{count} {decision} ({criticals} critical)")
    return ", ".join(
        (grave if criticals[word] else plain).format(
            count=grouped(count), decision=word, criticals=grouped(criticals[word])
        )
        for word, count in counts.most_common()
    )


def accept_word(count: int) -> str:
    """Return the label of the button that writes them."""
    return tr("Accept %n", "", count) if count else tr("Accept")


def kind_text(certainty: Certainty, count: int) -> str:
    """Return the label of the box that selects one kind: "48 certain"."""
    is_certain = certainty is Certainty.CERTAIN
    return tr("%n certain", "", count) if is_certain else tr("%n probable", "", count)


# -- what became of proposals --


def gone_texts(decided: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return that findings were decided elsewhere, from their titles and the server's words."""
    if len(decided) == 1:
        title, status = decided[0]
        fact = tr("{title} was decided elsewhere meanwhile: {word}.")
        words = fact.format(title=title, word=value_in_text(status))
        return words, tr("That decision counts; its proposal is gone.")
    fact = tr("%n findings were decided elsewhere meanwhile.", "", len(decided))
    return fact, tr("Those decisions count; their proposals are gone.")


KEEP, KEEP_NOT = tr_noop("Keep"), tr_noop("Don't keep")


def folder_question(name: str) -> tuple[str, str]:
    """Return whether decisions on a local folder may be kept, and what would be."""
    fact = tr("Keep decisions on {folder} to propose them in later scans?")
    more = tr("Only hashes of place and code are kept, never titles, paths or code.")
    return fact.format(folder=one_line(name)), more


# -- in other places --


def alert_words(findings: Iterable[Finding], known: KnownProposals) -> str:
    """Return "2 dismissed before" about the findings of an alert; "" for none.

    Only what is certain is worth a word there.
    """
    found = list(filter(None, map(known.of, findings)))
    certain = [each for each in found if each.certainty is Certainty.CERTAIN and each.status]
    if not certain:
        return ""
    words = {decision_word(each, is_in_text=True) for each in certain}
    text = tr("%n {decision} before", "", len(certain), one="{decision} before")
    one = tr("decided") if len(words) > 1 else words.pop()
    return text.format(decision=one)
