"""The results of a self-test, as lines to read and to copy."""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import SelfTestAnswer, SelfTestPart
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import shortened

LONGEST_NAME = 120  # a desktop service can have any name
PARTS = {
    SelfTestPart.NOTIFICATIONS: tr_noop("Notifications"),
    SelfTestPart.KEYRING: tr_noop("Keyring"),
    SelfTestPart.PORTAL: tr_noop("Desktop portal"),
    SelfTestPart.CONNECTION: tr_noop("Server"),
}


def self_test_notification() -> tuple[str, str]:
    """Return title and body of the notification that a self-test shows."""
    return tr("Notifications work"), tr("This notification was sent by the Heimdall self-test.")


def self_test_text(answers: Sequence[SelfTestAnswer]) -> str:
    """Return one line for each answer."""
    return "\n".join(map(_line, answers))


def _line(tested: SelfTestAnswer) -> str:
    part, ms = tr(PARTS[tested.part]), round(tested.took_s * 1000)
    if tested.error is not None:
        text = tr("{part}: failed after {ms} ms. {cause}")
        return text.format(part=part, ms=ms, cause=cause(tested.error))
    if not tested.name:
        return tr("{part}: none; tokens are kept for this session only.").format(part=part)
    return tr("{part}: {name}, responded in {ms} ms.").format(
        part=part, name=shortened(one_line(tested.name), LONGEST_NAME), ms=ms
    )
