"""Input and output of a worker, independent of where it runs."""

import hashlib
import os
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from converter import __version__
from converter.archive.sources import LARGEST, Source
from converter.filing import Header
from converter.mapping import Override
from converter.report import Options
from converter.resources import resource
from converter.taxonomy import Naming


class Status(StrEnum):
    """How the conversion of a source ended."""

    CONVERTED = "converted"
    EMPTY = "empty"
    """There is nothing to convert: no text, or no statement."""
    DUPLICATE = "duplicate"
    """Another source is the same filing."""
    FAILED = "failed"
    UNCHANGED = "unchanged"
    """Its bytes are the same as in the previous run; never stored in the manifest."""


class Settings(Struct, frozen=True):
    """How every source of a run is converted.

    `formats` are the names of the output formats; `seconds` and `largest` (in bytes) limit one source, `megabytes`
    limits the memory of a worker. `naming` is how formats with linkbases of the filing name its concepts. `index` is a
    hash of the index of filings that the run has, "" for none.
    """

    formats: tuple[str, ...] = ("xml",)
    options: Options = field(default_factory=Options)
    overrides: tuple[Override, ...] = ()
    seconds: float = 120
    megabytes: int = 4096
    largest: int = LARGEST
    naming: Naming | None = None
    index: str = ""

    @property
    def key(self) -> str:
        """A hash of all that outcomes depend on besides the source: equal keys give equal conversions."""
        overrides = [(override.pattern.pattern, override.kind, override.concept) for override in self.overrides]
        of_run = (self.formats, self.options, overrides, self.naming, self.index)
        text = repr((__version__, taxonomy_version(), *of_run))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def taxonomy_version() -> str:
    """Return eight hexadecimal digits that change with the tables of the taxonomy or the trained mapper."""
    names = ("concepts.csv", "normalised.csv", "schedules.csv", "mapper.bin")
    tables = (resource(f"taxonomy/{name}").read_bytes() for name in names)
    return hashlib.sha256(b"".join(tables)).hexdigest()[:8]


class Task(Struct, frozen=True):
    """One source to convert.

    `known_hash` is the SHA-256 of bytes that need not be converted again, "" for none. `base_folder` is the folder
    that a relative path starts from, for workers with another working directory. `drafts` is the folder where the
    worker writes the files of the filing, "" if it shares none with the process that writes the dataset. `known` is
    what is known of the filing from beside it.
    """

    source: Source
    settings: Settings
    known_hash: str = ""
    base_folder: str = ""
    drafts: str = ""
    known: Header | None = None

    @property
    def located(self) -> Source:
        """The source with a path that is valid in any working directory."""
        is_local_file = self.source.data is None and "://" not in self.source.path
        if not is_local_file:
            return self.source
        return replace(self.source, path=os.path.join(self.base_folder, self.source.path))


class Piece(Struct, frozen=True):
    """What a filing adds to the file of a format with this key, "" for nothing: the rows of a quarter, a company."""

    format: str
    key: str
    data: bytes


class File(Struct, frozen=True):
    """One output file of a filing; its name is the filing's name followed by `ending`.

    Its content is `data` or, if the worker can write where the dataset is, that of the local file `draft`.
    """

    ending: str
    data: bytes = b""
    draft: str = ""


class Counts(Struct, frozen=True):
    """The numbers of a conversion.

    `printed` counts the figures in the statements' tables, `read` those that were read, `named` those that findings
    name; `mapped` of `figures` have a concept of their own; `holding` of `sums` hold.
    """

    facts: int = 0
    printed: int = 0
    read: int = 0
    named: int = 0
    figures: int = 0
    mapped: int = 0
    sums: int = 0
    holding: int = 0


class FindingCount(NamedTuple):
    """How many findings of a filing have this code and severity."""

    code: str
    severity: str
    occurrences: int


class CheckCount(NamedTuple):
    """How many headline figures of a filing, of all its periods, have this measure and this outcome of their check."""

    measure: str
    status: str
    occurrences: int


class RowCount(NamedTuple):
    """How many rows a filing has in a table of the dataset."""

    table: str
    rows: int


class UnmappedCaption(NamedTuple):
    """A caption that no concept fits, and the kind of its statement (`bs`, `is`, `cf`)."""

    caption: str
    statement: str


class Outcome(Struct, frozen=True):
    """The result for one source.

    `reason` is one line, "" if converted; `warning` is one line that the user should see, "" for none; `hash` is the
    SHA-256 of the bytes, "" if they could not be read. `cik` has ten digits, `accession` and `form` are as in the
    submission's header, all "" if unknown; `state` is that of incorporation, `co_registrants` are the names of the
    other filers. `period_end` is the last day of the period reported on. `confidence` counts the facts with a concept
    by the tenth that its confidence is in, from the lowest, and last those of lines that no concept fits. `rows` counts
    its rows in the dataset's tables that it has any in, `packed` are these (see `archive/packing.py`), `pieces` what it
    adds to files of many filings (see `archive/exports.py`). `seconds` is the time that the conversion took.
    """

    source: Source
    status: Status
    reason: str = ""
    warning: str = ""
    hash: str = ""
    size: int = -1
    entity: str = ""
    cik: str = ""
    accession: str = ""
    form: str = ""
    company: str = ""
    sic: str = ""
    state: str = ""
    irs_number: str = ""
    co_registrants: tuple[str, ...] = ()
    period_end: date | None = None
    counts: Counts = Counts()
    findings: tuple[FindingCount, ...] = ()
    checks: tuple[CheckCount, ...] = ()
    unmapped: tuple[UnmappedCaption, ...] = ()
    confidence: tuple[int, ...] = ()
    files: tuple[File, ...] = ()
    rows: tuple[RowCount, ...] = ()
    packed: bytes = b""
    pieces: tuple[Piece, ...] = ()
    seconds: float = 0

    @property
    def identity(self) -> str:
        """The key by which two sources are the same filing: registrant and accession number, else the hash."""
        return f"{self.cik}/{self.accession}" if self.cik and self.accession else self.hash
