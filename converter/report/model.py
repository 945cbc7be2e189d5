"""The XBRL model of a converted filing: the contents of an instance before serialisation."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec import Struct

from converter.filing import Filing, TextSpan
from converter.report.accounting import Account, FigureIndex
from converter.report.fiscal import FiscalCalendar, FiscalPeriod, quarters_of
from converter.report.printed import COVER, PrintedStatement
from converter.report.views import Facts, Statements, facts_frame, report_html, statements_of
from converter.statements import StatementKind
from converter.taxonomy import (
    CAPTION_AXIS,
    CLASS_OF_STOCK_AXIS,
    COMPONENT_AXIS,
    EQUITY_COMPONENTS_AXIS,
    PART_AXIS,
    REPORTING_BASIS_AXIS,
    Network,
)
from converter.vocabulary import Finding, Instant, Period, Severity, expression

if TYPE_CHECKING:
    import pandas

CIK_SCHEME = "http://www.sec.gov/CIK"
"""Entity scheme of the SEC's ten-digit central index keys."""

OWN_SCHEME = "http://text-to-xbrl.example/entity"
"""Entity scheme for a registrant without a known CIK: its ticker, else its name in capitals and hyphens."""

Value = Decimal | str | date
"""The value of a fact; a gMonthDay such as `--06-30` is a str."""

_WORD = expression(r"[A-Za-z0-9]+")
_SLUG_LENGTH = 40


class Dimension(Struct, frozen=True):
    """A dimension and its value: the `member` of an explicit dimension, or the `text` of a typed one."""

    axis: str
    member: str = ""
    text: str = ""

    @property
    def slug(self) -> str:
        """A short name for ids, of letters and digits only."""
        if self.member:
            return self.member.rpartition(":")[2].removesuffix("Member")
        return "".join(word[0].upper() + word[1:] for word in _WORD.findall(self.text))[:_SLUG_LENGTH] or "Line"


class Context(Struct, frozen=True, cache_hash=True):  # contexts are in every key of the report
    """The period and dimensions of a fact; the entity is that of the report."""

    period: Period
    dimensions: tuple[Dimension, ...] = ()

    @property
    def name(self) -> str:
        """A readable id: `I20030930`, `D20030701-20030930`, `I20030930_Restated`; not unique for typed dimensions."""
        return "_".join([_period_name(self.period), *(dimension.slug for dimension in self.dimensions)])

    @property
    def caption(self) -> str | None:
        """The caption of a general line item."""
        return self._value_of(CAPTION_AXIS)

    @property
    def reporting_basis(self) -> str | None:
        """The member that says how figures differ from the registrant's own, and after a stroke the part's name."""
        return self._named(REPORTING_BASIS_AXIS, PART_AXIS)

    @property
    def class_of_stock(self) -> str | None:
        """The member of a class of stock."""
        return self._value_of(CLASS_OF_STOCK_AXIS)

    @property
    def equity_component(self) -> str | None:
        """The member of a component of equity, and after a stroke the name of one without a member of its own."""
        return self._named(EQUITY_COMPONENTS_AXIS, COMPONENT_AXIS)

    def _named(self, axis: str, name_axis: str) -> str | None:
        """Return the member of an axis, and after a stroke the name that a typed axis gives it."""
        names = [self._value_of(each) for each in (axis, name_axis)]
        return "/".join(name for name in names if name is not None) or None

    def _value_of(self, axis: str) -> str | None:
        """Return the member of an axis, or the text of a typed dimension; None without this axis."""
        return next((each.member or each.text for each in self.dimensions if each.axis == axis), None)


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

    @property
    def text(self) -> str:
        """The measures: `iso4217:USD`, `iso4217:USD/xbrli:shares`, `xbrli:pure`."""
        return self.numerator if self.denominator is None else f"{self.numerator}/{self.denominator}"


class Fact(Struct, frozen=True):
    """A fact of an instance.

    `value` is in whole units with the concept's sign, `decimals` as in XBRL 2.1 section 4.6.5 (None for a
    fact that is not numeric). `source` is where it is printed, `also` where the same figure is printed again.
    `confidence` is that of the mapping; None for cover facts and for lines that no concept fits.
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


class IndexedFact(NamedTuple):
    """A fact and the printed figure that it stands for."""

    figure_index: FigureIndex
    fact: Fact


class Group(Struct, frozen=True):
    """The facts of one statement in printed order, or those of the cover if `statement` is None.

    `part` is PARENTHETICAL if they are stated in captions of the statement, QUARTERLY or SELECTED if they are its rows
    in a table of quarters or of several years.
    """

    title: str
    statement: StatementKind | None
    facts: tuple[Fact, ...]
    part: str = ""

    @property
    def part_name(self) -> str:
        """The name of the group in tables: that of its statement or of its part, or "cover"."""
        if self.statement is None:
            return COVER
        return self.part or self.statement.value


class Summary(Struct, frozen=True):
    """Statistics of a report.

    `figures` counts the printed figures read, `mapped` those with a concept of their own; `sums` counts the
    sums checked, `sums_holding` those that hold within rounding. `account` accounts for all printed figures.
    """

    statements: int
    periods: int
    figures: int
    mapped: int
    sums: int
    sums_holding: int
    account: Account = Account()


class Measure(StrEnum):
    """A figure that a reader looks at first."""

    REVENUE = "revenue"
    NET_INCOME = "net income"
    EARNINGS_PER_SHARE = "earnings per share"
    ASSETS = "total assets"
    EQUITY = "equity"
    CASH = "cash"
    OPERATING_CASH_FLOW = "cash from operations"


class Status(StrEnum):
    """What a check of a headline figure found."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    CONTRADICTED = "contradicted"


