"""Financial data schedules against the printed statements: where the filer's own tagged values say otherwise."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from converter.filing import Filing
from converter.report.duplicates import consistent, key_of
from converter.report.model import Dimension, Fact, line_number, shown
from converter.taxonomy import REPORTING_BASIS_AXIS
from converter.vocabulary import Code, Finding, Severity

_SCHEDULE = Dimension(REPORTING_BASIS_AXIS, member="FinancialDataScheduleMember")


def schedule_disagreements(filing: Filing, facts: Iterable[Fact]) -> Iterator[Finding]:
    """A warning for each schedule value that differs from the statement's fact of its concept, period and unit.

    Signs are not compared: schedules print expenses, allowances and losses either way.
    """
    facts = tuple(facts)
    scheduled = [fact for fact in facts if fact.context.dimensions == (_SCHEDULE,)]
    plain = {key_of(fact): fact for fact in facts if not fact.context.dimensions} if scheduled else {}
    for fact in scheduled:
        printed = plain.get(key_of(replace(fact, context=replace(fact.context, dimensions=()))))
        if printed is None or consistent(printed, fact) or consistent(printed, _turned(fact)):
            continue
        what = (
            f"the financial data schedule has {shown(fact.value)} for {fact.label}, "
            f"the statement {shown(printed.value)} for {printed.label!r} (line {line_number(filing, printed.source)})"
        )
        yield Finding(Severity.WARNING, Code.SCHEDULE_DISAGREES, what, line_number(filing, fact.source))


def _turned(fact: Fact) -> Fact:
    return replace(fact, value=-fact.value) if isinstance(fact.value, Decimal) else fact
