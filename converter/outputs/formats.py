"""The output formats, and the choice of one by its name or by a file's suffix."""

import importlib.util
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from converter.outputs.facts_csv import render_facts_csv
from converter.outputs.files import replacing
from converter.outputs.instance import render_instance
from converter.outputs.model import CheckedReading, Files, Format
from converter.outputs.oim import METADATA
from converter.outputs.parquet import render_parquet
from converter.outputs.standard_table import StandardRow, standard_rows_of
from converter.outputs.table import rows_of
from converter.outputs.validity import instance_of
from converter.pipeline import Reading
from converter.taxonomy import Naming

if TYPE_CHECKING:
    from converter.outputs.report_package import PackageType

FSDS, COMPANY_FACTS, WORKBOOK = "fsds", "companyfacts", "xlsx"
"""The formats that have files of many filings in a dataset: of a quarter, of a company."""


class FormatError(ValueError):
    """An unknown format, or one whose library is not installed; the message is one line that says what to do."""


def _xml(valid: CheckedReading) -> Files:
    return {"": valid.instance.encode()}


def _inline(valid: CheckedReading) -> Files:
    return {"": _inline_text(valid).encode()}


def _json(valid: CheckedReading) -> Files:
    from converter.outputs.xbrl_json import render_json

    return {"": render_json(valid.reading.report).encode()}


def _csv(valid: CheckedReading) -> Files:
    from converter.outputs.xbrl_csv import render_csv

    table, metadata = render_csv(valid.reading.report, valid.file)
    return {"": table.encode(), METADATA: metadata.encode()}


def _xbri(valid: CheckedReading) -> Files:
    from converter.outputs.linkbases import taxonomy_of
    from converter.outputs.report_package import PackageType, report_package
    from converter.outputs.review.page import FiledReport, render_inline

    taxonomy = taxonomy_of(valid.reading, valid.naming or Naming.TTX)
    page = render_inline(valid.reading, FiledReport(taxonomy.report, taxonomy.references(beside=False)))
    return {"": report_package(PackageType.INLINE, Path(valid.file).stem, ".xhtml", page, taxonomy)}


def _xbr(valid: CheckedReading) -> Files:
    from converter.outputs.report_package import PackageType

    return _package_of_instance(valid, PackageType.NON_INLINE)


def _zip(valid: CheckedReading) -> Files:
    from converter.outputs.report_package import PackageType

    return _package_of_instance(valid, PackageType.UNCONSTRAINED)


def _package_of_instance(valid: CheckedReading, type: "PackageType") -> Files:
    from converter.outputs.linkbases import taxonomy_of
    from converter.outputs.report_package import report_package

    taxonomy = taxonomy_of(valid.reading, valid.naming or Naming.TTX)
    instance = render_instance(taxonomy.report, taxonomy.references(beside=False))
    return {"": report_package(type, Path(valid.file).stem, ".xbrl", instance, taxonomy)}


def _edgar(valid: CheckedReading) -> Files:
    from converter.outputs.linkbases import taxonomy_of

    taxonomy = taxonomy_of(valid.reading, valid.naming or Naming.US_GAAP)
    instance = render_instance(taxonomy.report, taxonomy.references(beside=True))
    files = {taxonomy.instance_file: instance, **taxonomy.files}
    return {name: text.encode() for name, text in files.items()}


def _fsds(valid: CheckedReading) -> Files:
    from converter.outputs import fsds

    return {"": fsds.quarter_zip(fsds.submission_of(valid.reading))}


def _fsds_piece(reading: Reading) -> tuple[str, bytes]:
    from converter.outputs import fsds

    submission = fsds.submission_of(reading)
    return fsds.quarter_of(submission), fsds.pack(submission)


def _companyfacts(valid: CheckedReading) -> Files:
    from converter.outputs import companyfacts

    return {"": companyfacts.render_company([companyfacts.company_piece(valid.reading)])}


def _companyfacts_piece(reading: Reading) -> tuple[str, bytes]:
    from converter.outputs import companyfacts

    piece = companyfacts.company_piece(reading)
    return piece.cik, companyfacts.pack_company(piece)


def _parquet(valid: CheckedReading) -> Files:
    return {"": render_parquet(rows_of(valid.reading))}


def _facts_csv(valid: CheckedReading) -> Files:
    return {"": render_facts_csv(rows_of(valid.reading)).encode()}


def _xlsx(valid: CheckedReading) -> Files:
    from converter.outputs.workbook import render_workbook

    return {"": render_workbook(valid.reading)}


def _normalised(valid: CheckedReading) -> Files:
    return {"": render_facts_csv(standard_rows_of(valid.reading), StandardRow).encode()}


def _normalised_parquet(valid: CheckedReading) -> Files:
    return {"": render_parquet(standard_rows_of(valid.reading), StandardRow)}


