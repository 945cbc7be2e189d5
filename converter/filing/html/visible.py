"""Take out of an HTML document what its reader does not see, or sees crossed out or raised as a footnote mark.

It becomes spaces, so that all that stays keeps its place in the filing.
"""

import re
from collections.abc import Iterator

from converter.vocabulary import lowercase

# What most documents have none of, in lowercase: they are not looked at tag by tag. Each has all of these words.
_HINTS = (
    (("display", "none"), re.compile(r"display\s*:\s*none")),
    (("line-through",), re.compile("line-through")),
    (("<strike",), re.compile("<strike")),
    (("<del",), re.compile(r"<del\b")),
    (("</s",), re.compile(r"</s\s*>")),
    (("vertical-align", "super"), re.compile(r"vertical-align\s*:\s*super")),
    (("position", "relative"), re.compile(r"position\s*:\s*relative")),
)
_MAY_BE_UNSEEN = re.compile(
    r"<(?:!--|(?=(?:strike|del|s)\b|[a-z][^<>]*(?:display|line-through|vertical-align|position|class))"
    r"([a-z][a-z0-9]*)(?![a-z0-9:])([^<>]*)>)",
    re.I,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?![A-Za-z0-9:])([^<>]*)>|<!--")
_COMMENT_END = "-->"
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.I)
_CROSSED_OUT = re.compile(r"text-decoration\s*:\s*line-through", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*super|position\s*:\s*relative\s*;\s*top\s*:\s*-", re.I)
_MARK = re.compile(r"\s*(?:\d{1,2}|[a-z])\s*")
_FRACTION = re.compile(r"(?:\s|<[^<>]{0,100}>){0,8}(?:[/\u2044]|&frasl;|&#8260;)", re.I)
_NO_TEXT = re.compile(r"<[^<>]*>|&nbsp;?|&#160;?")
_NOT_LINE_END = re.compile(r"[^\n]")
_STYLE_SHEET = re.compile(r"<style\b[^<>]*>([^<]*(?:<(?!/style)[^<]*)*)", re.I)
_RULE = re.compile(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
_CLASS_SELECTOR = re.compile(r"[A-Za-z0-9]*\.([A-Za-z_][\w-]*)")
_CLASS = re.compile(r"\bclass\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_SUPERSCRIPT = re.compile(r"([^<>]{1,40}|(?:<[^<>]{1,100}>){1,6}[^<>]{1,40}(?:</[^<>]{1,20}>){0,6})</sup\s*>", re.I)
_LONGEST_MARK = 1000  # with its tags
_FIGURE_STARTS = frozenset("0123456789(")
_CROSSING_OUT = frozenset({"strike", "del", "s"})
_INLINE = frozenset({"font", "span", "b", "i", "u", "a", "em", "strong", "small", "big", "sup", "sub"}) | _CROSSING_OUT
_CELLS = frozenset({"td", "th"})
_ELEMENTS = _INLINE | _CELLS | {"tr", "table", "tbody", "p", "div", "center", "h1", "h2", "h3", "h4", "ul", "li"}
# The tags that end an element whose own end may be missing, besides that of what is around it.
_ENDED_BY = {
    "td": _CELLS | {"tr"},
    "th": _CELLS | {"tr"},
    "tr": frozenset({"tr", "tbody"}),
    "p": frozenset({"p", "div", "table", "td", "th", "tr"}),
}


def without_unseen(text: str) -> str:
    """Return the text of a document with spaces for what a browser does not show, crosses out or raises as a mark.

    Takes time linear in its length.
    """
    lowered = lowercase(text)
    if not any(all(word in lowered for word in words) and hint.search(lowered) for words, hint in _HINTS):
        return text
    pieces, done = list[str](), 0
    for start, end in _Unseen(text).spans():
        pieces += (text[done:start], _NOT_LINE_END.sub(" ", text[start:end]))
        done = end
    return "".join([*pieces, text[done:]])


def read_superscript(text: str, position: int) -> tuple[int, bool]:
    """Return where to read on behind the tag of a superscript, and whether it is a figure, not a footnote mark."""
    match = _SUPERSCRIPT.match(text, position)
    if match is None:
        return position, False
    if _is_mark(text, *match.span(1), match.end()):
        return match.end(), False
    return position, _NO_TEXT.sub("", match[1]).strip()[:1] in _FIGURE_STARTS


def _is_mark(text: str, start: int, end: int, after: int) -> bool:
    """Whether a raised text is a footnote mark, not the numerator of a fraction whose denominator comes `after` it."""
    content = _NO_TEXT.sub("", text[start : min(end, start + _LONGEST_MARK)])
    return _MARK.fullmatch(content) is not None and not _FRACTION.match(text, after)


class _Unseen:
    """Finds the elements of a document that are not seen as its text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._hidden_classes = _hidden_classes(text)
        self._without_end = set[str]()  # names of elements that do not end: looked for once

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield where each of them starts and ends, one after the other."""
        position = 0
        while (tag := _MAY_BE_UNSEEN.search(self._text, position)) is not None:
            position = tag.end()
            if tag[1] is None:
                position = self._after_comment(position)
            elif (end := self._end_of_unseen(tag[1].lower(), tag[2], position)) is not None:
                yield tag.start(), end
                position = end

    def _after_comment(self, position: int) -> int:
        end = -1 if _COMMENT_END in self._without_end else self._text.find(_COMMENT_END, position)
        if end < 0:
            self._without_end.add(_COMMENT_END)
            return position
        return end + len(_COMMENT_END)

    def _end_of_unseen(self, name: str, attributes: str, content: int) -> int | None:
        """Return where an element ends whose content starts at `content`, if it is not seen as text."""
        if name not in _ELEMENTS or name in self._without_end:
            return None
        crossed_out = name in _CROSSING_OUT or (name in _INLINE and _CROSSED_OUT.search(attributes))
        if crossed_out or self._is_hidden(attributes):
            return self._end(name, content)
        if name in _INLINE and name != "sup" and _RAISED.search(attributes):
            end = self._end(name, content)
            return end if end is not None and _is_mark(self._text, content, end, end) else None
        return None

    def _is_hidden(self, attributes: str) -> bool:
        if _NO_DISPLAY.search(attributes):
            return True
        classes = _CLASS.search(attributes) if self._hidden_classes else None
        return classes is not None and not self._hidden_classes.isdisjoint(classes[classes.lastindex or 0].split())

    def _end(self, name: str, position: int) -> int | None:
        """Return where an element ends: behind its own end, or before the tag that ends it."""
        ended_by = _ENDED_BY.get(name, frozenset())
        nesting, depth = ("table" if ended_by else name), 0
        for tag in _TAG.finditer(self._text, position):
            other = (tag[2] or "").lower()
            if other == nesting and not tag[1] and not (ended_by and other in ended_by):
                depth += 1
            elif other == nesting and depth:
                depth -= 1
            elif not depth and (other == nesting or other in ended_by):
                return tag.end() if other == name and tag[1] else tag.start()
        self._without_end.add(name)
        return None


def _hidden_classes(text: str) -> set[str]:
    """Return the classes that the style sheets of a document do not display; none if they are for several media."""
    classes = set[str]()
    for sheet in _STYLE_SHEET.finditer(text):
        if "@media" in sheet[1]:
            continue
        for selectors, declarations in _RULE.findall(sheet[1]):
            if _NO_DISPLAY.search(declarations):
                found = (_CLASS_SELECTOR.fullmatch(selector.strip()) for selector in selectors.split(","))
                classes.update(match[1] for match in found if match)
    return classes
