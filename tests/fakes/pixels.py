"""Where a picture has a colour, so that a test says what is drawn and not only that it changed."""

from operator import ne

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

Place = tuple[int, int]


def places(image: QImage, colour: QColor, part: QRect | None = None, near: int = 0) -> set[Place]:
    """Return the pixels of a colour.

    Args:
        image: the picture.
        colour: what is looked for, without its alpha.
        part: where; everywhere if None.
        near: by how many levels of 255 red, green and blue may differ.
    """
    wanted = colour.red(), colour.green(), colour.blue()
    area = image.rect() if part is None else part.intersected(image.rect())
    found = set()
    for y in range(area.top(), area.bottom() + 1):
        for x in range(area.left(), area.right() + 1):
            level = image.pixel(x, y)
            parts = level >> 16 & 255, level >> 8 & 255, level & 255
            if max(abs(one - other) for one, other in zip(parts, wanted, strict=True)) <= near:
                found.add((x, y))
    return found


def around(found: set[Place]) -> QRect:
    """Return the smallest rectangle that holds all these pixels; a null one for none."""
    rect = QRect()
    for x, y in found:
        rect |= QRect(x, y, 1, 1)
    return rect


def longest_line(found: set[Place]) -> int:
    """Return the length of the longest unbroken horizontal line of these pixels."""
    longest = 0
    for x, y in found:
        if (x - 1, y) not in found:
            end = x
            while (end, y) in found:
                end += 1
            longest = max(longest, end - x)
    return longest


def changed(one: QImage, other: QImage) -> int:
    """Return how many pixels of two pictures differ, all of them if their sizes do."""
    if one.size() != other.size():
        return max(image.width() * image.height() for image in (one, other))
    levels = (memoryview(image.constBits()).cast("I") for image in (one, other))
    return sum(map(ne, *levels))