def _xlsx_piece(reading: Reading) -> tuple[str, bytes]:
    from converter.outputs import panels

    piece = panels.panel_piece(reading)
    return piece.cik, panels.pack_panel(piece)


def _inline_text(valid: CheckedReading) -> str:
    from converter.outputs.review.page import render_inline

    return render_inline(valid.reading)


FORMATS = (
    Format("xml", (".xml", ".xbrl"), "XBRL 2.1 instance", _xml),
    Format(
        "html",
        (".html", ".xhtml", ".htm"),
        "Inline XBRL 1.1, the filing with its facts marked",
        _inline,
        loadable=False,
    ),
    Format("json", (".json",), "xBRL-JSON 1.0", _json),
    Format("csv", (".csv",), "xBRL-CSV 1.0, a table and its metadata", _csv, beside=(METADATA,)),
    Format("xbr", (".xbr",), "report package 1.0 of the instance and its taxonomy", _xbr, linkbases=True),
    Format(
        "xbri",
        (".xbri",),
        "report package 1.0 of the inline document and its taxonomy",
        _xbri,
        linkbases=True,
        loadable=False,
    ),
    Format(
        "zip", (".zip",), "report package 1.0, unconstrained, of the instance and its taxonomy", _zip, linkbases=True
    ),
    Format(
        "edgar",
        (".edgar",),
        "folder of the instance, its schema and linkbases, as the SEC holds them",
        _edgar,
        folder=True,
        linkbases=True,
    ),
    Format("facts-csv", (".facts.csv",), "flat table, a row for each fact and where it is printed", _facts_csv),
    Format("parquet", (".parquet",), "the flat table as Parquet", _parquet, needs="pyarrow"),
    Format(
        "normalised",
        (".normalised.csv",),
        "standard items, a row for each and where it comes from",
        _normalised,
        loadable=False,
    ),
    Format(
        "normalised-parquet",
        (".normalised.parquet",),
        "the table of standard items as Parquet",
        _normalised_parquet,
        needs="pyarrow",
        loadable=False,
    ),
    Format(
        FSDS,
        (".fsds.zip",),
        "tables of the SEC's Financial Statement Data Sets",
        _fsds,
        piece=_fsds_piece,
        whole=True,
        loadable=False,
    ),
    Format(
        COMPANY_FACTS,
        (".companyfacts.json",),
        "facts of a company in the shape of the SEC's API",
        _companyfacts,
        piece=_companyfacts_piece,
        whole=True,
        loadable=False,
    ),
    Format(
        WORKBOOK,
        (".xlsx",),
        "Excel workbook of the statements as printed, the facts and the checks",
        _xlsx,
        needs="xlsxwriter",
        piece=_xlsx_piece,
        loadable=False,
    ),
)


def format_of(file: str, name: str = "") -> Format:
    """Return the format called `name`, or without a name the one with the suffix of a file.

    The longest matching suffix counts: `.facts.csv` before `.csv`. A file without a suffix is an instance. Raises
    FormatError for an unknown format or suffix, and when the library that the format needs is not installed.
    """
    if name:
        format_ = next((each for each in FORMATS if each.name == name), None)
        problem = f"no such format: {name!r}: choose one of {', '.join(each.name for each in FORMATS)}"
    else:
        format_ = _format_by_suffix(Path(file).name)
        suffixes = ", ".join(suffix for each in FORMATS for suffix in each.suffixes)
        problem = f"no format has this suffix: {file}: choose one of {suffixes}, or name the format (--to)"
    if format_ is None:
        raise FormatError(problem)
    if format_.needs and importlib.util.find_spec(format_.needs) is None:
        raise FormatError(f"needs {format_.needs}: {format_.name}: python -m pip install {format_.needs}")
    return format_


def _format_by_suffix(file: str) -> Format | None:
    if not Path(file).suffix:
        return FORMATS[0]
    matches = {suffix: each for each in FORMATS for suffix in each.suffixes if file.lower().endswith(suffix)}
    return matches[max(matches, key=len)] if matches else None


def checked(reading: Reading, file: str) -> CheckedReading:
    """Render the instance of a reading and validate it, so that the reading can be written to a file of this name.

    Raises InvalidInstance when the instance is not schema-valid: then no format can be trusted, because all have the
    same facts.
    """
    return CheckedReading(reading, instance_of(reading.report), file)


def write_files(files: Files, format: Format, target: Path) -> None:
    """Write the requested file to `target` and any others beside it, or a folder, each file replaced as a whole.

    Raises OSError.
    """
    if format.folder:
        target.mkdir(exist_ok=True)
    with ExitStack() as stack:
        for ending, data in files.items():
            stack.enter_context(replacing(format.path(target, ending))).write(data)
