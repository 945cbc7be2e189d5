"""The module `converter` as programs use it."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.archives import release, write_releases

import converter

TEXT = release(1)


def test_dir_is_what_is_public() -> None:
    assert dir(converter) == sorted(converter.__all__)
    assert all(getattr(converter, name) is not None for name in dir(converter))


def test_whatever_a_filing_comes_in(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    text = TEXT.decode()
    with path.open(encoding="utf-8") as of_text, path.open("rb") as of_bytes:
        sources = (path, str(path), TEXT, text, of_text, of_bytes, io.StringIO(text), io.BytesIO(TEXT))
        values = [[fact.value for fact in converter.read(source).facts] for source in sources]
    assert all(each == values[0] for each in values)
    assert converter.convert(text, tmp_path / "a.xml").facts
    assert (tmp_path / "a.xml").exists()


def test_what_is_no_filing() -> None:
    with pytest.raises(TypeError, match="an open file is needed, not int"):
        converter.read(3)  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        converter.read("no such file")


def test_a_bad_option_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cik"):
        converter.convert(TEXT, tmp_path / "a.xml", converter.Options(cik="abc"))
    assert not list(tmp_path.iterdir())


def test_many_filings_need_their_formats(tmp_path: Path) -> None:
    with pytest.raises(converter.FormatError):
        converter.convert_many([tmp_path], tmp_path / "out", to="docx")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_many_filings_from_a_script_that_has_no_file_and_no_guard(tmp_path: Path) -> None:
    """Workers do not run the script again."""
    write_releases(tmp_path / "in", 3)
    script = """
import converter
seen = []
summary = converter.convert_many("in", "out", to=["xml", "facts-csv"], jobs=2, watch=seen.append)
again = converter.convert_many(["in"], "out", to="xml,facts-csv", jobs=1)
print(summary.filings, len(seen), again.filings)
"""
    for command, given in (([sys.executable, "-"], script), ([sys.executable, "script.py"], "")):
        (tmp_path / "script.py").write_text(script, encoding="utf-8")
        done = subprocess.run(
            command, input=given, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
        )
        assert (done.stdout, done.stderr) == ("3 3 3\n", "")
    assert len(list((tmp_path / "out").rglob("*.facts.csv"))) == 3
    assert len(list((tmp_path / "out").rglob("*.xml"))) == 3
