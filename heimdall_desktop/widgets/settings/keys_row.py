"""The keys of a command as a row of settings: newly pressed keys replace the current ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.presentation.i18n import either, tr
from heimdall_desktop.presentation.window import setting as kinds
from heimdall_desktop.presentation.window.setting import Setting
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, LinkButton, OutlineButton
from heimdall_desktop.widgets.controls.key_names import key_text
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.settings.setting_row import SettingRow

ROW_PX, HEAD_PX = 36, 40
GAP_PX = 12
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_unknown,
)
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_LETTERS = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)


class GroupHead(Pane):
    """A heading for the commands below it.

    Args:
        word: The heading.
        parent: The owner.
    """

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, is_strong=True, parent=parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label = Label(word, Role.SMALL, Weight.SEMIBOLD, Tone.MUTED)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignBottom)
        self._measure()

    def _measure(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, self._theme.scale(5))
        self.setFixedHeight(self._theme.row_height(HEAD_PX, Role.SMALL))


class KeysRow(SettingRow):
    """A command, its editable keys, and a reset to the defaults.

    Args:
        setting: Which one.
        parent: The owner.
    """

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._says = Label("", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight)
        self._button = KeysButton(setting.title)
        self._button.setObjectName(f"set-{setting.id}")
        self._button.chosen.connect(self._choose)
        self._button.asked.connect(self._forget_refusal)
        self._refusal = ""
        self._reset = LinkButton(tr("Reset"), is_inline=True)
        self._reset.setAccessibleName(
            tr("{thing}: {action}").format(thing=setting.title, action=tr("Reset"))
        )
        self._reset.setObjectName(f"reset-{setting.id}")
        self._reset.clicked.connect(self._reset_keys)
        self.control = self._button
        self._row = QHBoxLayout(self)
        self._row.addWidget(Label(setting.title, elide=Qt.TextElideMode.ElideRight))
        self._row.addWidget(self._says, 1)
        self._row.addWidget(self._reset)
        self._row.addWidget(self._button)
        self._measure()
        self.use(setting)

    def refresh(self) -> None:
        kind = self._keys
        self._says.setText(self._refusal or self._setting.sentence)
        self._says.set_tone(Tone.FAILED if self._refusal else Tone.MUTED)
        self._reset.setVisible(kind.reset is not None)
        self._button.show_keys(kind.keys)

    @property
    def _keys(self) -> kinds.Keys:
        kind = self._setting.kind
        assert isinstance(kind, kinds.Keys)  # noqa: S101 - the kind of a row never changes
        return kind

    def _choose(self, keys: str) -> None:
        self._refusal = self._keys.choose(keys)
        if self._refusal:
            self.refresh()

    def _forget_refusal(self) -> None:
        self._refusal = ""
        self.refresh()

    def _reset_keys(self) -> None:
        reset = self._keys.reset
        if reset is not None:
            self.focus_control()  # the link disappears
            reset()

    def _measure(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._theme.scale(GAP_PX))
        self.setFixedHeight(self._theme.row_height(ROW_PX))


class KeysButton(OutlineButton):
    """Shows the current keys; once pressed, it captures the next keys.

    Escape keeps them, Backspace removes them.

    Args:
        name: The action of the keys, for assistive technology.
        parent: The owner.

    Signals:
        asked: it waits for the next keys.
        chosen: other keys were pressed, in Qt's portable spelling; "" for none.
    """

    asked = Signal()
    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(height_px=SMALL_PX, parent=parent)
        self._name = name
        self._keys: tuple[str, ...] = ("",)
        self._is_waiting = False
        self.clicked.connect(self._wait)

    def show_keys(self, keys: tuple[str, ...]) -> None:
        """Show the current keys."""
        if keys != self._keys:
            self._keys = keys
            self._show()

    def event(self, event: QEvent) -> bool:
        """Keep the chosen keys from triggering anything else."""
        if self._is_waiting and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_waiting:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in _MODIFIERS:
            return
        self._rest()
        if key is not Qt.Key.Key_Escape:
            is_clearing = key in _CLEARING and not event.modifiers()
            self.chosen.emit("" if is_clearing else spelled(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._rest()

    def _wait(self) -> None:
        self._is_waiting = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()
        self.asked.emit()

    def _rest(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self._show()

    def _show(self) -> None:
        text = [key_text(keys) for keys in self._keys]
        if self._is_waiting:
            self.set_label(tr("Press the new keys"))
            ways_out = tr("Press Esc to keep the current keys, or Backspace to remove them.")
            self.setAccessibleDescription(ways_out)
        else:
            self.set_label(either(text) or tr("None"))
            self.setAccessibleDescription(tr("Activate, then press the new keys."))
        self.setAccessibleName(tr("{action}: {keys}").format(action=self._name, keys=self.label))
        resting = Tone.TEXT if text else Tone.MUTED
        self.set_tone(Tone.ACCENT if self._is_waiting else resting)


def spelled(event: QKeyEvent) -> str:
    """Return pressed keys in Qt's portable spelling, as a command has them.

    Shift is part of a character such as "?": on other keyboards that is another key.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    is_sign = 0x21 <= key <= 0x7E and key not in _LETTERS
    if is_sign:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    combination = modifiers.value | key
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)
