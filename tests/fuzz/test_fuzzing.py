"""Nothing goes wrong with what is wrong: filings, outputs and archives, mutated."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from converter.report import Options
from fuzz.checks import Limits, check
from fuzz.corpus import found, own_seeds
from fuzz.mutants import OPTIONS, Kind, Mutant, mutants
from fuzz.workers import Job, Task, checked_in_processes

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of time and memory are those of POSIX")

SEEDS = own_seeds()
LIMITS = Limits(seconds=10, megabytes=1024)
ONCE_IN = 20
some = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("path", found(), ids=lambda path: path.name)
@pytest.mark.parametrize("options", sorted(set(OPTIONS), key=repr), ids=["", "all tables", "no currency", "dates"])
def test_what_once_failed(path: Path, options: Options) -> None:
    mutant = Mutant(Kind.FILING, path.name, (), {"": path.read_bytes()}, options)
    assert check(mutant, LIMITS, thorough=True).problems == ()


@some
@given(mutants(SEEDS, Kind.FILING))
def test_a_filing(mutant: Mutant) -> None:
    assert check(mutant, LIMITS).problems == ()


@some
@given(mutants(SEEDS, Kind.OUTPUT))
def test_an_output(mutant: Mutant) -> None:
    assert check(mutant, LIMITS).problems == ()


@some
@given(mutants(SEEDS, Kind.ARCHIVE))
def test_an_archive(mutant: Mutant) -> None:
    assert check(mutant, LIMITS).problems == ()


@pytest.mark.soak
@pytest.mark.slow
def test_two_thousand_mutants() -> None:
    """The same ones every time; benchmarks/fuzz.py checks as many others as one has time for."""
    tasks = [Task(number, thorough=number % ONCE_IN == 0) for number in range(2_000)]
    entries = list(checked_in_processes(Job(SEEDS, seed=0, limits=LIMITS), tasks, processes=2))
    assert sorted(entry.number for entry in entries) == [task.number for task in tasks]
    assert [(entry.number, problem) for entry in entries for problem in entry.problems] == []
    ended = {(entry.kind, entry.status) for entry in entries}
    assert ended >= {("filing", "converted"), ("filing", "refused"), ("output", "loaded"), ("archive", "read")}


@pytest.mark.soak
@pytest.mark.slow
def test_the_seed_of_hashes_changes_nothing() -> None:
    tasks = [Task(number) for number in range(0, 2_000, ONCE_IN)]
    results = []
    for hash_seed in (1, 2):
        entries = checked_in_processes(Job(SEEDS, 0, LIMITS, hash_seed), tasks, processes=1)
        results.append({entry.number: (entry.status, entry.digest) for entry in entries})
    assert results[0] == results[1]
