"""What Kela forwards of a customer: notifications of six types, some with attachments.

Drawn by customer and not from the stream of the others: the rest of a population stays as it is.
Shares of the types: domain.md 5.1. What is old enough to have been handled is rare, for nobody
handles anything before the delivery.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from demo.population.amounts import euros
from demo.population.files import HELSINKI, Files
from demo.population.people import Person, first_of_month

NEWLY = 30  # days: what most of a delivery is about
OLDER = 0.1  # share of what is older
SHARES = {
    "application": 51,
    "reduced_basic_amount": 20,
    "need_for_social_work": 9,
    "unemployed_under_25": 5,
    "unemployed_25_and_over": 10,
    "immigrant": 5,
}
FORWARDED = 0.35  # of those who are assisted, within the last month
# So many at least, where the demo's people work, of those who are assisted: some of them several.
SURELY, MOST_OF_ONE = {"837": 36, "091": 30, "536": 8, "905": 10}, 5
UNITS = (
    ("Kela, toimeentulotuen ratkaisukeskus 1", "020 634 2550"),
    ("Kela, toimeentulotuen ratkaisukeskus 2", "020 634 2551"),
)
TEXTS = {
    "application": (
        "Asiakas hakee tukea menoon, jota perustoimeentulotuki ei kata. Liitteet ovat mukana.",
        "Hakemus on tullut Kelaan perustoimeentulotuen hakemuksen yhteydessä.",
    ),
    "reduced_basic_amount": (
        "Perusosaa on alennettu. Asiakkaalle on kerrottu mahdollisuudesta palvelutarpeen arvioon.",
        "",
    ),
    "need_for_social_work": (
        "Asiakas kertoi puhelussa, ettei jaksa hoitaa asioitaan.\nHän toivoo yhteydenottoa.",
        "Asiakasta uhkaa häätö. Vuokravelkaa on kahdelta kuukaudelta.",
    ),
    "unemployed_under_25": ("Toimeentulotuki on ollut pääasiallinen tulo neljä kuukautta.",),
    "unemployed_25_and_over": ("Toimeentulotuki on ollut pääasiallinen tulo 12 kuukautta.",),
    "immigrant": ("Toimeentulotuki on ollut pääasiallinen tulo kaksi kuukautta.",),
}
WANTED = (
    ("supplementary", "Lapsen harrastusmaksu", 24000),
    ("supplementary", "Muuttokulut", 38000),
    ("supplementary", "Kodinkoneen hankinta", 45000),
    ("preventive", "Vuokravelka", 124000),
    ("preventive", "Sähkölasku", 31550),
)
NEEDS = {"control_of_life": 35, "livelihood": 24, "housing": 19, "health": 8, "other": 14}
REDUCTIONS = ((20, "refused_work"), (20, "integration_plan"), (40, "employment_policy"))
CALLED = (50, "call_to_act")  # from March 2026
DOCUMENTS = (("Tiliote.pdf", "Tiliote"), ("Lasku.pdf", "Lasku"), ("Kuva kuitista.png", ""))


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A notification to be written; `told` are the columns that its type has."""

    kind: str
    arrived: date
    urgent: bool = False
    attachments: int = 0
    municipality: str = ""  # where the customer lives, if no other is named
    told: dict[str, Any] = field(default_factory=dict)


def live(files: Files, today: date, person: Person, first: date, last: date) -> None:
    """Forwards something of some of those who are assisted from a day to a day."""
    random = Random(f"notifications {person.hetu} {today}")  # noqa: S311 - a population
    newest = min(last, today - timedelta(days=1))
    if newest < first or person.place.on_aland:
        return
    number = int(random.random() <= FORWARDED)
    if newest > today - timedelta(days=NEWLY):
        number = max(number, min(MOST_OF_ONE, _owed(files, person.place.code)))
    for _ in range(number):
        window = NEWLY if random.random() > OLDER else 700
        kind = _fitting(random.choices(list(SHARES), list(SHARES.values()))[0], person.age(today))
        days = min(window, (newest - first).days)
        arrived = newest - timedelta(days=random.randint(0, days))
        forward(files, random, person, drawn(random, kind, arrived))


def _owed(files: Files, municipality: str) -> int:
    return max(0, SURELY.get(municipality, 0) - files.forwarded[municipality])


def _fitting(kind: str, age: int) -> str:
    """The type for the unemployed that fits the age."""
    if kind not in {"unemployed_under_25", "unemployed_25_and_over"}:
        return kind
    return "unemployed_25_and_over" if age >= 25 else "unemployed_under_25"


