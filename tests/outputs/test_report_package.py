"""Report packages: what is inside, and where."""

import io
import json
import zipfile

import pytest

from converter.outputs.report_package import PackageType, report_package
from converter.taxonomy.package import package_files

NAMES = [
    ("release", "release"),
    ("a b/c", "a-b-c"),
    ("Año", "A-o"),
    ("..", "report"),
    ("", "report"),
    ("0000912057-01-515409", "0000912057-01-515409"),
]


def _open(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


@pytest.mark.parametrize(("name", "folder"), NAMES)
def test_one_folder_with_a_plain_name(name: str, folder: str) -> None:
    package = _open(report_package(PackageType.NON_INLINE, name, ".xbrl", "<a/>"))
    assert {entry.partition("/")[0] for entry in package.namelist()} == {folder}
    assert package.read(f"{folder}/reports/{folder}.xbrl") == b"<a/>"


@pytest.mark.parametrize(
    ("kind", "type"),
    [
        (PackageType.NON_INLINE, "https://xbrl.org/report-package/2023/xbr"),
        (PackageType.INLINE, "https://xbrl.org/report-package/2023/xbri"),
        (PackageType.UNCONSTRAINED, "https://xbrl.org/report-package/2023"),
    ],
)
def test_the_document_type(kind: PackageType, type: str) -> None:
    package = _open(report_package(kind, "x", ".xbrl", ""))
    assert json.loads(package.read("x/META-INF/reportPackage.json")) == {"documentInfo": {"documentType": type}}


def test_the_taxonomy_is_all_there() -> None:
    package = _open(report_package(PackageType.NON_INLINE, "x", ".xbrl", ""))
    files = package_files()
    assert {"META-INF/taxonomyPackage.xml", "META-INF/catalog.xml", "ttx-2026.xsd"} <= set(files)
    assert all(package.read(f"x/{path}") == data for path, data in files.items())
    assert len(package.namelist()) == len(files) + 2


def test_the_same_bytes_and_no_clock() -> None:
    data = report_package(PackageType.NON_INLINE, "x", ".xbrl", "<a/>")
    assert data == report_package(PackageType.NON_INLINE, "x", ".xbrl", "<a/>")
    assert {entry.date_time for entry in _open(data).infolist()} == {(1980, 1, 1, 0, 0, 0)}
