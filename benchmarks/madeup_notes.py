"""Random tables in the notes of fictitious companies: parts of a total, years side by side, payments year by year."""

import random
from collections.abc import Iterator
from datetime import date

from madeup import Company, Row, Shape, Table, added

_MOST_YEARS = 5

TOPICS = ("Basis of presentation", "Inventories", "Long-term debt", "Results of operations", "Liquidity and capital",
          "Income taxes", "Commitments and contingencies", "Recent accounting pronouncements", "Segments")  # fmt: skip
_PARTS = ("Raw materials", "Work in process", "Finished goods", "Supplies", "Term loan", "Revolving credit line",
          "Industrial revenue bonds", "North America", "Europe", "Federal", "State", "Warranty reserve",
          "Senior notes, 7.5%, due in semiannual instalments", "Land and land improvements", "Buildings",
          "Machinery and equipment", "Construction in progress", "Accrued vacation and other compensation",
          "Benefit obligation at beginning of year", "Service cost", "Interest cost", "Actual return on plan assets",
          "Outstanding at beginning of year", "Granted", "Exercised", "Rest of the world", "Other")  # fmt: skip


def note_tables(rng: random.Random, company: Company, number: int) -> Iterator[Table]:
    """Yield tables of 1 to 5 columns and 3 to 16 rows; the parts of each add up to the totals."""
    for _ in range(number):
        columns = rng.choice((1, 2, 2, 2, 3, 3, _MOST_YEARS))
        end = company.year_end
        days = tuple(
            date(end.year - n, end.month, min(end.day, 28) if end.month == 2 else end.day) for n in range(columns)
        )
        rows: list[Row] = []
        for _ in range(rng.choice((1, 1, 1, 2))):
            parts = [
                Row(caption, tuple(rng.randrange(company.size // 50, company.size) for _ in days))
                for caption in rng.sample(_PARTS, rng.choice((3, 4, 5, 6, 8)))
            ]
            rows += [*parts, Row(rng.choice(("Total", "", "Net")), added(*parts), Shape.TOTAL)]
        yield Table("", (rng.choice(("", "Years Ended")),), days, tuple(rows))
