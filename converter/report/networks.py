"""The calculation networks that apply to an instance, and the sums that fail in its statements."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.report.accounting import FigureIndex
from converter.report.duplicates import FactKey, key_of, rounding_error
from converter.report.model import Context, Fact, Unit, format_value, line_number
from converter.statements import Statement
from converter.sums import Sum
from converter.taxonomy import Network
from converter.vocabulary import Code, Finding, Severity


class _StatedSum(Struct, frozen=True):
    """A total and the concepts that the statement adds up to it, with their weights."""

    total: Fact
    weights: Mapping[str, int]


def applying_networks(
    statements: Sequence[MappedStatement], facts_by_figure: Mapping[FigureIndex, Fact], networks: Sequence[Network]
) -> tuple[Network, ...]:
    """Return the networks whose calculation is exactly a sum of the statements, wherever their total is reported.

    In each context with the total, the reported parts must be those that the statement adds up, with the
    weights of the network: then a calculation inconsistency (Calculations 1.1) is one of the source. Of several sums
    with one total, the first counts: the statements come before what stands beside them.
    """
    stated_sums: dict[FactKey, _StatedSum] = {}
    for stated_sum in _stated_sums(statements, facts_by_figure):
        stated_sums.setdefault(key_of(stated_sum.total), stated_sum)
    stated_totals = {concept for concept, _, _ in stated_sums}
    concepts_reported: dict[tuple[Context, Unit | None], set[str]] = {}
    totals: dict[str, dict[FactKey, set[str]]] = {}
    for fact in facts_by_figure.values():
        concepts = concepts_reported.setdefault((fact.context, fact.unit), set())
        concepts.add(fact.concept)
        if fact.concept in stated_totals:
            totals.setdefault(fact.concept, {})[key_of(fact)] = concepts
    chosen: dict[frozenset[FactKey], Network] = {}
    for network in networks:
        if network.total not in totals:
            continue
        explained = _explained_totals(network, totals[network.total], stated_sums)
        if explained and (explained not in chosen or len(network.parts) < len(chosen[explained].parts)):
            chosen[explained] = network
    ids = {network.id for network in chosen.values()}
    return tuple(network for network in networks if network.id in ids)


def _stated_sums(
    statements: Sequence[MappedStatement], facts_by_figure: Mapping[FigureIndex, Fact]
) -> Iterator[_StatedSum]:
    for statement_index, mapped in enumerate(statements):
        for sum_ in mapped.sums:
            for column in range(len(sum_.differences)):
                if any(
                    _is_no_fact(mapped.statement, FigureIndex(statement_index, item, column), facts_by_figure)
                    for item, _ in sum_.parts
                ):
                    continue
                stated_sum = _stated_sum(statement_index, column, sum_, mapped.mappings, facts_by_figure)
                if stated_sum is not None:
                    yield stated_sum


def _is_no_fact(statement: Statement, index: FigureIndex, facts_by_figure: Mapping[FigureIndex, Fact]) -> bool:
    """Whether a printed figure has no fact, as those without a concept in tables of the notes."""
    return index not in facts_by_figure and statement.items[index.item].figures[index.column] is not None


def _stated_sum(
    statement_index: int,
    column: int,
    sum_: Sum,
    mappings: Sequence[RowMapping],
    facts_by_figure: Mapping[FigureIndex, Fact],
) -> _StatedSum | None:
    """Express the sum of one column in facts; None if a part has another context or unit, or two share a concept."""
    total = facts_by_figure.get(FigureIndex(statement_index, sum_.total, column))
    if total is None:
        return None
    weights: dict[str, int] = {}
    for item, sign in sum_.parts:
        part = facts_by_figure.get(FigureIndex(statement_index, item, column))
        if part is None:
            continue
        if (part.context, part.unit) != (total.context, total.unit) or part.concept in weights:
            return None
        weights[part.concept] = mappings[sum_.total].sign * sign * mappings[item].sign
    return _StatedSum(total, weights)


def _explained_totals(
    network: Network, totals: Mapping[FactKey, set[str]], stated_sums: Mapping[FactKey, _StatedSum]
) -> frozenset[FactKey]:
    """Return the totals that the network explains; none if a total with reported parts is not explained.

    `totals` maps each total to the concepts reported in its context and unit.
    """
    explained: set[FactKey] = set()
    for total, concepts in totals.items():
        parts = concepts & network.parts.keys()
        if not parts:
            continue
        weights = stated_sums[total].weights if total in stated_sums else {}
        if weights.keys() != parts or any(network.parts[part] != weight for part, weight in weights.items()):
            return frozenset()
        explained.add(total)
    return frozenset(explained)


def broken_sums(filing: Filing, statements: Sequence[MappedStatement]) -> Iterator[Finding]:
    """Yield a warning for each column in which a sum fails to hold within rounding."""
    for mapped in statements:
        for sum_ in mapped.sums:
            for column, difference in enumerate(sum_.differences):
                if (
                    not sum_.holds
                    and difference
                    and abs(difference) > _allowed_difference(mapped.statement, sum_, column)
                ):
                    yield _broken_sum(filing, mapped.statement, sum_, column, difference)


def _allowed_difference(statement: Statement, sum_: Sum, column: int) -> Decimal:
    """Return the largest difference that rounding explains: half a unit of the last digit of each figure."""
    rows = (sum_.total, *(item for item, _ in sum_.parts))
    figures = (statement.items[row].figures[column] for row in rows)
    return sum((rounding_error(figure.decimals) for figure in figures if figure is not None), Decimal(0))


def _broken_sum(filing: Filing, statement: Statement, sum_: Sum, column: int, difference: Decimal) -> Finding:
    item = statement.items[sum_.total]
    figure = item.figures[column]
    assert figure is not None  # there is a difference only if the total is printed
    source = figure.source
    context = Context(statement.columns[column].period)
    parts_sum = figure.value - difference
    message = (
        f"{item.label or 'a total'!r} ({context.name}) says {format_value(figure.value)}; "
        f"its {len(sum_.parts)} parts make {format_value(parts_sum)} (difference {format_value(difference)})"
    )
    line = line_number(filing, source)
    return Finding(Severity.WARNING, Code.SUM_DOES_NOT_HOLD, message, line, source.start, source.end)
