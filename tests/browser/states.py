"""Every page in every state, and how somebody gets there, whatever the language of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, expect

from tests import browsers
from tests.desk import ABROAD, CUSTOMER_PAGE, EINO, HANNA, NOBODY, PEKKA, PROTECTED, TUULA, Desk
from tests.documents.hostile import pdf
from tests.journeys.people import IN_HELSINKI
from tests.personas import (
    AUTHORIZER,
    DATA_PROTECTION,
    ENTITLED,
    KELA_ADMIN,
    KELA_SERVICE_DESK,
    LISTS_ONLY,
    MUNICIPALITY,
    SUPERVISOR,
    UNDER_WAY,
    WITHOUT_MANDATE,
    Persona,
)

NO_ADDRESS = "/customers/00000000-0000-4000-8000-000000000000/benefits/"
CHOICE = "/notifications/?purpose=social_assistance_notifications"
QUEUE = "/notifications/social_assistance_notifications/837/"
LISTS = "/notifications/labour_market_subsidy_list/837/lists/labour_market_subsidy_invoice/"
PREVIEW = "/kela/versions/1/preview/"  # of the first agreement of the cast
MANY_FIELDS = "/guide/?" + "&".join(f"f{number}=1" for number in range(201))


@dataclass(frozen=True)
class State:
    """A page, who reads it, and the way to it; `like` is one with the same parts, which stands for
    it in the short run."""

    name: str
    persona: Persona | None
    reach: Callable[[Desk], None]
    like: str = ""


def at(path: str) -> Callable[[Desk], None]:
    return lambda desk: desk.open(path)


def after_search(typed: str) -> Callable[[Desk], None]:
    def reach(desk: Desk) -> None:
        desk.open("/start/")
        desk.page.locator("#id_hetu").fill(typed)
        desk.page.locator("form.search button[type=submit]:visible").click()
        desk.page.locator("[data-focus], .bar").first.wait_for()

    return reach


def assistance_of(typed: str, *, whole: bool = False) -> Callable[[Desk], None]:
    """A customer under the purpose of social assistance, every month opened if `whole`."""

    def reach(desk: Desk) -> None:
        desk.open("/start/")
        desk.page.locator("#purpose-social_assistance").check()
        desk.page.locator("#id_hetu").fill(typed)
        desk.page.locator("form.search button[type=submit]:visible").click()
        desk.page.locator(".months").wait_for()
        if whole:
            desk.page.locator(".month").evaluate_all("all => all.forEach(one => one.open = true)")

    return reach


def with_dialog_open(desk: Desk) -> None:
    desk.open("/guide/")
    desk.page.locator("[data-opens=shortcuts]").click()


def with_the_end_near(desk: Desk) -> None:
    desk.page.clock.install()
    desk.open("/start/")
    desk.page.clock.fast_forward("26:00")
    desk.page.locator("#session .session").wait_for()


def with_open_details(desk: Desk) -> None:
    desk.open("/start/")
    for summary in desk.page.locator("summary").all():
        summary.click()


def left_without_a_mandate(desk: Desk) -> None:
    browsers.log_in(desk.page, desk.kelmu, WITHOUT_MANDATE)
    desk.page.locator("a[href$='/cancel']").click()
    expect(desk.page.locator(".checks")).to_be_visible()


def turned_back_at_suomifi(desk: Desk) -> None:
    desk.open("/")
    desk.page.locator("form[action='/login/'] button").click()
    desk.page.locator("a[href$='/cancel']").click()
    desk.page.wait_for_url(f"{desk.kelmu.address}/login/**")


def with_a_stale_form(desk: Desk) -> None:
    desk.open("/")
    desk.page.context.clear_cookies(name="__Host-csrf")
    desk.page.locator("form[action='/login/'] button").click()
    desk.page.wait_for_url(f"{desk.kelmu.address}/login/")


def with_a_refused_purpose(desk: Desk) -> None:
    after_search(EINO)(desk)
    expect(desk.page).to_have_url(CUSTOMER_PAGE)
    other = desk.page.locator(".other-purposes form").first
    other.locator("input[name=purpose]").evaluate("input => input.value = '-'")
    other.get_by_role("button").click()
    desk.page.locator(".facts").wait_for()


def with_late_data(desk: Desk) -> None:
    with desk.kelmu.owner() as owner:
        owner.execute("UPDATE intake_batch SET made_at = made_at - interval '2 days'")
    after_search(EINO)(desk)
    expect(desk.page.locator("main .ds-alert")).to_be_visible()


def customer_at(query: str) -> Callable[[Desk], None]:
    """The page of a customer, asked for so, with all its details open."""

    def reach(desk: Desk) -> None:
        after_search(EINO)(desk)
        desk.page.goto(desk.page.url + query)
        for summary in desk.page.locator("#tab summary").all():
            summary.click()

    return reach


def with_a_notification_beside_the_queue(desk: Desk) -> None:
    """The first of Tampere's queue, all that can be done to it unfolded."""
    desk.open(QUEUE)
    desk.page.locator("tbody th a").first.click()
    desk.page.locator("#notification-title").wait_for()
    desk.page.locator(".doings details").evaluate_all("all => all.forEach(one => one.open = true)")


