"""The one rule as a state machine: whatever happens in whatever order, there is no data without a
live right, and no data without its row.

What is right is judged by a model that knows design.md and none of the code.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from audit.models import Entry, EntryPerson
from audit.pseudonyms import subject_of
from audit.services import act_for
from authorizations.rulebook import Mandate
from authorizations.session_store import SessionStore
from notifications.words import Receiver
from organisations.models import AgreedPurpose, Agreement
from tests.acting import (
    CUSTOMER,
    HELSINKI,
    PIRKANMAA,
    TAMPERE,
    change,
    client_of,
    customer,
    make_older,
    official,
    organisation,
    owning,
    row_of,
)
from tests.harness import TODAY
from tests.notifications.forwarding import INTEGRATION, NOTIFICATIONS, handling, notify
from tests.payment_demands.demanding import payee, pays

ORGANISATIONS = [PIRKANMAA, HELSINKI, TAMPERE]
MANDATES = [
    Mandate.BENEFITS_AND_PAYMENT_DEMANDS,
    Mandate.SOCIAL_ASSISTANCE_CUSTOMERS,
    Mandate.INTEGRATION_SERVICES_CUSTOMERS,
]
DEMANDS = "payment_demands"  # no purpose, but it opens a customer like one
LAST_DAY_OF_2022 = date(2022, 12, 31)
# Which purposes show a customer with the benefit mandate (design.md section 3); the county's
# agreement begins with the county.
SHOWS_A_CUSTOMER = {
    (PIRKANMAA, LAST_DAY_OF_2022): set[str](),
    (HELSINKI, LAST_DAY_OF_2022): {"other_benefits", "social_assistance", DEMANDS},
    (TAMPERE, LAST_DAY_OF_2022): {"other_benefits", "social_assistance", DEMANDS},
    (PIRKANMAA, TODAY): {"other_benefits", "social_assistance", DEMANDS},
    (HELSINKI, TODAY): {"other_benefits", "social_assistance", "integration_benefits", DEMANDS},
    (TAMPERE, TODAY): {"integration_benefits"},
}
AGREED_IN_2022 = {PIRKANMAA: False, HELSINKI: True, TAMPERE: True}
# Who sees each notification of the customer, for which purpose and by which mandate. No two
# organisations see the same one but for two exceptions: one of 2022 goes from the municipality to
# its county, and one of an immigrant has two receivers, each with its own handling.
BY_BENEFITS = ("social_assistance", Mandate.BENEFITS_AND_PAYMENT_DEMANDS)
BY_ASSISTANCE = (NOTIFICATIONS, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS)
BY_INTEGRATION = (INTEGRATION, Mandate.INTEGRATION_SERVICES_CUSTOMERS)
RECEIVED = {
    ("county's", TODAY): (PIRKANMAA, *BY_ASSISTANCE),
    ("Helsinki's", TODAY): (HELSINKI, *BY_ASSISTANCE),
    ("immigrant's, county", TODAY): (PIRKANMAA, *BY_INTEGRATION),
    ("immigrant's, municipality", TODAY): (TAMPERE, *BY_INTEGRATION),
    ("of 2022", LAST_DAY_OF_2022): (TAMPERE, *BY_BENEFITS),
    ("of 2022", TODAY): (PIRKANMAA, *BY_INTEGRATION),
}
ADDRESSED = sorted({name for name, _day in RECEIVED})
# A list names the customer to both receivers of the immigrant's notification, and whole: to who is
# the customer as well, which the row of the act tells.
A_LIST = "/notifications/integration_services/837/lists/integration_customers/837/2026-11-01/1/"
READ_A_LIST = {(PIRKANMAA, TODAY), (TAMPERE, TODAY)}
PURPOSES = ["other_benefits", "integration_benefits", "social_assistance", "typ_service"]
MOST_PEOPLE = 7
AUTHORIZER = "170868-9664"  # whom the agreement of Pirkanmaa names
SECRET = b"Esimerkki, Eino Olavi"
NOBODY = "010190-902S"
NO_PACE = [(1_000_000, timedelta(hours=1))]  # everybody tries everything, faster than people do
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine proves nothing
LONG_AGO = DateRange(date(2019, 1, 1), date(2019, 1, 2))
HOLDS = DateRange(TODAY - timedelta(days=30), None)


@dataclass(eq=False)
class Login:
    """A session, and what the model knows of it."""

    store: SessionStore
    business_id: str
    mandates: set[Mandate]
    is_the_customer: bool = False
    is_over: bool = False
    mandates_are_fresh: bool = True

    @property
    def client(self) -> Client:
        return client_of(self.store)


@dataclass(eq=False)
class Opened:
    """A customer that was opened, by whom and for what; its pages so far."""

    login: Login
    purpose: str
    address: str
    pages: int = 0
    is_closed: bool = False

    def beside(self, page: str) -> str:
        """The address of another page of the same opening."""
        return f"{self.address.rsplit('/', 2)[0]}/{page}/"


@dataclass
class World:
    """Which day it is, and what is agreed at present, apart from the agreements of 2022."""

    day: date = TODAY
    in_force: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(ORGANISATIONS, True))
    under_way: set[str] = field(default_factory=set)
    not_agreed: set[tuple[str, str]] = field(default_factory=set)

    def has_agreement(self, business_id: str) -> bool:
        agreed = self.in_force if self.day == TODAY else AGREED_IN_2022
        return agreed[business_id]

    def opens_own_pages(self, login: Login) -> bool:
        """By an office alone, be the agreement in force or under way; it names people from 2023."""
        is_named = self.day == TODAY and not login.is_over and not login.mandates
        return is_named and (
            self.has_agreement(login.business_id) or login.business_id in self.under_way
        )

    def shows(self, login: Login, notification: str, purpose: str) -> bool:
        """Whether somebody sees a notification of the customer: only its receiver, and not who
        is the customer."""
        receiver, of_it, mandate = RECEIVED.get((notification, self.day), ("", "", None))
        return (
            not login.is_over
            and not login.is_the_customer
            and self.has_agreement(login.business_id)
            and (login.business_id, purpose) == (receiver, of_it)
            and mandate in login.mandates
        )

    def shows_a_list(self, login: Login) -> bool:
        """Whether somebody reads the list that names the customer, be it themselves."""
        return (
            not login.is_over
            and self.has_agreement(login.business_id)
            and (login.business_id, self.day) in READ_A_LIST
            and Mandate.INTEGRATION_SERVICES_CUSTOMERS in login.mandates
        )

    def opens(self, login: Login, purpose: str) -> bool:
        """Proof of role, agreement in force and rulebook: all three, now."""
        return (
            not login.is_over
            and self.has_agreement(login.business_id)
            and not (self.day == TODAY and (login.business_id, purpose) in self.not_agreed)
            and Mandate.BENEFITS_AND_PAYMENT_DEMANDS in login.mandates
            and purpose in SHOWS_A_CUSTOMER[login.business_id, self.day]
        )


class TheOneRule(RuleBasedStateMachine):
    """Officials of two organisations, their agreements and mandates, and time.

    Whoever adds a page of a customer's data adds what people do with it as a rule, its acts to
    `acts`, and what opens it to `World`.
    """

    steps = 0  # of all walks
    logins: Bundle[Login] = Bundle("logins")
    openings: Bundle[Opened] = Bundle("openings")

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint_create()
        self.customer = customer(CUSTOMER)
        pays(self.customer)
        self.demanding: set[str] = set()  # whose demand on the customer stands
        self.notifications = forwarded(self.customer)
        self.organisations = [organisation(business_id).pk for business_id in ORGANISATIONS]
        self.world = World()
        self.calendar = override_settings(KELMU_TODAY=TODAY)
        self.calendar.enable()
        self.everybody: list[Login] = []
        self.opened: list[Opened] = []
        self.acts = Counter({"open": 0, "view": 0, "search": 0, "open_notification": 0})
        self.acts |= {"register_demand": 0, "view_demands": 0, "view_list": 0, "download_list": 0}
        self.named_by_demand = self.lists_with_the_reader = 0

    def teardown(self) -> None:
        self.calendar.disable()
        transaction.savepoint_rollback(self.savepoint)

    # --- what people do -------------------------------------------------------------------------
    @initialize(target=logins)
    def come_to_work(self) -> Any:
        both = [self.log_in_to(business_id, {*MANDATES}) for business_id in ORGANISATIONS]
        own = [self.log_in_to(city, {*MANDATES}, self.customer) for city in (HELSINKI, TAMPERE)]
        authorizer = Login(
            official(PIRKANMAA, subject=subject_of(AUTHORIZER), by_role=True), PIRKANMAA, set()
        )
        self.everybody.append(authorizer)
        return multiple(*both, *own, authorizer)

    @precondition(lambda machine: len(machine.everybody) < MOST_PEOPLE)
    @rule(
        target=logins,
        business_id=st.sampled_from(ORGANISATIONS),
        mandates=st.sets(st.sampled_from(MANDATES), min_size=1),
    )
    def log_in(self, business_id: str, mandates: set[Mandate]) -> Login:
        return self.log_in_to(business_id, mandates)

    @rule(target=openings, login=logins, purpose=st.sampled_from(PURPOSES))
    def search_for_somebody(self, login: Login, purpose: str) -> Any:
        return self.search(login, purpose)

    def search(self, login: Login, purpose: str) -> Any:
        return self._opened(login, purpose, login.client.post("/start/", typed(purpose, CUSTOMER)))

    @rule(target=openings, login=logins)
    def search_for_demands(self, login: Login) -> Any:
        answer = login.client.post("/payment-demands/", {"hetu": CUSTOMER})
        return self._opened(login, DEMANDS, answer)

    @rule(opened=openings, by=logins)
    def demand(self, opened: Opened, by: Login) -> None:
        at = opened.beside("payment-demands")
        answer = by.client.post(f"{at}new/?ground=client_fees_14", demanded(by.business_id))
        may = self.shows(opened, by) and opened.purpose == DEMANDS
        registers = may and by.business_id not in self.demanding
        self.acts["view"] += may and not registers
        self.acts["register_demand"] += registers
        assert (answer.status_code == 302) is (registers or answer.get("Location") == "/?ended")
        assert (answer.status_code == 422) is (may and not registers)
        self.demanding |= {by.business_id} if registers else set()

    @rule(login=logins)
    def look_at_all_demands(self, login: Login) -> None:
        answer = login.client.get("/payment-demands/all/")
        may = self.world.opens(login, DEMANDS)
        self.acts["view_demands"] += may
        lists = may and login.business_id in self.demanding
        self.named_by_demand += lists
        assert (answer.status_code == 200) is may
        assert (SECRET in answer.content) is (lists and not login.is_the_customer)

    @rule(login=logins, purpose=st.sampled_from(PURPOSES))
    def search_for_nobody(self, login: Login, purpose: str) -> None:
        answer = login.client.post("/start/", typed(purpose, NOBODY))
        found = self.world.opens(login, purpose) and login.mandates_are_fresh
        self.acts["search"] += found
        assert (answer.status_code == 200) is found

    @rule(target=openings, opened=openings, purpose=st.sampled_from(PURPOSES))
    def change_purpose(self, opened: Opened, purpose: str) -> Any:
        address = opened.beside("purpose")
        answer = opened.login.client.post(address, {"purpose": purpose})
        if opened.is_closed:
            assert "/customers/" not in answer.get("Location", "")
            return multiple()
        return self._opened(opened.login, purpose, answer)

    @rule(
        login=logins,
        name=st.sampled_from(ADDRESSED),
        purpose=st.sampled_from([NOTIFICATIONS, INTEGRATION, "social_assistance"]),
    )
    def open_a_notification(self, login: Login, name: str, purpose: str) -> None:
        municipality, number = self.notifications[name]
        answer = login.client.get(f"/notifications/{purpose}/{municipality}/{number}/")
        shows = self.world.shows(login, name, purpose)
        assert (SECRET in answer.content) is shows
        assert (answer.status_code == 200) is shows
        self.acts["open_notification"] += shows

    @rule(login=logins)
    def look_at_a_list(self, login: Login) -> None:
        self._reads_a_list(login, "view_list", login.client.get(A_LIST))

    @rule(login=logins)
    def fetch_a_list(self, login: Login) -> None:
        asked = login.client.post(f"{A_LIST}fetch/", {"format": "csv"})
        if asked.get("Location", "").startswith("/lists/"):
            asked = login.client.get(asked["Location"])
        self._reads_a_list(login, "download_list", asked)

    def _reads_a_list(self, login: Login, act: str, answer: Any) -> None:
        may = self.world.shows_a_list(login) and (act == "view_list" or login.mandates_are_fresh)
        assert (SECRET in b"".join(answer)) is may
        self.acts[act] += may
        self.lists_with_the_reader += may and login.is_the_customer

    @rule(opened=openings, by=logins)
    def look(self, opened: Opened, by: Login) -> None:
        self._look(opened, by)

    @rule(opened=openings)
    def look_again(self, opened: Opened) -> None:
        self._look(opened, opened.login)

    @rule(login=logins)
    def look_at_own_pages(self, login: Login) -> None:
        answer = login.client.get("/agreement/")
        assert (answer.status_code == 200) is self.world.opens_own_pages(login)
        answer = login.client.get("/access-review/")
        reviews = self.world.has_agreement(login.business_id) and not login.mandates
        assert (answer.status_code == 200) is (reviews and not login.is_over)

    @rule(opened=openings)
    def close(self, opened: Opened) -> None:
        address = opened.beside("close")
        answer = opened.login.client.post(address)
        login = opened.login
        acts = not login.is_over and self.world.has_agreement(login.business_id)
        closes = acts and not opened.is_closed
        assert (answer.status_code == 302 and answer["Location"] == "/start/") is closes
        opened.is_closed |= closes

    # --- what happens to them -------------------------------------------------------------------
    @rule(
        business_id=st.sampled_from(ORGANISATIONS),
        validity=st.sampled_from([HOLDS, HOLDS, HOLDS, LONG_AGO, None]),
    )
    def agree(self, business_id: str, validity: DateRange | None) -> None:
        with owning():
            Agreement.objects.using("owner").filter(number=agreement_of(business_id)).update(
                validity=validity
            )
        self.world.in_force[business_id] = validity is HOLDS
        change = self.world.under_way.discard if validity else self.world.under_way.add
        change(business_id)
        self.next_request_of(self.those_of(business_id))

    @rule(
        business_id=st.sampled_from(ORGANISATIONS),
        purpose=st.sampled_from(["other_benefits", "social_assistance", "integration_benefits"]),
        agreed=st.booleans(),
    )
    def agree_on(self, business_id: str, purpose: str, agreed: bool) -> None:
        with owning():
            rows = AgreedPurpose.objects.using("owner").filter(
                version__agreement__number=agreement_of(business_id), purpose=purpose
            )
            newest = rows.order_by("-pk").values_list("pk", flat=True)[:1]
            rows.filter(pk__in=list(newest)).update(validity=HOLDS if agreed else LONG_AGO)
        change = self.world.not_agreed.discard if agreed else self.world.not_agreed.add
        change((business_id, purpose))
        self.next_request_of(self.those_of(business_id))

    @rule(day=st.sampled_from([LAST_DAY_OF_2022, TODAY, TODAY]))
    def turn_the_calendar(self, day: date) -> None:
        self.calendar.disable()
        self.calendar = override_settings(KELMU_TODAY=day)
        self.calendar.enable()
        self.world.day = day
        self.next_request_of(self.everybody)

    @rule(login=logins, mandates=st.sets(st.sampled_from(MANDATES), min_size=1))
    def read_mandates_again(self, login: Login, mandates: set[Mandate]) -> None:
        if not login.mandates:
            return  # acts by an office
        if not login.is_over:
            now = timezone.now().isoformat()
            change(login.store, mandates=sorted(mandates), mandates_read_at=now)
        login.mandates, login.mandates_are_fresh = mandates, True
        self.next_request_of([login])

    @rule(login=logins, loss=st.sampled_from(["fresh mandates", "patience", "session"]))
    def lose(self, login: Login, loss: str) -> None:
        if login.is_over:
            return
        if loss == "fresh mandates":
            if not login.mandates:
                return
            read_at = timezone.now() - timedelta(hours=3)
            change(login.store, mandates_read_at=read_at.isoformat())
            login.mandates_are_fresh = False
        elif loss == "session":
            row_of(login.store).delete()
            login.is_over = True
        else:
            make_older(login.store, timedelta(minutes=31))
            login.is_over = True
        self.next_request_of([login])

    # --- what must hold -------------------------------------------------------------------------
    @invariant()
    def each_act_has_one_row(self) -> None:
        TheOneRule.steps += 1
        acts: Counter[str] = Counter()
        openings: list[UUID | None] = []
        flagged = named = 0
        for acting_for in self.organisations:
            act_for(acting_for)
            named += EntryPerson.objects.filter(subject=self.customer).count()
            for entry in Entry.objects.filter(act__in=self.acts):
                assert entry.organisation_id == acting_for
                acts[entry.act] += 1
                openings += [entry.opening] if entry.act == "open" else []
                flagged += "names_oneself" in entry.details
        assert acts == self.acts
        assert len(set(openings)) == len(openings)
        assert named == acts["view_list"] + acts["download_list"] + self.named_by_demand
        assert flagged == self.lists_with_the_reader

    # --- in words -------------------------------------------------------------------------------
    def log_in_to(
        self, business_id: str, mandates: set[Mandate], subject: UUID | None = None
    ) -> Login:
        store = official(business_id, *mandates, subject=subject or uuid4())
        login = Login(store, business_id, mandates, is_the_customer=subject is not None)
        self.everybody.append(login)
        return login

    def those_of(self, business_id: str) -> list[Login]:
        return [login for login in self.everybody if login.business_id == business_id]

    def next_request_of(self, logins: Iterable[Login]) -> None:
        """Whatever has changed holds from their next request on."""
        for login in logins:
            self.search(login, "other_benefits")
        for opened in self.opened[-1:]:
            self._look(opened, opened.login)

    def _opened(self, login: Login, purpose: str, answer: Any) -> Any:
        may_open = login.mandates_are_fresh and not login.is_the_customer
        is_open = may_open and self.world.opens(login, purpose)
        address = answer["Location"] if answer.status_code == 302 else ""
        assert address.startswith("/customers/") is is_open
        assert SECRET not in answer.content
        self.acts["open"] += is_open
        if not is_open:
            return multiple()
        self.opened.append(Opened(login, purpose, address))
        return self.opened[-1]

    def shows(self, opened: Opened, by: Login) -> bool:
        """Whether an opened customer is seen by somebody now."""
        mine = by is opened.login and not opened.is_closed
        return mine and self.world.opens(by, opened.purpose)

    def _look(self, opened: Opened, by: Login) -> None:
        answer = by.client.get(opened.address)
        shows = self.shows(opened, by)
        assert (SECRET in answer.content) is shows
        assert (answer.status_code == 200) is shows
        if shows:
            opened.pages += 1
            self.acts["view"] += opened.pages > 1


def demanded(business_id: str) -> dict[str, str]:
    """A demand as its form sends it: care in the municipality that the organisation serves."""
    return {
        "benefit": "national_pension",
        "first": "2026-12-01",
        "recurrence": "recurrent",
        "measure": "whole",
        "municipality": {PIRKANMAA: "837", TAMPERE: "837", HELSINKI: "091"}[business_id],
        "payee": str(payee(business_id).pk),
        "contact_name": "Aino",
        "contact_phone": "03 123 456",
        "token": str(uuid4()),
        "do": "register",
    }


def typed(purpose: str, hetu: str) -> dict[str, str]:
    return {"purpose": purpose, "hetu": hetu}


def agreement_of(business_id: str) -> str:
    return f"KELMU-2023-{business_id[:7]}"


def forwarded(person: UUID) -> dict[str, tuple[str, int]]:
    """The notifications of the customer by name: municipality, and number of the handling."""
    immigrant = notify(person, "immigrant")
    of_2022 = notify(person, "immigrant", arrived=date(2022, 12, 1))
    return {
        "county's": ("837", handling(notify(person)).pk),
        "Helsinki's": ("091", handling(notify(person, municipality="091"), municipality="091").pk),
        "immigrant's, county": ("837", handling(immigrant).pk),
        "immigrant's, municipality": ("837", handling(immigrant, Receiver.MUNICIPALITY).pk),
        "of 2022": ("837", handling(of_2022).pk),
    }
