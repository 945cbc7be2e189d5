"""Save the results for many documents, and compare the results of two versions byte for byte.

usage: python benchmarks/snapshot.py write FOLDER SOURCE...       (sources are files or folders)
       python benchmarks/snapshot.py compare OLD NEW [--show N]

A snapshot contains, for each document, the instance (`NAME.xml`) and the findings (`NAME.findings`: severity, code
and position of each, sorted), with and without `--all-tables`; for a document that is refused, the reason
(`NAME.refused`). Only the public API is used, so that a snapshot can be written with an older version on the path.
"""

import argparse
import concurrent.futures
import difflib
import hashlib
import sys
from pathlib import Path
from typing import NamedTuple

SUFFIXES = {".txt", ".htm", ".html"}


def documents(sources: list[Path]) -> list[Path]:
    """Return the documents in files and folders, without duplicates, sorted by path."""
    paths = (path for source in sources for path in ([source] if source.is_file() else source.rglob("*")))
    return sorted({path.resolve() for path in paths if path.is_file() and path.suffix.lower() in SUFFIXES})


class Job(NamedTuple):
    """A document to convert, and the folder of the snapshot."""

    source: Path
    folder: Path
    all_tables: bool


def write(job: Job) -> str:
    """Convert one document; return the name of the main file written."""
    import converter

    source, folder, all_tables = job
    name = f"{source.stem}-{hashlib.sha256(str(source).encode()).hexdigest()[:8]}{'-all' if all_tables else ''}"
    target = folder / f"{name}.xml"
    try:
        report = converter.convert(source, target, converter.Options(all_tables=all_tables))
    except converter.NotAReport as refusal:
        (folder / f"{name}.refused").write_text(f"{refusal}\n", encoding="utf-8")
        return f"{name}.refused"
    except Exception as error:
        (folder / f"{name}.refused").write_text(f"{type(error).__name__}\n", encoding="utf-8")
        return f"{name}.refused"
    findings = sorted(
        f"{finding.severity.value} {finding.code!s} {finding.line} {finding.start} {finding.end}"
        for finding in report.findings
    )
    (folder / f"{name}.findings").write_text("\n".join([*findings, ""]), encoding="utf-8")
    return target.name


def write_all(folder: Path, sources: list[Path]) -> None:
    """Write a snapshot of all sources with two processes."""
    folder.mkdir(parents=True)
    jobs = [Job(path, folder, all_tables) for path in documents(sources) for all_tables in (False, True)]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        written = list(pool.map(write, jobs, chunksize=8))
    print(f"{len(written)} written, {sum(name.endswith('.refused') for name in written)} refused")


def compare(old: Path, new: Path, shown: int) -> int:
    """Print the differences between two snapshots, at most `shown`; return the number of files that differ."""
    names = sorted({path.name for folder in (old, new) for path in folder.iterdir()})
    different = [name for name in names if lines_of(old / name) != lines_of(new / name)]
    for name in different[:shown]:
        print(f"== {name}")
        lines = difflib.unified_diff(lines_of(old / name), lines_of(new / name), "old", "new", lineterm="", n=0)
        print("\n".join(list(lines)[2:14]))
    counts = {suffix: sum(name.endswith(suffix) for name in different) for suffix in (".xml", ".findings", ".refused")}
    print(f"{len(names)} files, {len(different)} differ: {counts}")
    return len(different)


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file, none if it does not exist."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def main() -> int:
    """Run the command line; return 1 if two snapshots differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    write_parser = commands.add_parser("write")
    write_parser.add_argument("folder", type=Path)
    write_parser.add_argument("sources", type=Path, nargs="+")
    compare_parser = commands.add_parser("compare")
    compare_parser.add_argument("old", type=Path)
    compare_parser.add_argument("new", type=Path)
    compare_parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    if options.command == "write":
        write_all(options.folder, options.sources)
        return 0
    return int(compare(options.old, options.new, options.show) > 0)


if __name__ == "__main__":
    sys.exit(main())
