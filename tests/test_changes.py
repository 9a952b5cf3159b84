"""What is new stands in CHANGELOG.md, and for users in Finnish and Swedish too."""

from pathlib import Path

import pytest
from django.conf import settings

from kelmu.guides import CHANGES


def marks(path: Path) -> list[str]:
    """The headings and entries of a list of changes, in their order, without their words."""
    lines = path.read_text().splitlines()
    return [line.split()[0] for line in lines if line.startswith(("#", "-"))]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_each_change_is_told_in_each_language(language: str) -> None:
    english = marks(settings.BASE_DIR / "CHANGELOG.md")
    assert marks(CHANGES / f"{language}.md") == english
