"""The sign-in form as a dialog, for when a session has ended or another server is wanted."""

from PySide6.QtWidgets import QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.adding.sign_in import SignIn
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.labels import Paragraph
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX = 420


class SignInDialog(DialogFrame):
    """Closes itself, accepted, once the server took the account.

    Args:
        theme: The look.
        requests: Who signs in.
        reason: Why it is asked, such as "Your session at host ended. Watching is paused."
        parent: The window it belongs to.
    """

    def __init__(
        self, theme: Theme, requests: Requests, reason: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Sign in"), WIDTH_PX, parent)
        self.heading.hide()
        why = Paragraph(theme, one_line(reason), Role.SMALL, tone=Tone.WARNING, parent=self)
        why.setObjectName("sign-in-reason")
        why.setVisible(bool(reason))
        self.form = SignIn(theme, requests, self)
        self.form.signed_in.connect(self.accept)
        self.column.addWidget(why)
        self.column.addSpacing(theme.scale(6) if reason else 0)
        self.column.addWidget(self.form)

    def open(self) -> None:
        """Show the dialog with the cursor where something is missing."""
        super().open()
        self.form.focus_first_gap()
