"""The documents of a filing as pages of text, and the positions of sources on them."""

import re
from collections.abc import Callable, Collection, Iterator
from enum import Enum, auto
from html import unescape
from itertools import accumulate

from msgspec import Struct

from converter.filing import Document, Filing, TextSpan

HEADER = -1
"""Stands for a document's index in the page of the submission's header, to which no source refers."""

_ENVELOPE = re.compile(r"^<DOCUMENT>", re.MULTILINE)
_MARKUP = re.compile(r"<!--|<[^<>]*>?|[^<]+")
_WHITESPACE = re.compile(r"[\t\n\r\f\xa0]")
_LINE_ENDS = re.compile(r"\r+\n?")
# Form feeds become the symbol for form feed, other characters that XML 1.0 (section 2.2) forbids or that HTML calls
# control characters become the replacement character, so that every character of the source keeps its position.
_FORM_FEED = "\u240c"
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Dress(Enum):
    """How a page is shown: as it was filed, as text laid out from HTML, or as HTML in its own design."""

    AS_FILED = auto()
    LAID_OUT = auto()
    DESIGNED = auto()


class SourcePage(Struct, frozen=True):
    """The text of one document; `place` returns the offsets [start, end) of a source in it.

    `document` is the index in Filing.documents. The text is the source itself, unless it is a layout of HTML. `read`
    returns the characters of a place as they are shown.
    """

    document: int
    title: str
    dress: Dress
    text: str
    place: Callable[[TextSpan], tuple[int, int]]

    def read(self, start: int, end: int) -> str:
        """Return the characters [start, end) as a reader sees them; in HTML, entities are decoded."""
        text = self.text[start:end]
        return _WHITESPACE.sub(" ", unescape(text)) if self.dress is Dress.DESIGNED else text


def pages_of(filing: Filing, laid_out: Collection[int] = ()) -> Iterator[SourcePage]:
    """Yield the header of a submission, if there is one, and every document with text, in the order filed.

    The page of a document is its source, character for character. Documents in `laid_out` (indexes of
    Filing.documents) are HTML to be shown as the converter laid it out with fixed width.
    """
    envelope = _ENVELOPE.search(filing.text)
    if envelope is not None and filing.text[: envelope.start()].strip():
        yield SourcePage(HEADER, "Submission header", Dress.AS_FILED, filing.text[: envelope.start()], _nowhere)
    for number, document in enumerate(filing.documents):
        if document.lines:
            make = _as_filed if not document.html else _laid_out if number in laid_out else _designed
            yield make(filing, number, document)


def shown_text(text: str) -> str:
    """Return text of a page as XML allows it, with line ends "\\n" and forbidden characters replaced."""
    if "\r" in text:
        text = _LINE_ENDS.sub(lambda ends: "\n" if ends[0][-1] == "\n" else "\n" * len(ends[0]), text)
    return _UNSHOWN.sub("\ufffd", text.replace("\f", _FORM_FEED))


def title_of(document: Document) -> str:
    """Return the title of a document: its type and description, or its file name."""
    names = dict.fromkeys(name for name in (document.type, document.description) if name)
    return " – ".join(names) or document.filename or "Document"


def _nowhere(source: TextSpan) -> tuple[int, int]:
    raise LookupError(f"{source} is not in the header")


def _as_filed(filing: Filing, number: int, document: Document) -> SourcePage:
    lines = document.lines
    first, last = lines[0].offset, lines[-1].span(0, len(lines[-1].text))[1]

    def place(source: TextSpan) -> tuple[int, int]:
        start, end = lines[source.line].span(source.start, source.end)
        return start - first, end - first

    return SourcePage(number, title_of(document), Dress.AS_FILED, filing.text[first:last], place)


def _laid_out(filing: Filing, number: int, document: Document) -> SourcePage:
    texts = [line.text for line in document.lines]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))

    def place(source: TextSpan) -> tuple[int, int]:
        first, size = starts[source.line], len(texts[source.line])
        return first + min(source.start, size), first + min(source.end, size)

    return SourcePage(number, title_of(document), Dress.LAID_OUT, "\n".join(texts), place)


def _designed(filing: Filing, number: int, document: Document) -> SourcePage:
    lines, first = document.lines, document.start
    text = filing.text[first : document.end]

    def place(source: TextSpan) -> tuple[int, int]:
        start, end = lines[source.line].span(source.start, source.end)
        return _without_tags(text, start - first, end - first)

    return SourcePage(number, title_of(document), Dress.DESIGNED, text, place)


def _without_tags(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the part of a place in HTML that has no tag inside: the first with a digit, or else with a letter."""
    if "<" not in text[start:end]:
        return start, end
    parts = [match.span() for match in _MARKUP.finditer(text, start, end) if match[0][0] != "<" and match[0].strip()]
    wanted = (re.compile(r"\d"), re.compile(r"\w"), re.compile(r"[^\s$()]"))
    shown = [(part, unescape(text[slice(*part)])) for part in parts]
    found = (part for pattern in wanted for part, seen in shown if pattern.search(seen))
    return next(found, parts[0] if parts else (start, start))