def with_an_act(desk: Desk) -> None:
    """The row of the look at the log itself."""
    desk.open("/oversight/log/")
    desk.page.locator("tbody th a").first.click()
    desk.page.locator("main .facts").wait_for()


def with_a_report(desk: Desk) -> None:
    desk.open("/kela/customer-report/")
    desk.page.locator("#id_reason").fill("1/2026")
    desk.page.locator("#id_hetu").fill(EINO)
    desk.page.locator("main form button").click()
    desk.page.locator("main table").first.wait_for()


def with_several_chosen(desk: Desk) -> None:
    desk.open(QUEUE)
    for box in desk.page.locator("input[name=chosen]").all()[:2]:
        box.check()
    desk.page.locator(".queue__many button[value=handled]").click()
    desk.page.locator("input[name=confirmed]").wait_for(state="attached")


def first_organisation(page: str) -> Callable[[Desk], None]:
    """A page of the first organisation on Kela's list."""

    def reach(desk: Desk) -> None:
        desk.open("/kela/organisations/")
        address = desk.page.locator("tbody a").first.get_attribute("href")
        desk.open(f"{address}{page}")

    return reach


def with_a_wrong_account(desk: Desk) -> None:
    first_organisation("payees/new/")(desk)
    desk.page.locator("#id_iban").fill("FI00 1234")
    desk.page.locator("main form button").click()
    desk.page.locator("[data-focus]").wait_for()


def with_a_change_of_the_register(desk: Desk) -> None:
    desk.open("/kela/register-change/")
    desk.page.locator("#id_text").fill(
        "change,code,day,name_fi,name_sv,language,county,successor\nended,588,2025-01-01,,,,,507"
    )
    desk.page.locator("main form button").click()
    desk.page.locator("[data-focus]").wait_for()


def of_an_agreement(part: str) -> Callable[[Desk], None]:
    """A page of the first agreement in force."""

    def reach(desk: Desk) -> None:
        desk.open("/kela/agreements/?state=in_force")
        desk.page.locator("main table a").first.click()
        desk.page.wait_for_url("**/kela/agreements/*/")
        if part:
            desk.page.goto(desk.page.url + part)

    return reach


def with_a_previewed_customer(desk: Desk) -> None:
    desk.open(f"{PREVIEW}2023-06-01/benefits_and_payment_demands/start/")
    desk.page.locator("form.search button[type=submit]").first.click()
    desk.page.locator(".bar").wait_for()


def with_a_published_list(desk: Desk) -> None:
    desk.open(LISTS)
    desk.page.locator("main tbody a").first.click()
    desk.page.locator("form[data-download]").first.wait_for()


def with_a_customers_demands(desk: Desk) -> None:
    desk.open("/payment-demands/")
    desk.page.locator("#id_hetu").fill(EINO)
    desk.page.locator("form.search button[type=submit]").click()
    desk.page.locator(".bar").wait_for()


def with_a_new_demand(desk: Desk) -> None:
    with_a_customers_demands(desk)
    desk.page.locator("a[href$='/payment-demands/new/']").first.click()
    desk.page.locator("main form").first.wait_for()


