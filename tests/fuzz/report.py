"""The log of a run, which it is continued from, and the report that is made of it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from fuzz.checks import Problem
from fuzz.corpus import Seed
from fuzz.workers import Entry, Job

_LISTED = 10


class Group(Struct, frozen=True):
    """All problems of one kind at one place: their number, and the first mutant that has it, with where it is kept."""

    kind: str
    place: str
    count: int
    message: str
    number: int
    seed: str
    ways: tuple[str, ...]
    input: str = ""


class Report(Struct, frozen=True):
    """What a run found out; `ended` counts the mutants by kind and by how they ended."""

    seed: int
    corpus: str
    mutants: int
    cpu_seconds: float
    ended: dict[str, dict[str, int]]
    problem_counts: dict[str, int]
    problems: tuple[Group, ...]
    slowest: tuple[Entry, ...]
    largest: tuple[Entry, ...]


def corpus_digest(seeds: Iterable[Seed]) -> str:
    """Return what tells two corpora apart: mutants depend on it."""
    return hashlib.sha256(repr([(seed.name, seed.data) for seed in seeds]).encode()).hexdigest()[:16]


def read_log(path: Path) -> list[Entry]:
    """Return the entries of a log, none if there is no such file; a line cut short at its end does not count."""
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")[:-1]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return [msgspec.json.decode(line, type=Entry) for line in lines]


def summarised(job: Job, entries: Sequence[Entry], keep: Callable[[int, Group], str]) -> Report:
    """Return the report of a run; `keep` stores the input of a group with this index and returns where."""
    first = [entry for entry in entries if entry.hash_seed == job.hash_seed]
    ended: dict[str, Counter[str]] = {}
    for entry in first:
        ended.setdefault(entry.kind, Counter())[entry.status] += 1
    groups = sorted(_groups([*entries, *_differing(entries)]), key=lambda one: (one.kind, -one.count, one.place))
    counts = Counter(problem.kind for entry in entries for problem in entry.problems)
    return Report(
        seed=job.seed,
        corpus=corpus_digest(job.seeds),
        mutants=len(first),
        cpu_seconds=round(sum(entry.seconds for entry in entries), 1),
        ended={kind: dict(counter) for kind, counter in ended.items()},
        problem_counts=dict(counts),
        problems=tuple(msgspec.structs.replace(group, input=keep(i, group)) for i, group in enumerate(groups)),
        slowest=tuple(sorted(first, key=lambda entry: -entry.seconds)[:_LISTED]),
        largest=tuple(sorted(first, key=lambda entry: -entry.megabytes)[:_LISTED]),
    )


def _groups(entries: Iterable[Entry]) -> Iterator[Group]:
    """Yield the problems, one for each kind and place."""
    held: dict[tuple[str, str], list[tuple[Entry, Problem]]] = {}
    for entry in entries:
        for problem in entry.problems:
            held.setdefault((problem.kind, problem.place), []).append((entry, problem))
    for (kind, place), pairs in held.items():
        entry, problem = min(pairs, key=lambda pair: pair[0].size)
        yield Group(kind, place, len(pairs), problem.message, entry.number, entry.seed, entry.ways)


def _differing(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield an entry for each mutant that became something else in a process with another seed of hashes."""
    firsts: dict[int, Entry] = {}
    for entry in entries:
        first = firsts.setdefault(entry.number, entry)
        is_same = (first.status, first.digest) == (entry.status, entry.digest)
        if not is_same and "failed" not in (first.status, entry.status):
            problem = Problem("not deterministic", f"hash seed, {entry.kind}", f"{first.status}, then {entry.status}")
            yield msgspec.structs.replace(entry, problems=(problem,))


def report_lines(report: Report) -> Iterator[str]:
    """Yield the report for people."""
    origin = f"corpus {report.corpus} with seed {report.seed}"
    yield f"{report.mutants:,} mutants of {origin}, in {report.cpu_seconds:,.0f} s of CPU time"
    for kind, counts in sorted(report.ended.items()):
        yield f"  {kind}: " + ", ".join(f"{count:,} {status}" for status, count in sorted(counts.items()))
    for title, entries in (("slowest", report.slowest), ("largest", report.largest)):
        if entries:
            entry = entries[0]
            yield f"  {title}: mutant {entry.number} of {entry.seed}, {entry.seconds:.2f} s, {entry.megabytes:.0f} MB"
    for group in report.problems:
        yield f"  {group.count} {group.kind}: {group.place}: {group.message} (mutant {group.number}, {group.input})"
    yield f"{sum(report.problem_counts.values())} problems"
