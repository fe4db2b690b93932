"""Where a picture has a colour, so that a test says what is drawn and not only that it changed."""

from operator import ne

from PySide6.QtCore import QPoint, QRect
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
    if area.isEmpty():
        return set()
    copied = image.copy(area).convertToFormat(QImage.Format.Format_ARGB32)
    levels = memoryview(copied.constBits()).cast("I")

    def is_wanted(level: int) -> bool:
        parts = level >> 16 & 255, level >> 8 & 255, level & 255
        return max(abs(one - other) for one, other in zip(parts, wanted, strict=True)) <= near

    likely = set(filter(is_wanted, set(levels)))  # a picture has few colours and many pixels
    at = [number for number, level in enumerate(levels) if level in likely] if likely else []
    width, left, top = area.width(), area.left(), area.top()
    return {(left + number % width, top + number // width) for number in at}


def around(found: set[Place]) -> QRect:
    """Return the smallest rectangle that holds all these pixels; a null one for none."""
    if not found:
        return QRect()
    across, down = zip(*found, strict=True)
    return QRect(QPoint(min(across), min(down)), QPoint(max(across), max(down)))


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
