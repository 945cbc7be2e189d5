"""The table of standard items, `taxonomy/normalised.csv`: what each item is, and what it may be derived from."""

import csv
import functools
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from converter.normalised.templates import Template
from converter.resources import resource
from converter.taxonomy import load_taxonomy
from converter.vocabulary import expression

COLUMNS = (
    *("item", "label", "statement", "type", "period", "templates", "compustat", "fac"),
    *("concepts", "alone", "family", "identities", "words", "definition"),
)

_TERM = expression(r"([+\-&]?) ?(!?)([a-z_]++)(\??)")
_NAME = expression(r"[a-z][a-z_]*")


class NormalisedError(ValueError):
    """The table of items contradicts itself; the message names the item and what to correct."""


class Statement(StrEnum):
    """The statement that an item belongs to."""

    BALANCE_SHEET = "bs"
    INCOME = "is"
    CASH_FLOW = "cf"


class Need(StrEnum):
    """What an identity asks of one of its items."""

    PRESENT = ""
    IF_PRINTED = "?"
    """It takes part if the statement prints it."""
    ABSENT = "!"
    """The statement may not print it."""


class Term(Struct, frozen=True):
    """One item in an identity, its sign (+1 or -1, 0 if it only must be absent) and what is asked of it."""

    item: str
    sign: int
    need: Need


class Identity(Struct, frozen=True):
    """An item as the sum or difference of others."""

    item: str
    terms: tuple[Term, ...]

    @property
    def needs_whole_statement(self) -> bool:
        """Whether it relies on rows that are not printed, so that it holds in whole statements only."""
        return any(term.need is not Need.PRESENT for term in self.terms) or len(self.terms) == 1

    def __str__(self) -> str:
        return f"{self.item} = {' '.join(map(_written, self.terms)).removeprefix('+ ')}"


class Item(Struct, frozen=True):
    """A standard item: a row of the table. A name may have several rows, for different templates.

    `type` and `period` are as in the table of concepts. `templates` are those that have the item, empty for all.
    `compustat` is the annual mnemonic and `fac` the name among the Fundamental Accounting Concepts, "" if there is
    none. The item is a fact of `concepts`, the first that is there, or one of `alone`, if no other of either stands in
    the same column, nor any of `family`, other parts of it. A row without a concept whose caption matches `words` may
    be the item or a part of it.
    """

    name: str
    label: str
    statement: Statement
    type: str
    period: str
    templates: tuple[Template, ...]
    compustat: str
    fac: str
    concepts: tuple[str, ...]
    alone: tuple[str, ...]
    family: frozenset[str]
    identities: tuple[Identity, ...]
    words: re.Pattern[str] | None
    definition: str

    def is_of(self, template: Template) -> bool:
        """Whether filings of a template have the item."""
        return not self.templates or template in self.templates


@functools.cache
def load_items() -> tuple[Item, ...]:
    """Read the shipped table, once per process."""
    with resource("taxonomy/normalised.csv").open(encoding="utf-8", newline="") as file:
        return parse_items(csv.reader(file))


def parse_items(rows: Iterable[Sequence[str]]) -> tuple[Item, ...]:
    """Make items from the rows of the table, the header first. Raises NormalisedError for a table that is wrong."""
    header, *lines = map(tuple, rows)
    if header != COLUMNS:
        raise NormalisedError(f"the table's header must be {','.join(COLUMNS)}")
    wrong = next((line for line in lines if len(line) != len(COLUMNS)), None)
    if wrong is not None:
        raise NormalisedError(f"{wrong[0] if wrong else header[0]}: a row has {len(wrong)} cells, not {len(COLUMNS)}")
    items = tuple(_item(dict(zip(COLUMNS, line, strict=True))) for line in lines)
    whole = {name for item in items for name in item.concepts}
    items = tuple(replace(item, family=item.family - whole) for item in items)
    for template in Template:
        names = [item.name for item in items if item.is_of(template)]
        if len(set(names)) != len(names):
            raise NormalisedError(f"two items of the template {template} have one name")
    by_name = {item.name: item for item in items}
    for item in items:
        _check(item, by_name)
    return items


def _item(row: dict[str, str]) -> Item:
    name = row["item"]
    try:
        return Item(
            name,
            row["label"],
            Statement(row["statement"]),
            row["type"],
            row["period"],
            tuple(Template(each.replace("_", " ")) for each in row["templates"].split()),
            row["compustat"],
            row["fac"],
            tuple(row["concepts"].split()),
            tuple(row["alone"].split()),
            frozenset(_family(row["statement"], row["family"])),
            tuple(_identity(name, text) for text in row["identities"].split(";") if text.strip()),
            expression(row["words"], re.IGNORECASE) if row["words"] else None,
            row["definition"],
        )
    except ValueError as error:
        raise NormalisedError(f"{name}: {error}") from None


def _family(statement: str, heading: str) -> Iterable[str]:
    """Return the concepts under a heading of the taxonomy's tree of a statement, none for ""."""
    return load_taxonomy().children[statement].get(heading, ()) if heading else ()


def _identity(name: str, text: str) -> Identity:
    """Read `a - b?`, or `a & !b`: a, and nothing is printed for b."""
    terms = []
    for sign, absent, item, optional in _TERM.findall(text):
        need = Need.ABSENT if absent else Need.IF_PRINTED if optional else Need.PRESENT
        terms.append(Term(item, 0 if absent else -1 if sign == "-" else 1, need))
    identity = Identity(name, tuple(terms))
    if str(identity) != f"{name} = {text.strip()}":
        raise NormalisedError(f"{name}: {text.strip()!r} is no sum of items")
    return identity


def _written(term: Term) -> str:
    sign = {1: "+", -1: "-", 0: "&"}[term.sign]
    return f"{sign} {'!' if term.need is Need.ABSENT else ''}{term.item}{'?' if term.need is Need.IF_PRINTED else ''}"


def _check(item: Item, by_name: dict[str, Item]) -> None:
    """Raise NormalisedError for a name that is not valid, an unknown concept or item, or one of another kind."""
    if not _NAME.fullmatch(item.name):
        raise NormalisedError(f"{item.name}: a name has small letters and underscores only")
    table = load_taxonomy().concepts
    for name in (*item.concepts, *item.alone):
        concept = table.get(name)
        if concept is None or (concept.type, concept.period_type) != (item.type, item.period):
            raise NormalisedError(f"{item.name}: there is no {item.type} concept {name} of a {item.period}")
    for identity in item.identities:
        for term in identity.terms:
            other = by_name.get(term.item)
            if other is None or other.period != item.period or (term.sign and other.type != item.type):
                raise NormalisedError(f"{item.name}: {term.item} in {identity} is no such item")
            if term.need is not Need.PRESENT and not (other.words or other.concepts):
                raise NormalisedError(f"{item.name}: nothing tells whether {term.item} is printed")
