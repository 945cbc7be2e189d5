"""HTML of a filing -> simple HTML: tags with the few attributes that matter, text with marks where figures stood.

The tags are those that the converter saw when it read the document, so all text that it read is there. What comes out
cannot be read in two ways, and costs a parser no more than its length.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

from converter.outputs.review.pages import shown_text

PLACE = "\ue000"  # of the private use area: stands in the text where a figure stood

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>?|<!--|<[!?][^<>]*>?")
_ATTRIBUTE = re.compile(r"(?<![A-Za-z-])([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_NOWRAP = re.compile(r"\bnowrap\b", re.I)
_KEPT = frozenset(("align", "alt", "bgcolor", "border", "cellpadding", "color", "colspan", "face", "href", "id"))
_KEPT |= {"name", "rowspan", "size", "style", "valign", "width"}
_RAW_TEXT = frozenset(("script", "style", "title", "textarea"))

BLOCKS = frozenset(("address", "article", "blockquote", "body", "caption", "center", "dd", "dir", "div", "dl", "dt"))
BLOCKS |= {"fieldset", "form", "h1", "h2", "h3", "h4", "h5", "h6", "li", "menu", "ol", "p", "pre", "section", "ul"}
INLINE = frozenset(("a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label"))
INLINE |= {"nobr", "q", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var"}
CELLS = frozenset(("td", "th"))
_TAGS = BLOCKS | INLINE | CELLS | {"br", "hr", "img", "table", "tr"}


def simplified(source: str, places: Sequence[tuple[int, int]]) -> str:
    """Return the simple HTML of a document, with PLACE instead of the characters [start, end) of each place.

    Places are in order, do not overlap and hold no tag. A place in a script or a comment is left out.
    """
    return "".join(_pieces(source, places))


def _pieces(source: str, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    position = number = 0
    missing = set[str]()
    while True:
        tag = _TAG.search(source, position)
        end = len(source) if tag is None else tag.start()
        while number < len(places) and places[number][0] <= end:
            start, stop = places[number]
            number += 1
            if start >= position:
                yield _text(source[position:start]) + PLACE
                position = stop
        yield _text(source[position:end])
        if tag is None:
            return
        position = tag.end()
        name = (tag[2] or "").lower()
        closing = "-->" if tag[0] == "<!--" else f"</{name}" if name in _RAW_TEXT and not tag[1] else ""
        if closing:
            position = _after(source, closing, position, missing)
        elif name in _TAGS:
            yield f"</{name}>" if tag[1] else f"<{name}{''.join(_attributes(tag[3]))}>"


def _after(source: str, closing: str, position: int, missing: set[str]) -> int:
    """Return the position after the next `closing` mark, or `position` if there is none (searched only once)."""
    if closing in missing:
        return position
    pattern = re.compile(re.escape(closing) + (">?" if closing == "-->" else "[^<>]*>?"), re.I)
    match = pattern.search(source, position)
    if match is None:
        missing.add(closing)
        return position
    return match.end()


def _attributes(text: str) -> Iterator[str]:
    met = set[str]()
    for match in _ATTRIBUTE.finditer(text):
        name = match[1].lower()
        if name in _KEPT and name not in met:
            met.add(name)
            yield f' {name}="{escape(_shown(match[2] or match[3] or match[4] or ""))}"'
    if _NOWRAP.search(text):
        yield ' nowrap="nowrap"'


def _text(text: str) -> str:
    return escape(_shown(text), quote=False)


def _shown(text: str) -> str:
    """Return text with its entities decoded, as XML allows it."""
    return shown_text(unescape(shown_text(text))).replace(PLACE, "\ufffd")
