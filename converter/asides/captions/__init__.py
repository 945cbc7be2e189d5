"""Share data in captions of the balance sheet: par value, shares authorized, issued, outstanding, in treasury.

`lexer` finds the amounts, days and words of a caption, `grammar` what each amount is, `columns` which column it is
of; `stating` puts these together. `passages` finds the texts in a balance sheet, `counting` tells whether shares are
in thousands.
"""

from collections.abc import Sequence

from converter.asides.captions.admission import admit_share_data
from converter.asides.captions.reading import read_share_data
from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report import Aside
from converter.statements import Origin, StatementKind, UnitKind

__all__ = ["read_captions"]


def read_captions(filing: Filing, statements: Sequence[MappedStatement]) -> Aside:
    """Read and map the share data in the captions of the primary balance sheets."""
    primary = [mapped.statement for mapped in statements if mapped.statement.origin is Origin.PRIMARY]
    weighted_counts = {
        figure.value
        for statement in primary
        if statement.kind is StatementKind.INCOME
        for item in statement.items
        if item.unit is UnitKind.SHARES
        for figure in item.figures
        if figure is not None and figure.value > 0
    }
    found = [read_share_data(filing, statement, weighted_counts) for statement in primary]
    mapped = tuple(share_data.mapped for share_data in found if share_data.mapped is not None)
    return Aside(mapped, admit_share_data, tuple(finding for share_data in found for finding in share_data.findings))
