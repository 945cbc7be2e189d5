"""The XBRL model of a converted filing: what an instance says, before it is text."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct

from converter.filing import Filing, TextSpan
from converter.statements import StatementKind
from converter.taxonomy import Network
from converter.vocabulary import Finding, Instant, Period

CIK_SCHEME = "http://www.sec.gov/CIK"
"""Entity scheme of the SEC's ten-digit central index keys."""

OWN_SCHEME = "http://text-to-xbrl.example/entity"
"""Entity scheme for a registrant whose CIK nobody gives: its ticker, else its name in capitals and hyphens."""

Value = Decimal | str | date
"""What a fact can say; a gMonthDay such as `--06-30` is a str."""

_WORD = re.compile(r"[A-Za-z0-9]+")
_SLUG_LENGTH = 40


class Options(Struct, frozen=True):
    """What the user says of a filing that the file itself does not say; empty means: nothing.

    `cik` is digits, `entity` the registrant's name, `fiscal_year_end` is `MMDD`, `currency` an ISO 4217
    code that replaces the one read from the statements, `period_end` the last day of the period reported on.
    `all_tables` asks for what other tables say in rows like those of the statements.
    """

    cik: str = ""
    entity: str = ""
    fiscal_year_end: str = ""
    currency: str = ""
    period_end: date | None = None
    all_tables: bool = False


class Dimension(Struct, frozen=True):
    """A dimension and what it is set to: an explicit `member`, or the `text` of a typed one."""

    axis: str
    member: str = ""
    text: str = ""

    @property
    def slug(self) -> str:
        """A short name for ids, letters and digits only."""
        if self.member:
            return self.member.removesuffix("Member")
        return "".join(word[0].upper() + word[1:] for word in _WORD.findall(self.text))[:_SLUG_LENGTH] or "Line"


class Context(Struct, frozen=True, cache_hash=True):  # contexts are in every key of the report
    """When, and in which breakdown, a fact holds; the entity is the report's."""

    period: Period
    dimensions: tuple[Dimension, ...] = ()

    @property
    def name(self) -> str:
        """A readable id: `I20030930`, `D20030701-20030930`, `I20030930_Restated`; not unique for typed dimensions."""
        return "_".join([_period_name(self.period), *(dimension.slug for dimension in self.dimensions)])


class Unit(Struct, frozen=True, cache_hash=True):
    """A measure such as `iso4217:USD`, or a ratio of two measures."""

    numerator: str
    denominator: str | None = None

    @property
    def name(self) -> str:
        """A readable id: `USD`, `shares`, `USDPerShare`."""
        head = self.numerator.split(":")[-1]
        if self.denominator is None:
            return head
        return f"{head}Per{self.denominator.split(':')[-1].removesuffix('s').capitalize()}"


class Fact(Struct, frozen=True):
    """One statement of an instance.

    `value` is in whole units with the concept's sign, `decimals` as in XBRL 2.1 section 4.6.5 (None for a
    fact that is not a number). `source` is where it is printed, `also` where else the same figure is printed.
    `confidence` is the mapping's; None for cover facts and for lines that no concept fits.
    """

    concept: str
    context: Context
    unit: Unit | None
    value: Value
    decimals: int | None
    source: TextSpan | None
    label: str
    confidence: float | None = None
    statement: StatementKind | None = None
    also: tuple[TextSpan, ...] = ()


class FigureIndex(Struct, frozen=True, order=True):
    """A printed figure: indexes of its statement, line item and column."""

    statement: int
    item: int
    column: int


class Group(Struct, frozen=True):
    """The facts of one statement in the order printed, or (`statement` None) those of the cover."""

    title: str
    statement: StatementKind | None
    facts: tuple[Fact, ...]


class Summary(Struct, frozen=True):
    """The numbers of a report.

    `figures` counts the printed figures read, `mapped` those that got a concept of their own; `sums` counts the
    sums checked, `sums_holding` those that come out within rounding.
    """

    statements: int
    periods: int
    figures: int
    mapped: int
    sums: int
    sums_holding: int


class Report(Struct, frozen=True):
    """Everything an instance says, and what is to be said beside it.

    `networks` are the calculation networks that apply to the facts; `findings` are all steps' findings.
    """

    entity_scheme: str
    entity_identifier: str
    groups: tuple[Group, ...]
    networks: tuple[Network, ...]
    summary: Summary
    findings: tuple[Finding, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, in document order."""
        return tuple(fact for group in self.groups for fact in group.facts)

    def contexts(self) -> Mapping[Context, str]:
        """Every context in use with its unique id, in the order of first use."""
        return _named(fact.context for fact in self.facts)

    def units(self) -> Mapping[Unit, str]:
        """Every unit in use with its unique id, in the order of first use."""
        return _named(fact.unit for fact in self.facts if fact.unit is not None)


def shown(value: Value) -> str:
    """A value for a message: `1,013,000`, `-0.03`, `2003-09-30`."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def line_number(filing: Filing, source: TextSpan | None) -> int | None:
    """The 1-based line of the source file that `source` stands in."""
    return None if source is None else filing.documents[source.document].lines[source.line].number


def _period_name(period: Period) -> str:
    if isinstance(period, Instant):
        return f"I{period.day:%Y%m%d}"
    return f"D{period.start:%Y%m%d}-{period.end:%Y%m%d}"


_Named = TypeVar("_Named", Context, Unit)


def _named(things: Iterator[_Named]) -> dict[_Named, str]:
    """Each distinct thing with an id made from its name, numbered where two names are the same."""
    names: dict[_Named, str] = {}
    taken: set[str] = set()
    for thing in things:
        if thing in names:
            continue
        name, number = thing.name, 2
        while name.casefold() in taken:
            name, number = f"{thing.name}_{number}", number + 1
        taken.add(name.casefold())
        names[thing] = name
    return names
