"""Compare golden files and truths with what the converter makes now, and write golden files.

usage: python tests/golden.py [--write | --force] [PATTERN...]

A PATTERN is a path or a shell pattern of a document, golden file or truth, as `documents/notes*`; without one, all.
Each golden file that differs is shown as a unified diff. --write writes those that are missing, --force replaces
those that differ, too: read what changed (`git diff`) before it is kept. Truths are written by hand alone.
"""

import argparse
import sys
from functools import reduce
from operator import add
from pathlib import Path

from helpers.golden import Golden, goldens, matching, score_of, truths
from helpers.truths import Score


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit code: 0 if all is as it should be or is so now, else 1; 2 for a pattern that names nothing."""
    summary, _, text = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser("tests/golden.py", description=summary, epilog=text.partition("\n\n")[2])
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    writing = parser.add_mutually_exclusive_group()
    writing.add_argument("--write", action="store_true", help="write the golden files that are missing")
    writing.add_argument("--force", action="store_true", help="replace the golden files that differ, too")
    options = parser.parse_args(arguments)

    chosen, judged = _chosen(options.patterns)
    if not chosen and not judged:
        parser.error(f"nothing is called {' or '.join(options.patterns)}")
    different = [golden for golden in chosen if not _settle(golden, options.write or options.force, options.force)]
    faults = _judge(judged)
    sys.stdout.write(f"{len(chosen):,} golden files, {len(different):,} differ\n")
    return 1 if different or faults else 0


def _chosen(patterns: list[str]) -> tuple[list[Golden], dict[Path, Path]]:
    """The golden files and the truths that some pattern names, by their own path or by that of their document."""
    everything, judged = goldens(), truths()
    if not patterns:
        return everything, judged
    paths = [path for golden in everything for path in (golden.path, golden.source)] + [*judged, *judged.values()]
    named = {path for pattern in patterns for path in matching(paths, pattern)}
    return (
        [golden for golden in everything if named & {golden.path, golden.source}],
        {truth: source for truth, source in judged.items() if named & {truth, source}},
    )


def _settle(golden: Golden, missing: bool, existing: bool) -> bool:
    """Show how a golden file differs, and write it where that is asked for; whether it is now as it should be."""
    difference = golden.difference()
    if not difference:
        return True
    if existing if golden.path.exists() else missing:
        golden.accept()
        sys.stdout.write(f"{'written' if golden.make else 'removed'}: {golden.name}\n")
        return True
    sys.stdout.write(difference)
    return False


def _judge(judged: dict[Path, Path]) -> bool:
    """Show what of the truths does not come out; whether that is more than the known defects."""
    scores = {truth: score_of(truth) for truth in judged}
    for truth, one in scores.items():
        for fault in one.faults:
            sys.stdout.write(f"{truth.parent.name}/{truth.name}: {fault}\n")
    if scores:
        total = reduce(add, scores.values(), Score())
        sys.stdout.write(f"{len(scores):,} truths, {total}, {len(total.faults):,} faults\n")
    return any(one.faults for one in scores.values())


if __name__ == "__main__":
    sys.exit(main())
