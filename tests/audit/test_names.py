"""Rows of the log and of the rooms around it are named by numbers and slugs, never by people."""

from uuid import UUID

import pytest
from django.db.models import Model

from audit.models import Entry, EntryPerson, MandateUse, Pseudonym, Shown, Subject
from authorizations.models import Official, RulebookMirror

NUMBER, OTHER = (UUID(int=n) for n in (1, 2))
NAMES: list[tuple[Model, str]] = [
    (Subject(id=NUMBER), f"{NUMBER}"),
    (Pseudonym(subject_id=NUMBER, digest=b"secret"), f"pseudonym of {NUMBER}"),
    (Entry(id=NUMBER, act="open", customer=OTHER), f"open {NUMBER}"),
    (EntryPerson(subject=NUMBER, entry_id=OTHER), f"{NUMBER} in {OTHER}"),
    (Shown(number=3, entry_id=OTHER), f"3 rows of {OTHER}"),
    (MandateUse(mandate="treatment_abroad", actor=NUMBER), f"treatment_abroad of {NUMBER}"),
    (Official(subject=NUMBER, organisation_id=7, name="Aino Virkailija"), f"{NUMBER} in 7"),
    (RulebookMirror(digest="ab12"), "ab12"),
]


@pytest.mark.parametrize(("row", "name"), NAMES, ids=lambda value: type(value).__name__)
def test_a_row_is_named_by_what_says_nothing_of_a_person(row: Model, name: str) -> None:
    assert str(row) == name
