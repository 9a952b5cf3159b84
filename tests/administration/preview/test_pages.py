"""Every page as an employee with chosen mandates would see it on a chosen day."""

import re
from datetime import date
from uuid import uuid4

import pytest

from authorizations.rights import SYNTHETIC_CUSTOMER
from authorizations.rulebook import Mandate
from tests.acting import CUSTOMER, TAMPERE, client_of, customer, entries, kela_admin, official
from tests.administration.preview.previewing import M1, log_of, previewer, proposed
from tests.agreeing import version_of
from tests.customers.searching import look_up
from tests.harness import TODAY

pytestmark = pytest.mark.django_db
NAME = "Esikatselu, Synteettinen Asiakas"
LAST_DAY_OF_2022 = date(2022, 12, 31)


def test_mandates_and_day_are_chosen_on_the_page_of_the_version() -> None:
    preparer = previewer()
    page = preparer.client.get(f"/kela/versions/{preparer.version.pk}/preview/")
    assert 'value="2023-01-01"' in page.content.decode()  # the first day of the version
    assert page.context["form"]["mandate"].value() == [*Mandate]
    chosen = {"mandate": ["treatment_abroad", M1], "on": "2026-11-20"}
    opened = preparer.client.get(f"/kela/versions/{preparer.version.pk}/preview/", chosen)
    assert opened["Location"].endswith(f"/preview/2026-11-20/{M1},treatment_abroad/start/")


@pytest.mark.parametrize(
    "asked", [{"on": "31.2.2023"}, {"on": "2020-12-31"}, {"on": "2023-01-01", "mandate": "all"}]
)
def test_what_makes_no_sense_is_told_and_kept(asked: dict[str, str]) -> None:
    preparer = previewer()
    page = preparer.client.get(f"/kela/versions/{preparer.version.pk}/preview/", asked)
    assert page.status_code == 422
    assert f'value="{asked["on"]}"' in page.content.decode()


def test_a_page_says_of_what_it_is_a_preview() -> None:
    for page in (previewer().see(), previewer().open_customer(), previewer().see("rights/mine/")):
        text = " ".join(page.content.decode().split())
        assert "<title>Preview:" in text
        assert '<section class="preview" aria-label="Preview">' in text
        strip = text.split('<section class="preview"')[1].split("</section>")[0]
        for told in ("Pirkanmaan hyvinvointialue", "KELMU-2023-9900100/1", "20.11.2026"):
            assert told in strip
        assert "Viewing benefit information and registering payment demands" in strip
        assert f'href="/kela/versions/{version_of().pk}/preview/"' in strip


def test_a_printed_page_says_so_too() -> None:
    assert '<section class="preview"' in previewer().open_customer(print="1").content.decode()


def test_a_search_leads_to_the_synthetic_customer_whatever_is_typed() -> None:
    customer()
    found = previewer().search(hetu=CUSTOMER)
    page = previewer().client.get(found["Location"]).content.decode()
    assert NAME in page
    assert CUSTOMER not in page
    assert "Esimerkki, Eino" not in page


def test_the_field_of_the_search_holds_the_synthetic_code_and_is_closed() -> None:
    page = previewer().see().content.decode()
    field = page[page.index('name="hetu"') :].split(">")[0]
    assert 'value="131085-900D"' in field
    assert " disabled" in field


def test_every_link_of_a_page_leads_on_in_the_preview() -> None:
    preparer = previewer()
    for page in (preparer.see(), preparer.open_customer()):
        main = page.content.decode().split("<header>")[1].split("<footer")[0]
        addresses = {part.split('"')[0] for part in main.split('href="/')[1:]}
        addresses |= {part.split('"')[0] for part in main.split('action="/')[1:]}
        inside = preparer.entrance.removeprefix("/")
        outside = {one for one in addresses if not one.startswith(inside)}
        assert outside == {f"kela/versions/{preparer.version.pk}/preview/"}


def test_the_purposes_of_the_customer_can_be_changed_and_the_customer_closed() -> None:
    preparer = previewer()
    opened = preparer.search()["Location"].removesuffix("benefits/")
    other = preparer.client.post(f"{opened}purpose/", {"purpose": "social_assistance"})
    assert other["Location"].endswith("/social-assistance/")
    assert preparer.client.get(other["Location"]).status_code == 200
    closed = preparer.client.post(f"{opened}close/")
    assert closed["Location"] == f"{preparer.entrance}start/"


