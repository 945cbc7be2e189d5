"""What the user says of a filing, compared with what the filing says itself."""

from collections.abc import Iterator, Sequence
from datetime import date

from converter.filing import Filing
from converter.report.options import Options
from converter.statements import Statement
from converter.vocabulary import Code, Finding, Instant, Severity

_HEADER_LENGTH = 20_000  # characters; it lists all filers
_NEAR_DAYS = 10


def option_findings(filing: Filing, statements: Sequence[Statement], options: Options) -> Iterator[Finding]:
    """Yield a warning for each of the user's options that contradicts the file; the option has the say all the same.

    `filing` has the header of the file, not yet changed by the options, `statements` are those read with them.
    """
    header = filing.header
    if options.cik and header.cik and options.cik.zfill(10) not in filing.text[:_HEADER_LENGTH]:
        yield _warning(f"the header names the registrant {header.cik}, and --cik {options.cik.zfill(10)}")
    if options.period_end is not None:
        ends = _ends(statements)
        if not any(abs((end - options.period_end).days) <= _NEAR_DAYS for end in ends):
            last = f"; the last one ends on {max(ends)}" if ends else ""
            yield _warning(f"no column of the statements ends on {options.period_end}, as --period-end has it{last}")
    if (
        options.fiscal_year_end
        and header.fiscal_year_end
        and not _near(options.fiscal_year_end, header.fiscal_year_end)
    ):
        stated, given = (f"{text[:2]}-{text[2:]}" for text in (header.fiscal_year_end, options.fiscal_year_end))
        yield _warning(f"the header ends the fiscal year on {stated}, and --fiscal-year-end on {given}")


def _warning(message: str) -> Finding:
    return Finding(Severity.WARNING, Code.OPTION_CONTRADICTS, message)


def _ends(statements: Sequence[Statement]) -> Sequence[date]:
    periods = [column.period for statement in statements for column in statement.columns]
    return [period.day if isinstance(period, Instant) else period.end for period in periods]


def _near(one: str, other: str) -> bool:
    """Whether two days of the year, as MMDD, are near; what is no day is near to any."""
    try:
        days = [date(2000, int(text[:2]), int(text[2:])) for text in (one, other)]
    except ValueError:
        return True
    distance = abs((days[0] - days[1]).days)
    return min(distance, 366 - distance) <= _NEAR_DAYS
