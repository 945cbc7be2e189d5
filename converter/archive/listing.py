"""Manifest -> the filings of a dataset and its headline figures that fail their check, for the page."""

import csv
import heapq
import io
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from converter.archive.database import ManifestError, damaged
from converter.archive.layout import is_file_name
from converter.archive.manifest import BESIDE, location_of, packed_checks, source_rows
from converter.archive.packing import unpack
from converter.archive.task import Status
from converter.outputs import CheckRow
from converter.report import Status as CheckStatus
from converter.vocabulary import Severity

_COLUMNS = (
    "path",
    "status",
    "company",
    "entity",
    "cik",
    "form",
    "period_end",
    "accession",
    "files",
    "findings",
    "checks",
)
_PAGES = (".html", ".xhtml", ".htm")


class ListedFiling(Struct, frozen=True):
    """A converted source. `files` are the names of its files, relative to the dataset; counts are by outcome.

    `page` is the one of `files` that is a review page, "" without one.
    """

    path: str
    company: str
    cik: str
    form: str
    period_end: str
    accession: str
    files: tuple[str, ...]
    errors: int
    warnings: int
    confirmed: int
    unconfirmed: int
    contradicted: int

    @property
    def page(self) -> str:
        """The name of its review page."""
        return next((name for name in self.files if name.endswith(_PAGES)), "")

    @property
    def doubt(self) -> tuple[int, int]:
        """How much there is to look at, for sorting."""
        return self.contradicted, self.errors


class FailedCheck(Struct, frozen=True):
    """A headline figure that something contradicts; `days` are the first and last day of its period, or its day.

    `fact` is the id of its fact.
    """

    filing: ListedFiling
    measure: str
    days: tuple[str, ...]
    value: str
    reasons: str
    fact: str


class Listing(Struct, frozen=True):
    """The filings of a dataset by company and period, and headline figures that fail their check.

    Of many filings only some are listed, those with most contradicted figures and errors; `filings_in_all` and
    `failed_in_all` say of how many. `location` is the folder or URL of the dataset, "" for that of the manifest.
    """

    filings: tuple[ListedFiling, ...]
    filings_in_all: int
    failed: tuple[FailedCheck, ...]
    failed_in_all: int
    location: str


def list_filings(manifest: Path, most: int = 10_000, most_failed: int = 200) -> Listing:
    """Read a manifest. Raises ManifestError if it is damaged."""
    try:
        return _listing(manifest, most, most_failed)
    except ManifestError:
        raise
    except (ValueError, TypeError, LookupError, csv.Error, zlib.error) as error:
        raise damaged(manifest, error) from error


def _listing(manifest: Path, most: int, most_failed: int) -> Listing:
    number = failed = 0

    def counted() -> Iterator[ListedFiling]:
        nonlocal number, failed
        for filing in _filings(manifest):
            number += 1
            failed += filing.contradicted
            yield filing

    kept = heapq.nlargest(most, counted(), key=lambda filing: filing.doubt)
    in_doubt = [filing for filing in kept if filing.contradicted][:most_failed]
    location = location_of(manifest)
    return Listing(
        tuple(sorted(kept, key=lambda filing: (filing.company.casefold(), filing.cik, filing.period_end, filing.path))),
        number,
        tuple(_failed(manifest, in_doubt))[:most_failed],
        failed,
        "" if location == BESIDE else location,
    )


def _filings(manifest: Path) -> Iterator[ListedFiling]:
    for cells in source_rows(manifest, _COLUMNS):
        row = {name: "" if cell is None else str(cell) for name, cell in zip(_COLUMNS, cells, strict=True)}
        if row["status"] == Status.CONVERTED:
            yield _filing(row)


def _filing(row: Mapping[str, str]) -> ListedFiling:
    severities, statuses = Counter[str](), Counter[str]()
    for _, severity, number in json.loads(row["findings"]):
        severities[severity] += number
    for _, status, number in json.loads(row["checks"]):
        statuses[status] += number
    return ListedFiling(
        path=row["path"],
        company=row["company"] or row["entity"],
        cik=row["cik"],
        form=row["form"],
        period_end=row["period_end"],
        accession=row["accession"],
        files=tuple(name for name in json.loads(row["files"]) if is_file_name(name)),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        confirmed=statuses[CheckStatus.CONFIRMED],
        unconfirmed=statuses[CheckStatus.UNCONFIRMED],
        contradicted=statuses[CheckStatus.CONTRADICTED],
    )


def _failed(manifest: Path, filings: Iterable[ListedFiling]) -> Iterator[FailedCheck]:
    by_path = {filing.path: filing for filing in filings}
    names = CheckRow.__struct_fields__
    for packed in packed_checks(manifest, by_path):
        for cells in csv.reader(io.StringIO(unpack(packed).decode(), newline="")):
            row = dict(zip(names, cells, strict=True))
            if row["status"] == CheckStatus.CONTRADICTED:
                days = (row["period_end"],) if row["instant"] == "true" else (row["period_start"], row["period_end"])
                filing, reasons = by_path[row["source_file"]], row["contradicted_by"]
                yield FailedCheck(filing, row["measure"], days, row["value_text"], reasons, row["fact"])