def test_what_kela_forwards_is_there_in_every_municipality() -> None:
    preparer = previewer(None, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS)
    assert "new" in preparer.see().content.decode()
    asked = {"purpose": "social_assistance_notifications", "municipality": "837"}
    chosen = preparer.see("notifications/", **asked, content="all", fetch="1")
    queue = preparer.client.get(chosen["Location"])
    text = queue.content.decode()
    assert queue.status_code == 200
    assert NAME in text
    assert 'hx-trigger="never"' in text  # it does not ask for news, each time an act
    assert "Immigrant" not in text
    narrowed = preparer.client.get(chosen["Location"], {"type": "application", "state": "new"})
    assert len(narrowed.context["rows"]) == 1
    one = f"{chosen['Location']}837011/"
    assert NAME in preparer.client.get(one).content.decode()
    assert preparer.client.post(f"{one}change/", {"do": "taken"}).status_code == 409
    assert log_of()[-2].details["page"] == "notification"


@pytest.mark.parametrize(
    ("mandate", "shelf"),
    [
        (
            Mandate.LABOUR_MARKET_SUBSIDY_300_DAYS,
            "notifications/typ_service/837/lists/labour_market_subsidy_300_days/",
        ),
        (
            Mandate.TREATMENT_ABROAD,
            "notifications/treatment_abroad_list/837/lists/treatment_abroad/",
        ),
    ],
)
def test_the_lists_are_there_with_their_rows(mandate: Mandate, shelf: str) -> None:
    preparer = previewer(None, mandate)
    page = preparer.see(shelf).content.decode()
    publications = sorted(set(re.findall(f"{shelf}837/[0-9-]+/[0-9]/", page)))
    assert len(publications) == 3
    for one in publications:
        assert NAME in preparer.see(one).content.decode()
    assert preparer.client.post(f"{preparer.entrance}{publications[0]}fetch/").status_code == 409


def test_the_demands_are_there_with_their_history() -> None:
    preparer = previewer()
    every = preparer.see("payment-demands/all/").content.decode()
    assert every.count(NAME) == 5
    found = preparer.client.post(f"{preparer.entrance}payment-demands/")
    assert found.status_code == 302
    page = preparer.client.get(found["Location"]).content.decode()
    demands = sorted(set(re.findall(r'href="([^"]+/payment-demands/[0-9a-f-]{36}/)"', page)))
    assert len(demands) == 5
    for one in demands:
        assert preparer.client.get(one).status_code == 200
    form = f"{found['Location']}new/?ground=client_fees_14"
    assert "Mallitili" in preparer.client.get(form).content.decode()
    typed = {
        "benefit": "child_benefit",
        "first": "2027-01-01",
        "recurrence": "recurrent",
        "measure": "amount",
        "amount": "100",
        "municipality": "837",
        "payee": "1",
        "contact_name": "Malli",
        "contact_phone": "03 123",
        "token": str(uuid4()),
    }
    for do, status in (("preview", 200), ("summary", 200), ("register", 409)):
        assert preparer.client.post(form, typed | {"do": do}).status_code == status


def test_files_are_not_given() -> None:
    preparer = previewer(None, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS)
    one = "notifications/social_assistance_notifications/837/837011/"
    assert preparer.see(one).status_code == 200
    for file in ("attachments.zip", "attachments/837011/"):
        page = preparer.see(f"{one}{file}")
        assert page.status_code == 409
        assert "A preview gives no files" in page.content.decode()


def test_filters_sorting_and_paging_work() -> None:
    preparer = previewer()
    whole = preparer.open_customer()
    address = preparer.search()["Location"]
    asked = {"benefit": "child_benefit", "payments_sort": "-gross"}
    narrowed = preparer.client.get(address, asked)
    found = {group["slug"]: int(group["found"]) for group in narrowed.context["groups"]}
    before = {group["slug"]: int(group["found"]) for group in whole.context["groups"]}
    assert 0 < found["payments"] < before["payments"]
    assert preparer.client.get(address, {"payments_page": "2"}).status_code == 200
    assert preparer.client.get(address, {"since": "never"}).status_code == 422


def test_a_day_has_the_data_of_that_day() -> None:
    version = proposed("other_benefits", business_id=TAMPERE)
    page = previewer(version, on=LAST_DAY_OF_2022).open_customer()
    text = page.content.decode()
    assert "data of 31.12.2022 at 6:00" in text
    assert "not delivered newer data" not in text
    assert "General social security benefit" not in text  # which came in 2026
    assert "Labour market subsidy" in text


def test_a_version_that_nobody_approved_is_seen_on_its_first_day() -> None:
    version = proposed("other_benefits", look_back_months=6)
    preparer = previewer(version, on=version.wanted.lower)
    assert "In force" not in preparer.see().content.decode()
    assert [one.purpose for one in preparer.see().context["right"].purposes] == ["other_benefits"]
    page = preparer.see("rights/mine/").content.decode()
    assert f"{version.agreement.number}, 1.1.2023–" in page
    assert "last 6 months" in preparer.open_customer().content.decode()


