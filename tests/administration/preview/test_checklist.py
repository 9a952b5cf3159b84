"""The checklist: one person of Kela ticks each point, another accepts the whole."""

from typing import Any

import pytest
from django.test import Client

from administration.preview.checklist import points
from administration.preview.queries import accepted
from organisations.models import AgreementVersion, PreviewCheck
from tests.acting import client_of, kela_admin, owning
from tests.administration.preview.previewing import log_of, proposed
from tests.agreeing import agreed_purposes

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> AgreementVersion:
    return proposed("other_benefits", "typ_service", withheld_groups=["recovery"])


def somebody(*groups: str) -> Client:
    client = client_of(kela_admin(*groups))
    client.cookies["kelmu-language"] = "en"
    return client


def page_of(client: Client, version: AgreementVersion) -> str:
    page = client.get(f"/kela/versions/{version.pk}/preview/")
    return " ".join(page.content.decode().split())


def tick(client: Client, version: AgreementVersion, point: str, note: str = "") -> Any:
    return client.post(
        f"/kela/versions/{version.pk}/preview/check/", {"point": point, f"{point}-note": note}
    )


def tick_all(client: Client, version: AgreementVersion) -> None:
    for point in points(version):
        assert tick(client, version, point.slug).status_code == 302


def accept(client: Client, version: AgreementVersion, note: str = "") -> Any:
    return client.post(f"/kela/versions/{version.pk}/preview/accept/", {"whole-note": note})


def slugs(version: AgreementVersion) -> list[str]:
    return [point.slug for point in points(version)]


def test_the_points_follow_from_the_content(version: AgreementVersion) -> None:
    assert slugs(version) == [
        "content",
        "other_benefits.benefits",
        "other_benefits.look_back",
        "other_benefits.withheld",
        "typ_service.forwarded_notifications",
        "typ_service.withheld",
        "action.payment_demands",
        "not_agreed",
        "no_mandate",
        "my_rights",
        "language.fi",
        "language.sv",
        "language.en",
    ]


def test_what_else_is_agreed_is_tested_too(version: AgreementVersion) -> None:
    version.requires_case_reference = version.by_technical_interface = True
    version.save()
    assert {"case_reference", "technical_interface"} < set(slugs(version))
    version.by_user_interface = False
    assert slugs(version) == ["content", "technical_interface"]


def test_a_purpose_that_is_not_open_on_the_first_day_is_a_point() -> None:
    version = proposed("integration_benefits")  # which is a municipality's
    assert "not_open" in slugs(version)


def test_each_point_that_is_seen_leads_to_where_it_is_seen(version: AgreementVersion) -> None:
    client = somebody("preparing")
    addresses = {point.url for point in points(version) if point.url}
    assert len(addresses) > 3
    for address in addresses:
        expected = 403 if address.endswith("/none/start/") else 200
        assert client.get(address).status_code == expected


def test_a_tick_has_its_person_time_and_note(version: AgreementVersion) -> None:
    anna = somebody("preparing")
    assert tick(anna, version, "content", "Read with Heikki").status_code == 302
    page = page_of(anna, version)
    assert "Read with Heikki" in page
    assert "Aino Virkailija, 28." in page or "Aino Virkailija, " in page
    assert "Points that nobody has ticked yet: 12." in page
    [row] = log_of("check_preview")
    assert row.details["point"] == "content"
    assert row.details["version"].endswith("/2")


def test_a_tick_can_be_taken_back(version: AgreementVersion) -> None:
    anna = somebody("preparing")
    tick(anna, version, "content")
    taken = {"point": "content", "take_back": ""}
    for _twice in range(2):
        back = anna.post(f"/kela/versions/{version.pk}/preview/check/", taken)
        assert back.status_code == 302
    assert not PreviewCheck.objects.exists()
    assert len(log_of("take_check_back")) == 1


def test_a_point_that_is_not_on_the_list_is_not_found(version: AgreementVersion) -> None:
    assert tick(somebody("preparing"), version, "everything").status_code == 404


def test_ticking_again_changes_nothing(version: AgreementVersion) -> None:
    tick(somebody("preparing"), version, "content", "first")
    tick(somebody("preparing"), version, "content", "second")
    assert [one.note for one in PreviewCheck.objects.all()] == ["first"]


@pytest.mark.parametrize(
    ("note", "told"),
    [("131052-9085 looks wrong", "holds a personal identity code"), ("x" * 501, "too long")],
)
def test_a_note_that_cannot_stand_is_told_and_kept(
    version: AgreementVersion, note: str, told: str
) -> None:
    answer = tick(somebody("preparing"), version, "content", note)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert note in answer.content.decode()
    assert not PreviewCheck.objects.exists()


def test_another_person_accepts_the_whole(version: AgreementVersion) -> None:
    tick_all(somebody("preparing"), version)
    assert accept(somebody("approving"), version, "As agreed").status_code == 302
    assert accepted(version)
    page = page_of(somebody("preparing"), version)
    assert "The preview has passed." in page
    assert "As agreed" in page
    [row] = log_of("accept_preview")
    assert row.office == "approving"


def test_nothing_is_accepted_before_every_point_is_ticked(version: AgreementVersion) -> None:
    heikki = somebody("approving")
    tick(somebody("preparing"), version, "content")
    answer = accept(heikki, version)
    assert answer.status_code == 422
    assert "Not all points have been ticked yet." in answer.content.decode()
    assert not accepted(version)


def test_nobody_accepts_their_own_test(version: AgreementVersion) -> None:
    both = somebody("preparing", "approving")
    tick(both, version, "content")
    tick_all(somebody("preparing"), version)
    answer = accept(both, version)
    assert answer.status_code == 422
    assert "You ticked a point yourself" in answer.content.decode()
    assert not accepted(version)


def test_each_does_their_own_part(version: AgreementVersion) -> None:
    assert tick(somebody("approving"), version, "content").status_code == 403
    assert accept(somebody("preparing"), version).status_code == 403
    for other in ("service_desk", "oversight"):
        page = somebody(other).get(f"/kela/versions/{version.pk}/preview/")
        assert page.status_code == 403


def test_a_changed_draft_is_tested_anew(version: AgreementVersion) -> None:
    tick_all(somebody("preparing"), version)
    accept(somebody("approving"), version)
    with owning():
        agreed_purposes().filter(version=version, purpose="typ_service").delete()
    assert not accepted(version)
    page = page_of(somebody("approving"), version)
    assert f"Points that nobody has ticked yet: {len(slugs(version))}." in page


def test_what_was_accepted_stays(version: AgreementVersion) -> None:
    tick_all(somebody("preparing"), version)
    accept(somebody("approving"), version)
    anna = somebody("preparing")
    anna.post(f"/kela/versions/{version.pk}/preview/check/", {"point": "content", "take_back": ""})
    assert tick(anna, version, "content", "late").status_code == 302
    assert accept(somebody("approving"), version).status_code == 302
    assert PreviewCheck.objects.get(point="content").note == ""
    assert len(log_of("accept_preview")) == 1
