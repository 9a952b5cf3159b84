"""The form of the search: it keeps what was typed, and says which part of it is wrong."""

import pytest
from django.test import Client

from tests.acting import CUSTOMER, customer, entries
from tests.customers.searching import look_up, search


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Type the customer’s personal identity code."),
        ("131052-908", "An identity code has 11 characters"),
        ("131052/9085", "The form is wrong"),
        ("310252-9085", "There is no such date of birth"),
        ("131052-0015", "Nobody has this individual number"),
        ("131052-9086", "The last character does not match"),
    ],
)
def test_a_wrong_code_is_told_and_kept(client: Client, typed: str, told: str) -> None:
    client.cookies["kelmu-language"] = "en"
    answer = search(client, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert f'value="{typed}"' in page or not typed
    assert entries() == []


@pytest.mark.parametrize("typed", [" 131052-9085 ", "131052-9085\t", "131052–9085"])
def test_what_only_looks_wrong_is_taken(client: Client, typed: str) -> None:
    customer()
    assert look_up(client, typed)


@pytest.mark.parametrize(
    "reference", [CUSTOMER, "case 131052-9085 b", "150503a965l", "131052–9085", "hetu_131052-9085"]
)
def test_a_case_reference_holds_no_identity_code(client: Client, reference: str) -> None:
    customer()
    assert search(client, case_reference=reference).status_code == 422
    assert entries() == []


def test_a_case_reference_is_no_essay(client: Client) -> None:
    customer()
    assert search(client, case_reference="x" * 61).status_code == 422
    assert look_up(client, case_reference="x" * 60)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "\x00", "x" * 5000, "𝟙" * 11])
def test_nothing_typed_breaks_the_page(client: Client, typed: str) -> None:
    answer = search(client, typed)
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content


def test_the_last_purpose_is_chosen_beforehand(client: Client) -> None:
    customer()
    look_up(client)
    page = client.get("/start/").content.decode()
    assert 'value="other_benefits"' in page
    assert "checked" in page


def test_the_code_is_never_in_an_address(client: Client) -> None:
    customer()
    answer = client.get(f"/start/?hetu={CUSTOMER}&purpose=other_benefits")
    assert CUSTOMER not in answer.content.decode()
    assert entries() == []
