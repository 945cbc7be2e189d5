"""The report inside a report package."""

import io
import re
import zipfile
from typing import NamedTuple

from converter.loading.model import LARGEST, NotOurs

_REPORT = re.compile(r"[^/]+/reports/[^/]+\.(xbrl|json)")
_SCHEMA = re.compile(r"[^/]+/filing/[^/]+\.xsd")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes before the first byte


class PackedReport(NamedTuple):
    """The path of a report inside its package, its content, and that of the filing's own schema, None without one."""

    name: str
    data: bytes
    schema: bytes | None = None


def report_in(data: bytes) -> PackedReport:
    """Return the XBRL 2.1 or xBRL-JSON report of a report package.

    Raises NotOurs unless it has exactly one, which can be read and has at most LARGEST bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [member for member in package.infolist() if _REPORT.fullmatch(member.filename)]
            if len(members) != 1:
                raise NotOurs(f"a package with {len(members) or 'no'} reports that can be read")
            schemas = [member for member in package.infolist() if _SCHEMA.fullmatch(member.filename)]
            schema = _content(package, schemas[0]) if len(schemas) == 1 else None
            return PackedReport(members[0].filename, _content(package, members[0]), schema)
    except NotOurs:
        raise
    except Exception as error:  # what zipfile raises for damaged and encrypted files is of many kinds
        raise NotOurs(f"not a zip file that can be read: {error}") from None


def _content(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.compress_type not in _METHODS:
        raise NotOurs(f"a package whose report is compressed by another method ({member.compress_type})")
    with package.open(member.filename) as stream:
        content = stream.read(LARGEST + 1)  # whatever size the directory states
    if len(content) > LARGEST:
        raise NotOurs(f"a package whose report has more than {LARGEST >> 20} MB")
    return content
