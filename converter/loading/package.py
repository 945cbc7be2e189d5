"""The report inside a report package."""

import io
import re
import zipfile

from converter.loading.model import NotOurs

_REPORT = re.compile(r"[^/]+/reports/[^/]+\.(xbrl|json)")


def report_in(data: bytes) -> tuple[str, bytes]:
    """The name and the content of the one XBRL 2.1 or xBRL-JSON report of a report package. Raises NotOurs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name for name in package.namelist() if _REPORT.fullmatch(name)]
            if len(names) != 1:
                raise NotOurs(f"a package with {len(names) or 'no'} reports that can be read")
            return names[0], package.read(names[0])
    except zipfile.BadZipFile as problem:
        raise NotOurs(f"not a zip file: {problem}") from None
