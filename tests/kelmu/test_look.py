"""What a page costs and needs before it shows anything."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from kelmu.management.commands.makemessages import template_files

BUDGET = 60_000  # bytes of the first load, gzipped, everything counted
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
LINKED = re.compile(r'(?:href|src)="([^"]+\.(?:css|js|svg))"')


@pytest.fixture
def first_page(db: None) -> str:
    return Client().get("/guide/").content.decode()


def linked_files(page: str) -> list[Path]:
    return [
        Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)
        for address in LINKED.findall(page)
    ]


def test_the_first_load_fits_its_budget(first_page: str) -> None:
    files = linked_files(first_page)
    contents = [first_page.encode(), *(file.read_bytes() for file in files)]
    assert {file.suffix for file in files} == {".css", ".js", ".svg"}
    assert sum(len(gzip.compress(content)) for content in contents) <= BUDGET


def test_a_page_asks_no_other_site_for_anything(first_page: str) -> None:
    assert not re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="(?:https?:)?//', first_page)


def test_a_page_has_nothing_inline(first_page: str) -> None:
    assert not re.findall(r"<style|<script>|\sstyle=|\son[a-z]+=|javascript:", first_page)


def test_what_is_typed_is_checked_by_the_server_in_the_language_of_the_page() -> None:
    held_back = [
        path.name
        for path in template_files()
        for attributes, content in FORM.findall(path.read_text(encoding="utf-8"))
        if "_field.html" in content and "novalidate" not in attributes
    ]
    assert held_back == []


@pytest.mark.parametrize("template", ERROR_PAGES)
def test_an_error_page_needs_no_request_and_no_database(template: str) -> None:
    page = render_to_string(template, {"reference": "an-id-of-the-request"})
    assert "an-id-of-the-request" in page
    assert "<h1" in page
