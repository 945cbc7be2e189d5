"""The files that are shipped with the package: `taxonomy/` and `templates/`."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_data", _PACKAGE.parent)  # an installed wheel; a checkout of the repository


def resource(name: str) -> Path:
    """Return the path of a shipped folder or file, e.g. `templates` or `taxonomy/concepts.csv`.

    A wheel has them inside the package, a checkout at the top of the repository. Raises FileNotFoundError if there is
    no such file.
    """
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from this installation of text-to-xbrl (looked in {_ROOTS[0]})")


@functools.cache
def template_environment(folder: str) -> "Environment":
    """Return the Jinja environment of a shipped folder: undefined variables are errors, values are escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resource(folder)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
