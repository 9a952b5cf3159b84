"""Records what no other data tells of commissioning; each with its row in the log."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import ActKind
from authorizations import door
from authorizations.rights import Right
from organisations.models import (
    Agreement,
    CommissioningRecord,
    RecordedStep,
    SecurityAssessment,
    SecurityPoint,
    SecurityState,
    StepState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of a step: how it stands, since when, of whom, and a note."""

    state: StepState
    on: date
    people: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What somebody says of a point of data security."""

    point: SecurityPoint
    state: SecurityState
    responsible: str
    on: date
    note: str = ""


def _by(right: Right) -> dict[str, Any]:
    return {"by": right.subject, "by_name": right.user_name, "at": timezone.now()}


@transaction.atomic
def record(right: Right, agreement: Agreement, step: RecordedStep, said: Said) -> None:
    """Records how a step stands from now on."""
    CommissioningRecord.objects.create(
        agreement=agreement,
        step=step,
        state=said.state,
        on=said.on,
        people=list(said.people),
        note=said.note,
        **_by(right),
    )
    door.write_office_act(
        right,
        ActKind.RECORD_COMMISSIONING,
        agreement.organisation_id,
        agreement=agreement.number,
        step=step,
        state=said.state,
        on=said.on,
    )


@transaction.atomic
def assess(right: Right, organisation_id: int, points: list[Assessed]) -> None:
    """Records how the organisation judges these points from now on; the earlier rows stay."""
    SecurityAssessment.objects.bulk_create(
        SecurityAssessment(
            organisation_id=organisation_id,
            point=one.point,
            state=one.state,
            responsible=one.responsible,
            on=one.on,
            note=one.note,
            **_by(right),
        )
        for one in points
    )
    states = {one.point.value: one.state.value for one in points}
    door.write_office_act(right, ActKind.ASSESS_SECURITY, organisation_id, points=states)
