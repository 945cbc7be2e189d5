"""Classify lines by their shape: rulers, tags, text, and figures set apart at the end of a line."""

import re
import string
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.vocabulary import Token, expression, find_amounts


class Shape(Enum):
    """The shape of a line. YEARS is a line whose figures are all years, usually a heading."""

    BLANK = auto()
    RULER = auto()
    TAG = auto()
    PAGE = auto()
    YEARS = auto()
    FIGURES = auto()
    TEXT = auto()


class Tail(NamedTuple):
    """The figures at the end of a line, and the column at which the caption before them ends."""

    figures: tuple[Token, ...]
    label_end: int


class ScannedLine(Struct, frozen=True, gc=False):
    """A line with its shape.

    `index` is that in Document.lines. `tail` are the figures set apart at the end of the line; the caption before them
    ends at column `label_end`. `tokens` are all numeric tokens of the line, or None if it was not searched for them.
    """

    index: int
    text: str
    shape: Shape
    tail: tuple[Token, ...] = ()
    label_end: int = 0
    tokens: tuple[Token, ...] | None = None

    @property
    def label(self) -> str:
        """The caption before the figures, without leaders."""
        return strip_leaders(self.text[: self.label_end])

    @property
    def indent(self) -> int:
        """The number of spaces before the first character."""
        return len(self.text) - len(self.text.lstrip())


_TAG = re.compile(r"\s*</?(?:TABLE|CAPTION|S|C|FN|F\d+|TITLE|MULTIPLIER|LEGEND|ARTICLE|PRE|B|I|U|CENTER)\b[^>]*>", re.I)
_TAGS = re.compile(rf"(?:{_TAG.pattern})+\s*", re.I)
_PAGE = re.compile(r"\s*<PAGE>", re.I)
_RULER = re.compile(r"(?>(?:(?![-–—]{3}|==|___)[-=_–—\s.*|+])*)(?:[-–—]{3}|==|___)[-=_–—\s.*|+$]*")
_RULES = frozenset("-=_–—.*|+")
_ENDS_OF_RULES = frozenset("-=_")
_RULE_BEHIND = re.compile(r"(?<=[\d)])\s{2,}(?:-{4,}|={4,}|_{4,})(?:\s+(?:-{4,}|={4,}|_{4,}))*$")
"""The rule of the next line, typed behind the figures of a line."""
_CURRENCY_IN_WORDS = expression(r"\((?:pound|euro|yen)s?\)")
_SET_APART = re.compile(r"\s{2}|\.\s*\.|\t|^\s*[$(<\d.–—-]|[$£¥]")
_FIGURE_END = re.compile(
    r"[\d)>%*¢†‡#§–—-]$|(?:^|\W)n[/.]?[am]$|(?:^|\W)nil$|\d[OlI]+$|(?<=\s\s)none$|\d\)?(?:p| ?[CD]R)$|\d[_=~]$", re.I
)
_WORDS_OF_FIGURES = ("  None", "  NONE", "CR", "DR", "Cr", "Dr", "p")
"""Ends of figures that look like the ends of words."""
_SPOILT_END = expression(r"\d[?\"SBZ]$|[,.]\d{1,3}\)?[KMkma-h?\"]$|[xX],[xX]{3}$")
"""What follows the last digit of a figure that is spoilt or has a letter as its footnote mark."""
_STRAY_COMMA = expression(r"\d,\d{3}\)?\s{2,40}\$?\(?\d{1,3}(?:,\d{3}){1,4}\)?,$")
"""A comma typed behind the last of several figures, which belongs to none."""
_NONE = (" None", " NONE")
_ENDS_OF_FIGURES = frozenset("0123456789)>%*-")
_ENDS_OF_WORDS = frozenset(string.ascii_letters) - frozenset("AMLOamlo") | frozenset(",;:?!&'\"")
"""Characters at the end of most lines of prose, but never of figures, rulers, "n/a", "n/m" or "nil"."""
_BEFORE_SPOILT = frozenset("0123456789)xX")
_ENDS_OF_OTHER_WORDS = frozenset(
    first + last for first in set(string.ascii_letters) - set("NILOnilo") for last in "AMLOamlo"
)
"""The same of two letters."""
_LONG_WORD = re.compile(r"[A-Za-z][a-z]{3}")  # not in figures (except in footnote marks), nor between them
_LEADERS = ("\t", "$", ":", "|", "_", "..", ". .")
_LONGEST_LEADER = 3  # characters that tell whether a leader stands before a figure
_MARKS = re.compile(r"(?:\(\d{1,2}\))+")
_LONGEST_DATE = 40
_DATE_BEFORE = expression(r"[a-z]{3}\.?\s\d{1,2},\s(?:19|20)\d\d\W*$", re.I)
_COMPANY = expression(r"\b(?:inc|corp|co|ltd)$", re.I)
_TAIL_GAP = re.compile(r"[\s$|*]*+(?:\([a-z0-9]{1,2}\)|[†#][*†#]*+|\([*†#]+\))?[\s$|.*]*", re.I)


