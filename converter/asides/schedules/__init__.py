"""EX-27 financial data schedules: values tagged by the filer, reported on a basis of their own."""

from converter.asides.schedules.mapping import map_schedule
from converter.asides.schedules.reading import find_schedules
from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report import Aside, admit_statements

__all__ = ["read_schedules"]


def read_schedules(filing: Filing) -> Aside:
    """Read the schedules of a filing; their facts are kept apart from those of the printed statements."""
    schedules, findings = find_schedules(filing)
    mapped = tuple(MappedStatement(schedule, (), map_schedule(schedule)) for schedule in schedules)
    return Aside(mapped, admit_statements, findings)
