"""Compare financial data schedules with the printed statements: the filer's own tagged values may disagree."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from converter.filing import Filing
from converter.report.duplicates import consistent, key_of
from converter.report.model import Dimension, Fact, format_value, line_number
from converter.taxonomy import REPORTING_BASIS_AXIS
from converter.vocabulary import Code, Finding, Severity

_SCHEDULE = Dimension(REPORTING_BASIS_AXIS, member="FinancialDataScheduleMember")


def schedule_disagreements(filing: Filing, facts: Iterable[Fact]) -> Iterator[Finding]:
    """Yield a warning for each schedule value that differs from the statement's fact of its concept, period and unit.

    Signs are not compared: schedules print expenses, allowances and losses with either sign.
    """
    facts = tuple(facts)
    scheduled = [fact for fact in facts if fact.context.dimensions == (_SCHEDULE,)]
    plain = {key_of(fact): fact for fact in facts if not fact.context.dimensions} if scheduled else {}
    for fact in scheduled:
        printed = plain.get(key_of(replace(fact, context=replace(fact.context, dimensions=()))))
        if printed is None or consistent(printed, fact) or consistent(printed, _negated(fact)):
            continue
        message = (
            f"the financial data schedule has {format_value(fact.value)} for {fact.label}, "
            f"the statement {format_value(printed.value)} for {printed.label!r} "
            f"(line {line_number(filing, printed.source)})"
        )
        yield Finding(Severity.WARNING, Code.SCHEDULE_DISAGREES, message, line_number(filing, fact.source))


def _negated(fact: Fact) -> Fact:
    return replace(fact, value=-fact.value) if isinstance(fact.value, Decimal) else fact
