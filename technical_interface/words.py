"""Words of several rooms that have the same names there: in the text each has one of its own."""

from enum import Enum
from typing import Annotated

from pydantic import WithJsonSchema

from documents import words as documents
from notifications import words as notifications
from payment_demands import distribution
from payment_demands import words as demands


def _one_of(words: type[Enum]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [one.value for one in words]})


type AssistanceAppliedFor = Annotated[notifications.Assistance, _one_of(notifications.Assistance)]
type DemandGround = Annotated[demands.Ground, _one_of(demands.Ground)]
type DemandState = Annotated[demands.State, _one_of(demands.State)]
type DemandStep = Annotated[demands.Step, _one_of(demands.Step)]
type Coverage = Annotated[distribution.Outcome, _one_of(distribution.Outcome)]
type DocumentKind = Annotated[documents.Kind, _one_of(documents.Kind)]
type SendingState = Annotated[documents.State, _one_of(documents.State)]
type SendingStep = Annotated[documents.Step, _one_of(documents.Step)]