def with_files_to_send(desk: Desk) -> None:
    """A file that is taken and one that is not; then it is sent too early."""
    assistance_of(HANNA)(desk)
    desk.page.goto(desk.page.url.replace("social-assistance/", "documents/new/"))
    good = FilePayload(name="vuokra.pdf", mimeType="application/pdf", buffer=pdf())
    bad = FilePayload(name="ohjelma.pdf", mimeType="application/pdf", buffer=b"MZ")
    desk.page.locator("#id_files").set_input_files([good, bad])
    expect(desk.page.locator(".files li")).to_have_count(1)
    expect(desk.page.locator(".files-field [role=alert]")).to_be_focused()
    desk.page.locator("button[value=send]").click()
    desk.page.locator(".ds-error-summary").wait_for()


def with_a_sending(desk: Desk) -> None:
    with_files_to_send(desk)
    desk.page.locator("#id_kind").select_option("rental_agreement")
    desk.page.locator("#id_application").select_option("another")
    desk.page.locator("#id_matter").fill("Maksusitoumus")
    desk.page.locator("#id_asked_by_customer").check()
    desk.page.locator("button[value=send]").click()
    desk.page.wait_for_url("**/documents/*/?sent=1")


STATES = [
    State("front", None, at("/")),
    State("front after the end of a session", None, at("/?ended"), like="front"),
    State("guides", None, at("/guide/")),
    State("guide of a county", None, at("/guide/wellbeing_county/")),
    State("what is new", None, at("/changes/")),
    State("support", None, at("/support/")),
    State("feedback", None, at("/feedback/")),
    State("accessibility", None, at("/accessibility/")),
    State("privacy", None, at("/privacy/")),
    State("matrix of mandates", None, at("/rights/")),
    State("what a mandate opens", None, at("/rights/opened/")),
    State("two days compared", None, at("/rights/compared/")),
    State("what is needed", None, at("/rights/needed/")),
    State("grounds of the rules", None, at("/rights/grounds/")),
    State("technical interface", None, at("/interface/")),
    State("list of shortcuts", None, with_dialog_open),
    State("no mandate", None, left_without_a_mandate),
    State("turned back at Suomi.fi", None, turned_back_at_suomifi),
    State(
        "login not trusted",
        None,
        at("/login/callback?code=x&state=y"),
        like="turned back at Suomi.fi",
    ),
    State("400", None, at(MANY_FIELDS), like="404"),
    State("403 of a stale form", None, with_a_stale_form),
    State("404", None, at("/there/is/nothing/")),
    State("start", ENTITLED, at("/start/")),
    State("start with the law shown", IN_HELSINKI, with_open_details),
    State("start without a search", LISTS_ONLY, at("/start/")),
    State("publications of a list", LISTS_ONLY, at(LISTS)),
    State("a published list", LISTS_ONLY, with_a_published_list),
    State("search for demands", ENTITLED, at("/payment-demands/")),
    State("demands of the organisation", ENTITLED, at("/payment-demands/all/")),
    State("demands of a customer", ENTITLED, with_a_customers_demands),
    State("a new demand", ENTITLED, with_a_new_demand),
    State("documents to be sent", ENTITLED, with_files_to_send),
    State("a sending of documents", ENTITLED, with_a_sending),
    State("documents of the organisation", ENTITLED, at("/documents/")),
    State("documents to answer", KELA_SERVICE_DESK, at("/kela/documents/")),
    State("documents under way", KELA_ADMIN, at("/kela/documents/errands/")),
    State("start with an error", ENTITLED, after_search("131052-9086")),
    State("start with nobody found", ENTITLED, after_search(NOBODY), like="start with an error"),
    State("start with the end near", ENTITLED, with_the_end_near),
    State("customer", ENTITLED, after_search(EINO)),
    State(
        "customer narrowed and sorted",
        ENTITLED,
        customer_at("?benefit=national_pension&payments_sort=-net&payments_page=2"),
    ),
    State(
        "customer narrowed wrongly",
        ENTITLED,
        customer_at("?until=2020-01-01&payments_page=x"),
        like="customer",
    ),
    State("customer in print", ENTITLED, customer_at("?print=1&since=2026-01-01")),
    State("customer with an open recovery", ENTITLED, after_search(HANNA)),
    State("customer with nothing", ENTITLED, after_search(TUULA)),
    State("customer under protection", ENTITLED, after_search(PROTECTED), like="customer"),
    State("customer who moved abroad", ENTITLED, after_search(ABROAD), like="customer"),
    State("customer for integration", MUNICIPALITY, after_search(EINO), like="customer"),
    State("social assistance alone", ENTITLED, assistance_of(PEKKA, whole=True)),
    State(
        "social assistance of a family",
        ENTITLED,
        assistance_of(HANNA),
        like="social assistance alone",
    ),
    State("social assistance of nobody", ENTITLED, assistance_of(TUULA)),
    State("choice of a municipality", ENTITLED, at(CHOICE)),
    State("queue of a municipality", ENTITLED, at(QUEUE)),
    State(
        "queue with nothing in it",
        ENTITLED,
        at(f"{QUEUE}?state=handled"),
        like="queue of a municipality",
    ),
    State("notification beside the queue", ENTITLED, with_a_notification_beside_the_queue),
    State("several notifications at once", ENTITLED, with_several_chosen),
    State("refused municipality", ENTITLED, at(QUEUE.replace("837", "091"))),
    State("refused page of a customer", ENTITLED, at(NO_ADDRESS), like="refused municipality"),
    State("refused purpose", IN_HELSINKI, with_a_refused_purpose, like="refused municipality"),
    State("refused to an office", AUTHORIZER, at("/start/"), like="refused municipality"),
    State("choice of role", AUTHORIZER, at("/login/role/")),
    State("my rights by mandate", IN_HELSINKI, at("/rights/mine/")),
    State("my rights by office", AUTHORIZER, at("/rights/mine/"), like="my rights by mandate"),
    State("review of mandates", AUTHORIZER, at("/access-review/")),
    State("figures of use", SUPERVISOR, at("/oversight/")),
    State("log of use", SUPERVISOR, at("/oversight/log/?since=x")),
    State("one act in full", SUPERVISOR, with_an_act),
    State("detection of odd acts", SUPERVISOR, at("/oversight/detection/")),
    State("report for a customer", KELA_SERVICE_DESK, with_a_report),
    State("Kela's start", KELA_ADMIN, at("/kela/")),
    State("Kela's breaks and news", KELA_ADMIN, at("/kela/announcements/")),
    State("a new service break", KELA_ADMIN, at("/kela/announcements/break/new/")),
    State("Kela's figures of use", KELA_ADMIN, at("/kela/usage/")),
    State("Kela's reference data", KELA_ADMIN, at("/kela/reference/")),
    State("municipalities to browse", KELA_ADMIN, at("/kela/reference/municipality/")),
    State("Kela's organisations", KELA_ADMIN, at("/kela/organisations/")),
    State("an organisation at Kela", KELA_ADMIN, first_organisation("")),
    State("a new account at Kela, wrongly", KELA_ADMIN, with_a_wrong_account),
    State("what waits for Kela", KELA_ADMIN, at("/kela/waiting/")),
    State("change of the register", KELA_ADMIN, with_a_change_of_the_register),
    State("own agreement", AUTHORIZER, at("/agreement/")),
    State("what employees see", AUTHORIZER, at("/agreement/mandates/")),
    State("own commissioning", UNDER_WAY, at("/agreement/commissioning/")),
    State("a step to record", UNDER_WAY, at("/agreement/commissioning/mandate_rights/")),
    State("data security to assess", DATA_PROTECTION, at("/agreement/security/assess/")),
    State("own data security", DATA_PROTECTION, at("/agreement/security/")),
    State("own instruction", DATA_PROTECTION, at("/agreement/instruction/")),
    State("Kela's commissionings", KELA_ADMIN, at("/kela/commissioning/")),
    State("own contacts", AUTHORIZER, at("/agreement/contacts/")),
    State("a contact to propose", AUTHORIZER, at("/agreement/contacts/new/")),
    State("own accounts", AUTHORIZER, at("/agreement/payees/")),
    State("Kela's deliveries", KELA_ADMIN, at("/kela/feeds/")),
    State("enquiry", None, at("/enquiry/")),
    State("Kela's agreements", KELA_ADMIN, at("/kela/agreements/")),
    State("agreement", KELA_ADMIN, of_an_agreement("")),
    State("content of an agreement", KELA_ADMIN, of_an_agreement("versions/new/")),
    State(
        "many agreements at once",
        KELA_ADMIN,
        at("/kela/bulk/?what=draft&kind=municipality&day=2027-01-01"),
    ),
    State("preview of a version", KELA_ADMIN, at(PREVIEW)),
    State("customer in a preview", KELA_ADMIN, with_a_previewed_customer),
    State("customer with late data", ENTITLED, with_late_data),
]
