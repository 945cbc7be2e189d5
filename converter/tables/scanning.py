"""Lines -> what they look like: rules, tags, text, and figures set apart at the end of a line."""

import re
import string
from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from converter.vocabulary import Token, find_amounts


class Shape(Enum):
    """What a line looks like."""

    BLANK = auto()
    RULER = auto()
    TAG = auto()
    PAGE = auto()
    YEARS = auto()
    FIGURES = auto()
    TEXT = auto()


class ScannedLine(Struct, frozen=True):
    """A line with its shape; `tail` are the figures set apart at its end, `label` what stands before them.

    `tokens` are all its numeric tokens, None for a line that was not searched for any.
    """

    index: int
    text: str
    shape: Shape
    tail: tuple[Token, ...] = ()
    label_end: int = 0
    tokens: tuple[Token, ...] | None = None

    @property
    def label(self) -> str:
        """The caption part of the line, without leaders."""
        return strip_leaders(self.text[: self.label_end])

    @property
    def indent(self) -> int:
        """Blanks before the first character."""
        return len(self.text) - len(self.text.lstrip())


_TAG = re.compile(r"\s*</?(?:TABLE|CAPTION|S|C|FN|F\d+|TITLE|MULTIPLIER|LEGEND|ARTICLE|PRE|B|I|U|CENTER)\b[^>]*>", re.I)
_PAGE = re.compile(r"\s*<PAGE>", re.I)
_RULER = re.compile(r"[-=_–—\s.*|+]*(?:[-–—]{3}|={2}|_{3})[-=_–—\s.*|+$]*")
_RULES = frozenset("-=_–—.*|+")
_SET_APART = re.compile(r"\s{2}|\.\s*\.|\t|^\s*[$(<\d.–—-]|[$£¥]")
_FIGURE_END = re.compile(r"[\d)>%*–—-]$|(?:^|\W)n/?[am]$|(?:^|\W)nil$|\d[Oo]+$", re.I)
_ENDS_OF_FIGURES = frozenset("0123456789)>%*-")
_ENDS_OF_WORDS = frozenset(string.ascii_letters) - frozenset("AMLOamlo") | frozenset(",;:?!&'\"")
"""What neither a figure, a rule nor "n/a", "n/m", "nil" ends with: most lines of prose end so."""
NOT_FIGURES = _ENDS_OF_WORDS | {""}
"""What no line of figures ends with."""
_LONG_WORD = re.compile(r"[A-Za-z][a-z]{3}")  # in no figure (but in its mark), nor in what may part two figures
_LEADERS = ("\t", "$", ":", "|", "_", "..", ". .")
_COMPANY = re.compile(r"\b(?:inc|corp|co|ltd)$", re.I)
_TAIL_GAP = re.compile(r"[\s$|*]*(?:\([a-z0-9]{1,2}\)|[*†#]+|\([*†#]+\))?[\s$|.*]*", re.I)


def strip_leaders(text: str) -> str:
    """A caption without the dot leaders, rules and blanks behind it; the point of "Inc." stays."""
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
    """The shape of one line and the figures at its end."""
    if text[-1:] in _ENDS_OF_WORDS and "<" not in text:
        return ScannedLine(index, text, Shape.TEXT, (), len(text))
    if not text or text.isspace():
        return ScannedLine(index, text, Shape.BLANK)
    if "<" in text:
        if _PAGE.match(text):
            return ScannedLine(index, text, Shape.PAGE)
        if _TAG.match(text) and not _TAG.sub("", text).strip():
            return ScannedLine(index, text, Shape.TAG)
        text = _blank_tag(text)
    if text.lstrip()[:1] in _RULES and _RULER.fullmatch(text):
        return ScannedLine(index, text, Shape.RULER, (), len(text))
    tokens = None
    if _ends_like_figure(text) and ("  " in text or _SET_APART.search(text)) and not _ends_in_prose(text):
        tokens = find_amounts(text)
        tail, label_end = split_tail(text, tokens)
        if tail:
            years = all(_is_year(token) for token in tail)
            return ScannedLine(index, text, Shape.YEARS if years else Shape.FIGURES, tail, label_end, tokens)
    return ScannedLine(index, text, Shape.TEXT, (), len(text), tokens)


