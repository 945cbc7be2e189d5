"""The look of an element, as its attributes and the names of tags have it: declarations of an allow-list of CSS.

What is not listed is left out: what loads, moves or hides something, lies over something else, or is not understood.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from converter.outputs.review.design.colours import ink, is_white, read_colour, shade

Look = Mapping[str, str]
"""Declarations of CSS: values by property."""

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = frozenset(f"{name}{side}" for name in ("margin", "padding") for side in ("", *(f"-{s}" for s in _SIDES)))
_LENGTHS |= {"width", "font-size", "line-height", "text-indent", "height"}
_WORDS = {
    "text-align": frozenset(("left", "right", "center", "justify")),
    "vertical-align": frozenset(("top", "middle", "bottom", "baseline", "super", "sub", "text-top", "text-bottom")),
    "font-weight": frozenset(("bold", "bolder", "normal", *(str(hundred) for hundred in range(100, 1000, 100)))),
    "font-style": frozenset(("italic", "oblique", "normal")),
    "font-variant": frozenset(("small-caps", "normal")),
    "text-decoration": frozenset(("underline", "line-through", "none")),
    "text-transform": frozenset(("uppercase", "lowercase", "capitalize", "none")),
    "white-space": frozenset(("nowrap", "pre", "normal")),
}
_BORDERS = frozenset(("border", *(f"border-{side}" for side in _SIDES)))
_LINES = frozenset(("solid", "double", "dashed", "dotted", "ridge", "groove", "inset", "outset"))
_LENGTH = r"-?(?:\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})(?:em|ex|pt|px|in|cm|mm|pc|%)?"
_A_LENGTH = re.compile(_LENGTH)
_LENGTH_WORDS = frozenset(("auto", "normal", "small", "medium", "large", "smaller", "larger", "thin", "thick"))
_LENGTH_WORDS |= {"x-small", "x-large", "xx-small", "xx-large"}
_FONTS = re.compile(r"[a-z0-9 ,_-]{1,100}")
_UNIT = re.compile(r"(\d{1,4})(%?)")
_SIZES = {"1": "10px", "2": "13px", "3": "16px", "4": "18px", "5": "24px", "6": "32px", "7": "40px"}
_SIZES |= {"-2": "10px", "-1": "13px", "+0": "16px", "+1": "18px", "+2": "24px", "+3": "32px", "+4": "40px"}
_ALIGNS = ("left", "right", "center", "justify")
_ONLY_LIGHT = ("color", "background-color")

TEXT = frozenset(
    ("color", "text-decoration", "text-transform", "vertical-align", *(f"font-{n}" for n in ("size", "weight")))
)
TEXT |= {"font-style", "font-family", "font-variant"}
"""The properties that an inline element gives to its text."""

_SPACED = {"margin-top": "1em", "margin-bottom": "1em"}
_INDENTED = {"margin-left": "40px"}
_LIST = {**_SPACED, **_INDENTED}
_BOLD, _ITALIC, _MONO = {"font-weight": "bold"}, {"font-style": "italic"}, {"font-family": "monospace"}
_UNDERLINED, _STRUCK = {"text-decoration": "underline"}, {"text-decoration": "line-through"}
_HEADINGS = ("2em", "1.5em", "1.17em", "1em", "0.83em", "0.67em")
OF_TAGS: Mapping[str, Look] = {
    **dict.fromkeys(("b", "strong"), _BOLD),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), _ITALIC),
    **dict.fromkeys(("u", "ins"), _UNDERLINED),
    **dict.fromkeys(("strike", "del"), _STRUCK),  # not `s`, which the SEC's tables have for a stub
    **dict.fromkeys(("tt", "code", "kbd", "samp"), _MONO),
    "sup": {"vertical-align": "super", "font-size": "smaller"},
    "sub": {"vertical-align": "sub", "font-size": "smaller"},
    "small": {"font-size": "smaller"},
    "big": {"font-size": "larger"},
    **{f"h{level}": {**_SPACED, **_BOLD, "font-size": size} for level, size in enumerate(_HEADINGS, 1)},
    **dict.fromkeys(("p", "dl"), _SPACED),
    **dict.fromkeys(("ul", "ol", "dir", "menu"), _LIST),
    "blockquote": {**_LIST, "margin-right": "40px"},
    "dd": _INDENTED,
    "center": {"text-align": "center"},
    "th": {**_BOLD, "text-align": "center"},
    "pre": {**_MONO, **_SPACED, "white-space": "pre", "font-size": "13px"},
}
"""What browsers make of tags."""


@lru_cache(maxsize=8192)
def look_of(tag: str, attributes: tuple[tuple[str, str], ...]) -> Look:
    """Return the look of an element: of its tag, its attributes and, before these, its `style`."""
    values = dict(attributes)
    found = dict(OF_TAGS.get(tag, {}))
    found.update(_attributes(tag, values))
    for rule in values.get("style", "").lower().split(";")[:64]:
        name, _, value = rule.partition(":")
        found.update(_declared(name.strip(), value.replace("!important", "").strip()))
    return found


def _attributes(tag: str, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what the attributes of HTML 3.2 say."""
    align = values.get("align", "").lower()
    if align in _ALIGNS and tag not in ("table", "hr"):
        yield "text-align", align
    yield from _declared("vertical-align", values.get("valign", "").lower()).items()
    yield from _declared("background-color", values.get("bgcolor", "").lower()).items()
    if tag in ("table", "td", "th", "hr") and (width := _UNIT.fullmatch(values.get("width", "").strip())):
        yield "width", width[1] + (width[2] or "px")
    if "nowrap" in values:
        yield "white-space", "nowrap"
    if tag == "font":
        yield from _declared("color", values.get("color", "").lower()).items()
        yield from _declared("font-family", values.get("face", "").lower()).items()
        if size := _SIZES.get(values.get("size", "").strip()):
            yield "font-size", size


