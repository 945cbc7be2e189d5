"""The formats that a reading can be written in, by what the file's name ends with."""

import importlib.util
from contextlib import ExitStack
from pathlib import Path

from converter.outputs.facts_csv import render_facts_csv
from converter.outputs.files import replacing
from converter.outputs.model import Checked, Files, Format
from converter.outputs.parquet import render_parquet
from converter.outputs.report_package import PackageType, report_package
from converter.outputs.table import rows_of
from converter.outputs.validity import instance_of
from converter.outputs.xbrl_csv import METADATA, render_csv
from converter.outputs.xbrl_json import render_json
from converter.pipeline import Reading


class FormatError(ValueError):
    """A format that does not exist, or that cannot be written here; the message is one line with the remedy."""


def _xml(valid: Checked) -> Files:
    return {"": valid.instance.encode()}


def _inline(valid: Checked) -> Files:
    return {"": _inline_text(valid).encode()}


def _json(valid: Checked) -> Files:
    return {"": render_json(valid.reading.report).encode()}


def _csv(valid: Checked) -> Files:
    table, metadata = render_csv(valid.reading.report, valid.file)
    return {"": table.encode(), METADATA: metadata.encode()}


def _xbri(valid: Checked) -> Files:
    return {"": report_package(PackageType.INLINE, Path(valid.file).stem, ".xhtml", _inline_text(valid))}


def _xbr(valid: Checked) -> Files:
    return {"": report_package(PackageType.NON_INLINE, Path(valid.file).stem, ".xbrl", valid.instance)}


def _zip(valid: Checked) -> Files:
    return {"": report_package(PackageType.UNCONSTRAINED, Path(valid.file).stem, ".xbrl", valid.instance)}


def _parquet(valid: Checked) -> Files:
    return {"": render_parquet(rows_of(valid.reading))}


def _facts_csv(valid: Checked) -> Files:
    return {"": render_facts_csv(rows_of(valid.reading)).encode()}


def _inline_text(valid: Checked) -> str:
    from converter.outputs.review.page import render_inline

    return render_inline(valid.reading)


FORMATS = (
    Format("xml", (".xml", ".xbrl"), "XBRL 2.1 instance", _xml),
    Format("html", (".html", ".xhtml", ".htm"), "Inline XBRL 1.1, the filing with its facts marked", _inline),
    Format("json", (".json",), "xBRL-JSON 1.0", _json),
    Format("csv", (".csv",), "xBRL-CSV 1.0, a table and its metadata", _csv, beside=(METADATA,)),
    Format("xbr", (".xbr",), "report package 1.0 of the instance and its taxonomy", _xbr),
    Format("xbri", (".xbri",), "report package 1.0 of the inline document and its taxonomy", _xbri),
    Format("zip", (".zip",), "report package 1.0, unconstrained, of the instance and its taxonomy", _zip),
    Format("facts-csv", (".facts.csv",), "flat table, a row for each fact and where it is printed", _facts_csv),
    Format("parquet", (".parquet",), "the flat table as Parquet", _parquet, needs="pyarrow"),
)


def format_of(file: str, name: str = "") -> Format:
    """The format called `name`, else the one that a file's name ends with; a name without a suffix is an instance.

    Of two suffixes that fit the longer one counts: `.facts.csv` before `.csv`. Raises FormatError for an unknown
    format or suffix, and when the library that the format needs is not installed.
    """
    if name:
        found = [known for known in FORMATS if known.name == name]
        problem = f"{name!r} is not one of {', '.join(known.name for known in FORMATS)}"
    else:
        found = _ending(Path(file).name)
        suffixes = ", ".join(suffix for known in FORMATS for suffix in known.suffixes)
        problem = f"{file}: no format is known by this suffix; known are {suffixes}"
    if not found:
        raise FormatError(problem)
    needs = found[0].needs
    if needs and importlib.util.find_spec(needs) is None:
        raise FormatError(f"{found[0].name} needs {needs}: python -m pip install {needs}")
    return found[0]


def _ending(file: str) -> list[Format]:
    """The format whose suffix fits, the longest one; none if there is none."""
    if not Path(file).suffix:
        return [FORMATS[0]]
    fitting = {suffix: known for known in FORMATS for suffix in known.suffixes if file.lower().endswith(suffix)}
    return [fitting[max(fitting, key=len)]] if fitting else []


def checked(reading: Reading, file: str, fast: bool = False) -> Checked:
    """A reading with its instance, to be written as a file of this name; `fast` as `instance_of` has it.

    Raises InvalidInstance when the instance is not schema-valid: then no format of it is to be trusted, for they all
    say what the instance says.
    """
    return Checked(reading, instance_of(reading.report, fast), file)


def write_files(files: Files, format: Format, target: Path) -> None:
    """Write the file asked for to `target` and any other one beside it; each is replaced as a whole. Raises OSError."""
    with ExitStack() as stack:
        for rest, data in files.items():
            path = target.with_name(format.stem(target.name) + rest) if rest else target
            stack.enter_context(replacing(path)).write(data)
