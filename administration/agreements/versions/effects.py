"""What a version would alter for which employees, as Kelmu has last seen their mandates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from audit.models import ActKind, MandateUse
from authorizations import door, rulebook
from authorizations.explaining.agreed import AGREED
from authorizations.models import Official
from authorizations.resolving import narrowed
from authorizations.rights import Right
from authorizations.rulebook import Mandate, Narrowing, OpenedPurpose, OrganisationType
from kelmu.dates import valid_on
from organisations.models import AgreedPurpose, AgreementVersion
from organisations.queries import agreed_purposes

type Opened = dict[str, OpenedPurpose]


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes for one person at the midnight on which the version takes effect."""

    name: str
    mandates: tuple[Mandate, ...]
    gains: tuple[OpenedPurpose, ...]
    loses: tuple[OpenedPurpose, ...]
    alters: tuple[OpenedPurpose, ...]

    @property
    def is_felt(self) -> bool:
        return bool(self.gains or self.loses or self.alters)


def effects(right: Right, version: AgreementVersion) -> list[Effect]:
    """For each person who has used Kelmu for the organisation, by name.

    Whoever asks sees names: it is written in the organisation's log.
    """
    organisation = version.agreement.organisation
    door.write_office_act(
        right,
        ActKind.VIEW_CHANGE_EFFECTS,
        organisation.pk,
        agreement=f"{version.agreement.number}/{version.number}",
    )
    start: date = version.wanted.lower
    kind = OrganisationType(organisation.type)
    before = agreed_purposes(organisation.pk, start - timedelta(days=1))
    after = AgreedPurpose.objects.filter(valid_on(start), version=version)
    judge = Judge(kind, start, _terms(before), _terms(after) if version.by_user_interface else {})
    held = _held(organisation.pk)
    people = Official.objects.filter(organisation=organisation).order_by("name")
    return [judge.effect(one.name, held[one.subject]) for one in people]


@dataclass(frozen=True, slots=True)
class Judge:
    """What mandates open on the day before, and on the day."""

    kind: OrganisationType
    start: date
    before: dict[str, Narrowing]
    after: dict[str, Narrowing]

    def effect(self, name: str, mandates: tuple[Mandate, ...]) -> Effect:
        """What the version alters for somebody with these mandates."""
        old = self._opened(mandates, self.start - timedelta(days=1), self.before)
        new = self._opened(mandates, self.start, self.after)
        return Effect(
            name=name,
            mandates=mandates,
            gains=tuple(new[slug] for slug in new if slug not in old),
            loses=tuple(old[slug] for slug in old if slug not in new),
            alters=tuple(
                new[slug] for slug in new if slug in old and _shows(old[slug]) != _shows(new[slug])
            ),
        )

    def _opened(
        self, mandates: Iterable[Mandate], on: date, agreed: dict[str, Narrowing]
    ) -> Opened:
        opened = narrowed(rulebook.load().rights(self.kind, mandates, on), agreed)
        return {one.purpose.value: one for one in opened.purposes}


def _shows(one: OpenedPurpose) -> tuple[object, ...]:
    """What somebody sees of it, whatever the law."""
    return (
        one.tabs,
        one.data_groups,
        one.look_back_months,
        one.benefits,
        one.withheld_fields,
        one.notification_types,
        one.listings,
        one.actions,
    )


def _terms(rows: "Iterable[AgreedPurpose]") -> dict[str, Narrowing]:
    told = [{column: getattr(row, column) for column in AGREED} for row in rows]
    return {row.pop("purpose"): Narrowing.of(**row) for row in told}


def _held(organisation_id: int) -> "defaultdict[UUID, tuple[Mandate, ...]]":
    """The mandates of which Suomi.fi told at the latest login of each."""
    told: defaultdict[UUID, list[MandateUse]] = defaultdict(list)
    for use in MandateUse.objects.filter(organisation_id=organisation_id).exclude(mandate=""):
        told[use.actor].append(use)
    held: defaultdict[UUID, tuple[Mandate, ...]] = defaultdict(tuple)
    for actor, uses in told.items():
        latest = max(use.told_at for use in uses)
        mandates = {use.mandate for use in uses if use.told_at == latest}
        held[actor] = tuple(one for one in Mandate if one in mandates)
    return held
