"""The flat table: exact values, where each fact is printed, one schema for all files."""

import csv
import io
from datetime import date
from decimal import Decimal

import pyarrow
import pytest
from helpers.archives import annual, release
from helpers.reports import reading_of, sample
from msgspec.structs import replace
from pyarrow import parquet

from converter.outputs.facts_csv import render_facts_csv
from converter.outputs.parquet import render_parquet
from converter.outputs.table import FactRow, rows_of
from converter.pipeline import Reading, read_data

READING = sample()
ROWS = tuple(rows_of(READING))


def _row(concept: str) -> FactRow:
    return next(row for row in ROWS if row.concept == concept)


def test_a_row() -> None:
    assert _row("NetIncomeLoss") == FactRow(
        source_file="test.txt",
        accession="0000000123-97-000001",
        form="10-Q",
        filed=None,
        cik="0000000123",
        sic=None,
        entity_scheme="http://www.sec.gov/CIK",
        entity="0000000123",
        entity_name="ACME INC",
        fact=_row("NetIncomeLoss").fact,
        again=False,
        statement="is",
        statement_title="Statement (is)",
        statement_number=1,
        origin="primary",
        heading=None,
        statement_row=1,
        statement_column=1,
        label="Net (loss)",
        concept="NetIncomeLoss",
        us_gaap="NetIncomeLoss",
        caption=None,
        reporting_basis=None,
        class_of_stock=None,
        equity_component=None,
        period_start=date(2003, 7, 1),
        period_end=date(2003, 9, 30),
        instant=False,
        fiscal_year=None,
        fiscal_period=None,
        quarters=1,
        unit="iso4217:USD",
        value=Decimal(-1013000),
        value_double=-1013000.0,
        value_text="-1013000",
        negated=False,
        decimals=-3,
        confidence=0.9,
        document=1,
        document_type=None,
        line=4,
        column_start=40,
        column_end=50,
        offset_start=7,
        offset_end=7,
    )


def test_what_other_facts_have() -> None:
    assets, per_share, name = _row("Assets"), _row("EarningsPerShareBasic"), _row("EntityRegistrantName")
    assert (assets.period_start, assets.period_end, assets.instant) == (None, date(2003, 9, 30), True)
    assert per_share.unit == "iso4217:USD/xbrli:shares"
    assert (name.value, name.value_text, name.unit, name.line) == (None, "ACME INC", None, None)
    general = _row("LineItemMonetaryDuration")
    assert (general.caption, general.us_gaap, general.confidence) == ('Third-party, "servicing" <and> more', None, None)
    assert [row.reporting_basis for row in ROWS if row.reporting_basis] == ["RestatedMember"] * 2


ANNUAL = read_data(annual(release(1)), "annual.txt")
ANNUAL_ROWS = tuple(rows_of(ANNUAL))


def test_a_fact_that_two_statements_print_stands_in_both() -> None:
    income, flows = (row for row in ANNUAL_ROWS if row.label == "Net income" and row.statement_column == 1)
    assert (income.fact, income.value, income.concept) == (flows.fact, flows.value, flows.concept)
    assert (income.statement, income.again, flows.statement, flows.again) == ("is", False, "cf", True)
    assert (flows.heading, flows.statement_row, flows.origin) == ("Operating activities", 1, "primary")
    assert income.line is not None
    assert flows.line is not None
    assert income.line < flows.line
    ids = [row.fact for row in ANNUAL_ROWS if not row.again]
    assert ids == [f"f{number}" for number in range(1, len(ANNUAL.report.facts) + 1)]


def test_a_payment_is_printed_with_the_opposite_sign() -> None:
    (payment,) = (row for row in ANNUAL_ROWS if row.label == "Purchases of equipment" and row.statement_column == 1)
    assert (payment.negated, payment.value, payment.value_double) == (True, Decimal(210_000), 210_000.0)


