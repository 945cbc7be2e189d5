"""Colours of HTML and CSS, and what of them can be read on white paper."""

import re
from collections.abc import Sequence

_NAMES = {
    "aqua": "00ffff",
    "black": "000000",
    "blue": "0000ff",
    "fuchsia": "ff00ff",
    "gray": "808080",
    "green": "008000",
    "grey": "808080",
    "lightblue": "add8e6",
    "lightgrey": "d3d3d3",
    "lime": "00ff00",
    "maroon": "800000",
    "navy": "000080",
    "olive": "808000",
    "purple": "800080",
    "red": "ff0000",
    "silver": "c0c0c0",
    "teal": "008080",
    "white": "ffffff",
    "yellow": "ffff00",
}
_HEX = re.compile(r"#?([0-9a-f]{6})|#([0-9a-f]{3})")
_RGB = re.compile(r"rgb\((\d{1,3}),(\d{1,3}),(\d{1,3})\)")
_DARKEST_SHADE = 0.6  # relative luminance: black and the darkest ink have a contrast of 5 or more on it
_LIGHTEST_INK = 0.08

Rgb = Sequence[int]
"""Red, green and blue, each from 0 to 255."""


def read_colour(value: str) -> Rgb | None:
    """Return the colour that a value in lowercase names, as `#fc0`, `ffcc00`, `rgb(255, 204, 0)` or `navy`."""
    value = _NAMES.get(value, value.replace(" ", ""))
    if rgb := _RGB.fullmatch(value):
        return tuple(min(255, int(channel)) for channel in rgb.groups())
    match = _HEX.fullmatch(value)
    if match is None:
        return None
    digits = match[1] or "".join(2 * digit for digit in match[2])
    return tuple(bytes.fromhex(digits))


def is_white(colour: Rgb) -> bool:
    """Whether it is the colour of the paper."""
    return min(colour) >= 250


def ink(colour: Rgb) -> str:
    """Return the colour as text is written in it: as it is, or so much darker that it can be read on a shade."""
    while _luminance(colour) > _LIGHTEST_INK:
        colour = tuple(channel * 9 // 10 for channel in colour)
    return "#" + bytes(colour).hex()


def shade(colour: Rgb) -> str | None:
    """Return the colour as that of a surface, None if it is too dark to write on."""
    return "#" + bytes(colour).hex() if _luminance(colour) >= _DARKEST_SHADE else None


def _luminance(colour: Rgb) -> float:
    """Return the relative luminance (WCAG 2.2), from 0 to 1."""
    red, green, blue = (
        share / 12.92 if (share := channel / 255) <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for channel in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
