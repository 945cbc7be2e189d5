"""Rank the captions of many filings that no concept fits, so that the taxonomy can be extended.

usage: python benchmarks/unmapped_captions.py FILE_OR_FOLDER... [--least N]

Prints a line for each caption, the most frequent first: number of filings, statement, unit of its figures, the caption
as printed, and the most likely concept. Captions that the mapper normalizes to the same text are one caption
(converter/mapping/captions.py). Folders are searched for .txt, .htm and .html files.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from converter.filing.reader import NotAReport
from converter.mapping import Mapping
from converter.mapping.captions import normalize_caption
from converter.pipeline import Reading, read_data
from converter.statements.model import LineItem, StatementKind, UnitKind

SUFFIXES = {".txt", ".htm", ".html"}

Key = tuple[StatementKind, UnitKind, str]
"""The kind of a statement, the unit of the figures, and the normalized caption."""


@dataclass(slots=True)
class Caption:
    """A caption without a concept: as printed once, the most likely concept there, and the filings that have it."""

    printed: str
    nearest: str
    filings: set[str]


class UnmappedRow(NamedTuple):
    """A row that has a caption and no concept."""

    key: Key
    item: LineItem
    mapping: Mapping


def unmapped(reading: Reading) -> Iterator[UnmappedRow]:
    """Yield the rows of a filing that have a caption and no concept."""
    for mapped in reading.statements:
        for item, mapping in zip(mapped.statement.items, mapped.mappings, strict=True):
            phrase = normalize_caption(item.label, item.unit).phrase
            if mapping.concept is None and phrase:
                yield UnmappedRow((mapped.statement.kind, item.unit, phrase), item, mapping)


def collect(paths: Iterable[Path]) -> dict[Key, Caption]:
    """Return the captions without a concept in all filings; skip files without statements."""
    captions: dict[Key, Caption] = {}
    for path in paths:
        try:
            reading = read_data(path.read_bytes(), str(path))
        except NotAReport:
            continue
        for key, item, mapping in unmapped(reading):
            nearest = ", ".join(
                f"{runner_up.concept} {runner_up.confidence:.2f}" for runner_up in mapping.runners_up[:1]
            )
            caption = captions.setdefault(key, Caption(" ".join(item.label.split()), nearest, set()))
            caption.filings.add(str(path))
    return captions


def ranking(captions: dict[Key, Caption], least: int) -> Iterator[str]:
    """Yield the captions of at least `least` filings as tab-separated lines, after a header."""
    yield "filings\tstatement\tunit\tcaption\tnearest"
    ranked = sorted(captions.items(), key=lambda pair: (-len(pair[1].filings), pair[0]))
    for (kind, unit, _), caption in ranked:
        if len(caption.filings) >= least:
            yield f"{len(caption.filings)}\t{kind}\t{unit}\t{caption.printed}\t{caption.nearest}"


def files_of(names: Sequence[Path]) -> Iterator[Path]:
    """Yield the files, and the documents in the folders."""
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
