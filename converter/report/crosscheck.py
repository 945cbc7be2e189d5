"""Compare financial data schedules with the printed statements: the filer's own tagged values may disagree."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from converter.filing import Filing
from converter.report.duplicates import consistent, key_of, scale_between
from converter.report.model import Dimension, Fact, format_value, line_number
from converter.taxonomy import REPORTING_BASIS_AXIS
from converter.vocabulary import Code, Finding, Severity

_SCHEDULE = Dimension(REPORTING_BASIS_AXIS, member="FinancialDataScheduleMember")


class _Pair(NamedTuple):
    """A schedule's fact and that of the statement for the same concept, period and unit."""

    scheduled: Fact
    printed: Fact


def schedule_disagreements(filing: Filing, facts: Iterable[Fact]) -> Iterator[Finding]:
    """Yield a warning for each schedule value that differs from the statement's fact of its concept, period and unit.

    Signs are not compared: schedules print expenses, allowances and losses with either sign. Values with the same
    digits in another scale are one warning together: the filer forgot the multiplier, or a scale was misread.
    """
    scales: dict[int, list[_Pair]] = {}
    for pair in _pairs(facts):
        scheduled, printed = pair
        if consistent(printed, scheduled) or consistent(printed, _negated(scheduled)):
            continue
        power = scale_between(printed, scheduled)
        if power is not None:
            scales.setdefault(power, []).append(pair)
            continue
        message = (
            f"the financial data schedule has {format_value(scheduled.value)} for {scheduled.label}, "
            f"the statement {format_value(printed.value)} for {printed.label!r} "
            f"(line {line_number(filing, printed.source)})"
        )
        yield Finding(Severity.WARNING, Code.SCHEDULE_DISAGREES, message, line_number(filing, scheduled.source))
    for power, pairs in scales.items():
        yield _scale_finding(filing, power, pairs)


def _scale_finding(filing: Filing, power: int, pairs: Sequence[_Pair]) -> Finding:
    scheduled, printed = pairs[0]
    times = f"{10 ** abs(power):,} times {'smaller' if power < 0 else 'larger'}"
    values = "1 value" if len(pairs) == 1 else f"{len(pairs)} values"
    message = (
        f"the financial data schedule has {values} {times} than the statements, with the same digits: "
        f"{format_value(scheduled.value)} for {scheduled.label}, "
        f"the statement {format_value(printed.value)} (line {line_number(filing, printed.source)})"
    )
    return Finding(Severity.WARNING, Code.SCHEDULE_DISAGREES, message, line_number(filing, scheduled.source))


def _pairs(facts: Iterable[Fact]) -> Iterator[_Pair]:
    facts = tuple(facts)
    scheduled = [fact for fact in facts if fact.context.dimensions == (_SCHEDULE,)]
    plain = {key_of(fact): fact for fact in facts if not fact.context.dimensions} if scheduled else {}
    for fact in scheduled:
        printed = plain.get(key_of(replace(fact, context=replace(fact.context, dimensions=()))))
        if printed is not None:
            yield _Pair(fact, printed)


def _negated(fact: Fact) -> Fact:
    return replace(fact, value=-fact.value) if isinstance(fact.value, Decimal) else fact
