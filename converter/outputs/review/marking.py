"""The marks on the pages of a filing: the characters in which facts are printed, and the facts tagged there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from converter.outputs.review.pages import SourcePage
from converter.outputs.review.transforms import Printed, read_printed
from converter.report import Fact

Span = tuple[int, int]
"""Offsets [start, end) in the text of a page."""


class Mark(Struct, frozen=True):
    """Characters [start, end) of a page in which one or more facts are printed.

    `facts` are indexes of Report.facts, those whose source this is first. The facts in `tagged` have their elements
    here, the outermost first, around the characters `printed` (offsets within the mark); the others are tagged
    elsewhere, or hidden.
    """

    start: int
    end: int
    facts: tuple[int, ...]
    tagged: tuple[int, ...]
    printed: Printed | None


class Marking(Struct, frozen=True):
    """The marks of every page in the order of the text, and the facts tagged nowhere (indexes of Report.facts)."""

    pages: tuple[tuple[Mark, ...], ...]
    hidden: tuple[int, ...]


class _Occurrence(NamedTuple):
    """A fact (an index of Report.facts) printed somewhere, and whether that is its source."""

    fact: int
    is_source: bool


class _Tagging(NamedTuple):
    """The facts tagged in one place (indexes of Report.facts), and the transformation that all of them have."""

    facts: tuple[int, ...]
    printed: Printed | None


def mark_pages(facts: Sequence[Fact], pages: Sequence[SourcePage]) -> Marking:
    """Mark every place in which a fact is printed. A fact is tagged once: at its source, if it can be read there.

    Marks of a page do not overlap: a fact whose characters overlap another's is hidden and shown with that one.
    """
    by_document = _occurrences(facts, pages)
    marked = tuple(tuple(_marks(page, by_document.get(page.document, {}), facts)) for page in pages)
    tagged = {fact for marks in marked for mark in marks for fact in mark.tagged}
    return Marking(marked, tuple(fact for fact in range(len(facts)) if fact not in tagged))


def _occurrences(
    facts: Sequence[Fact], pages: Sequence[SourcePage]
) -> Mapping[int, Mapping[Span, Sequence[_Occurrence]]]:
    """Return the facts printed in each place, by document and span."""
    places = {page.document: page.place for page in pages}
    by_document: dict[int, dict[Span, list[_Occurrence]]] = {}
    for number, fact in enumerate(facts):
        sources = dict.fromkeys(source for source in (fact.source, *fact.also) if source is not None)
        for source in sources:
            if source.document in places:
                start, end = places[source.document](source)
                if start < end:
                    spans = by_document.setdefault(source.document, {})
                    spans.setdefault((start, end), []).append(_Occurrence(number, source == fact.source))
    return by_document


def _marks(page: SourcePage, spans: Mapping[Span, Sequence[_Occurrence]], facts: Sequence[Fact]) -> Iterator[Mark]:
    current: Mark | None = None
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        at_source = [each.fact for each in spans[span] if each.is_source]
        numbers = tuple(dict.fromkeys([*at_source, *(each.fact for each in spans[span])]))
        if current is not None and span[0] < current.end:
            added = tuple(number for number in numbers if number not in current.facts)
            current = Mark(current.start, current.end, current.facts + added, current.tagged, current.printed)
            continue
        if current is not None:
            yield current
        tagging = _tag(page.read(*span), at_source, facts)
        current = Mark(*span, numbers, tagging.facts, tagging.printed)
    if current is not None:
        yield current


def _tag(text: str, numbers: Sequence[int], facts: Sequence[Fact]) -> _Tagging:
    """Choose the facts (of these `numbers`) that can be tagged in a text with elements nested in each other.

    An ix:nonFraction may hold another one of the same format, scale and sign (Inline XBRL 1.1 section 10.1.1).
    """
    readable = {number: printed for number in numbers if (printed := read_printed(text, facts[number])) is not None}
    first = next(iter(readable.values()), None)
    return _Tagging(tuple(number for number, printed in readable.items() if printed == first), first)
