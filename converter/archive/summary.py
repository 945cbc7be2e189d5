"""Manifest -> summary of a dataset: totals, rankings and years."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from converter.archive.database import ManifestError, damaged
from converter.archive.manifest import source_rows
from converter.archive.task import Status
from converter.report import Measure
from converter.report import Status as CheckStatus
from converter.vocabulary import Severity

_COUNTS = ("facts", "printed", "read", "named", "figures", "mapped", "sums", "holding")
_COLUMNS = (
    *("path", "status", "reason", "form", "period_end", "seconds", "size"),
    *_COUNTS,
    *("findings", "checks", "unmapped", "confidence"),
)
_ANY = "filings"  # stands for the outcome of a check where filings with a measure are counted
_VARYING = re.compile(r"'[^']*'|\"[^\"]*\"|\d[\d,.]*")


class Ranked(Struct, frozen=True):
    """An entry of a ranking: in how many filings it occurs, and the path of an example."""

    name: str
    detail: str
    filings: int
    example: str


class Year(Struct, frozen=True):
    """The filings whose period ends in a year; `year` is None if the period's end is unknown."""

    year: int | None
    filings: int
    facts: int
    figures: int
    mapped: int


class Checked(NamedTuple):
    """The headline figures of a measure in all filings and periods, by the outcome of their check.

    `filings` is the number of filings that have the measure.
    """

    measure: str
    confirmed: int
    unconfirmed: int
    contradicted: int
    filings: int

    @property
    def figures(self) -> int:
        """The number of figures of the measure."""
        return self.confirmed + self.unconfirmed + self.contradicted


class StatusCount(NamedTuple):
    """The number of sources with a status."""

    status: Status
    sources: int


class FormCount(NamedTuple):
    """The number of converted filings of a form such as `10-Q`."""

    form: str
    filings: int


class SlowSource(NamedTuple):
    """A source and the seconds that its conversion took."""

    path: str
    seconds: float


class Summary(Struct, frozen=True):
    """The summary of a dataset. Counts of filings include converted ones only; `seconds` is the workers' total time.

    `accounted` of the `printed` figures were read or are named in findings; `unreliable` counts the filings with a
    finding of severity error, `sound` those without one and without a contradicted headline figure. `confidence` counts
    the facts with a concept by the tenth that its confidence is in, and last those that no concept fits. The rankings
    `findings`, `unmapped` (captions that no concept fits) and `reasons` (why a source was not converted, with numbers
    and quoted words replaced) begin with the most frequent, those of findings with the most frequent error.
    """

    statuses: tuple[StatusCount, ...]
    forms: tuple[FormCount, ...]
    years: tuple[Year, ...]
    facts: int
    printed: int
    accounted: int
    unreliable: int
    sound: int
    confidence: tuple[int, ...]
    figures: int
    mapped: int
    sums: int
    holding: int
    bytes: int
    seconds: float
    checks: tuple[Checked, ...]
    findings: tuple[Ranked, ...]
    unmapped: tuple[Ranked, ...]
    reasons: tuple[Ranked, ...]
    slowest: tuple[SlowSource, ...]

    @property
    def sources(self) -> int:
        """The number of sources."""
        return sum(count.sources for count in self.statuses)

    @property
    def filings(self) -> int:
        """The number of converted filings."""
        return sum(year.filings for year in self.years)


class _Ranking:
    """Counts filings by name and detail; the example is the first one added, which has the first path."""

    def __init__(self) -> None:
        self._filings: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], str] = {}

    def add(self, name: str, detail: str, path: str) -> None:
        self._filings[name, detail] += 1
        self._examples.setdefault((name, detail), path)

    def most_frequent(self, limit: int, first: Sequence[str] = ()) -> tuple[Ranked, ...]:
        """Return the most frequent entries, those with the details `first` before all others."""
        order = {detail: number for number, detail in enumerate(first)}
        ranked = sorted(self._filings.items(), key=lambda pair: (order.get(pair[0][1], len(order)), -pair[1], pair[0]))
        return tuple(
            Ranked(name, detail, filings, self._examples[name, detail]) for (name, detail), filings in ranked[:limit]
        )


def summarise(manifest: Path, limit: int = 25) -> Summary:
    """Read a manifest; each ranking has at most `limit` entries. Raises ManifestError if it is damaged."""
    try:
        return _summary(manifest, limit)
    except ManifestError:
        raise
    except (ValueError, TypeError) as error:
        raise damaged(manifest, error) from error


def _summary(manifest: Path, limit: int) -> Summary:
    tally = _Tally()
    for values in source_rows(manifest, _COLUMNS):
        tally.add({name: "" if value is None else str(value) for name, value in zip(_COLUMNS, values, strict=True)})
    return tally.summary(limit)


