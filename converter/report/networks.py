"""The calculation networks that an instance may claim, and the sums its statements break."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.report.duplicates import Key, key_of
from converter.report.model import Context, Fact, FigureIndex, Unit, line_number, shown
from converter.statements import Statement
from converter.sums import Sum
from converter.taxonomy import Network
from converter.vocabulary import Code, Finding, Severity


class _Cover(Struct, frozen=True):
    """A total fact with the facts that the statement adds up to it: concept -> weight."""

    total: Fact
    weights: Mapping[str, int]


def applying_networks(
    statements: Sequence[MappedStatement], placed: Mapping[FigureIndex, Fact], networks: Sequence[Network]
) -> tuple[Network, ...]:
    """The networks whose calculation is exactly a sum of the statements, wherever their total is reported.

    In each context with the total, the parts reported must be those that the statement adds up, with the
    weights of the network: then a calculation inconsistency (Calculations 1.1) is the source's own.
    """
    covers = {key_of(cover.total): cover for cover in _covers(statements, placed)}
    reported: dict[tuple[Context, Unit | None], set[str]] = {}
    where: dict[str, dict[Key, set[str]]] = {}
    for fact in placed.values():
        beside = reported.setdefault((fact.context, fact.unit), set())
        beside.add(fact.concept)
        where.setdefault(fact.concept, {})[key_of(fact)] = beside
    chosen: dict[frozenset[Key], Network] = {}
    for network in networks:
        if network.total not in where:
            continue
        covered = _covered(network, where[network.total], covers)
        if covered and (covered not in chosen or len(network.parts) < len(chosen[covered].parts)):
            chosen[covered] = network
    ids = {network.id for network in chosen.values()}
    return tuple(network for network in networks if network.id in ids)


def _covers(statements: Sequence[MappedStatement], placed: Mapping[FigureIndex, Fact]) -> Iterator[_Cover]:
    for number, mapped in enumerate(statements):
        for found in mapped.sums:
            for column in range(len(found.differences)):
                if any(
                    _left_out(mapped.statement, FigureIndex(number, item, column), placed) for item, _ in found.parts
                ):
                    continue
                cover = _cover(number, column, found, mapped.mappings, placed)
                if cover is not None:
                    yield cover


def _left_out(statement: Statement, place: FigureIndex, placed: Mapping[FigureIndex, Fact]) -> bool:
    """Whether a printed figure is no fact, as those of tables in the notes are that have no concept."""
    return place not in placed and statement.items[place.item].figures[place.column] is not None


def _cover(
    number: int, column: int, found: Sum, mappings: Sequence[RowMapping], placed: Mapping[FigureIndex, Fact]
) -> _Cover | None:
    """The sum of one column in terms of facts; None if a part has no concept of its own or another context."""
    total = placed.get(FigureIndex(number, found.total, column))
    if total is None:
        return None
    weights: dict[str, int] = {}
    for item, sign in found.parts:
        part = placed.get(FigureIndex(number, item, column))
        if part is None:
            continue
        if (part.context, part.unit) != (total.context, total.unit) or part.concept in weights:
            return None
        weights[part.concept] = mappings[found.total].sign * sign * mappings[item].sign
    return _Cover(total, weights)


def _covered(network: Network, totals: Mapping[Key, set[str]], covers: Mapping[Key, _Cover]) -> frozenset[Key]:
    """The totals that the network explains, each given with what is reported beside it; empty if one is left over."""
    covered: set[Key] = set()
    for total, beside in totals.items():
        parts = beside.intersection(network.parts)
        if not parts:
            continue
        if total not in covers or covers[total].weights != {part: network.parts[part] for part in parts}:
            return frozenset()
        covered.add(total)
    return frozenset(covered)


def broken_sums(filing: Filing, statements: Sequence[MappedStatement]) -> Iterator[Finding]:
    """A warning for each column of each sum that does not come out within rounding."""
    for mapped in statements:
        for found in mapped.sums:
            for column, difference in enumerate(found.differences):
                if not found.holds and difference and abs(difference) > _rounding(mapped.statement, found, column):
                    yield _broken(filing, mapped.statement, found, column, difference)


def _rounding(statement: Statement, found: Sum, column: int) -> Decimal:
    """How far a sum of rounded figures can be off: half a unit of the last digit for each."""
    rows = (found.total, *(item for item, _ in found.parts))
    figures = (statement.items[row].figures[column] for row in rows)
    return sum((Decimal(5).scaleb(-figure.decimals - 1) for figure in figures if figure is not None), Decimal(0))


def _broken(filing: Filing, statement: Statement, found: Sum, column: int, difference: Decimal) -> Finding:
    item = statement.items[found.total]
    figure = item.figures[column]
    assert figure is not None  # a difference is only given where the total is printed
    source = figure.source
    message = (
        f"{item.label or 'a total'!r} ({Context(statement.columns[column].period).name}) says {shown(figure.value)}; "
        f"its {len(found.parts)} parts make {shown(figure.value - difference)} (difference {shown(difference)})"
    )
    line = line_number(filing, source)
    return Finding(Severity.WARNING, Code.SUM_DOES_NOT_HOLD, message, line, source.start, source.end)
