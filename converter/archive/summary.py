"""What a manifest says about its sources as a whole."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from converter.archive.manifest import rows_of_sources
from converter.archive.task import Status

_COLUMNS = (
    *("path", "status", "reason", "form", "period_end", "seconds", "size"),
    *("facts", "printed", "read", "named", "figures", "mapped", "sums", "holding", "findings", "unmapped"),
)
_VARYING = re.compile(r"'[^']*'|\"[^\"]*\"|\d[\d,.]*")


class Ranked(Struct, frozen=True):
    """Something that many filings have: in how many, how often in all, and an example of a source."""

    name: str
    detail: str
    filings: int
    times: int
    example: str


class Year(Struct, frozen=True):
    """The filings whose period ends in a year; `year` is None where the period's end is not known."""

    year: int | None
    filings: int
    facts: int
    figures: int
    mapped: int


class Summary(Struct, frozen=True):
    """The whole of a dataset. Numbers of filings count those converted; `seconds` is the workers' time.

    `findings`, `unmapped` (captions that no concept fits) and `reasons` (why nothing came of a source; what varies
    in them is cut out) come with the most frequent first.
    """

    statuses: tuple[tuple[Status, int], ...]
    forms: tuple[tuple[str, int], ...]
    years: tuple[Year, ...]
    facts: int
    printed: int
    accounted: int
    figures: int
    mapped: int
    sums: int
    holding: int
    bytes: int
    seconds: float
    findings: tuple[Ranked, ...]
    unmapped: tuple[Ranked, ...]
    reasons: tuple[Ranked, ...]
    slowest: tuple[tuple[str, float], ...]

    @property
    def sources(self) -> int:
        """How many sources there are."""
        return sum(number for _, number in self.statuses)

    def count(self, status: Status) -> int:
        """How many sources ended so."""
        return dict(self.statuses).get(status, 0)


class _Ranking:
    """Counts by name; the example is the source whose path comes first."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[int]] = {}
        self._examples: dict[tuple[str, str], str] = {}

    def add(self, name: str, detail: str, times: int, example: str) -> None:
        key = (name, detail)
        counts = self._found.setdefault(key, [0, 0])
        counts[0] += 1
        counts[1] += times
        self._examples.setdefault(key, example)

    def most(self, number: int) -> tuple[Ranked, ...]:
        ranked = sorted(self._found.items(), key=lambda pair: (-pair[1][0], pair[0]))
        return tuple(
            Ranked(name, detail, filings, times, self._examples[name, detail])
            for (name, detail), (filings, times) in ranked[:number]
        )


def summarise(manifest: Path, most: int = 25) -> Summary:
    """Read a manifest; of each ranking at most so many."""
    statuses: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    years: dict[int | None, Counter[str]] = {}
    findings, unmapped, reasons = _Ranking(), _Ranking(), _Ranking()
    slowest: list[tuple[float, str]] = []
    seconds = 0.0
    for values in rows_of_sources(manifest, _COLUMNS):
        row = dict(zip(_COLUMNS, values, strict=True))
        path, status = str(row["path"]), str(row["status"])
        statuses[status] += 1
        seconds += float(str(row["seconds"]))
        totals["bytes"] += max(0, int(str(row["size"])))
        slowest = sorted([*slowest, (-float(str(row["seconds"])), path)])[:5]
        if status != Status.CONVERTED:
            if status != Status.DUPLICATE:
                reasons.add(_VARYING.sub("…", str(row["reason"])), status, 1, path)
            continue
        counts = Counter({name: int(str(row[name])) for name in _COLUMNS[7:15]})
        totals += counts
        forms[str(row["form"]) or "not known"] += 1
        year = int(str(row["period_end"])[:4]) if row["period_end"] else None
        years.setdefault(year, Counter()).update(counts)
        years[year]["filings"] += 1
        for code, severity, number in json.loads(str(row["findings"])):
            findings.add(code, severity, number, path)
        for caption, statement in json.loads(str(row["unmapped"])):
            unmapped.add(caption, statement, 1, path)
    return Summary(
        statuses=tuple((status, statuses[status]) for status in Status if statuses[status]),
        forms=tuple(sorted(forms.items(), key=lambda pair: (-pair[1], pair[0]))[:most]),
        years=tuple(
            Year(year, found["filings"], found["facts"], found["figures"], found["mapped"])
            for year, found in sorted(years.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))
        ),
        facts=totals["facts"],
        printed=totals["printed"],
        accounted=totals["read"] + totals["named"],
        figures=totals["figures"],
        mapped=totals["mapped"],
        sums=totals["sums"],
        holding=totals["holding"],
        bytes=totals["bytes"],
        seconds=seconds,
        findings=findings.most(most),
        unmapped=unmapped.most(most),
        reasons=reasons.most(most),
        slowest=tuple((path, -taken) for taken, path in slowest),
    )


def summary_lines(summary: Summary, most: int = 8) -> Iterator[str]:
    """The summary for a terminal; of each ranking at most so many."""
    sources = summary.sources
    yield f"{'sources':<14}{sources:>10,}"
    for status, number in summary.statuses:
        yield f"  {status:<12}{number:>10,}  {number / sources:7.1%}"
    yield f"{'facts':<14}{summary.facts:>10,}"
    yield _share("accounted for", summary.accounted, summary.printed, "printed figures are read or named in findings")
    yield _share("mapped", summary.mapped, summary.figures, "figures have a concept of their own")
    yield _share("sums", summary.holding, summary.sums, "sums hold")
    if summary.seconds:
        rate = f"{sources / summary.seconds:,.1f} sources and {summary.bytes / summary.seconds / 1e6:.1f} MB"
        yield f"{'rate':<14}{rate} a second of one worker"
    yield from _ranked("why nothing came of a source", summary.reasons[:most], "sources")
    yield from _ranked("findings", summary.findings[:most], "filings")
    yield from _ranked("captions that no concept fits", summary.unmapped[:most], "filings")


def _share(name: str, part: int, whole: int, said: str) -> str:
    return f"{name:<14}{part / whole:>10.1%}  {part:,} of {whole:,} {said}" if whole else f"{name:<14}{'none':>10}"


def _ranked(title: str, found: tuple[Ranked, ...], unit: str) -> Iterator[str]:
    if found:
        yield ""
        yield f"{title} ({unit})"
        for one in found:
            yield f"{one.filings:>10,}  {one.name or 'no reason given'} [{one.detail}]"
