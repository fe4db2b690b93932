"""Icons take colour, size and density, and all of them can be drawn."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from heimdall_desktop.widgets.look.theme import Icons

INK = QColor("#0A6C6C")


def _inks(pixmap: QPixmap) -> set[str]:
    image = pixmap.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    pixels = (image.pixelColor(x, y) for x, y in points)
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_every_icon_draws_something(qapp: QApplication, resources: Path) -> None:
    icons = Icons(resources / "icons")
    names = [path.stem for path in (resources / "icons").glob("*.svg")]
    assert len(names) > 70
    for name in names:
        assert _inks(icons.pixmap(name, 48, INK, 1.0)), name


def test_an_icon_takes_the_colour_it_is_given(qapp: QApplication, resources: Path) -> None:
    pixmap = Icons(resources / "icons").pixmap("stage-cancelled", 16, INK, 2.0)
    assert _inks(pixmap) == {"#0a6c6c"}


def test_density_adds_pixels_not_size(qapp: QApplication, resources: Path) -> None:
    pixmap = Icons(resources / "icons").pixmap("ui-close", 14, INK, 1.25)
    assert pixmap.size() == QSize(18, 18)
    assert pixmap.devicePixelRatio() == 1.25


def test_a_pixmap_is_rendered_once(qapp: QApplication, resources: Path) -> None:
    icons = Icons(resources / "icons")
    first = icons.pixmap("ui-close", 16, INK, 1.0)
    assert icons.pixmap("ui-close", 16, QColor(INK), 1.0) is first


def test_an_icon_has_a_disabled_form(qapp: QApplication, resources: Path) -> None:
    icon = Icons(resources / "icons").icon("ui-close", 16, INK, disabled=QColor("#8B949E"))
    assert _inks(icon.pixmap(QSize(48, 48), 2.0, QIcon.Mode.Normal)) == {INK.name()}
    assert _inks(icon.pixmap(QSize(48, 48), 2.0, QIcon.Mode.Disabled)) == {"#8b949e"}


def test_an_unknown_name_is_an_error(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Icons(tmp_path).pixmap("ui-close", 16, INK, 1.0)
