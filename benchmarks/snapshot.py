"""What a version makes of many documents, kept so that another version can be compared with it byte for byte.

usage: python benchmarks/snapshot.py write FOLDER SOURCE...       (sources are files or folders)
       python benchmarks/snapshot.py compare OLD NEW [--show N]

A snapshot holds, for each document, the instance (`NAME.xml`) and the findings (`NAME.findings`: severity, code and
place of each, sorted), with and without `--all-tables`; a document that is refused has its reason (`NAME.refused`).
Only the public API is used, so that a snapshot can be written with an older version on the path.
"""

import argparse
import concurrent.futures
import difflib
import hashlib
import sys
from pathlib import Path

SUFFIXES = {".txt", ".htm", ".html"}


def documents(sources: list[Path]) -> list[Path]:
    """The documents that the sources name, each once, in the order of their paths."""
    found = (path for source in sources for path in ([source] if source.is_file() else source.rglob("*")))
    return sorted({path.resolve() for path in found if path.is_file() and path.suffix.lower() in SUFFIXES})


def write(job: tuple[Path, Path, bool]) -> str:
    """Convert one document into the snapshot; the name of what was written."""
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
    places = sorted(
        f"{finding.severity.value} {finding.code!s} {finding.line} {finding.start} {finding.end}"
        for finding in report.findings
    )
    (folder / f"{name}.findings").write_text("\n".join([*places, ""]), encoding="utf-8")
    return target.name


def write_all(folder: Path, sources: list[Path]) -> None:
    """Write a snapshot of all sources with two processes."""
    folder.mkdir(parents=True)
    jobs = [(path, folder, all_tables) for path in documents(sources) for all_tables in (False, True)]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        written = list(pool.map(write, jobs, chunksize=8))
    print(f"{len(written)} written, {sum(name.endswith('.refused') for name in written)} refused")


def compare(old: Path, new: Path, shown: int) -> int:
    """Say which files of two snapshots differ; how many do."""
    names = sorted({path.name for folder in (old, new) for path in folder.iterdir()})
    different = [name for name in names if content(old / name) != content(new / name)]
    for name in different[:shown]:
        print(f"== {name}")
        lines = difflib.unified_diff(content(old / name), content(new / name), "old", "new", lineterm="", n=0)
        print("\n".join(list(lines)[2:14]))
    kinds = {suffix: sum(name.endswith(suffix) for name in different) for suffix in (".xml", ".findings", ".refused")}
    print(f"{len(names)} files, {len(different)} differ: {kinds}")
    return len(different)


def content(path: Path) -> list[str]:
    """The lines of a file, none where there is no such file."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def main() -> int:
    """Run what the command line asks for; 1 if two snapshots differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("sources", type=Path, nargs="+")
    comparing = commands.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    if options.command == "write":
        write_all(options.folder, options.sources)
        return 0
    return int(compare(options.old, options.new, options.show) > 0)


if __name__ == "__main__":
    sys.exit(main())
