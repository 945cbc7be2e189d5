"""The seeds that mutants are made of: the project's own documents, and folders of other filings."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from helpers.archives import release
from helpers.documents import documents, examples
from helpers.filings import DAMAGED

FOUND = Path(__file__).parent / "found"
"""Inputs on which the program once failed, as small as they could be made."""

FOLDER_VARIABLE = "FUZZ_CORPUS"
"""Environment variable: folders of further filings, separated as in PATH."""

_SUFFIXES = {".txt", ".htm", ".html"}
_LARGEST = 2_000_000  # bytes


class Seed(NamedTuple):
    """A document that mutants are made of."""

    name: str
    data: bytes


def own_seeds() -> list[Seed]:
    """Return the seeds that the project has itself, in the same order everywhere."""
    paths = (*examples(), *documents(), *found())
    made = (Seed("release", release(1)), Seed("damaged", DAMAGED.encode()), Seed("schedule", SCHEDULE.encode()))
    return [*(Seed(path.name, path.read_bytes()) for path in paths), *made]


def found() -> list[Path]:
    """Return the inputs on which the program once failed."""
    return sorted(FOUND.iterdir())


def seeds(folders: str | None = None) -> list[Seed]:
    """Return the seeds of the project and of further folders, by default those of FUZZ_CORPUS."""
    if folders is None:
        folders = os.environ.get(FOLDER_VARIABLE, "")
    return [*own_seeds(), *(seed for folder in folders.split(os.pathsep) if folder for seed in _seeds_in(Path(folder)))]


def _seeds_in(folder: Path) -> Iterator[Seed]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES and path.stat().st_size <= _LARGEST:
            yield Seed(path.name, path.read_bytes())


SCHEDULE = """\
<SEC-DOCUMENT>0009999903-98-000001.txt : 19980814
<SEC-HEADER>0009999903-98-000001.hdr.sgml : 19980814
ACCESSION NUMBER:		0009999903-98-000001
CONFORMED SUBMISSION TYPE:	10-Q
CONFORMED PERIOD OF REPORT:	19980630
FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			LARCH LANE LTD
		CENTRAL INDEX KEY:			0009999903
		FISCAL YEAR END:			1231
</SEC-HEADER>
<DOCUMENT>
<TYPE>10-Q
<TEXT>
                     LARCH LANE LTD.
                      BALANCE SHEETS
                      (in thousands)

                                     June 30,   December 31,
                                       1998         1997
                                     --------     --------
  Cash and cash equivalents          $  1,250     $  1,100
  Inventories, less allowances
    of $66 and $68, respectively        4,350        4,200
                                     --------     --------
    Total assets                     $  5,600     $  5,300
                                     ========     ========
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-27
<TEXT>
<TABLE> <S> <C>
<ARTICLE> 5
<MULTIPLIER> 1,000
<CURRENCY> U.S. DOLLARS
<PERIOD-TYPE>                   6-MOS                   3-MOS
<FISCAL-YEAR-END>               DEC-31-1998             DEC-31-1998
<PERIOD-START>                  JAN-01-1998             APR-01-1998
<PERIOD-END>                    JUN-30-1998             JUN-30-1998
<CASH>                          1,250                   1,250
<TOTAL-ASSETS>                  5,600                   5,600
<TOTAL-REVENUES>                9,800                   5,000
<NET-INCOME>                    (310)                   (90)
<EPS-PRIMARY>                   (.31)                   (.09)
</TABLE>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""
"""A submission with a financial data schedule of two columns."""
