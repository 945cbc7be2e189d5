"""Scale, currency and unit: what the figures of a statement and of its rows count."""

from decimal import Decimal

import pytest
from helpers.amounts import amount_of

from converter.statements.currencies import read_currency, reporting_currency
from converter.statements.model import StatementKind, UnitKind
from converter.statements.scale import Scale, money_factor, per_share_factor, read_scale, row_unit, share_factor
from converter.vocabulary.amounts import Amount

THOUSAND, MILLION = Decimal(1000), Decimal(1_000_000)


@pytest.mark.parametrize(
    ("text", "money", "shares"),
    [
        ("(in thousands)", 1000, None),
        ("(In Thousands of Dollars)", 1000, None),
        ("(Thousands of dollars)", 1000, None),
        ("(Dollars in thousands)", 1000, None),
        ("($ in thousands)", 1000, None),
        ("($000)", 1000, None),
        ("EUR000", 1000, None),
        ("€ 000", 1000, None),
        ("£m", 1_000_000, None),
        ("(€m)", 1_000_000, None),
        ("$000, except per share", 1000, None),
        ("($000's omitted)", 1000, None),
        ("(000's omitted)", 1000, None),
        ("(000 omitted)", 1000, None),
        ("Amounts in 000s", 1000, None),
        ("(Expressed in thousands of United States dollars)", 1000, None),
        ("(in thousands, except per share data)", 1000, None),
        ("(in thousands, except per share amounts)", 1000, None),
        ("(In thousands except share data)", 1000, 1),
        ("(in thousands, except share and per share data)", 1000, 1),
        ("(in thousands, except per share and share data)", 1000, 1),
        ("(In thousands, except number of shares)", 1000, 1),
        ("(in thousands, except per share data and number of shares)", 1000, 1),
        ("(Dollars in thousands, except per-share data)", 1000, None),
        ("(Dollars in thousands; shares in millions)", 1000, 1_000_000),
        ("(in millions)", 1_000_000, None),
        ("(In millions, except per share)", 1_000_000, None),
        ("(Dollars in Millions)", 1_000_000, None),
        ("(Millions of dollars)", 1_000_000, None),
        ("(in millions of dollars, shares in thousands)", 1_000_000, 1000),
        ("THOUSAND TRACKS, INC. (in millions)", 1_000_000, None),
        ("(In Thousand U.S. Dollars)", 1000, None),
        ("(billions of yen)", 1_000_000_000, None),
        ("$000s", 1000, None),
        ("$ in 000s", 1000, None),
        ("(In 1000's)", 1000, None),
        ("(In $1,000)", 1000, None),
        ("($1,000s)", 1000, None),
        ("($000,000)", 1_000_000, None),
        ("(000,000's omitted)", 1_000_000, None),
        ("Dollars in M", 1_000_000, None),
        ("(M$)", 1_000_000, None),
        ("$M", 1_000_000, None),
        ("(MM)", 1_000_000, None),
        ("($ in MM, except per share data)", 1_000_000, None),
        ("(in mil.)", 1_000_000, None),
        ("(Dollars in K)", 1000, None),
        ("(in dollars)", 1, None),
        ("(in dollars) 2000 1999", 1, None),
        ("(Amounts in whole dollars)", 1, None),
        ("(rounded to the nearest dollar)", 1, None),
    ],
)
def test_scale(text: str, money: int, shares: int | None) -> None:
    found = read_scale([text])
    assert found == Scale(Decimal(money), None if shares is None else Decimal(shares))


@pytest.mark.parametrize(
    ("texts", "money"),
    [
        (["Statement of Income", "Year ended December 31", "MILLIONS OF DOLLARS    NOTE   1994   1993"], 1_000_000),
        (["CONSOLIDATED BALANCE SHEETS", "December 31", "Thousands of dollars, except per share amounts"], 1000),
        (["BALANCE SHEETS", "Thousands of U.S. dollars", "Assets"], 1000),
    ],
)
def test_scale_between_other_lines(texts: list[str], money: int) -> None:
    found = read_scale(texts)
    assert found == Scale(Decimal(money))


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["CONSOLIDATED BALANCE SHEETS", "December 31, 1998 and 1997"],
        ["(unaudited)"],
        ["Sales rose by 12 million in the year"],
        ["Our plants saved many customers millions of dollars in fuel"],
        ["Over the last years, we have invested billions of dollars, including $9.4 billion in 2008"],
        ["(M)"],
        ["Note M"],
        ["Common stock, $1,000 par value"],
        ["Issued 1,000 shares"],
        ["THOUSAND TRACKS, INC.", "BALANCE SHEETS"],
        ["Million Dollar Theatres", "BALANCE SHEETS"],
    ],
)
def test_no_scale(texts: list[str]) -> None:
    assert read_scale(texts) is None