@lru_cache(maxsize=1024)
def strip_leaders(text: str) -> str:
    """Strip a caption and remove the dot leaders and rules after it. The period of "Inc." is kept. Cached."""
    text = text.strip()
    while text and text[-1] in "._-":
        bare = text.rstrip(" ._-")
        tail = text[len(bare) :]
        if len(tail.replace(" ", "")) == 1 and " " not in tail:
            return text if tail in ".-" else bare
        text = bare
        if tail.startswith(".") and _COMPANY.search(bare[-5:]):
            return bare + "."
    return text


def scan_line(index: int, text: str) -> ScannedLine:
    """Classify a line and find the figures at its end."""
    if text[-1:] == "," and _STRAY_COMMA.search(text[-80:]):
        text = text[:-1] + " "
    if text[-1:] in _ENDS_OF_WORDS and "<" not in text and not _is_figure_like_a_word(text):
        return ScannedLine(index, text, Shape.TEXT, (), len(text))
    if not text or text.isspace():
        return ScannedLine(index, text, Shape.BLANK)
    if "<" in text:
        if _PAGE.match(text):
            return ScannedLine(index, text, Shape.PAGE)
        if _TAGS.fullmatch(text):
            return ScannedLine(index, text, Shape.TAG)
        text = _blank_tag(text)
    if text.lstrip()[:1] in _RULES and _RULER.fullmatch(text):
        return ScannedLine(index, text, Shape.RULER, (), len(text))
    if text[-1:] in _ENDS_OF_RULES:
        text = _RULE_BEHIND.sub("", text)
    tokens = None
    if ends_like_figure(text) and ("  " in text or _SET_APART.search(text)) and not _ends_in_prose(text):
        tokens = find_amounts(text)
        tail, label_end = split_tail(text, tokens)
        if tail:
            years = _years(tail, text[:label_end])
            if years and text.count("(", 0, label_end) > text.count(")", 0, label_end):
                return ScannedLine(index, text, Shape.TEXT, (), len(text), tokens)  # "(issued: 2009" goes on
            shape = Shape.YEARS if years else Shape.FIGURES
            return ScannedLine(index, text, shape, years or tail, label_end, tokens)
    return ScannedLine(index, text, Shape.TEXT, (), len(text), tokens)


def rescan(line: ScannedLine, edges: Sequence[int], leftmost: int) -> ScannedLine:
    """Find the figures of a line again when the columns of the table are known.

    `edges` are the columns of text at which the figures end, `leftmost` is where the first column starts. Figures
    separated from the caption by a single space are recognised by their edge; numbers left of all columns are part
    of the caption.
    """
    if not (line.shape is Shape.FIGURES or (line.shape is Shape.TEXT and ends_like_figure(line.text))):
        return line
    text, tokens = line.text, line.tokens
    if line.tail and line.tail == tokens and tokens[0].figure_end > leftmost:
        return line  # there are no other tokens, and none is part of the caption
    tokens = find_amounts(text) if tokens is None else tokens
    tail, label_end = split_tail(text, tokens, edges, leftmost)
    if 2 <= len(edges) <= len(tokens) and len(tail) < len(edges):
        whole = whole_row(text, tokens, len(edges))
        before = text[: whole.label_end] if whole else ""
        if whole and (not tail or not before.strip() or before.endswith("  ")):  # not "benefit of $11     -     (20)"
            tail, label_end = whole
    if tail and not _years(tail, text[:label_end]):
        return ScannedLine(line.index, text, Shape.FIGURES, tail, label_end, tokens)
    return ScannedLine(line.index, text, Shape.TEXT, (), len(text), tokens)


def split_tail(text: str, tokens: tuple[Token, ...], edges: Sequence[int] = (), leftmost: int = 0) -> Tail:
    """Split the figures at the end of a line from its caption. `tokens` are the numeric tokens of the line.

    A figure belongs to the tail if only spaces, currency and footnote marks are between it and the next one (or the
    end of the line). The first one must be separated from the caption by two spaces or a leader, or end at one of
    `edges`. Tokens that end left of `leftmost` are part of the caption, except for an amount far from any word.
    """
    first, label_end = len(tokens), len(text)
    right = len(text)
    for position in range(len(tokens) - 1, -1, -1):
        token = tokens[position]
        gap = text[token.end : right]
        if token.figure_end <= leftmost and not _is_separate(text, token):
            break
        if not (not gap or gap.isspace() or _TAIL_GAP.fullmatch(gap)):
            break
        right = token.start
        before = text[max(0, tokens[position - 1].end - _LONGEST_LEADER) if position else 0 : right]
        if before.endswith("  ") or _is_set_apart(before) or any(abs(token.figure_end - edge) <= 1 for edge in edges):
            first, label_end = position, right
    return Tail(tokens[first:], label_end)


