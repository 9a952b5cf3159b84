"""Gathers the texts to translate into locale/*/LC_MESSAGES/django.po, without GNU gettext.

Takes the place of Django's command of this name, which needs xgettext and msgmerge. English needs
no file: it is the language of the message ids. The files are in the order of the texts and name
neither places nor days, so that a diff shows what was said and nothing else.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.template import templatize

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
MARKS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
MARKS |= {f"{name}_lazy": arguments for name, arguments in MARKS.items()}


class Command(BaseCommand):
    help = "Bring the texts to translate up to date with the code and the templates."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only tell whether they are")

    def handle(self, **options: Any) -> None:
        messages = extracted()
        for language in LANGUAGES:
            path = catalogue_path(language)
            catalogue = updated(path, messages)
            if str(catalogue) == path.read_text():
                continue
            if options["check"]:
                raise CommandError(f"The texts in {language} are not up to date: make messages")
            catalogue.save(str(path))


def catalogue_path(language: str) -> Path:
    """Where the translations into a language are."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def python_files() -> list[Path]:
    """The code of our own applications."""
    folders = [Path(app.path) for app in apps.get_app_configs()]
    ours = [folder for folder in folders if folder.parent == settings.BASE_DIR]
    return [path for folder in ours for path in folder.rglob("*.py")]


def template_files() -> list[Path]:
    """The templates of all pages."""
    return list((settings.BASE_DIR / "templates").rglob("*.html"))


def template_as_python(path: Path) -> str:
    """The calls of gettext that a template's tags stand for, as Python that Babel can read."""
    calls = templatize(path.read_text(), origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines())  # HTML has its own indentation


def extracted() -> polib.POFile:
    """Every message of the code and the templates once, with its plural and notes for translators.

    What is said in one place alone and in another with a plural is one message with a plural.
    """
    sources = [path.read_text() for path in python_files()]
    sources += [template_as_python(path) for path in template_files()]
    entries: dict[tuple[str, str | None], polib.POEntry] = {}
    for text, notes, context in found_in(sources):
        singular, plural = text if isinstance(text, tuple) else (text, "")
        new = polib.POEntry(msgid=singular, msgctxt=context)
        entry = entries.setdefault((singular, context), new)
        entry.comment = entry.comment or "\n".join(notes)
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
    messages = polib.POFile()
    messages.extend(entries.values())
    return messages


def found_in(sources: Iterable[str]) -> Iterator[tuple[Any, list[str], str | None]]:
    """Each message as Babel tells it: its text, or singular and plural; notes; context."""
    for source in sources:
        calls = extract("python", BytesIO(source.encode()), MARKS, ["Translators:"])
        for _line, text, notes, context in calls:
            yield text, notes, context


def updated(path: Path, messages: polib.POFile) -> polib.POFile:
    """The catalogue at the path with all messages and no others; known translations stay."""
    catalogue = polib.pofile(str(path), wrapwidth=100)
    catalogue.merge(messages)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return catalogue