def test_what_a_filing_says_of_all_its_facts() -> None:
    assert {(row.filed, row.sic) for row in ANNUAL_ROWS} == {(date(2003, 11, 1), None)}
    cover = [row for row in ANNUAL_ROWS if row.statement == "cover"]
    assert {(row.statement_number, row.statement_column, row.origin) for row in cover} == {(0, 1, None)}


def test_fiscal_periods() -> None:
    found = {(row.fiscal_year, row.fiscal_period, row.quarters) for row in ANNUAL_ROWS if row.statement in ("bs", "is")}
    assert found == {(year, "FY", quarters) for year in (2002, 2003) for quarters in (0, 4)}


def test_no_row_is_without_a_label() -> None:
    """Not even one without a caption: it has the label of its concept, if sums tell one."""
    text = release(1).replace(b"Total current assets", b" " * 20).replace(b"Gross profit", b" " * 12)
    rows = tuple(rows_of(read_data(text, "uncaptioned.txt")))
    assert all(row.label.strip() for row in rows)
    assert "Total current assets" not in {row.label for row in rows}
    assert "GrossProfit" in {row.concept for row in rows if row.label == "Gross profit"}
    assert len([row for row in rows if row.statement == "bs"]) == 18


def test_a_number_too_large_for_a_double_is_absent() -> None:
    report = READING.report
    fact = replace(report.groups[-1].facts[0], value=Decimal(f"1{'0' * 400}"))
    groups = (replace(report.groups[-1], facts=(fact,)),)
    ((row),) = rows_of(reading_of(replace(report, groups=groups)))
    assert (row.value, row.value_double) == (fact.value, None)


def test_the_ids_are_those_of_the_instance() -> None:
    assert [row.fact for row in ROWS] == [f"f{number}" for number in range(1, len(ROWS) + 1)]


def test_facts_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(render_facts_csv(ROWS), newline="")))
    assert list(rows[0]) == list(FactRow.__struct_fields__)
    assert [row["value_text"] for row in rows] == [row.value_text for row in ROWS]
    loss = next(row for row in rows if row["concept"] == "NetIncomeLoss")
    assert (loss["value"], loss["instant"], loss["period_end"], loss["cik"]) == (
        "-1013000",
        "false",
        "2003-09-30",
        "0000000123",
    )
    assert next(row for row in rows if row["concept"] == "EarningsPerShareBasic")["value"] == "-0.03"


def _table(reading: Reading) -> pyarrow.Table:
    return parquet.read_table(io.BytesIO(render_parquet(rows_of(reading))))


def test_parquet() -> None:
    table = _table(READING)
    assert table.schema.field("value").type == pyarrow.decimal128(38, 10)
    assert table.schema.field("period_end").type == pyarrow.date32()
    rows = [FactRow(**row) for row in table.to_pylist()]
    assert rows == list(ROWS)


def test_every_file_has_one_schema() -> None:
    """Columns that are empty in one filing must not take another type there."""
    cover = replace(READING.report, groups=READING.report.groups[:1], layout=READING.report.layout[:1])
    assert _table(replace(READING, report=cover)).schema == _table(READING).schema


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("9999999999999999999999999999", True),
        ("-9999999999999999999999999999.9999999999", True),
        ("10000000000000000000000000000", False),
        ("0.0000000001", True),
        ("0.00000000001", False),
        ("0.10000000000000000", True),
        ("1E+27", True),
        ("1E+28", False),
        ("-0.00", True),
    ],
)
def test_a_number_is_exact_or_absent(text: str, fits: bool) -> None:
    row = replace(_row("Assets"), value=Decimal(text))
    (value,) = parquet.read_table(io.BytesIO(render_parquet([row])))["value"].to_pylist()
    assert value == (Decimal(text) if fits else None)


def test_the_same_rows_give_the_same_bytes() -> None:
    assert render_parquet(ROWS) == render_parquet(ROWS)
    assert render_facts_csv(ROWS) == render_facts_csv(ROWS)
