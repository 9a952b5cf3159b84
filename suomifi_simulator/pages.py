"""Pages in three languages, the start page and the two files they need."""

import tomllib
from pathlib import Path

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

HERE = Path(__file__).parent
LANGUAGES = ("fi", "sv", "en")
FILES = {
    "style.css": ("text/css; charset=utf-8", (HERE / "style.css").read_bytes()),
    "icon.svg": ("image/svg+xml", (HERE / "icon.svg").read_bytes()),
}


def _by_language(table: str) -> dict[str, dict[str, str]]:
    """The texts of a table by language and key."""
    rows = tomllib.loads((HERE / "texts.toml").read_text())[table]
    return {language: {key: text[language] for key, text in rows.items()} for language in LANGUAGES}


TEXTS = _by_language("texts")
THEMES = _by_language("themes")


def choose_language(*wishes: str) -> str:
    """The first supported language in the wishes, each a list of tags between blanks."""
    tags = [tag.partition("-")[0].lower() for wish in wishes for tag in wish.split()]
    return next((tag for tag in tags if tag in LANGUAGES), "fi")


def page(
    request: ASGIRequest, template: str, language: str, status: int = 200, **context: object
) -> HttpResponse:
    """The page in the language; nobody keeps it."""
    known = {"language": language, "text": TEXTS[language]}
    answer = render(request, template, known | context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def problem(request: ASGIRequest, what: str, language: str) -> HttpResponse:
    """A refusal that stays here and sends nobody anywhere."""
    return page(request, "problem.html", language, status=400, problem=TEXTS[language][what])


@require_safe
async def start(request: ASGIRequest) -> HttpResponse:
    """What this is."""
    return page(request, "start.html", choose_language(request.GET.get("lang", "")))


@require_safe
async def file(request: ASGIRequest, name: str) -> HttpResponse:
    """One of the files, which do not change while the process runs."""
    content_type, content = FILES[name]
    headers = {"Cache-Control": "max-age=3600"}
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_safe
async def health(request: ASGIRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")
