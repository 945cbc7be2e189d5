"""The documents of a filing as pages of text, and the positions of sources on them."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate

from msgspec import Struct

from converter.filing import Document, Filing, TextSpan

HEADER = -1
"""Stands for a document's index in the page of the submission's header, to which no source refers."""

_ENVELOPE = re.compile(r"^<DOCUMENT>", re.MULTILINE)
_LINE_ENDS = re.compile(r"\r+\n?")
# Form feeds become the symbol for form feed, other characters that XML 1.0 (section 2.2) forbids or that HTML calls
# control characters become the replacement character, so that every character of the source keeps its position.
_FORM_FEED = "\u240c"
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class SourcePage(Struct, frozen=True):
    """The text of one document; `place` returns the offsets [start, end) of a source in it.

    `document` is the index in Filing.documents; `html` is true if the text is a layout of HTML, not the source itself.
    """

    document: int
    title: str
    html: bool
    text: str
    place: Callable[[TextSpan], tuple[int, int]]


def pages_of(filing: Filing) -> Iterator[SourcePage]:
    """Yield the header of a submission, if there is one, and every document with text, in the order filed.

    The page of a plain text document is its source, character for character; HTML is laid out with fixed width.
    """
    envelope = _ENVELOPE.search(filing.text)
    if envelope is not None and filing.text[: envelope.start()].strip():
        yield SourcePage(HEADER, "Submission header", False, filing.text[: envelope.start()], _nowhere)
    for number, document in enumerate(filing.documents):
        if document.lines:
            yield (_laid_out if document.html else _as_filed)(filing, number, document)


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

    return SourcePage(number, title_of(document), False, filing.text[first:last], place)


def _laid_out(filing: Filing, number: int, document: Document) -> SourcePage:
    texts = [line.text for line in document.lines]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))

    def place(source: TextSpan) -> tuple[int, int]:
        first, size = starts[source.line], len(texts[source.line])
        return first + min(source.start, size), first + min(source.end, size)

    return SourcePage(number, title_of(document), True, "\n".join(texts), place)
