"""The theme is as large as people have chosen."""

from msgspec.structs import replace

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.models.filter_state import NAME, TableState
from heimdall_desktop.widgets.look.theme import Theme, Zoom


def test_follows_what_is_chosen_and_what_was_kept(theme: Theme) -> None:
    usual = theme.scale(100)
    memory = WindowMemory()
    memory.keep(NAME, '{"zoom": 150}')
    state = TableState(memory)
    zoom = Zoom(theme, state)
    assert theme.scale(100) == round(usual * 1.5)
    state.change(lambda table_layout: replace(table_layout, zoom=80))
    assert theme.scale(100) == round(usual * 0.8)
    assert zoom.parent() is state
