"""Working through notifications: one by one, several at once, and two people at the same one."""

from uuid import UUID, uuid4

import pytest

from audit.models import MandateUse
from authorizations.models import Official
from authorizations.rulebook import Mandate
from notifications.models import Answer, Event
from notifications.words import Receiver, State
from tests.acting import (
    PIRKANMAA,
    TAMPERE,
    client_of,
    entries,
    organisation,
    owning,
)
from tests.notifications.forwarding import (
    EVERY_MANDATE,
    INTEGRATION,
    NOTIFICATIONS,
    change,
    county,
    eino,
    handling,
    jonna,
    municipality,
    notify,
    page_of,
)

pytestmark = pytest.mark.django_db
MANY = f"/notifications/{NOTIFICATIONS}/837/many/"


def a_colleague(name: str = "Kerttu Kollega", mandate: Mandate = EVERY_MANDATE[1]) -> Official:
    """Somebody of the county who has logged in with a mandate."""
    from audit import services as log
    from audit.models import ActKind

    county_id, subject = organisation(PIRKANMAA).pk, uuid4()
    log.act_for(county_id)
    log.write(
        log.Row(
            act=ActKind.SELECT_ORGANISATION,
            actor=subject,
            organisation_id=county_id,
            mandates=(mandate,),
        )
    )
    return Official.objects.create(organisation_id=county_id, subject=subject, name=name)


def test_it_goes_from_new_to_in_progress_to_handled_with_handler_time_and_note() -> None:
    number = notify(eino())
    client = client_of(county())
    assert change(client, handling(number), "taken").status_code == 302
    assert (one := handling(number)).state == State.IN_PROGRESS
    assert one.handler_name == "Aino Virkailija"
    assert change(client, one, "handled", note="Soitettu.").status_code == 302
    one = handling(number)
    assert (one.state, one.note) == (State.HANDLED, "Soitettu.")
    assert one.ended_at is not None
    assert [event.kind for event in Event.objects.filter(handling=one)] == ["taken", "handled"]
    changes = [entry.details["change"] for entry in entries() if entry.act == "handle_notification"]
    assert changes == ["taken", "handled"]


def test_it_is_handed_back_and_reopened() -> None:
    number = notify(eino())
    client = client_of(county())
    for do, state in [
        ("taken", State.IN_PROGRESS), ("handed_back", State.NEW), ("handled", State.HANDLED),
        ("reopened", State.IN_PROGRESS),
    ]:  # fmt: skip
        assert change(client, handling(number), do).status_code == 302
        assert handling(number).state == state
    assert handling(number).ended_at is None


def test_what_the_state_does_not_allow_is_not_done() -> None:
    number = notify(eino())
    client = client_of(county())
    for do in ["handed_back", "reopened"]:
        assert change(client, handling(number), do).status_code == 409
    assert handling(number).state == State.NEW
    assert change(client, handling(number), "transferred").status_code == 422
    assert change(client, handling(number), "").status_code == 422


def test_it_is_given_to_a_colleague_with_a_mandate_that_opens_it() -> None:
    number, colleague = notify(eino()), a_colleague()
    other = a_colleague("Olli Ohi", Mandate.BENEFITS_AND_PAYMENT_DEMANDS)
    client = client_of(county())
    page = client.get(page_of(handling(number))).content.decode()
    assert "Kerttu Kollega" in page
    assert "Olli Ohi" not in page
    wrong = change(client, handling(number), "assigned", colleague=str(other.pk))
    assert wrong.status_code == 422
    change(client, handling(number), "assigned", colleague=str(colleague.pk))
    one = handling(number)
    assert (one.handler, one.handler_name) == (colleague.subject, "Kerttu Kollega")
    assert "työtoverille: Kerttu Kollega" in client.get(page_of(one)).content.decode()


def test_somebody_elses_official_is_no_colleague() -> None:
    with owning():
        stranger = Official.objects.using("owner").create(
            organisation_id=organisation(TAMPERE).pk, subject=uuid4(), name="Toinen"
        )
    answer = change(
        client_of(county()), handling(notify(eino())), "assigned", colleague=str(stranger.pk)
    )
    assert answer.status_code == 422


