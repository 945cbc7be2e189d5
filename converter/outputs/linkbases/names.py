"""The names of a filing's facts in its own files: rows that no concept fits become elements of the filing itself."""

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from converter.report import Context, Dimension, Fact, Report
from converter.taxonomy import (
    CAPTION_AXIS,
    GENERAL_LINE_ITEMS,
    SHARED,
    TTX,
    Concept,
    Naming,
    Vocabulary,
    load_taxonomy,
    vocabulary_of,
)

FILINGS = "http://text-to-xbrl.example/filing/"  # .example never resolves (RFC 2606): the catalog of a package maps it
_WORD = re.compile(r"[A-Za-z0-9]+")
_LETTERS = re.compile(r"[a-z]+")
_LONGEST_NAME = 100
_TAKEN_PREFIXES = frozenset({"dei", "iso", "ix", "ixt", "link", "ttx", "us", "xbrldi", "xbrli", "xlink", "xml", "xs"})


class OwnElement(Struct, frozen=True):
    """An element of a filing's schema; `type` and `period_type` are as those of a concept, `caption` is its label."""

    name: str
    type: str
    period_type: str
    caption: str


class Names:
    """The qualified names (`prefix:local`) of a filing's concepts, and the elements of its own that this takes."""

    def __init__(self, report: Report, naming: Naming) -> None:
        self._naming = naming
        self._concepts = load_taxonomy().concepts
        self._taken = set(self._concepts)
        self._named: dict[str, Concept] = {}
        self._own: dict[tuple[str, str], OwnElement] = {}
        self.vocabulary = _own_vocabulary(report)
        self._vocabularies = {each.prefix: each for each in (TTX, *SHARED, self.vocabulary)}

    @property
    def elements(self) -> tuple[OwnElement, ...]:
        """The filing's own elements, in the order of their first use."""
        return tuple(self._own.values())

    def vocabulary_of(self, name: str) -> Vocabulary:
        """Return the vocabulary of a qualified name."""
        return self._vocabularies[name.partition(":")[0]]

    def concept(self, name: str) -> str:
        """Return the qualified name of a concept of the taxonomy."""
        concept = self._concepts[name]
        vocabulary = vocabulary_of(concept, self._naming)
        named = f"{vocabulary.prefix}:{vocabulary.name_of(concept)}"
        self._named[named] = concept
        return named

    def concept_of(self, name: str) -> Concept | None:
        """Return the concept that was given a qualified name, None for an element of the filing."""
        return self._named.get(name)

    def heading(self, text: str, key: str, type: str = "abstract") -> str:
        """Return the name of an own element without facts; `key` tells it from others with the same text."""
        suffix = {"abstract": "Abstract", "table": "Table"}.get(type, "LineItems")
        return self._element((suffix, key), text, suffix, type if type == "table" else "abstract", "duration")

    def fact(self, fact: Fact) -> Fact:
        """Return the fact with qualified names; that of a general line item has an own element for its caption."""
        context = self.context(fact.context)
        if fact.concept not in GENERAL_LINE_ITEMS:
            return replace(fact, concept=self.concept(fact.concept), context=context)
        caption = next((each.text for each in fact.context.dimensions if each.axis == CAPTION_AXIS), "")
        concept = self._concepts[fact.concept]
        name = self._element((concept.name, caption), caption, "", concept.type, concept.period_type)
        return replace(fact, concept=name, context=context)

    def context(self, context: Context) -> Context:
        """Return the context with qualified names of axes and members, without the dimension of captions."""
        dimensions = (each for each in context.dimensions if each.axis != CAPTION_AXIS)
        return Context(context.period, tuple(map(self._dimension, dimensions)))

    def _dimension(self, dimension: Dimension) -> Dimension:
        member = self.concept(dimension.member) if dimension.member else ""
        return Dimension(self.concept(dimension.axis), member, dimension.text)

    def _element(self, key: tuple[str, str], caption: str, suffix: str, type: str, period_type: str) -> str:
        element = self._own.get(key)
        if element is None:
            element = OwnElement(self._free_name(caption, suffix), type, period_type, caption)
            self._own[key] = element
        return f"{self.vocabulary.prefix}:{element.name}"

    def _free_name(self, caption: str, suffix: str) -> str:
        words = _WORD.findall(caption)
        stem = "".join(word[0].upper() + word[1:] for word in words)[:_LONGEST_NAME] or "Item"
        stem = stem if stem[0].isalpha() else f"N{stem}"
        name, number = f"{stem}{suffix}", 1
        while name in self._taken:
            number += 1
            name = f"{stem}{number}{suffix}"
        self._taken.add(name)
        return name


def _own_vocabulary(report: Report) -> Vocabulary:
    """Return the filing's own namespace, with the prefix and the name of the files that its filer would choose."""
    cover = {fact.concept: fact.value for fact in report.facts if fact.unit is None and not fact.context.dimensions}
    day = cover.get("DocumentPeriodEndDate")
    when = f"{day:%Y%m%d}" if isinstance(day, date) else "report"
    prefix = _prefix(cover)
    accession = str(cover.get("AccessionNumber", "")) or when
    namespace = f"{FILINGS}{quote(report.entity_identifier, safe='')}/{quote(accession, safe='')}"
    file = f"{prefix}-{when}.xsd"
    return Vocabulary(prefix, namespace, f"{namespace}/{file}", file)


def _prefix(cover: Mapping[str, object]) -> str:
    for concept in ("TradingSymbol", "EntityRegistrantName"):
        letters = _LETTERS.search(str(cover.get(concept, "")).lower())
        if letters and letters[0] not in _TAKEN_PREFIXES:
            return letters[0][:8]
    return "own"
