"""Parse the layout in the attributes of an HTML tag: alignment, indentation, spans, borders, page breaks."""

import re
from functools import lru_cache

from msgspec import Struct

_ATTRIBUTE = re.compile(r"(?<![A-Za-z-])([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LENGTH = re.compile(r"(-?(?:\d{1,4}(?:\.\d{0,4})?|\.\d{1,4}))(em|ex|pt|px|in|cm|mm|pc|%)?")
_NO_BORDER = re.compile(r"\b(?:none|hidden)\b|^0|\s0(?:px|pt)?\b|white|#fff(?:fff)?\b")
_BORDER = re.compile(r"\b(?:solid|dashed|dotted|ridge|groove|inset|outset)\b")
# Columns of text per unit of length, for a 10 point font whose characters are 5 points wide.
_COLUMNS_PER_UNIT = {
    "em": 2.0,
    "ex": 1.0,
    "pt": 0.2,
    "px": 0.15,
    "": 0.15,
    "in": 14.4,
    "cm": 5.7,
    "mm": 0.57,
    "pc": 2.4,
    "%": 1.0,
}
_WIDEST_INDENT = 40
_MAX_COLSPAN = 1000
_MAX_ROWSPAN = 64


class Style(Struct, frozen=True):
    """The layout of one tag.

    Lengths are in columns of text; `margin` is that on the left, padding included. `align` is "left", "center",
    "right" or "". Borders are "-" (single), "=" (double) or "". `tight`: a paragraph without blank lines around it.
    `place` is how far below and to the right of the page's corner an element stands that is placed by itself.
    """

    align: str = ""
    margin: float = 0
    text_indent: float = 0
    colspan: int = 1
    rowspan: int = 1
    border_top: str = ""
    border_bottom: str = ""
    page_break_before: bool = False
    page_break_after: bool = False
    tight: bool = False
    invisible: bool = False
    place: tuple[float, float] | None = None


@lru_cache(maxsize=8192)
def read_style(attributes: str) -> Style:
    """Parse the attributes of a tag, given as the text after its name."""
    values = {
        match[1].lower(): (match[2] or match[3] or match[4] or "").strip().lower()
        for match in _ATTRIBUTE.finditer(attributes)
    }
    rules = _css_rules(values.get("style", ""))
    return Style(
        align=_align(rules.get("text-align") or values.get("align", "")),
        margin=_clamp(_left(rules, "margin") + _left(rules, "padding")),
        text_indent=_clamp(_length(rules.get("text-indent", ""))),
        colspan=_span(values.get("colspan", ""), _MAX_COLSPAN),
        rowspan=_span(values.get("rowspan", ""), _MAX_ROWSPAN),
        border_top=_border(rules, "top"),
        border_bottom=_border(rules, "bottom"),
        page_break_before=rules.get("page-break-before", "") in ("always", "left", "right"),
        page_break_after=rules.get("page-break-after", "") in ("always", "left", "right"),
        tight=_is_tight(rules),
        place=_place(rules),
        invisible=values.get("width") in ("0", "0%") or values.get("color") in ("white", "#ffffff", "ffffff"),
    )


def _css_rules(style: str) -> dict[str, str]:
    pairs = (rule.partition(":") for rule in style.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _align(value: str) -> str:
    return value if value in ("left", "center", "right") else ""


def _length(value: str) -> float:
    match = _LENGTH.match(value)
    return float(match[1]) * _COLUMNS_PER_UNIT[match[2] or ""] if match else 0


def _left(rules: dict[str, str], name: str) -> float:
    """Return the left margin or padding. The values of the shorthand are top, right, bottom, left (CSS 2.1, 8.3)."""
    value = rules.get(f"{name}-left")
    if value is None:
        sides = rules.get(name, "").split()
        value = sides[(0, 0, 1, 1, 3)[min(len(sides), 4)]] if sides else ""
    return _length(value)


def _place(rules: dict[str, str]) -> tuple[float, float] | None:
    if rules.get("position") != "absolute" or not ("top" in rules and "left" in rules):
        return None
    return _length(rules["top"]), _length(rules["left"])


def _clamp(columns: float) -> float:
    return max(-_WIDEST_INDENT, min(_WIDEST_INDENT, columns))


def _is_tight(rules: dict[str, str]) -> bool:
    """Whether a paragraph has no blank line around it."""
    top = rules.get("margin-top", rules.get("margin", "").partition(" ")[0])
    return bool(top) and _length(top) < 1


def _span(value: str, largest: int) -> int:
    return max(1, min(int(value), largest)) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _border(rules: dict[str, str], side: str) -> str:
    value = rules.get(f"border-{side}", "")
    style, width = rules.get(f"border-{side}-style", ""), rules.get(f"border-{side}-width", "")
    if _NO_BORDER.search(f"{value} {style} {width}".strip()):
        return ""
    if "double" in value or style == "double":
        return "="
    return "-" if _BORDER.search(f"{value} {style}") else ""
