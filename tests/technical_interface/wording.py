"""What a page says of the fields that a system is told."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags

type Wording = dict[str, str]  # of a field: how the page says its value


def said(wording: Wording, text: str) -> set[str]:
    """The fields whose values a text says; a day is not the end of another one."""
    return {
        name for name, words in wording.items() if re.search(rf"(?<!\d){re.escape(words)}", text)
    }


def part(page: str, begin: str, end: str) -> str:
    """The text between two marks of a page; none where the first is not there."""
    _, _, rest = page.partition(begin)
    text = " ".join(unescape(strip_tags(f"<p {rest.split(end)[0]}")).split())
    return text.replace("\N{NO-BREAK SPACE}", " ")


def paths(content: Any, before: str = "") -> Iterator[str]:
    """The paths of the fields that have a value."""
    if isinstance(content, dict):
        for name, one in content.items():
            yield from paths(one, f"{before}.{name}" if before else name)
    elif isinstance(content, list):
        for one in content:
            yield from paths(one, before)
    elif content not in {None, ""}:
        yield before
