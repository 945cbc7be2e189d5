"""Figures from beside the primary statements: captions, notes, other tables, schedules and prose.

Each subpackage returns an `Aside`: mapped statements and the rule by which their rows enter the ledger.
"""

from converter.asides.captions import read_captions
from converter.asides.consolidating import read_consolidating
from converter.asides.details import read_details
from converter.asides.equity import read_equity
from converter.asides.notes import read_notes
from converter.asides.other_tables import read_other_tables
from converter.asides.payments import read_payments
from converter.asides.per_share import read_per_share
from converter.asides.prose import read_prose
from converter.asides.quarters import read_quarters
from converter.asides.schedules import read_schedules
from converter.asides.selected import read_selected

__all__ = [
    "read_captions",
    "read_consolidating",
    "read_details",
    "read_equity",
    "read_notes",
    "read_other_tables",
    "read_payments",
    "read_per_share",
    "read_prose",
    "read_quarters",
    "read_schedules",
    "read_selected",
]
