"""Findings for people, logs and programs: one line each, grouped lines like a compiler's, JSON."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import asdict

from converter.outputs import CheckRow, checks_of
from converter.pipeline import Reading
from converter.report import headline_finding
from converter.vocabulary import Code, Finding, Severity

_SEVEREST_FIRST = tuple(reversed(Severity))
_VARYING = re.compile(r"'[^']*'|\"[^\"]*\"|\b[A-Z][\w&-]*|-?\d[\d,.]*")
"""What differs between findings that say the same: quoted words, names, numbers."""


class _Kind(NamedTuple):
    """What findings that say the same have in common."""

    severity: Severity
    code: Code
    words: str


def finding_line(finding: Finding) -> str:
    """Format a finding as `warning: line 12: message [code]`."""
    place = "" if finding.line is None else f"line {finding.line}: "
    return f"{finding.severity}: {place}{_one_line(finding)} [{finding.code}]"


def _one_line(finding: Finding) -> str:
    return " ".join(finding.message.split())


def severest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return the errors, then the warnings, then the rest, each in their order."""
    return sorted(findings, key=lambda finding: _SEVEREST_FIRST.index(finding.severity))


def diagnostic_lines(findings: Iterable[Finding], source: str) -> Iterator[str]:
    """Yield a line for each kind of error and warning: `release.txt:12: warning: message (and 22 more) [code]`.

    Findings are of one kind if they have the same severity and code, and their messages differ only in names, numbers
    and quoted words; the first one stands for them all.
    """
    counts: Counter[_Kind] = Counter()
    first: dict[_Kind, Finding] = {}
    for finding in severest_first(findings):
        if finding.severity is not Severity.INFO:
            kind = _Kind(finding.severity, finding.code, _VARYING.sub("", finding.message))
            counts[kind] += 1
            first.setdefault(kind, finding)
    for kind, finding in first.items():
        place = source if finding.line is None else f"{source}:{finding.line}"
        more = f" (and {counts[kind] - 1:,} more)" if counts[kind] > 1 else ""
        yield f"{place}: {finding.severity}: {_one_line(finding)}{more} [{finding.code}]"


def findings_json(reading: Reading, findings: Sequence[Finding]) -> str:
    """Return the findings as JSON: a list of objects; those about headline figures have the object `check` as well."""
    import json

    checks = {
        headline_finding(reading.filing, check): row
        for check, row in zip(reading.report.checks, checks_of(reading), strict=True)
    }
    return json.dumps([_object(finding, checks.get(finding)) for finding in findings], indent=1) + "\n"


def _object(finding: Finding, check: CheckRow | None) -> Mapping[str, object]:
    if check is None:
        return asdict(finding)
    return {**asdict(finding), "check": _check_object(check)}


def _check_object(row: CheckRow) -> Mapping[str, object]:
    return {
        "measure": row.measure,
        "status": row.status,
        "latest": row.latest,
        "confirmed_by": row.confirmed_by,
        "contradicted_by": row.contradicted_by,
        "fact": row.fact,
        "concept": row.concept,
        "period_start": _day(row.period_start),
        "period_end": _day(row.period_end),
        "unit": row.unit,
        "value": row.value_text,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
