"""Names of the files of a dataset, relative to its folder, with slashes."""

import base64
import hashlib
import os
import re
import zlib
from collections.abc import Iterable
from datetime import date

from converter.archive.task import Outcome

MANIFEST = "manifest.sqlite"
SOURCES = "sources.parquet"
VIEWS = "views.sql"
REPORT = "report.html"
WORK = ".work"
"""Folder of drafts and of the lock of a run; nothing in it outlives the run."""

PARTS = 16
"""Number of partitions per year, by entity: the rows of a company for one year are in one file."""

_IDENTIFIED = re.compile(r"[0-9]{1,10}/[0-9-]{1,40}")
_UNSAFE = re.compile(r"[^\w.,+=@ ()\-]+", re.ASCII)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.ASCII | re.IGNORECASE)  # no file of Windows
_MAX_PART_LENGTH, _MAX_PATH_LENGTH = 80, 160
_DIGEST_LENGTH = 20  # characters of five bits: 100 bits
_FILE = re.compile(r"filings(?:/(?!\.{1,2}(?:/|$))[\w.,+=@ ()~\-]+)+", re.ASCII)
_PART = re.compile(r"year=(?:\d{1,4}|__HIVE_DEFAULT_PARTITION__)/part-[0-9a-f]", re.ASCII)


def stem_of(outcome: Outcome) -> str:
    """Return the name of a filing's files without their endings.

    It consists of registrant and accession number if both are known. Else it is a readable form of the source's path
    with a digest of the path: `filings/unidentified/2003.tar/a.txt~k3q5...`. The digest keeps the names of different
    sources apart on every file system, whatever other sources there are: names that differ only in case, in how an
    accent is encoded or in a character that had to be replaced; and since every file has a `~` in its name and no
    folder has, `a` with the ending `.xml` is not the folder of `a.xml/b`, nor is `a` with `.facts.csv` the file of
    `a.facts` with `.csv`.
    """
    identified = f"{outcome.cik}/{outcome.accession}"
    if _IDENTIFIED.fullmatch(identified):
        return f"filings/{identified}"
    path = outcome.source.path
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).digest()
    return f"filings/unidentified/{_readable(path)}~{base64.b32encode(digest).decode().lower()[:_DIGEST_LENGTH]}"


def draft_name() -> str:
    """Return the name of a draft that no other one has."""
    return f"{os.urandom(16).hex()}.draft"


def part_of(entity: str, period_end: date | None) -> str:
    """Return the partition of a filing's rows, `year=2003/part-a`, by the year of the period's end and the entity."""
    year = period_end.year if period_end else "__HIVE_DEFAULT_PARTITION__"  # the name for a missing value in Hive
    return f"year={year}/part-{zlib.crc32(entity.encode()) % PARTS:x}"


def table_file(table: str, part: str) -> str:
    """Return the name of the file with the rows that a table has in a partition; it is missing if there are none."""
    return f"{table}/{part}.parquet"


def parts_of(names: Iterable[str]) -> set[str]:
    """Return the partitions that files of facts, by their names, belong to."""
    parts = {name.removeprefix("facts/").removesuffix(".parquet") for name in names}
    return {part for part in parts if is_part_name(part)}


def is_file_name(name: str) -> bool:
    """Return whether a name may be that of a filing's file: it is below `filings`, and leads nowhere else."""
    return _FILE.fullmatch(name) is not None


def is_part_name(part: str) -> bool:
    """Return whether a name may be that of a partition."""
    return _PART.fullmatch(part) is not None


def _readable(path: str) -> str:
    """Return a path as folders and the beginning of a file's name, valid on every file system; others may share it."""
    parts = map(_valid_part, re.split(r"[/!\\]+", path.replace("://", "/")))
    return "/".join(part for part in parts if part)[:_MAX_PATH_LENGTH].rstrip("/. ") or "source"


def _valid_part(part: str) -> str:
    valid = _UNSAFE.sub("_", part).strip(". ")[:_MAX_PART_LENGTH].rstrip(". ")
    return f"_{valid}" if _DEVICE.match(valid) else valid
