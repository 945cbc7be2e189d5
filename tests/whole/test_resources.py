"""Where the shipped files stand."""

from pathlib import Path

import pytest

from converter import resources
from converter.resources import resource


@pytest.mark.parametrize("name", ["taxonomy/concepts.csv", "taxonomy/ttx-2026.xsd", "templates/taxonomy"])
def test_shipped_files_are_found(name: str) -> None:
    assert resource(name).exists()


def test_what_the_wheel_carries_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carried, checkout = tmp_path / "_data", tmp_path / "checkout"
    for root in (carried, checkout):
        (root / "templates").mkdir(parents=True)
    (checkout / "taxonomy").mkdir()
    monkeypatch.setattr(resources, "_ROOTS", (carried, checkout))
    assert resource("templates") == carried / "templates"
    assert resource("taxonomy") == checkout / "taxonomy"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-folder is missing"):
        resource("no-such-folder")
