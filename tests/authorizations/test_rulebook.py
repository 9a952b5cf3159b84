"""Laws that the rulebook obeys whatever it says."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authorizations.rulebook import (
    Action,
    Benefit,
    Changes,
    Law,
    Listing,
    Mandate,
    OpenedPurpose,
    OrganisationType,
    Purpose,
    Rights,
    Tab,
    Text,
    load,
)

types = st.sampled_from(OrganisationType)
mandate_sets = st.frozensets(st.sampled_from(Mandate))
wanted = st.sampled_from([*Purpose, *Action])
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))

unhurried = settings(deadline=None)  # a busy machine proves nothing about the law

DAY = timedelta(days=1)
BEFORE = date(2022, 12, 15)
AFTER = date(2023, 1, 2)
TODAY = date(2026, 11, 21)
ETUUSTIEDOT = Mandate.BENEFITS_AND_PAYMENT_DEMANDS


def opens(rights: Rights) -> set[tuple[str, ...]]:
    """Every single thing that is open, each with the purpose it stands under."""
    things: set[tuple[str, ...]] = {("action", action) for action in rights.actions}
    for opened in rights.purposes:
        parts = [opened.tabs, opened.notification_types, opened.listings, opened.actions]
        things |= {(opened.purpose, type(word).__name__, word) for part in parts for word in part}
        things |= {(opened.purpose, "data", group) for group in opened.data_groups}
        things |= {(opened.purpose, "mandate", mandate) for mandate in opened.mandates}
    return things


@unhurried
@given(types, mandate_sets, mandate_sets, days)
def test_mandates_together_open_what_each_opens_and_nothing_else(
    organisation_type: OrganisationType,
    some: frozenset[Mandate],
    more: frozenset[Mandate],
    on: date,
) -> None:
    book = load()
    together = opens(book.rights(organisation_type, some | more, on))
    apart = [opens(book.rights(organisation_type, mandates, on)) for mandates in (some, more)]
    assert together == apart[0] | apart[1]


@unhurried
@given(types, mandate_sets, st.sampled_from(Mandate), days)
def test_one_more_mandate_never_closes_anything(
    organisation_type: OrganisationType, held: frozenset[Mandate], more: Mandate, on: date
) -> None:
    book = load()
    fewer = opens(book.rights(organisation_type, held, on))
    assert fewer <= opens(book.rights(organisation_type, [*held, more], on))


@unhurried
@given(types, st.permutations(list(Mandate)), st.integers(0, 8), days)
def test_the_order_of_mandates_and_their_repetition_do_not_matter(
    organisation_type: OrganisationType, order: list[Mandate], count: int, on: date
) -> None:
    book = load()
    held = order[:count]
    rights = book.rights(organisation_type, held, on)
    assert rights == book.rights(organisation_type, [*reversed(held), *held], on)


@unhurried
@given(types, days)
def test_no_mandate_opens_nothing(organisation_type: OrganisationType, on: date) -> None:
    assert load().rights(organisation_type, [], on) == Rights((), ())


@unhurried
@given(types, mandate_sets, days)
def test_what_is_open_names_the_mandates_held_that_open_it(
    organisation_type: OrganisationType, held: frozenset[Mandate], on: date
) -> None:
    book = load()
    for opened in book.rights(organisation_type, held, on).purposes:
        opening = book.mandates_opening(organisation_type, opened.purpose, on)
        assert opened.mandates == tuple(mandate for mandate in opening if mandate in held)
        assert opened.mandates


@unhurried
@given(types, wanted, days)
def test_a_mandate_is_said_to_open_exactly_what_it_opens(
    organisation_type: OrganisationType, asked: Purpose | Action, on: date
) -> None:
    book = load()
    opening = {m for m in Mandate if is_open(organisation_type, frozenset([m]), asked, on)}
    assert set(book.mandates_opening(organisation_type, asked, on)) == opening


@unhurried
@given(types, mandate_sets, wanted, days)
def test_changes_name_the_days_on_which_it_opens_and_was_closed(
    organisation_type: OrganisationType,
    held: frozenset[Mandate],
    asked: Purpose | Action,
    on: date,
) -> None:
    not_yet_from, no_longer_since = load().changes(organisation_type, held, asked, on)
    if is_open(organisation_type, held, asked, on):
        assert (not_yet_from, no_longer_since) == (None, None)
    if not_yet_from:
        assert on < not_yet_from
        assert is_open(organisation_type, held, asked, not_yet_from)
        assert not is_open(organisation_type, held, asked, not_yet_from - DAY)
    if no_longer_since:
        assert no_longer_since <= on
        assert is_open(organisation_type, held, asked, no_longer_since - DAY)
        assert not is_open(organisation_type, held, asked, no_longer_since)


def is_open(
    organisation_type: OrganisationType,
    held: frozenset[Mandate],
    asked: Purpose | Action,
    on: date,
) -> bool:
    rights = load().rights(organisation_type, held, on)
    if isinstance(asked, Action):
        return asked in rights.actions
    return rights.purpose(asked) is not None


def test_a_refusal_can_say_not_yet() -> None:
    changes = load().changes(
        OrganisationType.WELLBEING_COUNTY, [ETUUSTIEDOT], Purpose.OTHER_BENEFITS, BEFORE
    )
    assert changes == Changes(not_yet_from=date(2023, 1, 1), no_longer_since=None)


def test_a_refusal_can_say_no_longer() -> None:
    changes = load().changes(
        OrganisationType.MUNICIPALITY, [ETUUSTIEDOT], Action.PAYMENT_DEMANDS, TODAY
    )
    assert changes == Changes(not_yet_from=None, no_longer_since=date(2023, 1, 1))


def test_a_mandate_that_never_opens_it_has_no_changes() -> None:
    changes = load().changes(
        OrganisationType.MUNICIPALITY, list(Mandate), Purpose.TYP_SERVICE, TODAY
    )
    assert changes == Changes(None, None)


def test_the_mandates_for_a_purpose_can_be_asked_from_the_other_end() -> None:
    opening = load().mandates_opening(
        OrganisationType.WELLBEING_COUNTY, Purpose.SOCIAL_ASSISTANCE_NOTIFICATIONS, AFTER
    )
    assert opening == (Mandate.SOCIAL_ASSISTANCE_CUSTOMERS,)


def test_a_municipal_social_worker_needs_two_mandates_of_the_county_to_see_the_same() -> None:
    book = load()
    before = book.rights(OrganisationType.MUNICIPALITY, [ETUUSTIEDOT], BEFORE)
    one = book.rights(OrganisationType.WELLBEING_COUNTY, [ETUUSTIEDOT], AFTER)
    both = book.rights(
        OrganisationType.WELLBEING_COUNTY,
        [ETUUSTIEDOT, Mandate.SOCIAL_ASSISTANCE_CUSTOMERS],
        AFTER,
    )
    assert tabs(before) == tabs(both) == set(Tab)
    assert tabs(one) == set(Tab) - {Tab.FORWARDED_NOTIFICATIONS}
    assert before.actions == both.actions == tuple(Action)


def tabs(rights: Rights) -> set[Tab]:
    return {tab for opened in rights.purposes for tab in opened.tabs}


def opened(organisation_type: OrganisationType, purpose: Purpose) -> OpenedPurpose:
    found = load().rights(organisation_type, list(Mandate), TODAY).purpose(purpose)
    assert found
    return found


def test_other_benefits_never_show_social_assistance_nor_the_funds_allowance() -> None:
    for purpose in (Purpose.OTHER_BENEFITS, Purpose.INTEGRATION_BENEFITS):
        benefits = opened(OrganisationType.HELSINKI, purpose).benefits
        hidden = {benefit for benefit in Benefit if not benefits.allows(benefit)}
        assert hidden == {Benefit.BASIC_SOCIAL_ASSISTANCE, Benefit.EARNINGS_RELATED_ALLOWANCE}


def test_social_assistance_shows_basic_social_assistance_only() -> None:
    benefits = opened(OrganisationType.HELSINKI, Purpose.SOCIAL_ASSISTANCE).benefits
    assert [b for b in Benefit if benefits.allows(b)] == [Benefit.BASIC_SOCIAL_ASSISTANCE]


def test_lists_and_notifications_show_no_benefits_of_a_customer() -> None:
    for purpose in load().rights(OrganisationType.HELSINKI, list(Mandate), TODAY).purposes:
        shows_customer = any(tab.shows_one_customer for tab in purpose.tabs)
        assert any(map(purpose.benefits.allows, Benefit)) == shows_customer


def test_a_benefit_unknown_to_the_rulebook_is_never_allowed() -> None:
    for purpose in load().rights(OrganisationType.HELSINKI, list(Mandate), TODAY).purposes:
        assert not purpose.benefits.allows("citizens_income")


def test_a_purpose_that_is_not_open_is_not_found() -> None:
    rights = load().rights(OrganisationType.MUNICIPALITY, [ETUUSTIEDOT], TODAY)
    assert rights.purpose("other_benefits") is None


def test_every_word_has_a_name_in_three_languages() -> None:
    book = load()
    vocabularies = (OrganisationType, Mandate, Purpose, Tab, Listing, Action)
    for word in [word for vocabulary in vocabularies for word in vocabulary]:
        name = book.name(word)
        assert len({name.fi, name.sv, name.en}) == 3, word


def test_a_mandate_and_a_listing_of_one_word_have_their_own_names() -> None:
    book = load()
    assert book.name(Mandate.TREATMENT_ABROAD) != book.name(Listing.TREATMENT_ABROAD)


def test_an_unknown_language_reads_finnish() -> None:
    text = Text(fi="kunta", sv="kommun", en="municipality")
    read = [text.in_language(code) for code in ("fi", "sv", "en", "de")]
    assert read == ["kunta", "kommun", "municipality", "kunta"]


@pytest.mark.parametrize(
    ("section", "citations"),
    [
        ("23", ("laki 1412/1997 23 §", "23 § i lagen 1412/1997", "Act 1412/1997, section 23")),
        ("", ("laki 1412/1997", "lagen 1412/1997", "Act 1412/1997")),
    ],
)
def test_a_law_is_cited_as_each_language_does(section: str, citations: tuple[str, ...]) -> None:
    law = Law(act="1412/1997", section=section, name=Text("laki", "lagen", "Act"))
    assert law.citation == Text(*citations)


def test_what_is_assumed_is_said_in_words() -> None:
    list_of_day = opened(OrganisationType.HELSINKI, Purpose.TREATMENT_ABROAD_LIST)
    assert list_of_day.assumption
    assert any("1.5.2024" in text.sv for text in list_of_day.basis.assumptions)
