"""The log and the sessions know people by keyed pseudonyms, never by their identity codes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from pytest_django import Settings

from audit.models import Pseudonym, Subject
from audit.pseudonyms import digest, subject_of
from demo.environment import Urls

HETU, ANOTHER = "131052-9085", "140285-911Y"


def test_a_digest_is_hmac_sha_256(settings: Settings) -> None:
    settings.PSEUDONYM_KEY = "0123456789abcdef0123456789abcdef"
    # openssl dgst -sha256 -mac HMAC
    openssl = "b0c21d6aca37a7ed79c2c65112001678c93b2b8c994f63e04638b8c997bf6959"
    assert digest(HETU).hex() == openssl


@pytest.mark.parametrize("key", ["", "x" * 31])
def test_a_short_key_is_refused(settings: Settings, key: str) -> None:
    settings.PSEUDONYM_KEY = key
    with pytest.raises(ImproperlyConfigured, match="32 characters"):
        digest(HETU)


@pytest.mark.django_db
def test_a_person_keeps_the_subject() -> None:
    assert subject_of(HETU) == subject_of(HETU)
    assert subject_of(HETU) != subject_of(ANOTHER)


@pytest.mark.django_db
def test_the_database_holds_the_digest_and_not_the_code() -> None:
    pseudonym = Pseudonym.objects.get(subject=subject_of(HETU))
    assert bytes(pseudonym.digest) == digest(HETU)
    assert HETU.encode() not in bytes(pseudonym.digest)


@pytest.mark.django_db
def test_a_new_key_version_leads_to_the_same_subject(settings: Settings) -> None:
    subject = subject_of(HETU)
    settings.PSEUDONYM_KEY_VERSION, settings.PSEUDONYM_KEY = 2, "another key, as long as it must be"
    Pseudonym.objects.create(subject_id=subject, key_version=2, digest=digest(HETU))
    assert subject_of(HETU) == subject


@pytest.mark.django_db
def test_a_digest_is_looked_for_under_its_own_key_version_alone(settings: Settings) -> None:
    subject = subject_of(HETU)
    settings.PSEUDONYM_KEY_VERSION = 2
    assert subject_of(HETU) != subject


@pytest.mark.django_db
def test_the_application_cannot_move_a_pseudonym_to_another_person() -> None:
    subject_of(HETU)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(has_table_privilege('kelmu_app', name, right_))"
            " FROM unnest(ARRAY['audit_pseudonym', 'audit_subject']) AS name,"
            " unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_"
        )
        assert cursor.fetchone() == (False,)


def test_two_who_meet_a_person_at_the_same_moment_get_one_subject(fresh_db: Urls) -> None:
    before = Subject.objects.count()
    with ThreadPoolExecutor(2) as threads:
        with nobody_adds_a_pseudonym(fresh_db, waiting=2):
            meetings = [threads.submit(met) for _ in range(2)]
        subjects = {meeting.result() for meeting in meetings}
    assert len(subjects) == 1
    assert Subject.objects.count() == before + 1


def met() -> UUID:
    try:
        return subject_of("010190-999A")
    finally:
        connection.close()


@contextmanager
def nobody_adds_a_pseudonym(urls: Urls, waiting: int) -> Iterator[None]:
    """Hold all insertions back until so many wait, so that none has seen another's."""
    with psycopg.connect(urls.owner) as holder, psycopg.connect(urls.owner) as observer:
        holder.execute("LOCK TABLE audit_pseudonym IN SHARE MODE")
        yield
        observer.autocommit = True
        waits = "SELECT FROM pg_locks WHERE NOT granted AND relation = 'audit_pseudonym'::regclass"
        while observer.execute(waits.encode()).rowcount < waiting:
            pass
        holder.rollback()