def _declared(name: str, value: str) -> Look:
    """Return a declaration if it is of the allow-list, else nothing."""
    if not value or len(value) > 200:
        return {}
    if name in _LENGTHS:
        parts = value.split()
        negative = "-" in value and name != "text-indent" and not set(parts) & _LENGTH_WORDS
        kept = len(parts) <= 4 and all(_A_LENGTH.fullmatch(part) or part in _LENGTH_WORDS for part in parts)
        return {name: value} if kept and not negative else {}
    if name in _WORDS:
        return {name: value} if value in _WORDS[name] else {}
    if name == "font-family":
        fonts = value.replace('"', "").replace("'", "")
        return {name: fonts} if _FONTS.fullmatch(fonts) else {}
    if name == "color":
        colour = read_colour(value)
        return {name: ink(colour)} if colour is not None and any(colour) else {}
    if name in ("background", "background-color"):
        colour = read_colour(value)
        surface = None if colour is None or is_white(colour) else shade(colour)
        return {"background-color": surface} if surface else {}
    return _border(name, value) if name in _BORDERS else {}


def _border(name: str, value: str) -> Look:
    """Return a border in the colour of the text, nothing if it is none or white."""
    parts = value.split()
    colours = (read_colour(part) for part in parts)
    lines = [part for part in parts if part in _LINES]
    widths = [part for part in parts if _A_LENGTH.fullmatch(part) or part in ("thin", "medium", "thick")]
    if len(lines) != 1 or any(colour is not None and is_white(colour) for colour in colours):
        return {}
    return {name: " ".join([*(width for width in widths[:1] if "-" not in width), lines[0]])}


class StyleSheet:
    """Names for looks, each as short as can be, and the rules that they stand for.

    Colours are those of a light page; on a dark one text has the page's own, and shaded surfaces its own shade.
    """

    def __init__(self) -> None:
        self._names: dict[tuple[tuple[str, str], ...], str] = {}

    def name(self, look: Look) -> str:
        """Return the name of the class with a look, "" for none."""
        key = tuple(sorted(look.items()))
        return self._names.setdefault(key, f"k{len(self._names) + 1}") if key else ""

    def rules(self) -> Iterator[str]:
        """Yield the rules, in the order in which they came up."""
        for look, name in self._names.items():
            plain = ";".join(f"{prop}:{value}" for prop, value in look if prop not in _ONLY_LIGHT)
            light = ";".join(f"{prop}:{value}" for prop, value in look if prop in _ONLY_LIGHT)
            if plain:
                yield f".{name}{{{plain}}}"
            if light:
                yield f"@media (prefers-color-scheme:light){{.{name}{{{light}}}}}"
            if "background-color" in light:
                yield f"@media (prefers-color-scheme:dark){{.{name}{{background-color:var(--shade)}}}}"
