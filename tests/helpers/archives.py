"""Filings made for the tests of archives, an engine without processes, and a dataset in a form to compare."""

import random
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from converter.archive.dataset import make_dataset
from converter.archive.layout import MANIFEST
from converter.archive.manifest import Manifest
from converter.archive.run import Dataset, convert_all
from converter.archive.store import Folder, dataset_lock
from converter.archive.task import Outcome, Settings, Task
from converter.archive.worker import convert_source
from converter.filing import FilingIndex

VARYING = {"seconds", "stamp"}
"""What in a manifest differs from run to run."""

_WORDS = ("Northfield", "Alder", "Crescent", "Tamarack", "Bluewater", "Juniper", "Granite", "Halcyon", "Orchard")


def release(number: int, sales: int | None = None, header: bool = True, year: int = 2003) -> bytes:
    """A filing of a small company of this number: a balance sheet whose sums hold, and a line no concept fits."""
    chance = random.Random(number)
    cash, receivables, equipment = (chance.randrange(100, 9000) for _ in range(3))
    payables, stock = chance.randrange(10, cash), chance.randrange(10, receivables)
    total = cash + receivables + equipment
    sold = sales if sales is not None else chance.randrange(1000, 90000)
    costs = sold // 3
    name = f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} {number} Inc".upper()
    head = f"""-----BEGIN PRIVACY-ENHANCED MESSAGE-----
<SEC-DOCUMENT>{accession(number, year)}.txt
<SEC-HEADER>
ACCESSION NUMBER:		{accession(number, year)}
CONFORMED SUBMISSION TYPE:	10-Q
CONFORMED PERIOD OF REPORT:	{year}0930
FILED AS OF DATE:		{year}1101

FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			{name}
		CENTRAL INDEX KEY:			{cik(number)}
		FISCAL YEAR END:			1231
</SEC-HEADER>
<DOCUMENT>
<TYPE>10-Q
<TEXT>
"""
    text = f"""{name}
CONDENSED BALANCE SHEETS
(In thousands)
                                     September 30,   December 31,
                                         {year}           {year - 1}
Current assets:
  Cash and cash equivalents          $   {cash:8,}    $   {cash + 11:8,}
  Accounts receivable, net               {receivables:8,}        {receivables - 11:8,}
                                     -----------     -----------
    Total current assets                 {cash + receivables:8,}        {cash + receivables:8,}
Property and equipment, net              {equipment:8,}        {equipment:8,}
                                     -----------     -----------
    Total assets                     $   {total:8,}    $   {total:8,}
                                     ===========     ===========
Accounts payable                     $   {payables:8,}    $   {payables:8,}
Obligations of the lighthouse fund       {stock:8,}        {stock:8,}
Stockholders' equity                     {total - payables - stock:8,}        {total - payables - stock:8,}
                                     -----------     -----------
    Total liabilities and
      stockholders' equity           $   {total:8,}    $   {total:8,}
                                     ===========     ===========

CONDENSED STATEMENTS OF OPERATIONS
(In thousands)
                                     Three months ended September 30,
                                         {year}           {year - 1}
Net sales                            $   {sold:8,}    $   {sold + 5:8,}
Cost of sales                            {costs:8,}        {costs + 5:8,}
                                     -----------     -----------
Gross profit                             {sold - costs:8,}        {sold - costs:8,}
Income taxes                             {costs // 2:8,}        {costs // 2:8,}
                                     -----------     -----------
Net income                           $   {sold - costs - costs // 2:8,}    $   {sold - costs - costs // 2:8,}
                                     ===========     ===========
"""
    tail = "</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    return f"{head}{text}{tail}".encode() if header else text.encode()


def annual(release: bytes) -> bytes:
    """An annual report with the figures of a quarterly one, and cash flows that begin with its net income."""
    net_income = re.search(rb"Net income.*", release)
    assert net_income is not None
    flows = b"""

STATEMENTS OF CASH FLOWS
(In thousands)
                                     Year ended December 31,
                                         %b           %b
Operating activities:
%b
  Depreciation                              110             100
Purchases of equipment                     (210)           (200)
"""
    year = int(re.findall(rb"PERIOD OF REPORT:\t(\d{4})", release)[0])
    release = release.replace(b"</TEXT>", flows % (b"%d" % year, b"%d" % (year - 1), net_income[0]) + b"</TEXT>")
    as_annual = {b"10-Q": b"10-K", b"Three months": b"Year", b"September 30": b"December 31", b"0930": b"1231"}
    for old, new in as_annual.items():
        release = release.replace(old, new)
    return release


def cik(number: int) -> str:
    """The registrant's key, ten digits."""
    return f"{900_000 + number:010}"


def accession(number: int, year: int = 2003) -> str:
    """The submission's number."""
    return f"{cik(number)}-{year % 100:02}-{number:06}"


def write_releases(folder: Path, count: int, sales: int | None = None, year: int = 2003) -> Path:
    """A folder of so many filings."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:04}.txt").write_bytes(release(number, sales, year=year))
    return folder


class Here:
    """An engine that does the work itself, and gives the outcomes back in an order of chance."""

    full_at = 7

    is_local = True

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)
        self._tasks: list[Task] = []
        self.done: list[str] = []

    def submit(self, task: Task) -> None:
        self._tasks.append(task)

    def next(self) -> Outcome:
        task = self._tasks.pop(self._chance.randrange(len(self._tasks)))
        self.done.append(task.source.path)
        return convert_source(task)

    @property
    def pending(self) -> int:
        return len(self._tasks)

    @property
    def full(self) -> bool:
        return len(self._tasks) >= self.full_at

    def stop(self) -> None:
        self._tasks.clear()


def run(
    inputs: Sequence[str | Path],
    out: Path,
    settings: Settings | None = None,
    seed: int = 0,
    force: bool = False,
    index: FilingIndex | None = None,
) -> dict[str, Outcome]:
    """Make or renew a dataset in this process; how each source ended in this run."""
    settings = settings or Settings()
    ended: dict[str, Outcome] = {}
    store = Folder(out)
    with dataset_lock(store.work), closing(Manifest(out / MANIFEST, settings.key)) as manifest:
        if force:
            manifest.make_all_stale()
        dataset = Dataset(store, manifest, settings, index)
        convert_all(list(map(str, inputs)), dataset, Here(seed), lambda one: ended.update({one.source.path: one}))
        make_dataset(manifest, out / MANIFEST, store, 1)
    return ended


def contents(out: Path) -> dict[str, bytes]:
    """Every file of a dataset but the manifest, and the manifest's rows less what varies."""
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(MANIFEST)
    }
    return files | {f"manifest of {path}": repr(row).encode() for path, row in manifest_rows(out)}


def manifest_rows(out: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """What the manifest says of each source."""
    with closing(sqlite3.connect(out / MANIFEST)) as base:
        base.row_factory = sqlite3.Row
        for row in base.execute("SELECT * FROM sources ORDER BY path").fetchall():
            yield row["path"], {name: row[name] for name in row.keys() if name not in VARYING}  # noqa: SIM118
