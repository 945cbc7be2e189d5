"""Reports in notebooks: data frames, HTML, and what a report says of itself."""

import builtins
from typing import Any

import pandas
import pytest
from helpers.archives import annual, release
from helpers.reports import sample

from converter.loading.table import read_facts_csv
from converter.outputs import rows_of
from converter.outputs.facts_csv import render_facts_csv
from converter.pipeline import Reading, read_data
from converter.report import Report
from converter.statements import StatementKind

READING = read_data(annual(release(1)), "annual.txt")
REPORT = READING.report


def test_a_statement_as_it_is_printed() -> None:
    flows = REPORT.statements["cf"]
    frame = flows.to_pandas()
    assert list(frame.columns) == ["2003-01-01/2003-12-31", "2002-01-01/2002-12-31"]
    assert list(frame.index) == ["Net income", "Depreciation", "Purchases of equipment"]
    assert frame.loc["Purchases of equipment"].tolist() == [-210_000.0, -200_000.0]
    assert (flows.kind, flows.title, frame.attrs["title"]) == (StatementKind.CASH_FLOW, flows.title, flows.title)
    assert [fact.concept for fact in flows.facts][:2] == ["NetIncomeLoss"] * 2


def test_statements_by_number_and_by_code() -> None:
    statements = REPORT.statements
    assert statements["bs"] is statements[0] or statements["bs"].code == "bs"
    assert [each.code for each in statements[:3]] == ["bs", "is", "cf"]
    assert len(statements.to_pandas()) == sum(len(each.rows) for each in statements)
    with pytest.raises(KeyError, match="there are: bs, is, cf"):
        statements["eq"]


def test_columns_of_one_period_are_told_apart() -> None:
    """A qualifier stands behind the period."""
    frame = sample().report.statements["is"].to_pandas()
    assert list(frame.columns) == ["2003-07-01/2003-09-30", "2002-07-01/2002-09-30 (restated)"]
    assert frame.loc["Shares"].isna().tolist() == [False, True]


def test_facts_of_a_concept() -> None:
    facts = REPORT["NetIncomeLoss"]
    assert len(facts) == 2
    assert facts.to_pandas()["value"].tolist() == [float(str(fact.value)) for fact in facts]
    assert repr(facts).count("\n") == 1
    assert "NetIncomeLoss" in REPORT
    assert "NetIncome" not in REPORT
    with pytest.raises(KeyError, match="no fact of NetIncome; there are: NetIncomeLoss"):
        REPORT["NetIncome"]
    with pytest.raises(TypeError, match="name a concept"):
        REPORT[0]  # type: ignore[index]


def test_all_facts_with_types() -> None:
    frame = REPORT.to_pandas()
    assert list(frame.index) == [f"f{number}" for number in range(1, len(REPORT.facts) + 1)]
    assert frame["value"].dtype == "float64"
    assert frame["fiscal_year"].dtype == "Int64"
    assert pandas.api.types.is_datetime64_any_dtype(frame["period_end"])
    sales = frame[(frame.concept == "SalesRevenueNet") & (frame.fiscal_year == 2003)]
    assert sales[["statement", "fiscal_period", "quarters"]].to_numpy().tolist() == [["is", "FY", 4]]
    assert float(sales["exact"].item()) == sales["value"].item()
    assert frame[frame.concept == "EntityRegistrantName"]["text"].item().endswith(" 1 INC")


def test_a_report_is_short() -> None:
    assert repr(REPORT).startswith("<Report of ")
    assert len(repr(REPORT)) < 200
    assert len(repr(REPORT.statements)) < 400


def test_html_is_escaped_and_has_the_statements() -> None:
    html = REPORT._repr_html_()
    assert html.count("<table>") == len(REPORT.statements)
    assert "-210,000" in html
    text = sample().report._repr_html_()
    assert "Third-party, &quot;servicing&quot; &lt;and&gt; more" in text
    assert "<and>" not in text + sample().report["LineItemMonetaryDuration"]._repr_html_()
    assert "<table>" in REPORT.statements._repr_html_()


def test_why_a_row_has_its_concept() -> None:
    mappings = [row.mapping for row in REPORT.statements["is"].rows]
    assert all(mapping is not None and mapping.evidence for mapping in mappings)
    frame = REPORT.statements["is"].explain()
    assert frame.loc["Net sales", "concept"] == "SalesRevenueNet"
    assert "caption 'net sales'" in frame.loc["Net sales", "evidence"]
    assert frame["confidence"].between(0, 1).all()


@pytest.mark.parametrize("reading", [READING, sample()], ids=["annual", "sample"])
def test_what_was_read_back_has_frames_too(reading: Reading) -> None:
    back = read_facts_csv(render_facts_csv(rows_of(reading)).encode())
    assert back.to_pandas()["value"].tolist() == pytest.approx(
        reading.report.to_pandas()["value"].tolist(), nan_ok=True
    )
    assert back.statements["is"].to_pandas().shape == reading.report.statements["is"].to_pandas().shape
    assert back._repr_html_().count("<table>") == len(back.statements)


def test_pandas_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    report: Report = REPORT
    for make in (report.to_pandas, report.statements[0].to_pandas, report["NetIncomeLoss"].to_pandas):
        with pytest.raises(ImportError, match="pip install pandas"):
            make()
    assert report._repr_html_()
