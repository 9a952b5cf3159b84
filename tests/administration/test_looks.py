"""Everything that Kela's admins do is logged, a look at a page too."""

import pytest

from audit.models import Entry
from tests.acting import owning
from tests.addresses import ADDRESSES, KELA
from tests.administration.kela import Admin

pytestmark = pytest.mark.django_db

READ_BY_ALL = sorted(
    one.path
    for one in ADDRESSES.values()
    if one.open_to == KELA and one.answers.get("GET") == 200 and one.path.startswith("/kela/")
)


def test_there_are_such_pages() -> None:
    assert "/kela/feeds/" in READ_BY_ALL


@pytest.mark.parametrize("path", READ_BY_ALL)
def test_each_page_that_all_of_them_read_leaves_a_row(path: str) -> None:
    Admin("service_desk").client.get(path)
    with owning():
        rows = list(Entry.objects.filter(office="service_desk"))
    assert len(rows) == 1
    assert rows[0].act != "refusal"
