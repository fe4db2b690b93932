"""The large badge of the detail."""

from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Severity, Verdict
from heimdall_desktop.widgets.detail.severity_badge import SeverityBadge
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Theme


def test_the_large_badge_names_itself_and_fits_its_word(theme: Theme, qtbot: QtBot) -> None:
    badge = SeverityBadge(theme)
    qtbot.addWidget(badge)
    badge.show_severity(Severity.LOW)
    narrow = badge.sizeHint().width()
    badge.show_severity(Severity.CRITICAL)
    assert badge.accessibleName() == "Critical"
    assert badge.sizeHint().width() > narrow
    assert not badge.grab().isNull()


def test_the_large_badge_of_what_is_withdrawn_is_hollow(theme: Theme, qtbot: QtBot) -> None:
    badge = SeverityBadge(theme)
    qtbot.addWidget(badge)
    badge.show_severity(Severity.CRITICAL)
    badge.resize(badge.sizeHint())
    filled = badge.grab().toImage().pixelColor(4, badge.height() // 2)
    assert filled == theme.tokens.severity.critical.fill
    badge.show_severity(Severity.CRITICAL, Verdict.WITHDRAWN)
    badge.resize(badge.sizeHint())
    hollow = badge.grab().toImage()
    assert hollow.pixelColor(4, badge.height() // 2) == hollow.pixelColor(0, 0) != filled
    assert badge.accessibleName() == "was critical"


def test_a_long_word_leaves_room_beside_the_large_badge(theme: Theme, qtbot: QtBot) -> None:
    badge = SeverityBadge(theme)
    qtbot.addWidget(badge)
    badge.show_severity(Severity.OTHER, word="apocalyptic beyond words")
    assert badge.sizeHint().width() < Badges(theme).filled_size(Severity.OTHER, "W" * 9).width()
    assert badge.accessibleName() == "apocalyptic beyond words"
    assert "apocalyptic beyond words" in badge.toolTip()