def whole_row(text: str, tokens: tuple[Token, ...], columns: int) -> Tail | None:
    """The figures at the end of a line if there is one for each column, wherever they stand: blanks may be missing.

    All of them have groups of digits, which numbers of captions hardly have one behind the other.
    """
    tail = tokens[-columns:]
    ends = [*(token.start for token in tail[1:]), len(text)]
    if any(text[token.end : end].strip(" $.|=") for token, end in zip(tail, ends, strict=True)):
        return None
    if text.count("(", 0, tail[0].start) > text.count(")", 0, tail[0].start):
        return None  # "(net of tax of $9)    17"
    return Tail(tail, tail[0].start) if all(token.amount.grouped for token in tail) else None


def _is_separate(text: str, token: Token) -> bool:
    """Whether a token is a large amount after three spaces and other text, so that it is no part of the caption."""
    return token.amount.grouped and text.endswith("   ", 0, token.start) and not text[: token.start].isspace()


def _is_set_apart(before: str) -> bool:
    """Whether a token after the text `before` follows two spaces or a leader, or is the first text of the line."""
    bare = before.rstrip("$ \t")
    gap = before[len(bare) :].replace("$", "")
    return not bare or len(gap) >= 2 or "\t" in gap or bare[-1] in ":|_" or bare.endswith(("..", ". ."))


def ends_like_figure(text: str) -> bool:
    """Whether the last characters of a line may belong to a figure."""
    if text[-1:] in _ENDS_OF_WORDS and not _is_figure_like_a_word(text):
        return False
    bare = text.rstrip(" .|\t")
    like_word = not bare or bare[-1] in _ENDS_OF_WORDS or bare[-2:] in _ENDS_OF_OTHER_WORDS
    if like_word and not _is_figure_like_a_word(bare):
        return False
    return bare[-1] in _ENDS_OF_FIGURES or _FIGURE_END.search(bare[-6:]) is not None or _is_spoilt_at_end(bare)


def _is_figure_like_a_word(text: str) -> bool:
    """Whether a text that ends with a letter or a mark of punctuation may end with a figure."""
    return text.endswith(_WORDS_OF_FIGURES) or _is_spoilt_at_end(text)


def _is_spoilt_at_end(text: str) -> bool:
    """Whether a text may end with a figure that is spoilt."""
    return text[-2:-1] in _BEFORE_SPOILT and _SPOILT_END.search(text[-8:]) is not None


def _ends_in_prose(text: str) -> bool:
    """Whether a word follows the last wide gap or leader of the line, so that no figure can be set apart at its end."""
    end = text[text.rfind("  ") + 1 :]
    if "{" in end or not _LONG_WORD.search(end) or end in _NONE:  # footnote marks in braces may be words
        return False
    end = _CURRENCY_IN_WORDS.sub("", end)
    return _LONG_WORD.search(end, max(0, *map(end.rfind, _LEADERS))) is not None


def _years(tail: tuple[Token, ...], before: str) -> tuple[Token, ...]:
    """The years of a line that holds nothing else but footnote marks behind them; none of any other line.

    "1998 (4)" may be a year with its figure: a mark counts as one only in a line of several years, or with a date in
    the text `before` them.
    """
    years = tuple(
        [
            token
            for i, token in enumerate(tail)
            if (not token.amount.grouped and _is_year(token)) or (i and _ends_remark(token))
        ]
    )
    if len(years) == len(tail) or not years:
        return years
    is_heading = years[0] is tail[0] and (len(years) > 1 or ends_with_date(before))
    return years if is_heading and all(_is_year(t) or is_bare_mark(t) for t in tail) else ()


def ends_with_date(text: str) -> bool:
    """Whether a text ends with a date: "March 31, 2004"."""
    return _DATE_BEFORE.search(text[-_LONGEST_DATE:]) is not None


def is_bare_mark(token: Token) -> bool:
    """Whether a token may be a footnote mark: a number of one or two digits in brackets."""
    amount = token.amount
    marked = amount.mark and not _MARKS.fullmatch(amount.mark)
    bare = amount.bracketed and not (amount.damaged or amount.currency or amount.places or amount.percent or marked)
    return bare and 0 < abs(amount.value) < 100


def _is_year(token: Token) -> bool:
    """Whether a token is a year; a "%" after it is ignored, as it may be the heading of the next column."""
    amount = replace(token.amount, percent=False) if token.amount.percent else token.amount
    return amount.is_yearlike


def _ends_remark(token: Token) -> bool:
    """Whether a token is a year at the end of a heading in brackets that begins on a line above: "1997)"."""
    amount = token.amount
    return amount.bracketed and amount.damaged and not amount.grouped and 1900 <= -amount.value <= 2099


def _blank_tag(text: str) -> str:
    """Replace a tag at the start of a line by spaces."""
    match = _TAG.match(text)
    return text if match is None else " " * match.end() + text[match.end() :]
