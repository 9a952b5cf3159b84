"""The keys of documents: each has one of its own, wrapped by that of the settings.

A new key of the settings stands before the old ones. `manage.py wrap_document_keys` then wraps all
of them anew; no content is touched.
"""

import secrets

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LENGTH = 32  # bytes: AES-256


def new() -> tuple[bytes, bytes]:
    """A key for one document, as it is and wrapped."""
    key = secrets.token_bytes(LENGTH)
    return key, _keys().encrypt(key)


def unwrapped(key: bytes) -> bytes:
    """The key as it is. InvalidToken where no key of the settings has wrapped it."""
    return _keys().decrypt(key)


def wrapped_anew(key: bytes) -> bytes:
    """The same key wrapped by the first one of the settings."""
    return _keys().rotate(key)


def _keys() -> MultiFernet:
    if not settings.DOCUMENTS_KEY:
        raise ImproperlyConfigured("DOCUMENTS_KEY is not set.")
    return MultiFernet([Fernet(key) for key in settings.DOCUMENTS_KEY])
