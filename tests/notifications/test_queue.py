"""The queue: whose notifications it shows, in which order, how it is narrowed, what is recorded."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test.utils import override_settings

from audit.models import Entry, EntryPerson
from authorizations.rulebook import Mandate
from tests.acting import client_of, customer, entries, official
from tests.harness import TODAY
from tests.notifications.forwarding import (
    INTEGRATION,
    NOTIFICATIONS,
    OF_TYPE,
    THIRD,
    another_county,
    county,
    eino,
    handling,
    helsinki,
    jonna,
    municipality,
    notify,
    seen,
)

pytestmark = pytest.mark.django_db
FIVE_TYPES = [kind for kind in OF_TYPE if kind != "immigrant"]
NAME, OTHER_NAME = "Esimerkki, Eino Olavi", "Testaaja, Jonna Maria"


@pytest.mark.parametrize("kind", FIVE_TYPES)
def test_a_county_sees_the_five_types_in_its_queue(kind: str) -> None:
    notify(eino(), kind)
    assert NAME in seen(county())


def test_the_notification_of_an_immigrant_is_in_the_queue_of_another_purpose() -> None:
    notify(eino(), "immigrant")
    assert NAME not in seen(county())
    assert NAME in seen(county(), INTEGRATION)
    assert NAME in seen(municipality(), INTEGRATION)


def test_another_county_is_refused_and_another_municipality_is_empty() -> None:
    notify(eino())
    answer = client_of(another_county()).get(f"/notifications/{NOTIFICATIONS}/837/")
    assert answer.status_code == 403
    assert NAME not in seen(county(), place="536")


def test_a_page_is_one_act_with_a_row_for_each_person_on_it() -> None:
    both = {eino(), jonna()}
    for person in both:
        notify(person)
        notify(person, "unemployed_under_25")
    seen(county(), type="need_for_social_work")
    [entry] = [entry for entry in entries() if entry.act == "view_queue"]
    assert entry.details == {"municipality": "837", "filters": {"type": "need_for_social_work"}}
    assert entry.purpose == NOTIFICATIONS
    persons = EntryPerson.objects.filter(entry_id=entry.id).values_list("subject", flat=True)
    assert set(persons) == both


def test_nothing_of_ones_own_matter_is_told_but_why_it_does_not_open() -> None:
    notify(oneself := eino(), "need_for_social_work", urgent=True)
    page = seen(county(oneself))
    assert NAME not in page
    assert "Concerns yourself" not in page  # in Finnish
    assert "Koskee sinua itseäsi" in page
    assert "Koskee sinua itseäsi" not in seen(county(oneself), urgent="yes")
    assert not EntryPerson.objects.filter(subject=oneself).exists()


def test_who_is_under_non_disclosure_stands_there_with_the_mark() -> None:
    notify(customer(protected=True))
    assert "Turvakielto" in seen(county())


@pytest.mark.parametrize("kind", ["application", "reduced_basic_amount"])
def test_what_follows_a_decision_is_seen_the_day_after_it(kind: str) -> None:
    notify(eino(), kind, arrived=TODAY, decided_on=TODAY)
    assert NAME not in seen(county())
    with override_settings(KELMU_TODAY=TODAY + timedelta(days=1)):
        assert NAME in seen(county())


def test_an_urgent_application_is_seen_the_same_day() -> None:
    notify(eino(), "application", arrived=TODAY, urgent=True, decided_on=None)
    assert NAME in seen(county())


def test_urgent_ones_come_first_and_then_the_oldest() -> None:
    notify(eino(), arrived=TODAY - timedelta(days=5))
    notify(jonna(), arrived=TODAY - timedelta(days=1), urgent=True)
    notify(customer(THIRD, family_name="Aaltonen"), arrived=TODAY - timedelta(days=9))
    page = seen(county())
    assert page.index(OTHER_NAME) < page.index("Aaltonen") < page.index(NAME)


def test_it_is_sorted_by_its_headings() -> None:
    notify(eino(), arrived=TODAY - timedelta(days=5))
    notify(jonna(), arrived=TODAY - timedelta(days=1))
    oldest, newest = seen(county(), sort="arrived"), seen(county(), sort="-arrived")
    assert oldest.index(NAME) < oldest.index(OTHER_NAME)
    assert newest.index(OTHER_NAME) < newest.index(NAME)
    assert 'aria-sort="descending"' in newest


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ({}, True),
        ({"state": "new"}, True),
        ({"state": "in_progress"}, False),
        ({"state": "all"}, True),
        ({"type": "need_for_social_work"}, True),
        ({"type": "application"}, False),
        ({"urgent": "no"}, True),
        ({"urgent": "yes"}, False),
        ({"age": "newest"}, True),
        ({"age": "waiting"}, False),
        ({"handler": "nobody"}, True),
        ({"handler": "me"}, False),
    ],
)
def test_it_is_narrowed_by_state_type_urgency_age_and_handler(
    query: dict[str, str], is_shown: bool
) -> None:
    notify(eino())
    assert (NAME in seen(county(), **query)) is is_shown


def test_what_has_waited_too_long_says_so_in_words() -> None:
    notify(eino(), arrived=TODAY - timedelta(days=8))
    notify(jonna(), arrived=TODAY - timedelta(days=2), urgent=True)
    page = seen(county(), age="waiting")
    assert "odottanut 8 päivää" in page
    assert "odottanut 2 päivää" in page


def test_a_filter_that_does_not_exist_is_told_and_the_rest_holds() -> None:
    notify(eino())
    answer = client_of(county()).get(f"/notifications/{NOTIFICATIONS}/837/", {"type": "immigrant"})
    assert answer.status_code == 422
    assert NAME in answer.content.decode()


def test_the_place_in_the_queue_is_kept_from_page_to_page() -> None:
    person = eino()
    for _number in range(30):
        notify(person)
    first = seen(county(), type="need_for_social_work")
    assert "1–25 / 30" in first
    assert "type=need_for_social_work&amp;page=2" in first
    second = seen(county(), type="need_for_social_work", page="2")
    assert "26–30 / 30" in second
    last = handling(notify(person))
    client = client_of(county())
    address = f"/notifications/{NOTIFICATIONS}/837/{last.pk}/?type=need_for_social_work&page=2"
    assert "/837/?type=need_for_social_work&amp;page=2" in client.get(address).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999", ""])
def test_a_page_that_is_none_is_the_first(page: str) -> None:
    notify(eino())
    assert NAME in seen(county(), page=page)


def test_a_purpose_without_notifications_has_no_queue() -> None:
    for purpose in ["other_benefits", "typ_service", "nothing"]:
        assert client_of(county()).get(f"/notifications/{purpose}/837/").status_code == 403


def test_what_was_forwarded_longer_ago_than_the_purpose_shows_is_not_seen() -> None:
    notify(eino(), arrived=TODAY - timedelta(days=740))
    notify(jonna(), arrived=TODAY - timedelta(days=720))
    page = seen(county(), state="all")
    assert NAME not in page
    assert OTHER_NAME in page


def test_new_ones_announce_themselves_and_no_session_grows_by_it() -> None:
    person, client = eino(), client_of(county())
    notify(person)
    last = handling(notify(person)).pk
    address = f"/notifications/{NOTIFICATIONS}/837/news/?since={last}"
    assert client.get(address).status_code == 204
    notify(jonna())
    told = client.get(address).content.decode()
    assert "1 uusi ilmoitus on saapunut" in told
    assert 'role="status"' not in told
    assert 'role="status"' in client.get(f"{address}&aloud=on").content.decode()
    assert not Entry.objects.exists()


def test_polling_does_not_keep_a_session_alive() -> None:
    from tests.acting import make_older, row_of

    store = county()
    make_older(store, timedelta(minutes=20))
    before = row_of(store).seen_at
    client_of(store).get(f"/notifications/{NOTIFICATIONS}/837/news/?since=0")
    assert row_of(store).seen_at == before
    client_of(store).get(f"/notifications/{NOTIFICATIONS}/837/")
    assert row_of(store).seen_at > before


def test_those_of_2022_are_seen_by_the_county_with_their_state_and_older_ones_by_nobody() -> None:
    with override_settings(KELMU_TODAY=date(2022, 12, 15)):
        notify(eino(), arrived=date(2022, 12, 1))
        notify(jonna(), arrived=date(2021, 12, 31))
        in_tampere = official("9900102-9", Mandate.BENEFITS_AND_PAYMENT_DEMANDS, subject=uuid4())
        page = seen(in_tampere, "social_assistance")
        assert NAME in page
        assert OTHER_NAME in page
    with override_settings(KELMU_TODAY=date(2023, 1, 2)):
        page = seen(county(), state="all")
        assert NAME in page
        assert OTHER_NAME not in page
        answer = client_of(municipality()).get(f"/notifications/{INTEGRATION}/837/")
        assert NAME not in answer.content.decode()


def test_the_look_back_of_the_purpose_holds_for_those_of_2022_too() -> None:
    notify(eino(), arrived=date(2022, 12, 31))
    notify(jonna(), "immigrant", arrived=date(2022, 12, 31))
    with override_settings(KELMU_TODAY=date(2024, 12, 31)):
        assert NAME in seen(county(), state="all")
    with override_settings(KELMU_TODAY=date(2025, 1, 1)):
        page = seen(county(), state="all")
        assert NAME not in page
        assert "1.1.2023" in page  # from when on they are shown
        assert OTHER_NAME in seen(county(), INTEGRATION, state="all")  # without a look-back


def test_what_the_municipality_did_in_2022_the_county_sees_in_2023() -> None:
    one = notify(eino(), arrived=date(2022, 12, 1))
    with override_settings(KELMU_TODAY=date(2022, 12, 15)):
        in_tampere = official("9900102-9", Mandate.BENEFITS_AND_PAYMENT_DEMANDS, subject=uuid4())
        client = client_of(in_tampere)
        address = f"/notifications/social_assistance/837/{handling(one).pk}/change/"
        told = {"do": "handled", "version": "1", "note": "Soitettu ja sovittu käynti."}
        assert client.post(address, told).status_code == 302
    with override_settings(KELMU_TODAY=date(2023, 1, 2)):
        assert "käsitelty" in seen(county(), state="handled")
        answer = client_of(county()).get(f"/notifications/{NOTIFICATIONS}/837/{handling(one).pk}/")
        assert "Soitettu ja sovittu käynti." in answer.content.decode()
        assert "Tampereen kaupunki" in answer.content.decode()


def test_helsinki_has_all_six_once() -> None:
    person = eino()
    for kind in OF_TYPE:
        notify(person, kind, "091")
    assert "1–5 / 5" in seen(helsinki(), place="091") or "5 / 5" in seen(helsinki(), place="091")
    assert "1–1 / 1" in seen(helsinki(), INTEGRATION, "091")


def test_what_one_receiver_does_is_not_seen_by_the_other() -> None:
    number = notify(eino(), "immigrant")
    client = client_of(county())
    address = f"/notifications/{INTEGRATION}/837/{handling(number).pk}/change/"
    assert client.post(address, {"do": "taken", "version": "1"}).status_code == 302
    assert "käsittelyssä" in seen(county(), INTEGRATION, state="in_progress")
    assert NAME not in seen(municipality(), INTEGRATION, state="in_progress")
    assert NAME in seen(municipality(), INTEGRATION, state="new")