def play(files: Files, today: date, person: Person, entries: list[dict[str, Any]]) -> None:
    """Forwards what the cast says of a customer, as far as it has happened by then."""
    for entry in entries:
        arrived = entry.get("on") or today - timedelta(days=entry["days_ago"])
        if arrived >= today:
            continue
        random = Random(f"{person.hetu} {entry}")  # noqa: S311 - a population
        what = Forwarded(
            entry["type"],
            arrived,
            entry.get("urgent", False),
            entry.get("attachments", 0),
            entry.get("municipality", ""),
            _OWN[entry["type"]](random, arrived),
        )
        forward(files, random, person, what)


def drawn(random: Random, kind: str, arrived: date) -> Forwarded:
    """A notification of that type with what belongs to it."""
    urgent = kind in {"application", "need_for_social_work"} and random.random() < 0.15
    attachments = random.choice((0, 1, 2)) if kind == "application" else 0
    return Forwarded(kind, arrived, urgent, attachments, told=_OWN[kind](random, arrived))


def forward(files: Files, random: Random, person: Person, what: Forwarded) -> None:
    """Writes a notification and its attachments."""
    told: dict[str, Any] = {
        "text": random.choice(TEXTS[what.kind]),
        "phone": f"+358 40 {random.randrange(1_000_000, 9_999_999)}" * (random.random() < 0.8),
    } | what.told
    unit = random.choice(UNITS)
    municipality = what.municipality or person.place.code
    files.forwarded[municipality] += 1
    arrived_at = datetime.combine(what.arrived, _moment(random), HELSINKI)
    number = files.notifications.number(
        person.hetu, what.kind, municipality, arrived_at.isoformat(),
        told.get("decided_on", ""), "true" if what.urgent else "false",
        told["text"], told["phone"], told.get("assistance", ""), told.get("applied_for", ""),
        told.get("amount", ""), told.get("first_day", ""), told.get("last_day", ""),
        told.get("reduction", ""), told.get("reduction_ground", ""), told.get("needs", ""), *unit,
    )  # fmt: skip
    for name, heading in DOCUMENTS[: what.attachments]:
        files.attach(number, name, pdf(heading) if heading else PICTURE)


def _application(random: Random, arrived: date) -> dict[str, Any]:
    assistance, applied_for, cents = random.choice(WANTED)
    first = first_of_month(arrived)
    return {
        "decided_on": arrived,
        "assistance": assistance,
        "applied_for": applied_for,
        "amount": euros(cents + random.randrange(0, 9000)),
        "first_day": first,
        "last_day": first + timedelta(days=27),
    }


def _reduced(random: Random, arrived: date) -> dict[str, Any]:
    share, ground = CALLED if arrived >= date(2026, 3, 1) else random.choice(REDUCTIONS)
    first = first_of_month(arrived + timedelta(days=31))
    return {
        "decided_on": arrived,
        "reduction": share,
        "reduction_ground": ground,
        "first_day": first,
        "last_day": first + timedelta(days=57),
    }


def _need(random: Random, _arrived: date) -> dict[str, Any]:
    number = random.choice((1, 1, 2))
    chosen = set(random.choices(list(NEEDS), list(NEEDS.values()), k=number))
    return {"needs": " ".join(sorted(chosen))}


def _nothing_of_its_own(_random: Random, _arrived: date) -> dict[str, Any]:
    return {}


_OWN: dict[str, Callable[[Random, date], dict[str, Any]]] = {
    "application": _application,
    "reduced_basic_amount": _reduced,
    "need_for_social_work": _need,
    "unemployed_under_25": _nothing_of_its_own,
    "unemployed_25_and_over": _nothing_of_its_own,
    "immigrant": _nothing_of_its_own,
}


def _moment(random: Random) -> time:
    return time(random.randrange(7, 17), random.randrange(60))


def pdf(heading: str) -> bytes:
    """A page with one line on it."""
    drawing = f"BT /F1 24 Tf 72 740 Td ({heading}) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Font << /F1 5 0 R >> >>",
    ]
    document, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(document))
        document += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    return (
        document
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(document)}\n%%EOF\n"
        ).encode()
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return len(data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)


PICTURE = (  # a grey square, as PNG
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", (64).to_bytes(4) * 2 + bytes((8, 0, 0, 0, 0)))
    + _chunk(b"IDAT", zlib.compress((b"\0" + b"\xc0" * 64) * 64))
    + _chunk(b"IEND", b"")
)
