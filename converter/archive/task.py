"""What a worker is given and what it gives back; neither knows where the work is done."""

import hashlib
import os
from datetime import date
from enum import StrEnum
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from converter import __version__
from converter.archive.sources import LARGEST, Source
from converter.mapping import Override
from converter.report import Options
from converter.resources import resource


class Status(StrEnum):
    """How the conversion of a source ended."""

    CONVERTED = "converted"
    EMPTY = "empty"
    """Nothing to convert in it: no text, or no statement."""
    DUPLICATE = "duplicate"
    """Another source is the same filing."""
    FAILED = "failed"
    UNCHANGED = "unchanged"
    """Its bytes are those of the last time; never kept."""


class Settings(Struct, frozen=True):
    """How every source of a run is converted.

    `forms` are the names of the formats written for each filing; `seconds` and `largest` (bytes) bound one source,
    `megabytes` the memory of a worker.
    """

    forms: tuple[str, ...] = ("xml",)
    options: Options = field(default_factory=Options)
    overrides: tuple[Override, ...] = ()
    seconds: float = 120
    megabytes: int = 4096
    largest: int = LARGEST

    @property
    def key(self) -> str:
        """What the outcomes depend on beside the source: two runs with equal keys convert a source alike."""
        own = [(override.pattern.pattern, override.kind, override.concept) for override in self.overrides]
        said = repr((__version__, taxonomy_version(), self.forms, self.options, own))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@cache
def taxonomy_version() -> str:
    """Eight hexadecimal digits that change with the table of concepts, the schedules or the trained mapper."""
    tables = (resource(f"taxonomy/{name}").read_bytes() for name in ("concepts.csv", "schedules.csv", "mapper.bin"))
    return hashlib.sha256(b"".join(tables)).hexdigest()[:8]


class Task(Struct, frozen=True):
    """One source to convert.

    `known` is the SHA-256 of the bytes that need no converting again, "" for none; `home` the folder that a relative
    path begins at, for workers that are at home elsewhere.
    """

    source: Source
    settings: Settings
    known: str = ""
    home: str = ""

    @property
    def located(self) -> Source:
        """The source as a worker finds it."""
        local = self.source.data is None and "://" not in self.source.path
        return replace(self.source, path=os.path.join(self.home, self.source.path)) if local else self.source


class File(Struct, frozen=True):
    """One file of a filing: `ending` follows the filing's name in the name of the file."""

    ending: str
    data: bytes


class Counts(Struct, frozen=True):
    """The numbers of a conversion.

    `printed` counts the figures in the statements' tables, `read` those that were read, `named` those that findings
    name; `mapped` of `figures` have a concept of their own; `holding` of `sums` come out.
    """

    facts: int = 0
    printed: int = 0
    read: int = 0
    named: int = 0
    figures: int = 0
    mapped: int = 0
    sums: int = 0
    holding: int = 0


class Outcome(Struct, frozen=True):
    """What became of a source.

    `reason` is one line, "" for what is converted; `hash` the SHA-256 of the bytes, "" where they could not be read.
    `cik` has ten digits, `accession` and `form` are as in the submission's header, "" where not known. `period_end`
    is the last day reported on. `findings` counts codes with their severity, `unmapped` has the captions that no
    concept fits with their statement; `rows` and `told` are the packed tables of facts and findings.
    """

    source: Source
    status: Status
    reason: str = ""
    hash: str = ""
    size: int = -1
    entity: str = ""
    cik: str = ""
    accession: str = ""
    form: str = ""
    company: str = ""
    period_end: date | None = None
    counts: Counts = Counts()
    findings: tuple[tuple[str, str, int], ...] = ()
    unmapped: tuple[tuple[str, str], ...] = ()
    files: tuple[File, ...] = ()
    rows: bytes = b""
    told: bytes = b""
    seconds: float = 0

    @property
    def identity(self) -> str:
        """What makes two sources the same filing: registrant and accession number, else the same bytes."""
        return f"{self.cik}/{self.accession}" if self.cik and self.accession else self.hash
