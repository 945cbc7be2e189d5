"""The wheel, installed by itself and used from another folder, as a user has it."""

import gzip
import importlib.util
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.documents import examples, instance_of
from helpers.paths import ROOT

import converter
from converter.cli.endings import FAILED, MISUSED

pytestmark = pytest.mark.slow

RELEASE = ROOT / "examples" / "release-q1.txt"
EXPECTED = instance_of(RELEASE).read_bytes()


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment that the wheel is installed in, and the wheel."""

    wheel: Path
    bin: Path

    def run(
        self, program: str, *arguments: str, cwd: Path, input: bytes | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run one of the environment's programs, without anything that would make it find the source tree."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(self.bin / program), *arguments]
        return subprocess.run(
            command, cwd=cwd, input=input, env=inherited, capture_output=True, check=False, timeout=120
        )


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own; what it depends on is lent by the one that runs the tests."""
    folder = tmp_path_factory.mktemp("installed")
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    _pip("wheel", "--no-deps", *isolation, "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    home = folder / "venv"
    venv.create(home, with_pip=False)
    paths = sysconfig.get_paths(scheme="venv", vars={"base": str(home), "platbase": str(home)})
    python = Path(paths["scripts"], "python")
    _pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(paths["purelib"], "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return Installed(wheel, Path(paths["scripts"]))


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_the_installed_one(installed: Installed, tmp_path: Path) -> None:
    program = "import converter.cli, converter.resources as r; print(converter.__file__, r.resource('templates'))"
    done = installed.run("python", "-c", program, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(str(installed.bin.parent) in path for path in done.stdout.decode().split())


def test_the_wheel_holds_what_the_program_needs_and_no_more(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = [name for name in wheel.namelist() if ".dist-info/" not in name]
    (manual,) = [name for name in names if name.endswith(".data/data/share/man/man1/text-to-xbrl.1")]
    names.remove(manual)
    assert {name.split("/")[0] for name in names} == {"converter"}
    assert "converter/py.typed" in names
    assert any(name.startswith("converter/_data/templates/") for name in names)
    assert any(name.startswith("converter/_data/taxonomy/") for name in names)
    assert not [name for name in names if "__pycache__" in name or "cache" in name.split("/")[1]]


def test_version(installed: Installed, tmp_path: Path) -> None:
    for program in ("convert", "text-to-xbrl"):
        done = installed.run(program, "--version", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, f"{program} {converter.__version__}\n".encode())


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_a_file(installed: Installed, tmp_path: Path, example: Path) -> None:
    (tmp_path / example.name).write_bytes(example.read_bytes())
    done = installed.run("convert", example.name, "-o", "out.xml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "out.xml").read_bytes() == instance_of(example).read_bytes()
    assert sorted(os.listdir(tmp_path)) == sorted([example.name, "out.xml"])


def test_standard_input(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("convert", "-", cwd=tmp_path, input=RELEASE.read_bytes())
    assert (done.returncode, done.stdout, done.stderr) == (0, EXPECTED, b"")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["release.txt.gz", "release.txt"])
def test_gzip(installed: Installed, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(RELEASE.read_bytes(), mtime=0))
    done = installed.run("convert", name, "-o", "out.xml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "out.xml").read_bytes() == EXPECTED


def test_as_a_module(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("python", "-m", "converter", str(RELEASE), "-o", "-", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, EXPECTED, b"")


PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde" + bytes(
    99
)
NOVEL = (
    b"""CHAPTER I

The carrier's cart came over the hill at dusk, as it had on each of the 12 Saturdays
of that summer, and the children counted 7 sacks and 1 crate on it, and ran home.

"""
    * 200
)
HOLDINGS = b"""                      FORM 13F INFORMATION TABLE

                                 TITLE               VALUE    SHARES OR
NAME OF ISSUER                  OF CLASS   CUSIP    (x$1000)   PRN AMT   SH/PRN  DISCRETION  SOLE
------------------------------  --------  ---------  -------- ---------- ------  ----------  -------
ALDER FERRY WATER CO            COM       000000AA1     1,234     56,789 SH      SOLE         56,789
BARROW & FINCH INC              COM       000000BB2       987     12,300 SH      SOLE         12,300
CASTLE BEND CORP                CL A      000000CC3    10,456    204,500 SH      SOLE        204,500
                                                     --------
TOTAL                                                  12,677
"""


@pytest.mark.parametrize(
    ("name", "data", "arguments", "code", "words"),
    [
        ("empty.txt", b"", ["empty.txt"], FAILED, "empty"),
        ("picture.txt", PICTURE, ["picture.txt"], FAILED, "an image"),
        ("novel.txt", NOVEL, ["novel.txt"], FAILED, "no balance sheet"),
        ("13f.txt", HOLDINGS, ["13f.txt"], FAILED, "no balance sheet"),
        ("-", b"", ["-", "-o", "out.xml"], FAILED, "empty"),
        ("", b"", ["missing.txt"], MISUSED, "no such file: missing.txt: "),
        ("a.txt", RELEASE.read_bytes(), ["a.txt", "-o", "no/folder/out.xml"], MISUSED, "no such folder: no/folder: "),
    ],
    ids=["empty", "picture", "novel", "13f", "empty-stdin", "missing-file", "missing-folder"],
)
def test_failures(
    installed: Installed, tmp_path: Path, name: str, data: bytes, arguments: list[str], code: int, words: str
) -> None:
    before = []
    if name not in ("", "-"):
        (tmp_path / name).write_bytes(data)
        before = [name]
    done = installed.run("convert", *arguments, cwd=tmp_path, input=data if name == "-" else None)
    assert (done.returncode, done.stdout) == (code, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("text-to-xbrl: ")
    assert words in line
    assert os.listdir(tmp_path) == before