def test_scale_may_be_broken_over_lines() -> None:
    assert read_scale(["(in thousands, except share", "and per share data)"]) == Scale(THOUSAND, Decimal(1))


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("(in thousands)", ""),
        ("(in thousands of U.S. dollars)", "USD"),
        ("(in thousands of United States dollars)", "USD"),
        ("(in thousands of Canadian dollars)", "CAD"),
        ("(Canadian $ in millions)", "CAD"),
        ("(pounds)000", "GBP"),
        ("EUR000", "EUR"),
        ("(millions of pounds sterling)", "GBP"),
        ("(in millions of yen)", "JPY"),
        ("(in thousands of euros)", "EUR"),
        ("(DM in millions)", "DEM"),
        ("STERLING PLACE BANCORP Consolidated balance sheet (in thousands)", ""),
        ("Year ended 1998 Sterling", "GBP"),
        ("(in thousands of Euro)", "EUR"),
        ("EURO TECH HOLDINGS (in thousands)", ""),
        ("DM MANAGEMENT COMPANY (in thousands)", ""),
        ("(RMB in thousands)", "CNY"),
        ("(Amounts in millions of Hong Kong dollars)", "HKD"),
        ("(NT$ in thousands)", "TWD"),
        ("(in thousands of R$)", "BRL"),
    ],
)
def test_currency(text: str, currency: str) -> None:
    assert read_currency([text]) == currency


@pytest.mark.parametrize(
    ("headings", "currency"),
    [
        (("2005", "2004"), ""),
        (("2005 RMB'000", "2006 RMB'000", "2006 US$'000"), "CNY"),
        (("2006 US$", "2006 NIS"), "ILS"),
        (("2006 US$", "2005 US$", "2006 Euro"), "USD"),
    ],
)
def test_reporting_currency_is_that_of_most_columns(headings: tuple[str, ...], currency: str) -> None:
    assert reporting_currency(headings) == currency


def amounts(*texts: str) -> list[Amount]:
    found = [amount_of(text) for text in texts]
    return [amount for amount in found if amount is not None]


MONEY, SHARES, PER_SHARE, PURE = UnitKind.MONETARY, UnitKind.SHARES, UnitKind.PER_SHARE, UnitKind.PURE


@pytest.mark.parametrize(
    ("label", "sections", "printed", "unit"),
    [
        ("Net income", (), ("$ 1,234", "1,000"), MONEY),
        ("Net income per share", (), (".12", ".10"), PER_SHARE),
        ("Net income per share", (), ("$(.12)", "-"), PER_SHARE),
        ("Earnings per share - basic", (), ("$ 1.12", "1.10"), PER_SHARE),
        ("Basic", ("Earnings per share:",), (".12", ".10"), PER_SHARE),
        ("Diluted", ("Net loss per common share:",), ("(0.12)", "(0.10)"), PER_SHARE),
        ("Basic", ("Weighted average shares outstanding:",), ("1,234", "1,200"), SHARES),
        ("Diluted", ("Shares used in computing earnings per share:",), ("1,234", "1,200"), SHARES),
        ("Weighted average shares outstanding", (), ("1,234", "1,200"), SHARES),
        ("Average number of common shares and equivalents", (), ("1,234,567", "1,200,000"), SHARES),
        ("Shares used in computing net income per share", (), ("1,234", "1,200"), SHARES),
        ("Shares used in per share calculation", (), ("12.4", "12.1"), SHARES),
        ("Dividends per share", (), (".25", ".22"), PER_SHARE),
        ("Basic earnings per common share", (), ("$ 361,338", "$ 140,426"), PER_SHARE),  # of twenty shares
        ("Net income per share (shares used)", (), ("361,338", "140,426"), SHARES),
        ("Cash dividends ($.30 per share)", (), ("1,234", "1,200"), MONEY),
        ("Preferred stock dividends", (), ("12", "12"), MONEY),
        ("Effective tax rate", (), ("35.0%", "36.0%"), PURE),
        ("Number of stores at end of period", (), ("1,112", "1,108"), PURE),
        ("Company-owned restaurants, at end of period", (), ("312", "298"), PURE),
        ("Full-time equivalent employees", (), ("612", "598"), PURE),
        ("Number of shares outstanding", (), ("1,234", "1,200"), SHARES),
        ("Employees' compensation and benefits", (), ("1,234", "1,200"), MONEY),
        ("Stores opening costs", (), ("1,234", "1,200"), MONEY),
        ("Gross margin", (), ("35.0%", "36.0%"), PURE),
        ("Kilowatt-hour sales (millions)", (), ("1,204", "1,180"), PURE),
        ("Number of stores open at end of year", (), ("204", "198"), PURE),
        ("Revenue from barrels transported", (), ("1,204", "1,180"), MONEY),
        ("Gallons sold", (), ("$1,204", "$1,180"), MONEY),
        ("Other", (), ("5", "12"), MONEY),
        ("Interest expense", (), ("-", "-"), MONEY),
    ],
)
def test_unit_in_an_income_statement(
    label: str, sections: tuple[str, ...], printed: tuple[str, ...], unit: UnitKind
) -> None:
    assert row_unit(StatementKind.INCOME, label, sections, amounts(*printed)) is unit


