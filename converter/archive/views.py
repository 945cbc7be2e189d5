"""The views of a dataset as SQL for DuckDB: which filing's value counts, quarters, the trailing year, the panel."""

from converter.normalised import load_items
from converter.resources import template_environment


def render_views() -> str:
    """Return the SQL that defines the views, to be run in the folder of the dataset."""
    template = template_environment("templates").get_template("archive/views.sql.j2")
    return template.render(items=tuple(dict.fromkeys(item.name for item in load_items())))