def test_a_day_before_the_version_shows_what_it_would_have_opened() -> None:
    version = proposed("other_benefits")
    opened = previewer(version, on=TODAY).see().context["right"].purposes
    assert [one.purpose for one in opened] == ["other_benefits"]


def test_what_is_not_agreed_is_refused_as_an_employee_is_refused() -> None:
    preparer = previewer(proposed("other_benefits"))
    refused = preparer.search("social_assistance")
    assert refused.status_code in (403, 422)
    tab = preparer.search()["Location"].replace("/benefits/", "/social-assistance/")
    page = preparer.client.get(tab)
    assert page.status_code == 403
    assert '<section class="preview"' in page.content.decode()
    assert page.context["refusal"].part == "agreement"


def test_without_a_mandate_nothing_opens() -> None:
    client = previewer().client
    page = client.get(f"/kela/versions/{version_of().pk}/preview/2026-11-20/none/start/")
    assert page.status_code == 403
    assert '<section class="preview"' in page.content.decode()


def test_pages_of_kela_and_of_offices_are_no_employees() -> None:
    preparer = previewer()
    for page in ("kela/", "kela/feeds/", "access-review/", "access-review.csv"):
        assert preparer.see(page).status_code == 403, page


def test_what_changes_something_does_not_in_a_preview() -> None:
    preparer = previewer()
    page = preparer.client.post(f"{preparer.entrance}access-review/1/left/")
    assert page.status_code == 409
    assert "In a preview nothing changes." in page.content.decode()


def test_public_pages_and_the_language_are_reached_as_they_are() -> None:
    preparer = previewer()
    guide = preparer.see("guide/", lang="sv")
    assert (guide.status_code, guide["Location"]) == (307, "/guide/?lang=sv")
    language = preparer.client.post(f"{preparer.entrance}language/", {"language": "sv"})
    assert (language.status_code, language["Location"]) == (307, "/language/")
    assert preparer.see("").headers["Location"] == f"{preparer.entrance}start/"


@pytest.mark.parametrize("page", ["nowhere/", "start/x/", "customers/1/benefits/"])
def test_there_is_no_page_where_employees_have_none(page: str) -> None:
    assert previewer().see(page).status_code == 404


@pytest.mark.parametrize(
    "chosen", ["2020-12-31/none", "2023-02-30/none", "2023-01-01/all", "2023-01-01/none,none"]
)
def test_there_is_no_preview_of_what_cannot_be_chosen(chosen: str) -> None:
    client = previewer().client
    page = client.get(f"/kela/versions/{version_of().pk}/preview/{chosen}/start/")
    assert page.status_code == 404


def test_the_technical_interface_alone_has_no_pages() -> None:
    version = proposed("other_benefits")
    type(version).objects.filter(pk=version.pk).update(
        by_user_interface=False, by_technical_interface=True
    )
    assert previewer(version).see().status_code == 404
    client = previewer().client
    page = client.get(f"/kela/versions/{version.pk}/preview/").content.decode()
    assert "covers the technical interface alone" in page


def test_each_page_is_an_act_of_kelas_own_that_names_the_version() -> None:
    preparer = previewer()
    preparer.see()
    preparer.open_customer()
    seen, searched, opened = log_of()
    assert [entry.details["page"] for entry in (seen, searched, opened)] == [
        "start",
        "start",
        "benefits",
    ]
    assert [entry.customer for entry in (seen, searched, opened)] == [
        None,
        None,
        SYNTHETIC_CUSTOMER,
    ]
    assert seen.office == "preparing"
    assert seen.organisation_id is None
    assert seen.details == {
        "version": "KELMU-2023-9900100/1",
        "organisation": preparer.version.agreement.organisation_id,
        "day": "2026-11-20",
        "mandates": [M1],
        "page": "start",
    }
    assert entries() == []  # the organisation did nothing


@pytest.mark.parametrize("group", ["service_desk", "oversight"])
def test_other_people_of_kela_have_no_preview(group: str) -> None:
    assert previewer(group=group).see().status_code == 403


def test_nobody_has_a_preview_who_acts_for_an_organisation() -> None:
    path = f"/kela/versions/{version_of().pk}/preview/2026-11-20/none/start/"
    assert client_of(official()).get(path).status_code == 403


def test_a_real_customer_is_reached_by_no_address() -> None:
    customer()
    opened = look_up(client_of(official())).removeprefix("/")
    preparer = previewer()
    for page in (opened, f"{opened}?print=1"):
        refused = preparer.see(page)
        assert refused.status_code == 404
        assert "Esimerkki, Eino" not in refused.content.decode()
    for group in ("preparing", "approving", "service_desk", "oversight"):
        assert client_of(kela_admin(group)).get(f"/{opened}").status_code == 403
