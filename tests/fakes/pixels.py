"""Where a picture has a colour, so that a test says what is drawn and not only that it changed."""

from collections.abc import Callable
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
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


Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]
Vision = Callable[[Triple], Triple]
"""What an eye makes of linear red, green and blue."""

PROTANOPIA: Matrix = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
TRITANOPIA: Matrix = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
_LUMINANCE: Triple = (0.2126, 0.7152, 0.0722)
_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Triple = (0.95047, 1.0, 1.08883)


def normal(rgb: Triple) -> Triple:
    return rgb


def no_colour(rgb: Triple) -> Triple:
    """See lightness only, as on a greyscale print."""
    grey = _dot(_LUMINANCE, rgb)
    return (grey, grey, grey)


def lacking(matrix: Matrix) -> Vision:
    def see(rgb: Triple) -> Triple:
        red, green, blue = (min(max(_dot(row, rgb), 0.0), 1.0) for row in matrix)
        return (red, green, blue)

    return see


def difference(one: QColor, other: QColor, vision: Vision = normal) -> float:
    """Return how far apart two colours look to an eye, by CIEDE2000."""
    return ciede2000(_lab(vision(_linear(one))), _lab(vision(_linear(other))))


def ciede2000(one: Triple, other: Triple) -> float:
    """Return the difference of two colours in CIE L*a*b*."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    stretch = 1 + 0.5 * (1 - _knee((hypot(a1, b1) + hypot(a2, b2)) / 2))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    has_hues = c1 * c2 > 0
    turn = (h2 - h1 + 180) % 360 - 180 if has_hues else 0.0
    hue = _middle(h1, h2) if has_hues else h1 + h2
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    off = (lightness - 50) ** 2
    scale_l = 1 + 0.015 * off / sqrt(20 + off)
    scale_c = 1 + 0.045 * chroma
    scale_h = 1 + 0.015 * chroma * _weight(hue)
    part_l, part_c = (l2 - l1) / scale_l, (c2 - c1) / scale_c
    part_h = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / scale_h
    twist = -sin(radians(60 * exp(-(((hue - 275) / 25) ** 2)))) * 2 * _knee(chroma)
    return sqrt(part_l**2 + part_c**2 + part_h**2 + twist * part_c * part_h)


def _knee(chroma: float) -> float:
    return sqrt(chroma**7 / (chroma**7 + 25.0**7))


def _middle(one: float, other: float) -> float:
    if abs(one - other) <= 180:
        return (one + other) / 2
    return (one + other + 360) / 2 if one + other < 360 else (one + other - 360) / 2


def _weight(hue: float) -> float:
    return (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )


def _linear(colour: QColor) -> Triple:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return (red, green, blue)


def _lab(rgb: Triple) -> Triple:
    x, y, z = (_root(_dot(row, rgb) / white) for row, white in zip(_XYZ, _WHITE, strict=True))
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def _root(part: float) -> float:
    return part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29


def _dot(one: Triple, other: Triple) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
