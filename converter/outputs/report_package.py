"""Report packages, a report with its taxonomy in one file: Report Package 1.0 (https://xbrl.org/2023/report-package)."""

import json
import re
from enum import StrEnum

from converter.outputs.linkbases import FilingTaxonomy
from converter.resources import resource, template_environment
from converter.taxonomy import TTX, zipped

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")  # not used in the name of a folder


class PackageType(StrEnum):
    """The document types of report packages (section 3.4), each with its own file suffix."""

    INLINE = "https://xbrl.org/report-package/2023/xbri"
    NON_INLINE = "https://xbrl.org/report-package/2023/xbr"
    UNCONSTRAINED = "https://xbrl.org/report-package/2023"


def report_package(type: PackageType, name: str, suffix: str, report: str, taxonomy: FilingTaxonomy) -> bytes:
    """Return a zip file with the report as `reports/NAME.suffix` and its taxonomy; the same bytes each time.

    It is a taxonomy package as well, whose catalog finds all that the report refers to inside it: the filing's schema
    and linkbases in the folder `filing`, and the schemas that these import. The suffix of an XBRL 2.1 instance is
    `.xbrl` (section 4.2; `.xml` would not be recognized as a report).
    """
    folder = _UNSAFE.sub("-", name).strip("-.") or "report"
    imported = (TTX, *taxonomy.imported)
    values = {"own": taxonomy.vocabulary, "imported": imported, "name": folder}
    environment = template_environment("templates/linkbases")
    files = {f"META-INF/{file}": environment.get_template(f"{file}.j2").render(**values).encode()
             for file in ("catalog.xml", "taxonomyPackage.xml")}  # fmt: skip
    files["META-INF/reportPackage.json"] = _json({"documentInfo": {"documentType": type.value}})
    files |= {f"filing/{file}": text.encode() for file, text in taxonomy.files.items()}
    files[f"reports/{folder}{suffix}"] = report.encode()
    files |= {each.file: resource(f"taxonomy/{each.file}").read_bytes() for each in imported}
    return zipped({f"{folder}/{path}": data for path, data in files.items()})


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=1) + "\n").encode()
