"""Filings of a made-up company over some years: a 10-Q for each of three quarters, and a 10-K for each year."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.archives import accession, cik

_DAYS = {1: "March 31,", 2: "June 30,", 3: "September 30,", 4: "December 31,"}
_MONTHS = {1: "Three", 2: "Six", 3: "Nine"}
_FILED = {1: "0501", 2: "0801", 3: "1101"}


def quarterly_sales(year: int) -> int:
    """The sales of each quarter of a year, in thousands."""
    return 1000 + 100 * (year - 2000)


def write_years(folder: Path, number: int, years: Sequence[int]) -> None:
    """Write the filings of the years; the last one restates the sales of the year before: 100 thousand less."""
    folder.mkdir(parents=True)
    for year in years:
        restated = {year - 1: -100} if year == years[-1] and len(years) > 1 else {}
        for quarter in (1, 2, 3):
            (folder / f"{year}-q{quarter}.txt").write_bytes(_report(number, year, quarter, {}))
        (folder / f"{year}.txt").write_bytes(_report(number, year, 4, restated))


def _report(number: int, year: int, quarter: int, restated: Mapping[int, int]) -> bytes:
    form = "10-K" if quarter == 4 else "10-Q"
    head = f"""<SEC-DOCUMENT>{accession(number * 10 + quarter, year)}.txt
<SEC-HEADER>
ACCESSION NUMBER:		{accession(number * 10 + quarter, year)}
CONFORMED SUBMISSION TYPE:	{form}
CONFORMED PERIOD OF REPORT:	{year}{("0331", "0630", "0930", "1231")[quarter - 1]}
FILED AS OF DATE:		{f"{year + 1}0301" if quarter == 4 else f"{year}{_FILED[quarter]}"}

FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			HALCYON ORCHARD INC
		CENTRAL INDEX KEY:			{cik(number)}
		STANDARD INDUSTRIAL CLASSIFICATION:	CUTLERY [3420]
		FISCAL YEAR END:			1231
</SEC-HEADER>
<DOCUMENT>
<TYPE>{form}
<TEXT>
HALCYON ORCHARD INC
"""
    lengths = [4] if quarter == 4 else sorted({1, quarter})
    parts = [_balance(year, quarter), *(_income(year, quarter, n, restated) for n in lengths)]
    parts.append(_cash_flow(year, quarter, restated))
    return (head + "\n".join(parts) + "</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n").encode()


def _sales(year: int, quarters: int, restated: Mapping[int, int]) -> int:
    return quarterly_sales(year) * quarters + restated.get(year, 0)


def _title(quarter: int, quarters: int) -> str:
    return "Years ended" if quarters == 4 else f"{_MONTHS[quarters]} months ended"


def _row(caption: str, *values: int) -> str:
    return f"{caption:<44}" + "".join(f"{value:>16,}" if value >= 0 else f"{f'({-value:,})':>17}" for value in values)


def _cash(year: int, quarter: int) -> int:
    return 500 + 4 * (year - 2000) + quarter


def _balance(year: int, quarter: int) -> str:
    cash = [_cash(year, quarter), _cash(year - 1, 4)]
    rows = [
        "CONDENSED BALANCE SHEETS\n(In thousands)\n",
        f"{'':<44}{_DAYS[quarter]:>16}{_DAYS[4]:>16}",
        f"{'':<44}{year:>16}{year - 1:>16}",
        _row("Cash and cash equivalents", *cash),
        _row("Accounts receivable", 700, 700),
        _row("Total current assets", *(each + 700 for each in cash)),
        _row("Property and equipment, net", 2000, 2000),
        _row("Total assets", *(each + 2700 for each in cash)),
        _row("Total current liabilities", 800, 800),
        _row("Long-term debt", 900, 900),
        _row("Stockholders' equity", *(each + 1000 for each in cash)),
        _row("Total liabilities and stockholders' equity", *(each + 2700 for each in cash)),
    ]
    return "\n".join(rows) + "\n"


def _income(year: int, quarter: int, quarters: int, restated: Mapping[int, int]) -> str:
    sold = [_sales(each, quarters, restated) for each in (year, year - 1)]
    costs = [each * 6 // 10 for each in sold]
    taxes = [each // 10 for each in sold]
    rows = [
        "CONDENSED STATEMENTS OF INCOME\n(In thousands)\n",
        f"{'':<50}{_title(quarter, quarters)} {_DAYS[quarter]}",
        f"{'':<44}{year:>16}{year - 1:>16}",
        _row("Net sales", *sold),
        _row("Cost of sales", *costs),
        _row("Income before income taxes", *(s - c for s, c in zip(sold, costs, strict=True))),
        _row("Income taxes", *taxes),
        _row("Net income", *(s - c - t for s, c, t in zip(sold, costs, taxes, strict=True))),
    ]
    return "\n".join(rows) + "\n"


def _cash_flow(year: int, quarter: int, restated: Mapping[int, int]) -> str:
    sold = [_sales(each, quarter, restated) for each in (year, year - 1)]
    income = [each - each * 6 // 10 - each // 10 for each in sold]
    rows = [
        "CONDENSED STATEMENTS OF CASH FLOWS\n(In thousands)\n",
        f"{'':<50}{_title(quarter, quarter)} {_DAYS[quarter]}",
        f"{'':<44}{year:>16}{year - 1:>16}",
        _row("Net income", *income),
        _row("Depreciation", 20 * quarter, 20 * quarter),
        _row("Net cash provided by operating activities", *(each + 20 * quarter for each in income)),
        _row("Purchases of property and equipment", -100, -100),
        _row("Net cash used in investing activities", -100, -100),
        _row("Repayment of long-term debt", *(100 + quarter - each - 20 * quarter for each in income)),
        _row("Net cash used in financing activities", *(100 + quarter - each - 20 * quarter for each in income)),
        _row("Increase in cash and cash equivalents", quarter, quarter),
        _row("Cash and cash equivalents at beginning of period", _cash(year - 1, 4), _cash(year - 2, 4)),
        _row("Cash and cash equivalents at end of period", _cash(year, quarter), _cash(year - 1, quarter)),
    ]
    return "\n".join(rows) + "\n"
