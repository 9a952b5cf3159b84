"""What Kela tests of a version before anybody uses it: points that follow from its content."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from administration.preview.pages import START, Chosen
from administration.preview.queries import day_of_effect
from authorizations import rulebook
from authorizations.explaining.agreed import AGREED
from authorizations.explaining.speech import said
from authorizations.resolving import narrowed
from authorizations.rulebook import (
    Action,
    Mandate,
    Narrowing,
    OpenedAction,
    OpenedPurpose,
    OrganisationType,
    Purpose,
    Tab,
)
from benefits.reference import benefits
from kelmu.dates import valid_on
from organisations.models import AgreementVersion

PAGES_OF_ACTIONS = {Action.PAYMENT_DEMANDS: "payment_demands"}


@dataclass(frozen=True, slots=True)
class Point:
    """Something to be tested: `slug` stays the same, `text` is in the language of the page, `url`
    leads to where it is seen."""

    slug: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A version on its first day: what it names, and what the rulebook opens then."""

    version: AgreementVersion
    on: date
    agreed: dict[str, Narrowing]
    lawful: tuple[OpenedPurpose, ...]
    actions: tuple[OpenedAction, ...]  # open without a purpose

    def address(self, *mandates: Mandate, page: str = START) -> str:
        """Of a page of the preview."""
        return Chosen(self.version, mandates, self.on).address(page)


def points(version: AgreementVersion) -> tuple[Point, ...]:
    """Everything that is to be tested of a version, in the order of testing."""
    found = [Point("content", _("It reads as agreed: purposes, laws, way of use, terms."))]
    if version.by_user_interface:
        found += _of_pages(_content(version))
    if version.by_technical_interface:
        tried = _("The technical interface was tried in its test environment.")
        found.append(Point("technical_interface", tried))
    return tuple(found)


def _content(version: AgreementVersion) -> Content:
    on = day_of_effect(version)
    rows = version.purposes.filter(valid_on(on)).values(*AGREED)
    agreed = {row.pop("purpose"): Narrowing.of(**row) for row in rows}
    kind = OrganisationType(version.agreement.organisation.type)
    opened = rulebook.load().rights(kind, Mandate, on)
    return Content(
        version=version,
        on=on,
        agreed=agreed,
        lawful=opened.purposes,
        actions=narrowed(opened, agreed).general_actions,
    )


def _of_pages(content: Content) -> Iterator[Point]:
    everything = content.address(*Mandate)
    for one in content.lawful:
        if one.purpose in content.agreed:
            yield from _of_purpose(content, one.narrowed(content.agreed[one.purpose]))
    yield from _of_actions(content)
    yield from _closed(content)
    yield Point("no_mandate", _("Without a mandate nothing opens."), content.address())
    if content.version.requires_case_reference:
        yield Point("case_reference", _("The search asks for a case reference."), everything)
    rights_page = reverse("my_rights").removeprefix("/")
    told = _("My rights tells what is agreed, and what one lacks.")
    yield Point("my_rights", told, content.address(*Mandate, page=rights_page))
    for code, language in settings.LANGUAGES:
        told = _("The pages are right in this language: %(language)s.") % {"language": language}
        yield Point(f"language.{code}", told, everything)


def _of_purpose(content: Content, one: OpenedPurpose) -> Iterator[Point]:
    """Each tab of a purpose, and what the version leaves out of it."""
    told, url = {"purpose": said(one.purpose)}, content.address(*one.mandates)
    for tab in one.tabs:
        opens = told | {"tab": said(tab), "shown": said(_shown(one, tab))}
        text = _("%(purpose)s opens the tab %(tab)s, and there: %(shown)s.") % opens
        yield Point(f"{one.purpose}.{tab}", text, url)
    if one.look_back_months:
        reach = told | {"months": one.look_back_months}
        text = _("%(purpose)s shows %(months)s months and nothing older.") % reach
        yield Point(f"{one.purpose}.look_back", text, url)
    if withheld := _withheld(content.agreed[one.purpose]):
        text = _("%(purpose)s does not show: %(withheld)s.") % (told | {"withheld": withheld})
        yield Point(f"{one.purpose}.withheld", text, url)


def _of_actions(content: Content) -> Iterator[Point]:
    """What opens from the header, without choosing a purpose."""
    for one in content.actions:
        page = reverse(PAGES_OF_ACTIONS[one.action]).removeprefix("/")
        told = _("%(action)s opens without a purpose: the search, the list and the form.")
        url = content.address(*one.mandates, page=page)
        yield Point(f"action.{one.action}", told % {"action": said(one.action)}, url)


def _shown(one: OpenedPurpose, tab: Tab) -> tuple[object, ...]:
    return one.data_groups if tab.shows_one_customer else one.notification_types + one.listings


def _withheld(terms: Narrowing) -> str:
    """What an agreement leaves out of a purpose, in words."""
    names = [benefits()[slug].name for slug in sorted(terms.benefits)]
    return ", ".join([*map(said, sorted(terms.groups)), *map(said, sorted(terms.fields)), *names])


def _closed(content: Content) -> Iterator[Point]:
    """What the law would open and the version does not, and the other way round."""
    lawful = [one.purpose for one in content.lawful]
    not_agreed = tuple(purpose for purpose in lawful if purpose not in content.agreed)
    not_open = tuple(one for one in Purpose if one in content.agreed and one not in lawful)
    url = content.address(*Mandate)
    if not_agreed:
        text = _("Not agreed, and refused: %(purposes)s.") % {"purposes": said(not_agreed)}
        yield Point("not_agreed", text, url)
    if not_open:
        text = _("Agreed, but not open on the first day: %(purposes)s.")
        yield Point("not_open", text % {"purposes": said(not_open)}, url)