def rescan(line: ScannedLine, edges: Sequence[int], leftmost: int) -> ScannedLine:
    """The figures of a line once the columns are known: where most of their figures end, and where the first begins.

    Figures that only one blank parts from their caption are known by the column they end at, numbers
    left of all columns are part of the caption.
    """
    if not (line.shape is Shape.FIGURES or (line.shape is Shape.TEXT and _ends_like_figure(line.text))):
        return line
    text, tokens = line.text, line.tokens
    if line.tail and line.tail == tokens and tokens[0].figure_end > leftmost:
        return line  # it has no other figures, and none of them is part of the caption
    tokens = find_amounts(text) if tokens is None else tokens
    tail, label_end = split_tail(text, tokens, edges, leftmost)
    if tail and not all(_is_year(token) for token in tail):
        return ScannedLine(line.index, text, Shape.FIGURES, tail, label_end, tokens)
    return ScannedLine(line.index, text, Shape.TEXT, (), len(text), tokens)


def split_tail(
    text: str, tokens: tuple[Token, ...], edges: Sequence[int] = (), leftmost: int = 0
) -> tuple[tuple[Token, ...], int]:
    """The figures at the end of a line, which holds these `tokens`, and where the caption before them ends.

    A figure belongs to the tail when only blanks, currency and footnote marks stand between it and the
    next one (or the end), and the first one is set apart from the caption by two blanks or a leader, or
    ends at one of `edges`. What ends left of `leftmost` is caption, except for an amount far from all words.
    """
    best: tuple[tuple[Token, ...], int] = ((), len(text))
    right = len(text)
    for position in range(len(tokens) - 1, -1, -1):
        token = tokens[position]
        gap = text[token.end : right]
        if _in_caption(text, token, leftmost) or not (not gap or gap.isspace() or _TAIL_GAP.fullmatch(gap)):
            break
        right = token.start
        if _stands_apart(text, right) or any(abs(token.figure_end - edge) <= 1 for edge in edges):
            best = tokens[position:], right
    return best


def _in_caption(text: str, token: Token, leftmost: int) -> bool:
    """Whether a figure left of all columns belongs to the caption: but for a large amount that three blanks part."""
    alone = token.amount.grouped and text[: token.start].endswith("   ") and bool(text[: token.start].strip())
    return token.figure_end <= leftmost and not alone


def _stands_apart(text: str, end: int) -> bool:
    """Whether what begins at `end` is set apart from the text before: by two blanks, a leader, or nothing before."""
    before = text[:end].rstrip("$ \t")
    gap = text[len(before) : end].replace("$", "")
    return not before or len(gap) >= 2 or "\t" in gap or before[-1] in ":|_" or before.endswith(("..", ". ."))


def _ends_like_figure(text: str) -> bool:
    if text[-1:] in _ENDS_OF_WORDS:
        return False
    bare = text.rstrip(" .|\t")
    if bare[-1:] in _ENDS_OF_WORDS:
        return False
    return bare[-1:] in _ENDS_OF_FIGURES or _FIGURE_END.search(bare[-6:]) is not None


def _ends_in_prose(text: str) -> bool:
    """Whether a word stands behind all wide gaps of the line and all else that could set a figure apart."""
    end = text[text.rfind("  ") + 1 :]
    if "{" in end or not _LONG_WORD.search(end):  # footnote marks in braces may be words
        return False
    return _LONG_WORD.search(end, max(0, *map(end.rfind, _LEADERS))) is not None


def _is_year(token: Token) -> bool:
    """Whether a figure of a heading is a year, be it with the "%" that heads the next column behind it."""
    amount = replace(token.amount, percent=False) if token.amount.percent else token.amount
    return amount.yearlike


def _blank_tag(text: str) -> str:
    match = _TAG.match(text)
    return text if match is None else " " * match.end() + text[match.end() :]
