"""Make filings, outputs and archives wrong in very many ways, and report everything that must not be.

usage: python benchmarks/fuzz.py --mutants 100000 --seed 1 --jobs 2 --report out.json [--corpus FOLDER]...
       python benchmarks/fuzz.py --only 1234 --seed 1 --report out.json [--corpus FOLDER]...

The corpus is the project's own documents and the filings of further folders. Mutant number N of a seed is the same in
every run with the same corpus. A run that was stopped goes on from its log, `out.json.log`, if program and corpus are
still the same. `--only` checks one mutant in this process. The inputs that show a problem are written to the folder
`out.json.inputs`, as small as they can be made.

Reported are exceptions other than NotAReport and NotOurs, by the place where they arise; invalid instances; figures
that are not accounted for; facts that do not come back from a format; results that differ from run to run; and what
takes more than `--seconds` of CPU time or `--megabytes` of memory. The mutators and the checks are in tests/fuzz.
"""

import argparse
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))  # also in the processes that check

import msgspec
from fuzz.checks import USUAL_LIMITS, Limits, Problem, check
from fuzz.corpus import FOLDER_VARIABLE, seeds
from fuzz.minimise import minimised
from fuzz.mutants import Mutant, numbered
from fuzz.report import Group, corpus_digest, read_log, report_lines, summarised
from fuzz.workers import Entry, Job, Task, checked_in_processes
from helpers.paths import PACKAGE, ROOT

_THOROUGH_EVERY = 20
_OTHER_HASH_SEED = 2
_MINIMISING = 30.0  # seconds for one problem
_NOT_MINIMISED = ("slow", "large", "died", "not deterministic")
_PROGRESS_EVERY = 1_000
_SUFFIXES = {"filing": ".txt", "archive": ".bin", "facts-csv": ".facts.csv"}


def new_entries(job: Job, entries: list[Entry], mutants: int, jobs: int) -> Iterator[Entry]:
    """Check the mutants without an entry; some are thoroughly checked, and again with another seed of hashes."""
    for hash_seed, step in ((job.hash_seed, 1), (_OTHER_HASH_SEED, _THOROUGH_EVERY)):
        done = {entry.number for entry in entries if entry.hash_seed == hash_seed}
        numbers = [number for number in range(0, mutants, step) if number not in done]
        tasks = [Task(number, step == 1 and number % _THOROUGH_EVERY == 0) for number in numbers]
        for count, entry in enumerate(
            checked_in_processes(msgspec.structs.replace(job, hash_seed=hash_seed), tasks, jobs), 1
        ):
            yield entry
            if count % _PROGRESS_EVERY == 0:
                print(f"{count:,} of {len(tasks):,}", flush=True)


def keep(job: Job, folder: Path, name: str, number: int, problem: Problem) -> str:
    """Write the input of a problem to a folder, made smaller if that does not take long; return its path."""
    mutant = numbered(job.seeds, job.seed, number)
    if problem.kind not in _NOT_MINIMISED:
        mutant = minimised(mutant, problem, _MINIMISING, job.limits)
    return write(mutant, folder, name)


def write(mutant: Mutant, folder: Path, name: str) -> str:
    """Write the files of a mutant to a folder, and return the path of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    suffix = _SUFFIXES.get(mutant.format or mutant.kind, f".{mutant.format}")
    for ending, data in mutant.files.items():
        (folder / f"{name}{ending or suffix}").write_bytes(data)
    return str(folder / f"{name}{suffix}")


def check_one(job: Job, number: int, folder: Path) -> int:
    """Check one mutant, print what it is and its problems, and write it and what is left of it for each problem."""
    mutant = numbered(job.seeds, job.seed, number)
    result = check(mutant, job.limits, thorough=True)
    print(f"{mutant.kind} of {mutant.seed}, {', '.join(mutant.ways)}; {mutant.options}")
    print(f"{result.status} in {result.seconds} s, {result.megabytes} MB: {write(mutant, folder, str(number))}")
    for index, problem in enumerate(result.problems):
        print(f"{problem.kind}: {problem.place}: {problem.message}")
        print(f"  {keep(job, folder, f'{number}-{index}', number, problem)}")
    return int(bool(result.problems))


def _program_digest() -> str:
    """Return what tells two versions of the program and of its tables apart."""
    paths = sorted(path for folder in (PACKAGE, ROOT / "taxonomy") for path in folder.rglob("*.*") if path.is_file())
    digest = hashlib.sha256()
    for path in paths:
        if path.suffix in (".py", ".csv", ".bin"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def check_all(job: Job, mutants: int, jobs: int, report_path: Path) -> int:
    """Check the mutants that the log of the report lacks, and write the report; return 1 if there are problems."""
    log, corpus = Path(f"{report_path}.log"), Path(f"{report_path}.corpus")
    identity = f"{corpus_digest(job.seeds)} {job.seed} {_program_digest()}"
    entries = read_log(log)
    if entries and corpus.read_text(encoding="ascii") != identity:
        raise SystemExit(f"{log} is of another program, corpus or seed: remove it, or name another report")
    corpus.write_text(identity, encoding="ascii")
    known = {(problem.kind, problem.place) for entry in entries for problem in entry.problems}
    with log.open("ab") as stream:
        for entry in new_entries(job, entries, mutants, jobs):
            stream.write(msgspec.json.encode(entry) + b"\n")
            stream.flush()
            entries.append(entry)
            for problem in entry.problems:
                if (problem.kind, problem.place) not in known:
                    known.add((problem.kind, problem.place))
                    print(f"{entry.number}: {problem.kind}: {problem.place}: {problem.message}"[:200], flush=True)

    def kept(index: int, group: Group) -> str:
        problem = Problem(group.kind, group.place, group.message)
        return keep(job, Path(f"{report_path}.inputs"), f"{index:03}", group.number, problem)

    report = summarised(job, entries, kept)
    report_path.write_bytes(msgspec.json.format(msgspec.json.encode(report)) + b"\n")
    print("\n".join(report_lines(report)))
    return int(bool(report.problems))


def main() -> int:
    """Run the command line; return 1 if there are problems."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes")
    parser.add_argument("--report", type=Path, default=Path("fuzz.json"), metavar="FILE")
    parser.add_argument("--corpus", action="append", default=[], metavar="FOLDER", help=f"also in {FOLDER_VARIABLE}")
    parser.add_argument("--seconds", type=float, default=USUAL_LIMITS.seconds, help="CPU time for one mutant")
    parser.add_argument("--megabytes", type=float, default=USUAL_LIMITS.megabytes, help="memory for one mutant")
    parser.add_argument("--only", type=int, metavar="N", help="check only this mutant, in this process")
    options = parser.parse_args()
    folders = os.pathsep.join([*options.corpus, os.environ.get(FOLDER_VARIABLE, "")])
    job = Job(seeds(folders), options.seed, Limits(options.seconds, options.megabytes))
    if options.only is not None:
        return check_one(job, options.only, Path(f"{options.report}.inputs"))
    return check_all(job, options.mutants, options.jobs, options.report)


if __name__ == "__main__":
    sys.exit(main())