class Check(Struct, frozen=True):
    """A headline figure with all that confirms it and all that contradicts it, in words that follow "by".

    `latest` is true if its period ends on the last day that the filing has the measure for. `severity` is INFO unless
    something contradicts the figure, ERROR if it cannot be relied on.
    """

    measure: Measure
    fact: Fact
    confirmations: tuple[str, ...]
    contradictions: tuple[str, ...]
    latest: bool = True
    severity: Severity = Severity.INFO

    @property
    def status(self) -> Status:
        """Contradicted if anything contradicts the figure, else confirmed if anything confirms it."""
        if self.contradictions:
            return Status.CONTRADICTED
        return Status.CONFIRMED if self.confirmations else Status.UNCONFIRMED


class Report(Struct, frozen=True):
    """The contents of an instance, and the findings of all steps.

    `networks` are the calculation networks that apply to the facts, `checks` those of the headline figures. `layout` is
    where the facts are printed: the cover and then the statements (see `converter.report.layout`). `calendar` is that
    of the registrant's fiscal years, None if it is not known.
    """

    entity_scheme: str
    entity_identifier: str
    groups: tuple[Group, ...]
    networks: tuple[Network, ...]
    summary: Summary
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...] = ()
    layout: tuple[PrintedStatement, ...] = ()
    calendar: FiscalCalendar | None = None

    @property
    def statements(self) -> Statements:
        """The statements in printed order, and what belongs to them elsewhere: the layout without the cover.

        `statements["bs"]` is the registrant's balance sheet; `statements["bs"].to_pandas()` is it as a data frame.
        """
        return statements_of(self, (statement for statement in self.layout if statement.code != COVER))

    @property
    def title(self) -> str:
        """Whose report it is, of what form, and until when: `ACME INC, 10-Q to 2003-09-30`."""
        cover = {fact.concept: str(fact.value) for fact in self.facts if fact.unit is None}
        name = cover.get("EntityRegistrantName") or self.entity_identifier
        end = cover.get("DocumentPeriodEndDate", "")
        return f"{name}, {cover.get('DocumentType') or 'report'}{f' to {end}' if end else ''}"

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the facts as a data frame, a row for each, indexed by its id, with the columns of the flat table.

        `value` is a float in whole units with the concept's sign, `exact` the same as Decimal, `text` the value of a
        fact that is no number. Dates are timestamps, whole numbers nullable. Raises ImportError without pandas.
        """
        return facts_frame(self)

    def __getitem__(self, concept: str) -> Facts:
        """Return the facts of a concept, in the order printed. Raises KeyError without one."""
        if not isinstance(concept, str):
            raise TypeError(f"name a concept, as in report['NetIncomeLoss'], instead of {concept!r}")
        facts = Facts(fact for fact in self.facts if fact.concept == concept)
        if not facts:
            from difflib import get_close_matches

            near = get_close_matches(concept, {fact.concept for fact in self.facts}, 3)
            raise KeyError(f"no fact of {concept}{'; there are: ' + ', '.join(near) if near else ''}")
        return facts

    def __contains__(self, concept: object) -> bool:
        """Whether there is a fact of a concept."""
        return any(fact.concept == concept for fact in self.facts)

    def __repr__(self) -> str:
        return f"<Report of {self.title}: {len(self.statements)} statements, {len(self.facts)} facts>"

    def _repr_html_(self) -> str:
        return report_html(self)

    def fiscal(self, period: Period) -> FiscalPeriod:
        """Return fiscal year, fiscal period and number of quarters of a period; only the latter without a calendar."""
        if self.calendar is None:
            return FiscalPeriod(None, "", quarters_of(period))
        return self.calendar.of(period)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, in document order."""
        return tuple(fact for group in self.groups for fact in group.facts)

    def contexts(self) -> Mapping[Context, str]:
        """Every context in use with its unique id, in the order of first use."""
        return _with_ids(fact.context for fact in self.facts)

    def units(self) -> Mapping[Unit, str]:
        """Every unit in use with its unique id, in the order of first use."""
        return _with_ids(fact.unit for fact in self.facts if fact.unit is not None)


def format_value(value: Value) -> str:
    """Format a value for a message: `1,013,000`, `-0.03`, `2003-09-30`."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def line_number(filing: Filing, source: TextSpan | None) -> int | None:
    """Return the 1-based line number of `source` in the file, None if `source` is."""
    return None if source is None else filing.documents[source.document].lines[source.line].number


def _period_name(period: Period) -> str:
    if isinstance(period, Instant):
        return f"I{period.day:%Y%m%d}"
    return f"D{period.start:%Y%m%d}-{period.end:%Y%m%d}"


_Element = TypeVar("_Element", Context, Unit)


def _with_ids(elements: Iterator[_Element]) -> dict[_Element, str]:
    """Map each distinct element to an id: its name, numbered if it is taken."""
    ids: dict[_Element, str] = {}
    taken: set[str] = set()
    numbers: dict[str, int] = {}  # the next of each name
    for element in elements:
        if element in ids:
            continue
        name = element.name
        key = name.casefold()
        while name.casefold() in taken:
            numbers[key] = numbers.get(key, 1) + 1
            name = f"{element.name}_{numbers[key]}"
        taken.add(name.casefold())
        ids[element] = name
    return ids
