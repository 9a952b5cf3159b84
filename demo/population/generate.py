"""The population: first the cast, then households until there are enough customers."""

from datetime import date
from pathlib import Path
from random import Random

from demo.population import (
    VERSION,
    adults,
    amounts,
    cast,
    coverage,
    families,
    notifications,
    social_assistance,
)
from demo.population.calendar import Calendar
from demo.population.files import Files, opened
from demo.population.ledger import Ledger
from demo.population.people import People, Person
from demo.population.places import Places


def generate(directory: Path, customers: int, today: date) -> None:
    """Writes a delivery about so many customers into the directory.

    Raises ValueError when the cast alone is more.
    """
    random = Random(f"{VERSION} {customers} {today}")  # noqa: S311 - a population, no secret
    places = Places(today)
    people = People(random, today, places, cast.codes())
    with opened(directory, today, customers) as files:
        demanded = cast.demanded(places)
        ledger = Ledger(files, amounts.read(), Calendar(today), random, demanded)
        for part in cast.parts(places):
            others = cast.play(ledger, people, part)
            for person in [part.person, *others]:
                _register(files, person)
            notifications.play(files, today, part.person, part.forwarded)
        if files.customers.rows > customers:
            raise ValueError(f"The cast alone is {files.customers.rows} customers.")
        while files.customers.rows < customers:
            _household(ledger, people, customers - files.customers.rows)


def _household(ledger: Ledger, people: People, at_most: int) -> None:
    home = people.household(at_most)
    for person in home.members:
        _register(ledger.files, person)
        coverage.insure(ledger, person)
    families.live(ledger, home)
    for adult in home.adults:
        adults.live(ledger, adult)
    spell = social_assistance.live(ledger, home)  # the last resort comes after everything else
    if spell:
        today = ledger.calendar.today
        notifications.live(ledger.files, today, spell.person, spell.first, spell.last)


def _register(files: Files, person: Person) -> None:
    files.customers.write(
        person.hetu, " ".join(person.former_codes), person.given_names, person.family_name,
        person.birth_date, "" if person.country else person.place.code,
        "true" if person.protected else "false", person.language,
        person.died_on or "", person.country, person.abroad_since or "",
    )  # fmt: skip
