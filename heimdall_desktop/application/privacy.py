"""What others may see: presenting, and when notifications name nothing.

Source: ux.md 1 (32), 2.5 ("Redacted").
"""

from collections.abc import Callable

from msgspec.structs import replace

from heimdall_desktop.application.preferences import Preferences
from heimdall_desktop.domain.facts.choices import PrivacyChoices, Redaction
from heimdall_desktop.services.settings import Settings


class Privacy:
    """Follows the choices and the screen lock.

    Args:
        preferences: the user's choices; they include presenting, so that it survives a restart.

    Attributes:
        knows_lock: whether the system reports when the screen is locked.
        on_hidden: called with whether notifications, and whether windows, must name nothing.
    """

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._is_locked = self._is_on_wall = False
        self._told = (False, False)
        self.knows_lock = False
        self.on_hidden: Callable[[bool, bool], None] = lambda _on_desktop, _in_window: None
        preferences.follow(self._use)

    @property
    def choices(self) -> PrivacyChoices:
        """The current choices."""
        return self._preferences.settings.privacy

    def choose(self, choices: PrivacyChoices) -> None:
        """Apply other choices from now on."""
        self._preferences.change(replace(self._preferences.settings, privacy=choices))

    def present(self, *, is_on: bool) -> None:
        """Mask code, titles, paths and names everywhere, or show them again."""
        self.choose(replace(self.choices, is_presenting=is_on))

    def see_lock(self, is_locked: bool | None) -> None:
        """Set whether the screen is locked; None if the system does not report it."""
        self.knows_lock, self._is_locked = is_locked is not None, bool(is_locked)
        self._use(self._preferences.settings)

    def see_wallboard(self, *, is_in_focus: bool) -> None:
        """Set whether the screen shows the wallboard, which others can see."""
        self._is_on_wall = is_in_focus
        self._use(self._preferences.settings)

    def _use(self, settings: Settings) -> None:
        chosen = settings.privacy
        is_asked = chosen.redaction is Redaction.ALWAYS
        is_asked |= chosen.redaction is Redaction.LOCKED and self._is_locked
        is_asked |= self._is_on_wall
        hidden = (chosen.is_presenting or is_asked, chosen.is_presenting)
        if hidden != self._told:
            self._told = hidden
            self.on_hidden(*hidden)