@pytest.mark.parametrize(
    ("kind", "label", "printed", "unit"),
    [
        (StatementKind.BALANCE_SHEET, "Common stock, 1,000 shares issued", ("10", "10"), MONEY),
        (StatementKind.BALANCE_SHEET, "Shares outstanding", ("1,000", "990"), SHARES),
        (StatementKind.BALANCE_SHEET, "Book value per share", ("12.50", "11.75"), PER_SHARE),
        (StatementKind.BALANCE_SHEET, "Treasury shares, at cost", ("(120)", "(98)"), MONEY),
        (StatementKind.CASH_FLOW, "Repurchase of common shares", ("(120)", "(98)"), MONEY),
        (StatementKind.CASH_FLOW, "Proceeds from issuance of shares", ("120", "98"), MONEY),
    ],
)
def test_unit_elsewhere(kind: StatementKind, label: str, printed: tuple[str, ...], unit: UnitKind) -> None:
    assert row_unit(kind, label, (), amounts(*printed)) is unit


def test_money_printed_with_cents_is_no_money_per_share() -> None:
    assert row_unit(StatementKind.INCOME, "Bank charges", (), amounts("12.50", "11.75"), places=2) is MONEY
    assert row_unit(StatementKind.INCOME, "Earnings per share", (), amounts("12.50", "11.75"), places=2) is PER_SHARE


@pytest.mark.parametrize(
    ("scale", "label", "sections", "printed", "factor"),
    [
        (Scale(THOUSAND), "Average shares", (), "12345", 1000),
        (Scale(THOUSAND, Decimal(1)), "Average shares", (), "12345678", 1),
        (Scale(MILLION, THOUSAND), "Average shares", (), "12345", 1000),
        (Scale(Decimal(1)), "Average shares (in thousands)", (), "12345", 1000),
        (Scale(Decimal(1)), "Average shares (000's)", (), "12345", 1000),
        (Scale(THOUSAND), "Average shares (millions)", (), "12.3", 1_000_000),
        (Scale(Decimal(1)), "Basic", ("Average shares (in millions)",), "12.3", 1_000_000),
        (Scale(MILLION), "Average shares", (), "123456789", 1),
    ],
)
def test_share_factor(scale: Scale, label: str, sections: tuple[str, ...], printed: str, factor: int) -> None:
    assert share_factor(scale, label, sections, [Decimal(printed)]) == factor


@pytest.mark.parametrize(
    ("label", "factor"),
    [
        ("Average cost of an employee", 1000),
        ("Average cost of an employee (in dollars)", 1),
        ("Average cost of an employee (in whole dollars)", 1),
        ("Loans serviced for others ($ in millions)", 1_000_000),
        ("Gain on notes payable in dollars", 1000),
        ("Premiums (in advance)", 1000),
    ],
)
def test_a_caption_may_state_the_scale_of_its_row(label: str, factor: int) -> None:
    assert money_factor(Scale(THOUSAND), label) == factor


@pytest.mark.parametrize(
    ("captions", "printed", "factor"),
    [
        (["Earnings per share (pence)"], "15.2", "0.01"),
        (["Earnings per share (in cents)"], "4", "0.01"),
        (["Earnings per ordinary share - pence"], "15.2", "0.01"),
        (["Basic", "Earnings per share, cents"], "15.2", "0.01"),
        (["Earnings per share (pence)"], "0.152", "1"),
        (["Earnings per share"], "15.2", "1"),
    ],
)
def test_amounts_per_share_in_cents(captions: list[str], printed: str, factor: str) -> None:
    assert per_share_factor(captions, [Decimal(printed)]) == Decimal(factor)
