"""The report inside a report package."""

import io
import re
import zipfile

from msgspec import Struct

from converter.loading.model import NotOurs

_REPORT = re.compile(r"[^/]+/reports/[^/]+\.(xbrl|json)")


class PackedReport(Struct, frozen=True):
    """The path of a report inside its package, and its content."""

    name: str
    data: bytes


def report_in(data: bytes) -> PackedReport:
    """Return the XBRL 2.1 or xBRL-JSON report of a report package. Raises NotOurs unless it has exactly one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name for name in package.namelist() if _REPORT.fullmatch(name)]
            if len(names) != 1:
                raise NotOurs(f"a package with {len(names) or 'no'} reports that can be read")
            return PackedReport(names[0], package.read(names[0]))
    except zipfile.BadZipFile as error:
        raise NotOurs(f"not a zip file: {error}") from None
