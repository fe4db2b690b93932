"""What a picture looks like, in so few bytes that git can keep it, and how two of them differ.

A picture is cut into squares of 16 by 16 px. Of each, six bytes are kept: the lightness of its four
quarters and its mean colour. That is enough to see a text move by 2 px or take another colour, and
too little to see the last level of a smoothed edge.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, product

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage

SQUARE_PX = 16
QUARTER_PX = 8
TOLERANCE = 2  # levels of 255 by which each of the six bytes may differ
AS_FIRST, AS_ANOTHER = "=", "@"

#: Lightness of the quarters, row by row; then half of red above green, and of blue, both plus 128.
Square = bytes


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of a picture that looks different.

    Attributes:
        region: Where, in px.
        levels: By how much at most, in levels of 255.
        is_colour: Whether that is the colour; else it is the lightness.
    """

    region: QRect
    levels: int
    is_colour: bool

    def __str__(self) -> str:
        rect, of = self.region, "colour" if self.is_colour else "lightness"
        place = f"{rect.width()}x{rect.height()} px at {rect.x()},{rect.y()}"
        return f"{place} differ by up to {self.levels} levels of {of}"


class Squares:
    """The squares of a picture.

    Args:
        rows: from the top, each from the left; all of one length.
    """

    def __init__(self, rows: list[list[Square]]) -> None:
        self.rows = rows

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Squares) and self.rows == other.rows

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, image: QImage) -> Squares:
        """Look at a picture; what is left over of a square at the right and below is not seen."""
        width, height = image.width() // SQUARE_PX, image.height() // SQUARE_PX
        seen = image.copy(0, 0, width * SQUARE_PX, height * SQUARE_PX)
        shades = _shrunk(seen, QSize(2 * width, 2 * height), QImage.Format.Format_Grayscale8)
        colours = _shrunk(seen, QSize(width, height), QImage.Format.Format_RGB888)
        rows: list[list[Square]] = []
        for y in range(height):
            upper, lower, row = shades[2 * y], shades[2 * y + 1], colours[y]
            rows.append(
                [
                    upper[2 * x : 2 * x + 2]
                    + lower[2 * x : 2 * x + 2]
                    + _tint(*row[3 * x : 3 * x + 3])
                    for x in range(width)
                ]
            )
        return cls(rows)

    def differences(self, other: Squares) -> list[Difference]:
        """Return where another picture looks different, the largest part first.

        Squares that touch are one part. A picture of another size differs as a whole.
        """
        if self._size != other._size:
            size = self._size.expandedTo(other._size) * SQUARE_PX
            return [Difference(QRect(QPoint(), size), 255, is_colour=False)]
        apart: dict[tuple[int, int], list[int]] = {}
        for y, (row, other_row) in enumerate(zip(self.rows, other.rows, strict=True)):
            if row == other_row:
                continue
            for x, (one, two) in enumerate(zip(row, other_row, strict=True)):
                levels = [abs(a - b) for a, b in zip(one, two, strict=True)]
                if max(levels) > TOLERANCE:
                    apart[x, y] = levels
        found = [_difference(part) for part in _parts(apart)]
        return sorted(found, key=lambda each: -each.region.width() * each.region.height())

    def image(self) -> QImage:
        """Draw what is known of the picture: it as if seen through a curtain."""
        image = QImage(self._size.expandedTo(QSize(1, 1)) * 2, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.gray)
        for y, row in enumerate(self.rows):
            for x, square in enumerate(row):
                for n, (down, right) in enumerate(product((0, 1), (0, 1))):
                    image.setPixelColor(2 * x + right, 2 * y + down, _colour(square, n))
        return image.scaled(image.size() * QUARTER_PX)

    @property
    def _size(self) -> QSize:
        return QSize(len(self.rows[0]) if self.rows else 0, len(self.rows))


