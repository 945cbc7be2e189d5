"""Reports in notebooks: statements and facts as data frames and as HTML. Data frames need pandas, an extra."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from converter.report.printed import Cell, PrintedColumn, PrintedRow, PrintedStatement
from converter.statements import Origin, StatementKind
from converter.vocabulary import Instant

if TYPE_CHECKING:
    import pandas

    from converter.report.model import Fact, Report

OWN = (Origin.PRIMARY, Origin.EQUITY)
"""The origins of the registrant's own statements, which a notebook shows first."""

_STYLE = "text-align:left;white-space:normal"
_NUMBER_STYLE = "text-align:right;white-space:nowrap"


class StatementView:
    """A statement of a report with its facts; `printed` is how it is printed."""

    def __init__(self, printed: PrintedStatement, facts: Sequence["Fact"]) -> None:
        self.printed = printed
        self._facts = facts

    @property
    def title(self) -> str:
        """The title as printed."""
        return self.printed.title

    @property
    def code(self) -> str:
        """What tables call it: "bs", "is", "cf", "eq", "ci", "parenthetical", "quarterly" or "selected"."""
        return self.printed.code

    @property
    def kind(self) -> StatementKind | None:
        """The statement that it is, or belongs to."""
        return self.printed.kind

    @property
    def rows(self) -> tuple[PrintedRow, ...]:
        """The rows; `row.mapping` says why a row has its concept."""
        return self.printed.rows

    @property
    def columns(self) -> tuple[PrintedColumn, ...]:
        """The columns with their periods."""
        return self.printed.columns

    @property
    def facts(self) -> "Facts":
        """The facts in the order printed, those that other statements print as well included."""
        return Facts(self._facts[cell.fact] for row in self.rows for cell in row.cells if cell is not None)

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the statement as printed: a row for each caption, a column for each period, values as floats.

        Values are in whole units with the printed sign, so that they add up as they do on paper; NaN where there is no
        fact. A column is called as its period is: `2003-09-30` or `2003-07-01/2003-09-30`, and what is special about
        it. Raises ImportError without pandas.
        """
        frame = _pandas().DataFrame(
            [[self._number(cell) for cell in row.cells] for row in self.rows],
            index=_pandas().Index([row.label for row in self.rows], name="caption"),
            columns=[_heading(column) for column in self.columns],
            dtype="float64",
        )
        frame.attrs.update(title=self.title, statement=self.code)
        return frame

    def explain(self) -> "pandas.DataFrame":
        """Return a row for each caption: its concept, the confidence in it, the evidence, the next best concepts.

        Raises ImportError without pandas.
        """
        mapped = [(row.label, row.mapping) for row in self.rows if row.mapping is not None]
        return _pandas().DataFrame(
            {
                "concept": [mapping.concept for _, mapping in mapped],
                "confidence": [mapping.confidence for _, mapping in mapped],
                "evidence": ["; ".join(mapping.evidence) for _, mapping in mapped],
                "runners_up": [", ".join(each.concept for each in mapping.runners_up) for _, mapping in mapped],
            },
            index=_pandas().Index([label for label, _ in mapped], name="caption"),
        )

    def _number(self, cell: Cell | None) -> float | None:
        value = None if cell is None else self._facts[cell.fact].value
        if not isinstance(value, Decimal):
            return None
        return -float(value) if cell is not None and cell.negated else float(value)

    def _repr_html_(self) -> str:
        head = "".join(f'<th style="{_NUMBER_STYLE}">{_escaped(_heading(column))}</th>' for column in self.columns)
        rows = "".join(self._html_rows())
        return (
            f'<table><caption style="{_STYLE};font-weight:bold">{_escaped(self.title or self.code)}</caption>'
            f"<thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _html_rows(self) -> Iterator[str]:
        sections: tuple[str, ...] = ()
        for row in self.rows:
            if row.sections != sections and row.sections:
                span = len(self.columns) + 1
                yield f'<tr><th colspan="{span}" style="{_STYLE}">{_escaped(row.heading)}</th></tr>'
            sections = row.sections
            cells = "".join(f'<td style="{_NUMBER_STYLE}">{self._html_cell(cell)}</td>' for cell in row.cells)
            yield f'<tr><td style="{_STYLE}">{_escaped(row.label)}</td>{cells}</tr>'

    def _html_cell(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        fact = self._facts[cell.fact]
        value = -fact.value if isinstance(fact.value, Decimal) and cell.negated else fact.value
        return f'<span title="{_escaped(fact.concept)}">{_escaped(_shown(value))}</span>'

    def __repr__(self) -> str:
        return f"<{self.code}: {self.title}, {len(self.rows)} rows, {len(self.columns)} columns>"


class Statements(tuple[StatementView, ...]):
    """The statements of a report: by number, or the registrant's own by their code, as in `statements["is"]`."""

    __slots__ = ()

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> StatementView: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[StatementView, ...]: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> StatementView | tuple[StatementView, ...]:
        if not isinstance(key, str):
            return super().__getitem__(key)
        named = [statement for statement in self if statement.code == key]
        named.sort(key=lambda statement: (statement.printed.origin not in OWN, statement.printed.qualifier is not None))
        if not named:
            codes = ", ".join(dict.fromkeys(statement.code for statement in self))
            raise KeyError(f"no statement {key!r}; there are: {codes}")
        return named[0]

    def to_pandas(self) -> "pandas.DataFrame":
        """Return all statements in one frame, indexed by number, code and caption; the columns are all periods.

        Raises ImportError without pandas.
        """
        frames = {(each.printed.number, each.code): _one_of_each_column(each.to_pandas()) for each in self}
        if not frames:
            return _pandas().DataFrame()
        return _pandas().concat(frames, names=["number", "statement"])

    def _repr_html_(self) -> str:
        return "".join(_html_of_statements(self))


