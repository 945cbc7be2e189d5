"""Time the mapper: loading the model, and mapping a statement of 40 rows with an empty and a filled cache.

usage: python benchmarks/mapping_speed.py [--repeat N]

Prints the fastest of N runs, because other activity of the machine only adds time.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from converter.filing.lines import TextSpan
from converter.mapping import map_statement
from converter.mapping.captions import normalize_caption
from converter.mapping.guess import Guesser
from converter.mapping.weights import FILE, load_model, parse_model
from converter.resources import resource
from converter.statements.model import Column, Figure, LineItem, Statement, StatementKind, UnitKind
from converter.sums.arithmetic import find_sums
from converter.taxonomy import load_taxonomy
from converter.vocabulary.amounts import Amount
from converter.vocabulary.periods import Instant

_TEXT = """
Cash and cash equivalents|1840
Short-term investments|960
Accounts receivable, less allowance for doubtful accounts of $1,204|6125
Inventories|7013
Deferred income taxes|411
Prepaid expenses and other current assets|330
Total current assets|16679
Land|1215
Buildings|4480
Machinery and equipment|12630
Construction in progress|905
Less accumulated depreciation|-8520
Property, plant and equipment, net|10710
Goodwill|3140
Other intangible assets, net|1207
Investments in affiliates|640
Deferred charges|280
Other assets|672
Total assets|33328
Notes payable to banks|700
Current maturities of long-term debt|500
Accounts payable|3215
Accrued compensation|1480
Accrued expenses and other liabilities|1755
Income taxes payable|266
Dividends payable|120
Total current liabilities|8036
Long-term debt, less current maturities|6100
Deferred income taxes|921
Postretirement benefits|1105
Other long-term liabilities|490
Minority interest in subsidiaries|410
Preferred stock, none issued|0
Common stock, $.01 par value|210
Capital in excess of par value|6040
Retained earnings|11126
Cumulative translation adjustment|-310
Treasury stock, at cost|-800
Total shareholders' equity|16266
Total liabilities and shareholders' equity|33328
"""
ROWS = [line.rsplit("|", 1) for line in _TEXT.strip().splitlines()]
_NOWHERE = TextSpan(0, 0, 0, 0)


def balance_sheet() -> Statement:
    """Return a balance sheet of 40 rows and two columns whose sums hold."""
    columns = tuple(Column(Instant(date(year, 12, 31)), str(year)) for year in (1998, 1997))
    items = (
        LineItem(label, (), 0, False, UnitKind.MONETARY, (_figure(amount), _figure(amount + amount)), _NOWHERE)
        for label, amount in ((label, Decimal(amount)) for label, amount in ROWS)
    )
    return Statement(StatementKind.BALANCE_SHEET, "Balance sheet", 0, "USD", columns, tuple(items))


def _figure(value: Decimal) -> Figure:
    return Figure(value, 0, Amount(value), _NOWHERE)


def milliseconds(work: Callable[[], object], repeat: int, prepare: Callable[[], object] = lambda: None) -> float:
    """Return the shortest time of `work`; `prepare` is called before each run and not timed."""
    times = []
    for _ in range(repeat):
        prepare()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Print the three times."""
    parser = argparse.ArgumentParser(description="Time the mapper.")
    parser.add_argument("--repeat", type=int, default=30, metavar="N")
    repeat = parser.parse_args().repeat
    load_taxonomy()
    statement = balance_sheet()
    sums = find_sums(statement.items, statement.kind)
    guessers = [Guesser(load_model())]

    def clear_caches() -> None:
        normalize_caption.cache_clear()
        guessers[0] = Guesser(load_model())

    def map_rows() -> object:
        return map_statement(statement, sums, guessers[0])

    print(f"load the model           {milliseconds(lambda: parse_model(resource(FILE).read_bytes()), repeat):7.2f} ms")
    print(f"map {len(ROWS)} rows, new captions {milliseconds(map_rows, repeat, clear_caches):7.2f} ms")
    print(f"map {len(ROWS)} rows, seen before  {milliseconds(map_rows, repeat):7.2f} ms")


if __name__ == "__main__":
    main()
