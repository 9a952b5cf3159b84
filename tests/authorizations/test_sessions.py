"""A session: who is logged in, for how long, and what a copy of the database is worth."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as current
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from audit.pseudonyms import subject_of
from authorizations import login
from authorizations.models import Session
from authorizations.session_store import ACTING, PERSON, SessionStore, clear_ended, stored_key
from organisations.models import Contact
from tests.acting import (
    OFFICIAL,
    POHJANMAA,
    client_of,
    kela_admin,
    make_older,
    official,
    organisation,
    right_of,
    row_of,
    session,
)

pytestmark = pytest.mark.django_db

AUTHORIZER = "170868-9664"


@pytest.fixture
def store() -> SessionStore:
    return official()


def is_logged_in(store: SessionStore) -> bool:
    answer = client_of(store).get("/rights/mine/")
    assert answer.status_code == 200 or answer["Location"] == "/?ended"
    return answer.status_code == 200


def test_a_session_opens_the_pages(store: SessionStore) -> None:
    assert is_logged_in(store)


def test_a_key_copied_from_the_database_opens_nothing(store: SessionStore) -> None:
    client = Client()
    client.cookies[current.SESSION_COOKIE_NAME] = row_of(store).session_key
    assert client.get("/rights/mine/")["Location"] == "/?ended"


@pytest.mark.parametrize("cookie", ["", "x", "0" * 32, "'; DROP TABLE", "\u00e4", "a" * 4000])
def test_a_made_up_cookie_opens_nothing(cookie: str) -> None:
    client = Client()
    client.cookies[current.SESSION_COOKIE_NAME] = cookie
    assert client.get("/rights/mine/")["Location"] == "/?ended"


def test_a_changed_cookie_opens_nothing(store: SessionStore) -> None:
    key = store.session_key or ""
    client = Client()
    client.cookies[current.SESSION_COOKIE_NAME] = key[:-1] + ("a" if key[-1] != "a" else "b")
    assert client.get("/rights/mine/")["Location"] == "/?ended"


def test_what_the_session_remembers_is_encrypted(store: SessionStore) -> None:
    store["kept_search"] = {"typed": {"hetu": "131052-9085"}}
    store.save()
    kept = row_of(store).session_data
    for word in ("131052", "Virkailija", str(subject_of(OFFICIAL)), "kept_search"):
        assert word not in kept
    assert SessionStore(store.session_key)["kept_search"]["typed"]["hetu"] == "131052-9085"


def test_a_new_session_data_key_reads_what_the_old_one_wrote(
    settings: Settings, store: SessionStore
) -> None:
    new, old = Fernet.generate_key().decode(), settings.SESSION_DATA_KEY[0]
    settings.SESSION_DATA_KEY = [new, old]
    renewed = SessionStore(store.session_key)
    assert renewed[ACTING] == store[ACTING]
    renewed.save()
    settings.SESSION_DATA_KEY = [new]
    assert SessionStore(store.session_key)[ACTING] == store[ACTING]


def test_without_its_key_a_session_remembers_nothing(
    settings: Settings, store: SessionStore
) -> None:
    settings.SESSION_DATA_KEY = [Fernet.generate_key().decode()]
    assert ACTING not in SessionStore(store.session_key)


@pytest.mark.parametrize(("minutes", "alive"), [(29, True), (30, False), (300, False)])
def test_it_ends_after_half_an_hour_of_rest(store: SessionStore, minutes: int, alive: bool) -> None:
    make_older(store, timedelta(minutes=minutes))
    assert is_logged_in(store) is alive


def test_using_it_keeps_it_alive(store: SessionStore) -> None:
    for _ in range(3):
        make_older(store, timedelta(minutes=20))
        assert is_logged_in(store)


def test_it_ends_after_eight_hours_however_busy() -> None:
    store = official()
    row = row_of(store)
    assert row.expire_date - row.started_at == timedelta(hours=8)
    Session.objects.filter(pk=row.pk).update(expire_date=timezone.now())
    assert not is_logged_in(store)


def test_neither_saving_nor_a_new_key_makes_it_longer(store: SessionStore) -> None:
    store["started_at"] = (timezone.now() - timedelta(hours=7, minutes=59)).isoformat()
    store.save()
    ends = row_of(store).expire_date
    store.cycle_key()
    store.save()
    assert row_of(store).expire_date == ends
    assert right_of(store).seconds_left <= 60


def test_the_page_tells_when_it_ends(store: SessionStore) -> None:
    assert 29 * 60 < right_of(store).seconds_left <= 30 * 60
    answer = client_of(store).post("/session/")
    assert 29 * 60 < answer.json()["seconds_left"] <= 30 * 60


def test_it_is_written_at_most_once_a_minute(
    store: SessionStore, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        right_of(store)
    make_older(store, timedelta(seconds=61))
    with django_assert_num_queries(2):
        right_of(store)
    with django_assert_num_queries(1):
        right_of(store)


def test_a_session_that_somebody_ended_is_over_at_once(store: SessionStore) -> None:
    Session.objects.filter(subject=subject_of(OFFICIAL)).delete()
    assert not is_logged_in(store)


def test_a_session_in_which_nobody_acts_opens_nothing() -> None:
    assert not is_logged_in(session(uuid4()))


def test_the_worker_removes_what_has_ended(store: SessionStore) -> None:
    resting, expired = official(), official()
    make_older(resting, timedelta(minutes=31))
    Session.objects.filter(pk=row_of(expired).pk).update(expire_date=timezone.now())
    clear_ended()
    assert Session.objects.filter(pk=stored_key(store.session_key or "")).exists()
    assert Session.objects.count() == 1


def test_gaining_a_right_changes_the_key_and_the_old_one_is_dead() -> None:
    authorizer = subject_of(AUTHORIZER)
    store = SessionStore()
    store[PERSON] = {"subject": str(authorizer), "name": "Veikko Valtuuttaja"}
    store.create()
    before = store.session_key or ""
    login.act_by_role(store, str(Contact.objects.get(subject=authorizer).pk))
    assert store.session_key != before
    assert not store.exists(before)
    assert is_logged_in(store)


def test_another_organisation_is_another_session() -> None:
    authorizer = subject_of(AUTHORIZER)
    store = official(POHJANMAA, subject=authorizer)
    before, store["something open"] = row_of(store), True
    login.act_by_role(store, str(Contact.objects.get(subject=authorizer).pk))
    after = row_of(store)
    assert after.id != before.id
    assert after.organisation == organisation()
    assert after.mandates == []
    assert "something open" not in store
    assert not Session.objects.filter(pk=before.pk).exists()


def test_logging_out_ends_it(store: SessionStore) -> None:
    client = client_of(store)
    answer = client.post("/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(pk=stored_key(store.session_key or "")).exists()
    assert not is_logged_in(store)


@pytest.mark.parametrize(
    ("constraint", "contradiction"),
    [
        ("only_a_known_person_acts", {"subject": None}),
        ("mandates_belong_to_an_organisation", {"organisation_id": None}),
        ("mandates_belong_to_an_organisation", {"mandates_read_at": None}),
        ("kela_acts_for_no_organisation", {"kela_groups": ["oversight"]}),
    ],
)
def test_a_session_that_contradicts_itself_cannot_be(
    store: SessionStore, constraint: str, contradiction: dict[str, object]
) -> None:
    row = Session.objects.filter(pk=row_of(store).pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.update(**contradiction)


def test_kela_has_pages_of_its_own() -> None:
    client = client_of(kela_admin("preparing"))
    assert client.get("/kela/").status_code == 200
    assert client.get("/rights/mine/").status_code == 403