class Facts(tuple["Fact", ...]):
    """Some facts of a report, in the order printed."""

    __slots__ = ()

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a row for each fact with concept, label, period, value, unit and decimals.

        Raises ImportError without pandas.
        """
        return _pandas().DataFrame(
            [
                {
                    "concept": fact.concept,
                    "label": fact.label,
                    "context": fact.context.name,
                    "value": float(fact.value) if isinstance(fact.value, Decimal) else fact.value,
                    "unit": None if fact.unit is None else fact.unit.text,
                    "decimals": fact.decimals,
                }
                for fact in self
            ]
        )

    def _repr_html_(self) -> str:
        head = "".join(f'<th style="{_STYLE}">{name}</th>' for name in ("concept", "label", "context", "value", "unit"))
        rows = (
            f"<tr><td>{_escaped(fact.concept)}</td><td>{_escaped(fact.label)}</td><td>{_escaped(fact.context.name)}</td>"
            f'<td style="{_NUMBER_STYLE}">{_escaped(_shown(fact.value))}</td>'
            f"<td>{_escaped('' if fact.unit is None else fact.unit.text)}</td></tr>"
            for fact in self
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def __repr__(self) -> str:
        lines = (f"{fact.concept} {fact.context.name} {_shown(fact.value)} {fact.label!r}" for fact in self)
        return "\n".join(lines) or "no facts"


def statements_of(report: "Report", layout: Iterable[PrintedStatement]) -> Statements:
    """Return the statements of a layout with the facts of the report."""
    facts = report.facts
    return Statements(StatementView(printed, facts) for printed in layout)


def facts_frame(report: "Report") -> "pandas.DataFrame":
    """Return the facts as a data frame with typed columns, a row for each (see `Report.to_pandas`)."""
    pandas = _pandas()
    facts, rows = report.facts, []
    for statement, row, cell in _first_places(report):
        fact = facts[cell.fact]
        context, period = fact.context, fact.context.period
        fiscal = report.fiscal(period)
        is_number = isinstance(fact.value, Decimal)
        rows.append(
            {
                "fact": cell.id,
                "statement": statement.code,
                "heading": row.heading,
                "label": row.label,
                "concept": fact.concept,
                "caption": context.caption,
                "reporting_basis": context.reporting_basis,
                "class_of_stock": context.class_of_stock,
                "equity_component": context.equity_component,
                "period_start": None if isinstance(period, Instant) else period.start,
                "period_end": period.day if isinstance(period, Instant) else period.end,
                "instant": isinstance(period, Instant),
                "fiscal_year": fiscal.year,
                "fiscal_period": fiscal.period or None,
                "quarters": fiscal.quarters,
                "unit": None if fact.unit is None else fact.unit.text,
                "value": float(fact.value) if isinstance(fact.value, Decimal) else None,
                "exact": fact.value if is_number else None,
                "text": None if is_number else _shown(fact.value),
                "decimals": fact.decimals,
                "confidence": fact.confidence,
            }
        )
    frame = pandas.DataFrame(rows)
    whole = dict.fromkeys(("fiscal_year", "quarters", "decimals"), "Int64")
    frame = frame.astype({**whole, "value": "float64", "confidence": "float64"})
    for name in ("period_start", "period_end"):
        frame[name] = pandas.to_datetime(frame[name])
    return frame.set_index("fact")


def _first_places(report: "Report") -> Iterator[tuple[PrintedStatement, PrintedRow, Cell]]:
    """Yield each fact in the place where it is printed first."""
    for statement in report.layout:
        for row in statement.rows:
            for cell in row.cells:
                if cell is not None and not cell.again:
                    yield statement, row, cell


def report_html(report: "Report") -> str:
    """Return what a notebook shows of a report: whose it is, and its own statements; others by their titles."""
    own = [each for each in report.statements if each.printed.origin in (*OWN, None)]
    others = [each for each in report.statements if each.printed.origin not in (*OWN, None)]
    html = f'<p style="{_STYLE}"><b>{_escaped(report.title)}</b></p>' + "".join(_html_of_statements(own))
    if others:
        titles = "".join(f"<li>{_escaped(each.title or each.code)} ({len(each.rows)} rows)</li>" for each in others)
        html += f"<details><summary>{len(others)} more tables and notes</summary><ul>{titles}</ul></details>"
    return html


def _html_of_statements(statements: Iterable[StatementView]) -> Iterator[str]:
    for statement in statements:
        yield statement._repr_html_()


def _one_of_each_column(frame: "pandas.DataFrame") -> "pandas.DataFrame":
    return frame.loc[:, ~frame.columns.duplicated()]


def _heading(column: PrintedColumn) -> str:
    period = column.period
    text = f"{period.day}" if isinstance(period, Instant) else f"{period.start}/{period.end}"
    special = [part for part in ("" if column.part else column.qualifier or "", column.part) if part]
    return f"{text} ({', '.join(special)})" if special else text


def _escaped(text: str) -> str:
    """Return a text for use in HTML. What escapes it is imported late: only notebooks need it."""
    from html import escape

    return escape(text)


def _shown(value: Decimal | str | date) -> str:
    """Format a value for people: `-1,013,000`."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("data frames need pandas: python -m pip install pandas", name="pandas") from error
    return pandas
