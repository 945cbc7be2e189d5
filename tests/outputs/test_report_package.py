"""Report packages: what is inside, and where."""

import io
import json
import zipfile

import pytest
from helpers.paths import ROOT
from helpers.reports import sample

from converter.outputs.linkbases import taxonomy_of
from converter.outputs.report_package import PackageType, report_package
from converter.taxonomy import Naming

NAMES = [
    ("release", "release"),
    ("a b/c", "a-b-c"),
    ("Año", "A-o"),
    ("..", "report"),
    ("", "report"),
    ("0000912057-01-515409", "0000912057-01-515409"),
]


TAXONOMY = taxonomy_of(sample(), Naming.TTX)


def _open(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


@pytest.mark.parametrize(("name", "folder"), NAMES)
def test_one_folder_with_a_plain_name(name: str, folder: str) -> None:
    package = _open(report_package(PackageType.NON_INLINE, name, ".xbrl", "<a/>", TAXONOMY))
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
    package = _open(report_package(kind, "x", ".xbrl", "", TAXONOMY))
    assert json.loads(package.read("x/META-INF/reportPackage.json")) == {"documentInfo": {"documentType": type}}


@pytest.mark.parametrize(
    ("naming", "schemas"),
    [
        (Naming.TTX, ["ttx-2026-elements.xsd"]),
        (Naming.US_GAAP, ["dei-2009.xsd", "ttx-2026-elements.xsd", "us-gaap-2009.xsd"]),
    ],
)
def test_the_taxonomy_is_what_the_report_refers_to_and_no_more(naming: Naming, schemas: list[str]) -> None:
    taxonomy = taxonomy_of(sample(), naming)
    package = _open(report_package(PackageType.NON_INLINE, "x", ".xbrl", "", taxonomy))
    assert sorted(name for name in package.namelist() if name.count("/") == 1) == [f"x/{name}" for name in schemas]
    assert all(package.read(f"x/{name}") == (ROOT / "taxonomy" / name).read_bytes() for name in schemas)
    own = {name.rpartition("/")[2]: package.read(name).decode() for name in package.namelist() if "/filing/" in name}
    assert own == dict(taxonomy.files)
    catalog = package.read("x/META-INF/catalog.xml").decode()
    assert all(f'rewritePrefix="../{name}"' in catalog for name in schemas)
    assert f'uriStartString="{taxonomy.vocabulary.namespace}/" rewritePrefix="../filing/"' in catalog


def test_the_same_bytes_and_no_clock() -> None:
    data = report_package(PackageType.NON_INLINE, "x", ".xbrl", "<a/>", TAXONOMY)
    assert data == report_package(PackageType.NON_INLINE, "x", ".xbrl", "<a/>", TAXONOMY)
    assert {entry.date_time for entry in _open(data).infolist()} == {(1980, 1, 1, 0, 0, 0)}
