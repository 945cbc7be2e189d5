"""The taxonomy as a Taxonomy Package 1.0, and the local files of the schemas that it and its instances need."""

import functools
import importlib.util
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from converter.resources import resource
from converter.taxonomy.table import BASE_URL

if TYPE_CHECKING:
    import zipfile

PACKAGE_FOLDER = "ttx-2026"  # Taxonomy Packages 1.0 section 2: exactly one folder at the top
_EPOCH = (1980, 1, 1, 0, 0, 0)  # earliest timestamp of the zip format; a fixed one makes packages reproducible

_XBRL_SCHEMAS = (
    "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",
    "http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd",
    "http://www.xbrl.org/2003/xl-2003-12-31.xsd",
    "http://www.xbrl.org/2003/xlink-2003-12-31.xsd",
    "http://www.xbrl.org/2005/xbrldt-2005.xsd",
    "http://www.xbrl.org/2006/xbrldi-2006.xsd",
    "http://www.xbrl.org/2006/ref-2006-02-27.xsd",
    "http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd",
    "http://www.xbrl.org/lrr/role/negated-2009-12-16.xsd",
)


def write_package(path: Path) -> None:
    """Write the taxonomy to `path` as a Taxonomy Package 1.0: a zip file with the same bytes each time.

    Raises OSError when `path` cannot be written.
    """
    path.write_bytes(package_bytes())


def package_bytes() -> bytes:
    """Return the taxonomy as a Taxonomy Package 1.0."""
    return zipped({f"{PACKAGE_FOLDER}/{name}": data for name, data in package_files().items()})


def package_files() -> Mapping[str, bytes]:
    """Return the files of the taxonomy package by their paths below its top folder, in a fixed order."""
    folder = resource("taxonomy")
    names = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.suffix in (".xsd", ".xml"))
    return {name: (folder / name).read_bytes() for name in names}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file with these files, given by path; the same files give the same bytes."""
    import zipfile  # takes a hundredth of a second, needed only for packages

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(zip_entry(name), data)
    return stream.getvalue()


def zip_entry(name: str) -> "zipfile.ZipInfo":
    """Return an entry of a zip file that is the same on every machine and at any time."""
    import zipfile

    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, whatever the machine
    entry.external_attr = 0o644 << 16
    return entry


@functools.cache
def schema_locations() -> Mapping[str, Path]:
    """Return the local file of each schema that an instance needs, by its canonical URL.

    The taxonomy's own schemas are shipped; those of XBRL come from the installed arelle-release distribution, which is
    located but not imported (that would take half a second). Raises FileNotFoundError when one is missing.
    """
    locations = {url: _arelle_cache() / url.removeprefix("http://") for url in _XBRL_SCHEMAS}
    for name in ("ttx-2026.xsd", "ttx-2026-elements.xsd", "ttx-2026-all.xsd"):
        locations[BASE_URL + name] = resource(f"taxonomy/{name}")
    for url, path in locations.items():
        if not path.is_file():
            raise FileNotFoundError(f"the installed arelle-release does not carry {url}")
    return MappingProxyType(locations)


def _arelle_cache() -> Path:
    spec = importlib.util.find_spec("arelle")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("arelle-release is not installed: it carries the schemas of XBRL")
    return Path(spec.submodule_search_locations[0]) / "resources" / "cache" / "http"
