"""The header says where the reader is, on pages too that another one has led to."""

import re

import pytest

from tests.administration.kela import Admin
from tests.oversight.watching import Overseer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/kela/", "Overview"),
        ("/kela/agreements/", "Agreements"),
        ("/kela/enquiries/new/", "Agreements"),
        ("/kela/bulk/", "Agreements"),
        ("/kela/organisations/new/", "Organisations"),
        ("/kela/register-change/", "Organisations"),
        ("/kela/payment-demands/transfers/", "Demands handed over"),
        ("/kela/documents/errands/", "Documents under way"),
    ],
)
def test_a_page_of_kelas_admins_belongs_to_one_of_the_header(path: str, label: str) -> None:
    assert marked(Admin("preparing").get(path)) == [label]


def test_whatever_kela_asks_of_the_log_belongs_to_the_oversight_of_use() -> None:
    overseer = Overseer()
    for path in ("/kela/oversight/", overseer.inquire(), "/kela/log-findings/"):
        assert marked(overseer.get(path)) == ["Oversight of use"]


def marked(page: str) -> list[str]:
    """The pages of the header that are marked."""
    header = page.split('<nav class="navigation"')[1].split("</nav>")[0]
    return re.findall(r'aria-current="page">([^<]+)</a>', header)
