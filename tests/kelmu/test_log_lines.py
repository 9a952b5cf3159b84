"""No log line carries a personal identity code, whoever put it there."""

import io
import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from customers.models import IdentityCode
from kelmu import request_id
from kelmu.log_lines import Formatter, RequestIdFilter
from tests.acting import CUSTOMER, customer, owning
from tests.kelmu.test_hetu import codes

LINE: str = settings.LOGGING["formatters"]["line"]["format"]  # type: ignore[index]  # nested


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the root logger writes, as the settings format it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter(LINE))
    handler.addFilter(RequestIdFilter())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_not_in_a_message(lines: io.StringIO) -> None:
    logging.getLogger("test").warning("Opened 131052-9085.")
    assert "Opened [HETU]." in lines.getvalue()


def test_not_in_an_argument(lines: io.StringIO) -> None:
    logging.getLogger("test").warning("Opened %s and %r.", "131052-9085", {"hetu": "150503A965L"})
    assert "Opened [HETU] and {'hetu': '[HETU]'}." in lines.getvalue()


@pytest.mark.django_db
def test_not_in_what_the_database_says_of_a_conflict(lines: io.StringIO) -> None:
    known = IdentityCode.objects.get(customer=customer(CUSTOMER))
    with pytest.raises(IntegrityError) as raised, owning(), transaction.atomic():
        IdentityCode.objects.using("owner").create(
            code=known.code,
            customer_id=known.customer_id,
            is_current=False,
            batch_id=known.batch_id,
        )
    assert CUSTOMER in str(raised.value)  # PostgreSQL does repeat it
    logging.getLogger("test").error("It failed.", exc_info=raised.value)
    assert "Key (code)=([HETU]) already exists" in lines.getvalue()
    assert CUSTOMER not in lines.getvalue()


@pytest.mark.parametrize(
    "around", ["{}", "code={}", "/register/{}?requestId=1", "hetu_{}.csv", "<{}>", "'{}'\n"]
)
@given(made=codes())
def test_wherever_it_stands(around: str, made: tuple[str, object]) -> None:
    code, _born = made
    for spelling in (code, code.lower(), code.replace("+", "%2B"), code.replace("-", "–")):
        line = written(around.format(spelling))
        assert spelling not in line
        assert "[HETU]" in line


@given(st.uuids())
def test_an_id_is_not_taken_for_one(number: object) -> None:
    assert written(f"opening {number} closed") == f"opening {number} closed"


def written(message: str) -> str:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, message, None, None)
    return Formatter("%(message)s").format(record)


def test_each_line_names_its_request(lines: io.StringIO) -> None:
    current = uuid4()
    for known in (current, None):
        token = request_id.current.set(known)
        logging.getLogger("test").warning("inside" if known else "outside")
        request_id.current.reset(token)
    inside, outside = lines.getvalue().splitlines()
    assert f"[{current}] inside" in inside
    assert "[-] outside" in outside
