"""What the balance sheets say of equity: the values of its rows by day, in whole units."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from converter.mapping import MappedStatement
from converter.statements import Origin, StatementKind, UnitKind
from converter.taxonomy import Concept, load_taxonomy
from converter.vocabulary import Instant

TOTALS = (
    "StockholdersEquity",
    "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    "PartnersCapital",
    "MembersEquity",
)
"""The concepts of the whole equity; the first that fits counts."""
_OF_OTHERS = "MinorityInterest"
_HEADINGS = ("StockholdersEquityAbstract", "PartnersCapitalAbstract")


class SheetRow(Struct, frozen=True):
    """A row of a balance sheet: its concept (None without one), its caption and its values by day."""

    concept: str | None
    label: str
    values: Mapping[date, Decimal]

    @property
    def is_total(self) -> bool:
        """Whether the row is the whole equity."""
        return self.concept in TOTALS


def equity_rows(statements: Sequence[MappedStatement]) -> Iterator[SheetRow]:
    """Yield the rows of the registrant's balance sheets that are the whole equity, or can be a part of it."""
    concepts = load_taxonomy().concepts
    for mapped in statements:
        statement = mapped.statement
        is_own = statement.kind is StatementKind.BALANCE_SHEET and statement.qualifier is None
        if not is_own or statement.origin is not Origin.PRIMARY:
            continue
        for item, mapping in zip(statement.items, mapped.mappings, strict=True):
            concept = concepts.get(mapping.concept or "")
            if item.unit is UnitKind.MONETARY and (concept is None or _is_of_equity(concept)):
                values = {
                    column.period.day: figure.value
                    for column, figure in zip(statement.columns, item.figures, strict=True)
                    if figure is not None and column.qualifier is None and isinstance(column.period, Instant)
                }
                yield SheetRow(mapping.concept, item.label, values)


def _is_of_equity(concept: Concept) -> bool:
    return concept.statements.get("bs") in _HEADINGS or concept.name == _OF_OTHERS
