"""Contents lie encrypted, and are read only as they were stored."""

import io
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet, InvalidToken
from hypothesis import given
from hypothesis import strategies as some
from pytest_django.fixtures import Settings

from documents import keys
from documents.sealing import PIECE, TAG, Altered, Sealing, opened

SEALED = PIECE + TAG


def sealed(plain: bytes, key: bytes, document: object) -> bytes:
    made = Sealing(io.BytesIO(plain), key, document)  # type: ignore[arg-type]  # a UUID
    return io.BufferedReader(made, 1000).read()


@given(
    plain=some.sampled_from([0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE]),
    byte=some.binary(min_size=1, max_size=1),
)
def test_whatever_is_sealed_opens_as_it_was(plain: int, byte: bytes) -> None:
    key, document = bytes(32), uuid4()
    content = byte * plain
    assert b"".join(opened(io.BytesIO(sealed(content, key, document)), key, document)) == content


@pytest.mark.parametrize(
    "alter",
    [
        lambda told: told[:SEALED],  # the end is cut off
        lambda told: told[:-1],
        lambda told: told[SEALED:],
        lambda told: told[SEALED : 2 * SEALED] + told[:SEALED] + told[2 * SEALED :],
        lambda told: told + told[-9 - TAG :],
        lambda told: bytes([told[0] ^ 1]) + told[1:],
        lambda _told: b"",
    ],
)
def test_whatever_was_altered_does_not_open(alter: object) -> None:
    key, document = bytes(32), uuid4()
    told = sealed(b"a" * (2 * PIECE + 9), key, document)
    with pytest.raises(Altered):
        list(opened(io.BytesIO(alter(told)), key, document))  # type: ignore[operator]  # see above


def test_no_content_opens_in_anothers_place() -> None:
    told = sealed(b"a", bytes(32), uuid4())
    with pytest.raises(Altered):
        list(opened(io.BytesIO(told), bytes(32), uuid4()))


def test_keys_are_wrapped_anew_and_the_old_one_is_needed_no_more(settings: Settings) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.DOCUMENTS_KEY = [old]
    key, wrapped = keys.new()
    settings.DOCUMENTS_KEY = [new, old]
    assert keys.unwrapped(wrapped) == key
    again = keys.wrapped_anew(wrapped)
    settings.DOCUMENTS_KEY = [new]
    assert keys.unwrapped(again) == key
    with pytest.raises(InvalidToken):
        keys.unwrapped(wrapped)
