"""Validation of instances: against the schemas always, with the XBRL processor Arelle on request."""

from collections.abc import Sequence

from converter.outputs.instance import render_instance
from converter.outputs.validity.fast import validate
from converter.outputs.validity.schema import validate_xml
from converter.report import Report
from converter.vocabulary import Finding

__all__ = ["InvalidInstance", "instance_of", "validate", "validate_xml"]


class InvalidInstance(Exception):  # noqa: N818 - named for what it says, as NotAReport is
    """The instance is not schema-valid and was not written; `findings` say why. It is a bug of this program."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"the instance made is not valid: {findings[0].message}")
        self.findings = tuple(findings)


def instance_of(report: Report) -> str:
    """Return the XBRL instance of a report. Raises InvalidInstance when it is not schema-valid."""
    text = render_instance(report)
    if findings := validate(text):
        raise InvalidInstance(findings)
    return text
