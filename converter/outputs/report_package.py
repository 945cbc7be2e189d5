"""Report packages, a report with its taxonomy in one file: Report Package 1.0 (https://xbrl.org/2023/report-package)."""

import json
import re
from enum import StrEnum

from converter.taxonomy import package_files, zipped

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")  # not used in the name of a folder


class PackageType(StrEnum):
    """The document types of report packages (section 3.4), each with its own file suffix."""

    INLINE = "https://xbrl.org/report-package/2023/xbri"
    NON_INLINE = "https://xbrl.org/report-package/2023/xbr"
    UNCONSTRAINED = "https://xbrl.org/report-package/2023"


def report_package(type: PackageType, name: str, suffix: str, report: str) -> bytes:
    """Return a zip file with the report as `reports/NAME.suffix` and the taxonomy package; the same bytes each time.

    It is a taxonomy package as well, so that the report's references are found inside it. The suffix of an XBRL 2.1
    instance is `.xbrl` (section 4.2; `.xml` would not be recognized as a report).
    """
    folder = _UNSAFE.sub("-", name).strip("-.") or "report"
    files = dict(package_files())
    files["META-INF/reportPackage.json"] = _json({"documentInfo": {"documentType": type.value}})
    files[f"reports/{folder}{suffix}"] = report.encode()
    return zipped({f"{folder}/{path}": data for path, data in files.items()})


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=1) + "\n").encode()
