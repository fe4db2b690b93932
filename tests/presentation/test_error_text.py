"""Every reason has its words, and who raises it gives the facts that they name."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from heimdall_desktop.domain.facts.errors import (
    NO_CONNECTION,
    HeimdallError,
    LinkError,
    NotAllRead,
    NotVisible,
    Reason,
    ServerUnreachable,
    together,
)
from heimdall_desktop.domain.facts.server import Peer
from heimdall_desktop.presentation.board.source_text import Feature
from heimdall_desktop.presentation.error_text import (
    REASONS_LIMIT,
    WORDS,
    brief,
    cause,
    error_text,
    manual_anchor,
    manual_entry,
    remedy,
    word_reason,
)

REASONS = {"Reason", "errors.Reason"}
PACKAGE = Path(__file__).parents[2] / "heimdall_desktop"
NO_SCAN = LinkError(Reason.NO_SCAN_IN_TEXT)
#: Fields that are neither a text nor, by an ending of `_s`, seconds.
SAMPLES: dict[str, Any] = {
    "error": NO_SCAN,
    "errors": (NO_SCAN,),
    "refused": (("word", NO_SCAN),),
    "feature": Feature.CANCEL,
    "values": (NO_SCAN,),
    "more": 2,
} | dict.fromkeys(
    ("code", "count", "left", "limit", "missing", "most", "named", "status", "total", "version"), 2
)

#: Fields that are the whole text of another error, or of what a server lacks.
SAMPLES_OF = ("error", "errors", "feature", "problem")

Calls = Sequence[tuple[str, ast.Call]]


@pytest.fixture(scope="module")
def calls() -> Calls:
    """Every call of the program with an argument, and where it is."""
    return [
        (f"{file.relative_to(PACKAGE)}:{node.lineno}", node)
        for file in sorted(PACKAGE.rglob("*.py"))
        if PACKAGE / "local" not in file.parents
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args
    ]


def raised(calls: Calls) -> Iterator[tuple[str, Reason, set[str]]]:
    """Where an error is made, of each reason it may have, with the names of its fields."""
    for place, call in calls:
        given = call.args[0]
        choices = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
        for node in choices:
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in REASONS:
                yield place, Reason[node.attr], {word.arg for word in call.keywords if word.arg}


def error_classes() -> set[str]:
    waiting, found = [HeimdallError], set()
    while waiting:
        kind = waiting.pop()
        found.add(kind.__name__)
        waiting += kind.__subclasses__()
    return found


def sample(name: str) -> object:
    return 2.0 if name.endswith("_s") else SAMPLES.get(name, "x")


def test_every_reason_has_words_and_is_raised(calls: Calls) -> None:
    reasons = set(Reason)
    assert set(WORDS) == reasons
    assert {reason for _, reason, _ in raised(calls)} == reasons


def test_wherever_an_error_is_raised_its_words_can_be_said(calls: Calls) -> None:
    for place, reason, names in raised(calls):
        error = HeimdallError(reason, **{name: sample(name) for name in names})
        try:
            said = (cause(error), remedy(error), brief(error))
        except KeyError as missing:
            pytest.fail(f"{place}: {reason} lacks {missing}")
        assert said[0], place
        assert not any("{" in words or "%n" in words for words in said), (place, said)


def test_no_error_is_made_but_with_a_reason(calls: Calls) -> None:
    """So that the test before sees all; another error's reason goes with its fields."""
    kinds = error_classes()
    for place, call in calls:
        if ast.unparse(call.func).removeprefix("errors.") in kinds:
            match call.args[0]:
                case ast.Attribute(attr="reason"):
                    assert any(word.arg is None for word in call.keywords), place
                case given:
                    assert REASONS & set(map(ast.unparse, ast.walk(given))), place


def test_causes_and_remedies_are_sentences() -> None:
    texts = [text for words in WORDS.values() for text in words[:2] if isinstance(text, str)]
    for text in filter(None, texts):
        assert text.endswith((".", "}")), text
        assert text[0].isupper() or text[0] == "{", text


def test_where_no_connection_comes_about_it_can_be_said_in_brief() -> None:
    assert {reason for reason, words in WORDS.items() if words.brief} == NO_CONNECTION


def test_a_server_behind_a_proxy_is_named_with_it() -> None:
    error = ServerUnreachable(Reason.CONNECTION_BROKE, host=Peer("h.test", "p.test:1"))
    assert error_text(error) == "The connection to h.test (via proxy p.test:1) was lost. Try again."


def test_what_a_server_says_is_shown_as_it_is() -> None:
    error = HeimdallError(Reason.REQUEST_REFUSED, host="{x}", answer="{0} %n")
    assert cause(error) == "{x} refused the request: {0} %n."


def test_missing_fields_have_words() -> None:
    error = HeimdallError(Reason.NOT_HEIMDALL, host="h.test", status=204, kind="")
    assert cause(error) == "h.test doesn't respond like a Heimdall server (204, no content type)."


def test_of_several_each_sentence_is_said_once() -> None:
    errors = (
        NotAllRead(Reason.REPO_PAGE_UNREAD),
        NotAllRead(Reason.SCANS_UNREAD, missing=1200, total=4000),
        NotAllRead(Reason.REPO_PAGE_UNREAD),
    )
    assert error_text(together(NotAllRead, errors)) == (
        "A page of the repository list couldn't be loaded. 1\u00a0200 of 4\u00a0000 scans "
        "couldn't be loaded."
    )


def test_of_many_words_that_are_not_watched_some_reasons_are_shown() -> None:
    refused = [(f"word{number}", NotVisible(Reason.NOT_FOUND)) for number in range(6)]
    error = HeimdallError(Reason.NOT_ALL_WATCHED, refused=tuple(refused), left=6, named=7)
    assert cause(error) == "6 of 7 not watched."
    assert remedy(error).count("It doesn't exist or belongs to another account.") == REASONS_LIMIT
    assert remedy(error).endswith("And 2 more.")


def test_an_error_leads_to_its_own_entry_of_the_manual_or_to_that_of_its_cause() -> None:
    assert manual_entry(NO_SCAN) == "no-scan-in-text"
    assert manual_entry(HeimdallError(Reason.LOGIN_LOST, error=NO_SCAN)) == "no-scan-in-text"
    errors = (NotAllRead(Reason.REPO_PAGE_UNREAD), NotAllRead(Reason.SCANS_UNREAD))
    assert manual_entry(together(NotAllRead, errors)) == "repo-page-unread"
    assert manual_entry(HeimdallError(Reason.NOT_OFFERED, feature=Feature.CANCEL)) == ""
    assert manual_entry(None) == ""


@pytest.mark.parametrize("reason", Reason)
def test_only_words_that_are_made_of_others_have_no_entry(reason: Reason) -> None:
    words = WORDS[reason].cause
    is_made = isinstance(words, str) and words.strip(".") in {f"{{{name}}}" for name in SAMPLES_OF}
    assert bool(manual_anchor(reason)) is not is_made


def test_a_word_is_named_where_the_reason_does_not_name_it() -> None:
    assert (
        word_reason("x" * 99, LinkError(Reason.NO_ADDRESS)) == "This isn't a valid server address."
    )
    reported = word_reason("x" * 99, NotVisible(Reason.NOT_FOUND))
    assert reported == f"\u2026{'x' * 40}: It doesn't exist or belongs to another account."