class _Tally:
    """Adds up the rows of a manifest."""

    def __init__(self) -> None:
        self._statuses, self._forms, self._totals = Counter[str](), Counter[str](), Counter[str]()
        self._years: dict[int | None, Counter[str]] = {}
        self._checks = Counter[tuple[str, str]]()
        self._findings, self._unmapped, self._reasons = _Ranking(), _Ranking(), _Ranking()
        self._slowest: list[tuple[float, str]] = []
        self._seconds = 0.0

    def add(self, row: Mapping[str, str]) -> None:
        path, status = row["path"], row["status"]
        self._statuses[status] += 1
        self._seconds += float(row["seconds"])
        self._totals["bytes"] += max(0, int(row["size"]))
        self._slowest = sorted([*self._slowest, (-float(row["seconds"]), path)])[:5]
        if status == Status.CONVERTED:
            self._add_converted(path, row)
        elif status != Status.DUPLICATE:
            self._reasons.add(_VARYING.sub("…", row["reason"]), status, path)

    def _add_converted(self, path: str, row: Mapping[str, str]) -> None:
        counts = Counter({name: int(row[name]) for name in _COUNTS})
        self._totals += counts
        self._forms[row["form"] or "not known"] += 1
        year = int(row["period_end"][:4]) if row["period_end"] else None
        self._years.setdefault(year, Counter()).update(counts)
        self._years[year]["filings"] += 1
        findings, checks = json.loads(row["findings"]), json.loads(row["checks"])
        is_unreliable = any(severity == Severity.ERROR for _, severity, _ in findings)
        is_contradicted = any(outcome == CheckStatus.CONTRADICTED for _, outcome, _ in checks)
        self._totals["unreliable"] += is_unreliable
        self._totals["sound"] += not (is_unreliable or is_contradicted)
        for code, severity, _ in findings:
            self._findings.add(code, severity, path)
        for measure, outcome, number in checks:
            self._checks[measure, outcome] += number
        self._checks.update((measure, _ANY) for measure in {measure for measure, _, _ in checks})
        for caption, statement in json.loads(row["unmapped"]):
            self._unmapped.add(caption, statement, path)
        for tenth, number in enumerate(json.loads(row["confidence"])):
            self._totals[f"confidence {tenth}"] += number

    def summary(self, limit: int) -> Summary:
        """Return the summary; each ranking has at most `limit` entries."""
        totals = self._totals
        return Summary(
            statuses=tuple(StatusCount(status, self._statuses[status]) for status in Status if self._statuses[status]),
            forms=_most_frequent_forms(self._forms, limit),
            years=tuple(
                Year(year, counts["filings"], counts["facts"], counts["figures"], counts["mapped"])
                for year, counts in sorted(self._years.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))
            ),
            facts=totals["facts"],
            printed=totals["printed"],
            accounted=totals["read"] + totals["named"],
            unreliable=totals["unreliable"],
            sound=totals["sound"],
            confidence=tuple(totals[f"confidence {tenth}"] for tenth in range(11)),
            figures=totals["figures"],
            mapped=totals["mapped"],
            sums=totals["sums"],
            holding=totals["holding"],
            bytes=totals["bytes"],
            seconds=self._seconds,
            checks=tuple(_checked(self._checks)),
            findings=self._findings.most_frequent(limit, (Severity.ERROR, Severity.WARNING)),
            unmapped=self._unmapped.most_frequent(limit),
            reasons=self._reasons.most_frequent(limit),
            slowest=tuple(SlowSource(path, -negated) for negated, path in self._slowest),
        )


def _checked(checks: Counter[tuple[str, str]]) -> Iterator[Checked]:
    for measure in Measure:
        counted = Checked(measure.value, *(checks[measure, outcome] for outcome in (*CheckStatus, _ANY)))
        if counted.figures:
            yield counted


def _most_frequent_forms(forms: Counter[str], limit: int) -> tuple[FormCount, ...]:
    counts = (FormCount(form, filings) for form, filings in forms.items())
    return tuple(sorted(counts, key=lambda count: (-count.filings, count.form))[:limit])


def summary_lines(summary: Summary, limit: int = 8) -> Iterator[str]:
    """Yield the summary as lines for a terminal, with at most `limit` entries of each ranking."""
    sources = summary.sources
    yield f"{'sources':<14}{sources:>10,}"
    for status, count in summary.statuses:
        yield f"  {status:<12}{count:>10,}  {count / sources:7.1%}"
    yield f"{'facts':<14}{summary.facts:>10,}"
    yield _share("accounted for", summary.accounted, summary.printed, "printed figures are read or named in findings")
    yield _share("mapped", summary.mapped, summary.figures, "figures have a concept of their own")
    yield _share("sums", summary.holding, summary.sums, "sums hold")
    yield _share("unreliable", summary.unreliable, summary.filings, "filings have a finding of severity error")
    if summary.seconds:
        rate = f"{sources / summary.seconds:,.1f} sources and {summary.bytes / summary.seconds / 1e6:.1f} MB"
        yield f"{'rate':<14}{rate} a second of one worker"
    yield from _check_lines(summary.checks)
    yield from _ranked("why nothing came of a source", summary.reasons[:limit], "sources")
    yield from _ranked("findings", summary.findings[:limit], "filings")
    yield from _ranked("captions that no concept fits", summary.unmapped[:limit], "filings")


def _share(name: str, part: int, whole: int, description: str) -> str:
    if not whole:
        return f"{name:<14}{'none':>10}"
    return f"{name:<14}{part / whole:>10.1%}  {part:,} of {whole:,} {description}"


def _check_lines(checks: tuple[Checked, ...]) -> Iterator[str]:
    if checks:
        yield ""
        yield f"{'headline figures':<30}{'confirmed':>11}{'unconfirmed':>13}{'contradicted':>14}"
        for row in checks:
            shares = (number / row.figures for number in row[1:4])
            confirmed, unconfirmed, contradicted = (f"{share:.1%}" for share in shares)
            yield f"{row.figures:>10,}  {row.measure:<18}{confirmed:>11}{unconfirmed:>13}{contradicted:>14}"


def _ranked(title: str, entries: tuple[Ranked, ...], unit: str) -> Iterator[str]:
    if entries:
        yield ""
        yield f"{title} ({unit})"
        for entry in entries:
            yield f"{entry.filings:>10,}  {entry.name or 'no reason given'} [{entry.detail}]"