def test_of_two_who_act_at_once_the_second_is_told_who_did_what_and_loses_no_text() -> None:
    number = notify(eino())
    read_by_both = handling(number)
    first, second = client_of(county()), client_of(county(uuid4()))
    assert change(first, read_by_both, "handled", note="Minä ehdin.").status_code == 302
    answer = change(second, read_by_both, "handled", note="Tämä on minun tekstini.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Aino Virkailija, Pirkanmaan hyvinvointialue: merkitty käsitellyksi" in page
    assert "Tämä on minun tekstini." in page
    assert handling(number).note == "Minä ehdin."
    made = [entry.act for entry in entries() if entry.act == "handle_notification"]
    assert len(made) == 1  # what was not done is not in the log as done


def test_a_note_with_an_identity_code_is_refused() -> None:
    number = notify(eino())
    answer = change(client_of(county()), handling(number), "noted", note="Asiakas 131052-9085")
    assert answer.status_code == 422
    assert "Jätä henkilötunnus pois" in answer.content.decode()
    assert handling(number).note == ""


def test_a_version_that_is_none_is_refused() -> None:
    one = handling(notify(eino()))
    answer = client_of(county()).post(f"{page_of(one)}change/", {"do": "taken", "version": "x"})
    assert answer.status_code == 422


def test_several_are_handled_at_once_after_one_question() -> None:
    both = [handling(notify(person)) for person in (eino(), jonna())]
    client = client_of(county())
    chosen = [f"{one.pk}.{one.version}" for one in both]
    asked = client.post(MANY, {"do": "handled", "chosen": chosen})
    assert "Merkitäänkö 2 ilmoitusta käsitellyksi?" in asked.content.decode()
    assert handling(both[0].notification_id).state == State.NEW
    answer = client.post(
        MANY,
        {"do": "handled", "chosen": chosen, "confirmed": "1", "note": "Yhdessä", "version": "0"},
    )
    assert answer.status_code == 302
    assert "done=handled-2-2" in answer["Location"]
    for one in both:
        now = handling(one.notification_id)
        assert (now.state, now.note) == (State.HANDLED, "Yhdessä")
    acts = [entry for entry in entries() if entry.act == "handle_notification"]
    assert len({entry.customer for entry in acts}) == 2


def test_of_several_those_that_somebody_has_changed_are_left_alone() -> None:
    first, second = (handling(notify(person)) for person in (eino(), jonna()))
    chosen = [f"{one.pk}.{one.version}" for one in (first, second)]
    change(client_of(county()), first, "taken")
    told = {"do": "handled", "chosen": chosen, "confirmed": "1", "version": "0"}
    client = client_of(county(uuid4()))
    answer = client.post(MANY, told)
    assert "done=handled-1-2" in answer["Location"]
    assert "1 / 2" in client.get(answer["Location"]).content.decode()
    assert handling(first.notification_id).state == State.IN_PROGRESS


def test_of_several_one_about_oneself_or_of_elsewhere_is_left_alone() -> None:
    mine, theirs = handling(notify(oneself := eino())), notify(jonna(), municipality="091")
    elsewhere = handling(theirs, municipality="091")
    chosen = [f"{mine.pk}.1", f"{elsewhere.pk}.1", "x", "1.x", "9.9.9", "²3.1"]
    told = {"do": "handled", "chosen": chosen, "confirmed": "1", "version": "0"}
    answer = client_of(county(oneself)).post(MANY, told)
    assert "done=handled-0-2" in answer["Location"]
    assert handling(theirs, municipality="091").state == State.NEW


@pytest.mark.parametrize("told", [{}, {"do": "handled"}, {"do": "noted", "chosen": "1.1"}])
def test_nothing_chosen_is_nothing_done(told: dict[str, str]) -> None:
    assert client_of(county()).post(MANY, told).status_code == 302


def test_several_are_given_to_a_colleague() -> None:
    colleague, one = a_colleague(), handling(notify(eino()))
    client = client_of(county())
    told = {"do": "assigned", "chosen": [f"{one.pk}.1"], "confirmed": "1", "version": "0"}
    assert client.post(MANY, told).status_code == 422
    client.post(MANY, told | {"colleague": str(colleague.pk)})
    assert handling(one.notification_id).handler_name == "Kerttu Kollega"


def test_the_two_receivers_of_an_immigrants_handle_it_each_for_themselves() -> None:
    number = notify(eino(), "immigrant")
    of_county = handling(number)
    of_tampere = handling(number, Receiver.MUNICIPALITY)
    for store, one, note in [
        (county(), of_county, "Hyvinvointialueen muistiinpano"),
        (municipality(), of_tampere, "Kunnan muistiinpano"),
    ]:
        told = {"do": "noted", "version": "1", "note": note}
        answer = client_of(store).post(f"{page_of(one, INTEGRATION)}change/", told)
        assert answer.status_code == 302
    page = client_of(municipality()).get(page_of(of_tampere, INTEGRATION)).content.decode()
    assert "Kunnan muistiinpano" in page
    assert "Hyvinvointialueen" not in page
    assert client_of(municipality()).get(page_of(of_county, INTEGRATION)).status_code == 404


def test_an_answer_to_kela_waits_to_be_sent() -> None:
    number = notify(eino())
    client, address = client_of(county()), f"{page_of(handling(number))}answer/"
    assert client.post(address, {"line": "Hei"}).status_code == 422
    assert client.post(address, {"outcome": "nothing"}).status_code == 422
    assert (
        client.post(address, {"outcome": "not_reached", "line": "Soitettu 3 kertaa"}).status_code
        == 302
    )
    answer = Answer.objects.get()
    assert (answer.outcome, answer.line) == ("not_reached", "Soitettu 3 kertaa")
    assert answer.sent_at is None
    page = client.get(page_of(handling(number))).content.decode()
    assert "asiakasta ei tavoitettu. Soitettu 3 kertaa" in page
    assert [e.details["outcome"] for e in entries() if e.act == "answer_to_kela"] == ["not_reached"]


def test_whose_mandate_ended_is_a_colleague_no_more() -> None:
    colleague = a_colleague()
    assert MandateUse.objects.filter(actor=colleague.subject).exists()
    Official.objects.filter(pk=colleague.pk).update(
        left_on="2026-11-01", left_marked_at="2026-11-01T10:00:00Z", left_marked_by=UUID(int=1)
    )
    page = client_of(county()).get(page_of(handling(notify(eino())))).content.decode()
    assert "Kerttu Kollega" not in page
