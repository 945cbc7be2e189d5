"""Rank the captions that no concept was found for, over many filings, so that the taxonomy can grow from use.

usage: python benchmarks/unmapped_captions.py FILE_OR_FOLDER... [--least N]

A line for each caption, the most frequent first: in how many filings, in which statement, what its figures count, a
caption as printed, and what came nearest. Captions are one where the mapper reads them as the same
(converter/mapping/captions.py). Folders are searched for .txt, .htm and .html files.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from converter.filing.reader import NotAReport
from converter.mapping import Mapping
from converter.mapping.captions import read_caption
from converter.pipeline import Reading, read_data
from converter.statements.model import LineItem, StatementKind, UnitKind

SUFFIXES = {".txt", ".htm", ".html"}

Key = tuple[StatementKind, UnitKind, str]
"""A statement, what the figures count, and the caption in its normal form."""


@dataclass(slots=True)
class Caption:
    """A caption without a concept: one print of it, what came nearest there, and the filings that have it."""

    printed: str
    nearest: str
    filings: set[str]


def unmapped(reading: Reading) -> Iterator[tuple[Key, LineItem, Mapping]]:
    """The rows of a filing that have a caption and no concept."""
    for mapped in reading.statements:
        for item, mapping in zip(mapped.statement.items, mapped.mappings, strict=True):
            phrase = read_caption(item.label, item.unit).phrase
            if mapping.concept is None and phrase:
                yield (mapped.statement.kind, item.unit, phrase), item, mapping


def collect(paths: Iterable[Path]) -> dict[Key, Caption]:
    """The captions without a concept of all these filings; those that hold no statements are passed over."""
    found: dict[Key, Caption] = {}
    for path in paths:
        try:
            reading = read_data(path.read_bytes(), str(path))
        except NotAReport:
            continue
        for key, item, mapping in unmapped(reading):
            nearest = ", ".join(f"{other.concept} {other.confidence:.2f}" for other in mapping.runners_up[:1])
            found.setdefault(key, Caption(" ".join(item.label.split()), nearest, set())).filings.add(str(path))
    return found


def ranking(found: dict[Key, Caption], least: int) -> Iterator[str]:
    """The captions that at least so many filings have, as lines of tab-separated text."""
    yield "filings\tstatement\tunit\tcaption\tnearest"
    ranked = sorted(found.items(), key=lambda pair: (-len(pair[1].filings), pair[0]))
    for (kind, unit, _), caption in ranked:
        if len(caption.filings) >= least:
            yield f"{len(caption.filings)}\t{kind}\t{unit}\t{caption.printed}\t{caption.nearest}"


def files_of(names: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named."""
    for name in names:
        if name.is_dir():
            yield from sorted(path for path in name.rglob("*") if path.suffix.lower() in SUFFIXES)
        else:
            yield name


def main() -> None:
    """Print the ranking."""
    parser = argparse.ArgumentParser(description="Rank the captions that no concept was found for.")
    parser.add_argument("names", type=Path, nargs="+", metavar="FILE_OR_FOLDER")
    parser.add_argument("--least", type=int, default=1, metavar="N", help="leave out what fewer filings have")
    options = parser.parse_args()
    sys.stdout.writelines(f"{line}\n" for line in ranking(collect(files_of(options.names)), options.least))


if __name__ == "__main__":
    main()
