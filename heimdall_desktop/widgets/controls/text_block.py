"""A text of the server to read: a part at first, more on demand, so that none freezes the UI."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.shown_text import shown_text
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.markdown_text import MarkdownText
from heimdall_desktop.widgets.controls.read_text import ReadText
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone

STEP_CHARACTERS = 12_000  # laid out in about 10 ms, ux.md 2.10


class TextBlock(QWidget):
    """Shows the beginning of a text and a link to more of it.

    Args:
        role: The kind of text.
        tone: Its ink.
        parent: The owner.
        is_markdown: Read it as Markdown, for which body text is the one role.
        step: How many characters are shown at first, and more each time.

    Signals:
        page_wanted: address of a web page; ask before opening it.
    """

    page_wanted = Signal(str)

    def __init__(
        self,
        role: Role = Role.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
        *,
        is_markdown: bool = False,
        step: int = STEP_CHARACTERS,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._step = self._limit = step
        self._read: ReadText
        if is_markdown:
            self._read = markdown = MarkdownText()
            markdown.page_wanted.connect(self.page_wanted)
        else:
            self._read = ReadText(role, tone)
        self._read.setObjectName("text")
        self._more = LinkButton(parent=self, is_inline=True)
        self._more.setObjectName("show-more")
        self._more.clicked.connect(self._show_more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._read)
        layout.addWidget(self._more)
        self._more.hide()

    def set_text(self, text: str, name: str = "") -> None:
        """Show a text from its beginning; the same one stays as it is.

        Args:
            text: As the server sent it.
            name: What it is, for assistive technology.
        """
        self._read.setAccessibleName(name)
        if text == self._text:
            return
        self._text, self._limit = text, self._step
        self._show()

    def _show_more(self) -> None:
        self._limit += self._step
        self._show()

    def _show(self) -> None:
        shown, rest = shown_text(self._text, self._limit)
        self._read.set_text(shown)
        self._more.setVisible(rest > 0)
        self._more.set_label(
            tr("Show more (%n characters)", "", rest, one="Show more (%n character)")
        )
