"""What does a PNG show? Enough of the format to read what the renderer writes: 8 bits, RGBA, not interlaced."""

import struct
import zlib
from collections.abc import Iterator

Pixel = tuple[int, int, int]
_CHANNELS = 4


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (8, 6)
    return width, height


def rows(png: bytes) -> list[list[Pixel]]:
    """The colours, row by row."""
    width, height = size(png)
    stream = zlib.decompress(b"".join(_pieces(png)))
    stride = _CHANNELS * width
    above = bytearray(stride)
    found = []
    for number in range(height):
        start = number * (stride + 1)
        above = _unfiltered(stream[start], bytearray(stream[start + 1 : start + 1 + stride]), above)
        found.append(list(zip(above[0::4], above[1::4], above[2::4], strict=True)))
    return found


def _pieces(png: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(method: int, row: bytearray, above: bytearray) -> bytearray:
    if method == 0:
        return row
    for at in range(len(row)):
        left = row[at - _CHANNELS] if at >= _CHANNELS else 0
        corner = above[at - _CHANNELS] if at >= _CHANNELS else 0
        row[at] = (row[at] + _guess(method, left, above[at], corner)) & 0xFF
    return row


def _guess(method: int, left: int, above: int, corner: int) -> int:
    if method == 1:
        return left
    if method == 2:
        return above
    if method == 3:
        return (left + above) // 2
    return min((left, above, corner), key=lambda value: abs(left + above - corner - value))