def to_texts(pictures: Mapping[str, Squares]) -> dict[str, str]:
    """Write pictures by name, a line a row.

    Squares like those of the first picture are written as `=*count`, a row like that of an earlier
    picture as `@name`: so the pictures of a window in many states take little room, and what
    changes in all of them changes in few texts.
    """
    written: dict[str, str] = {}
    owners: dict[tuple[int, tuple[Square, ...]], str] = {}
    first: list[list[Square]] = []
    for name, picture in pictures.items():
        lines = []
        for y, row in enumerate(picture.rows):
            owner = owners.setdefault((y, tuple(row)), name)
            beneath = first[y] if y < len(first) else []
            lines.append(_line(row, beneath) if owner == name else AS_ANOTHER + owner)
        first = first or picture.rows
        written[name] = "\n".join(lines) + "\n"
    return written


def from_texts(texts: Mapping[str, str]) -> dict[str, Squares]:
    """Read what `to_texts` wrote, in the same order.

    Raises:
        ValueError: a text is damaged, or refers to one that is not there.
    """
    read: dict[str, Squares] = {}
    first: list[list[Square]] = []
    for name, text in texts.items():
        rows: list[list[Square]] = []
        for y, line in enumerate(text.splitlines()):
            if not line.startswith(AS_ANOTHER):
                rows.append(_row(line, first[y] if y < len(first) else []))
            elif line[1:] in read:
                rows.append(read[line[1:]].rows[y])
            else:
                raise ValueError(f"{name} refers to {line[1:]}, which is not there")
        read[name] = Squares(rows)
        first = first or rows
    return read


def _line(row: list[Square], beneath: list[Square]) -> str:
    codes = [
        AS_FIRST if x < len(beneath) and beneath[x] == square else _code(square)
        for x, square in enumerate(row)
    ]
    runs = ((code, len(list(run))) for code, run in groupby(codes))
    return " ".join(code if count == 1 else f"{code}*{count}" for code, count in runs)


def _row(line: str, beneath: list[Square]) -> list[Square]:
    row: list[Square] = []
    for word in line.split():
        code, _, number = word.partition("*")
        count = int(number or 1)
        row += beneath[len(row) : len(row) + count] if code == AS_FIRST else [_square(code)] * count
    return row


def _code(square: Square) -> str:
    is_plain = len(set(square[:4])) == 1
    return base64.b64encode(square[3:] if is_plain else square).decode()


def _square(code: str) -> Square:
    square = base64.b64decode(code, validate=True)
    return square if len(square) == 6 else square[:1] * 3 + square


def _shrunk(image: QImage, size: QSize, form: QImage.Format) -> list[bytes]:
    """Return the rows of a picture each of whose pixels is the mean of many."""
    small = image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(form)
    length, bits = size.width() * small.depth() // 8, bytes(small.constBits())
    starts = (small.bytesPerLine() * y for y in range(size.height()))
    return [bits[start : start + length] for start in starts]


def _tint(red: int, green: int, blue: int) -> bytes:
    return bytes([(red - green) // 2 + 128, (blue - green) // 2 + 128])


def _colour(square: Square, quarter: int) -> QColor:
    """Return about the colour of a quarter; Qt's lightness is (11 red + 16 green + 5 blue) / 32."""
    red, blue = (2 * (each - 128) for each in square[4:])
    green = square[quarter] - (11 * red + 5 * blue) / 32
    levels = (round(min(max(level, 0), 255)) for level in (green + red, green, green + blue))
    return QColor(*levels)


def _parts(apart: dict[tuple[int, int], list[int]]) -> Iterator[dict[tuple[int, int], list[int]]]:
    left = dict(apart)
    while left:
        part: dict[tuple[int, int], list[int]] = {}
        edge = [next(iter(left))]
        while edge:
            place = edge.pop()
            if place in left:
                part[place] = left.pop(place)
                edge += [(place[0] + x, place[1] + y) for x, y in product((-1, 0, 1), repeat=2)]
        yield part


def _difference(part: dict[tuple[int, int], list[int]]) -> Difference:
    region = QRect()
    for x, y in part:
        region |= QRect(x * SQUARE_PX, y * SQUARE_PX, SQUARE_PX, SQUARE_PX)
    levels, byte = max((level, n) for each in part.values() for n, level in enumerate(each))
    return Difference(region, levels, is_colour=byte > 3)
