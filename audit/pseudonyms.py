"""Keyed pseudonyms of identity codes: the log and the sessions know no HETU."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from audit.models import Pseudonym, Subject

MINIMUM_KEY_LENGTH = 32


def digest(hetu: str) -> bytes:
    """HMAC-SHA-256 of a HETU in official form under PSEUDONYM_KEY, 32 bytes."""
    key = settings.PSEUDONYM_KEY.encode()
    if len(key) < MINIMUM_KEY_LENGTH:
        raise ImproperlyConfigured("PSEUDONYM_KEY must have at least 32 characters.")
    return hmac.digest(key, hetu.encode(), hashlib.sha256)


def end_user_of(organisation_id: int, name: str) -> UUID:
    """The number by which the log knows somebody in an organisation whom its own system names.

    The same for the same name in the organisation; it leads back to nobody, and is no subject.
    """
    told = f"end user:{organisation_id}:{name}".encode()
    octets = hmac.digest(settings.PSEUDONYM_KEY.encode(), told, hashlib.sha256)
    return UUID(bytes=octets[:16], version=5)


def subject_of(hetu: str) -> UUID:
    """The subject of a HETU in official form; a person not met before gets one."""
    value = digest(hetu)
    return _known_subject(value) or _new_subject(value)


def _known_subject(value: bytes) -> UUID | None:
    pseudonyms = Pseudonym.objects.filter(key_version=settings.PSEUDONYM_KEY_VERSION, digest=value)
    return pseudonyms.values_list("subject_id", flat=True).first()


def _new_subject(value: bytes) -> UUID:
    try:
        with transaction.atomic():
            subject = Subject.objects.create()
            subject.pseudonyms.create(key_version=settings.PSEUDONYM_KEY_VERSION, digest=value)
            return subject.id
    except IntegrityError:  # somebody met the same person at the same moment
        return Pseudonym.objects.get(
            key_version=settings.PSEUDONYM_KEY_VERSION, digest=value
        ).subject_id
