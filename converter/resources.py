"""Where the files that travel with the package stand: `taxonomy/` and `templates/`."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_data", _PACKAGE.parent)  # an installed wheel; a checkout of the repository


def resource(name: str) -> Path:
    """Return the path of a shipped folder or file, e.g. `templates` or `taxonomy/concepts.csv`.

    A wheel carries them inside the package, a checkout at the top of the repository.
    Raises FileNotFoundError when neither has it.
    """
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from this installation of text-to-xbrl (looked in {_ROOTS[0]})")
