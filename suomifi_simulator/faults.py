"""Everything that can go wrong at Suomi.fi, to order."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe

from django.http import HttpResponse, JsonResponse

from suomifi_simulator.cast import Cast

ANSWERS: dict[str, Callable[[HttpResponse], HttpResponse]] = {
    "bad_request": lambda _: error_answer(400, 199, "Simulated bad request."),
    "expired": lambda _: error_answer(401, 104, "Simulated expired session."),
    "server_error": lambda _: error_answer(500, 199, "Simulated server error."),
    "unavailable": lambda _: HttpResponse("Service Unavailable", status=503),
    "truncated_json": lambda answer: _cut(answer),
    "html_body": lambda _: HttpResponse("<!doctype html><title>Suomi.fi</title>"),
}
MANDATES = {"empty_list", "two_organisations", "incomplete", "missing_theme", "extra_members"}
CALLBACKS = {"no_code", "swapped_state", "replayed_code", "cancel"}
CLAIMS = {"wrong_nonce", "wrong_issuer", "wrong_audience", "wrong_azp", "expired_token"}
CLAIMS |= {"future_iat", "missing_hetu", "test_loa", "missing_at_hash"}
SIGNATURES = {"alg_none", "alg_hs256", "unknown_kid", "encryption_key"}
ENCRYPTIONS = {"unsigned_jwe", "rsa1_5", "zip_bomb"}
NAMES = {"slow"} | ANSWERS.keys() | MANDATES | CALLBACKS | CLAIMS | SIGNATURES | ENCRYPTIONS
STEPS = {"discovery", "jwks", "authorize", "token", "userinfo"}
STEPS |= {"register", "select", "mandate_token", "roles", "unregister"}


@dataclass
class Fault:
    """One thing going wrong: for a person (slug) or for all, at one step or at every step it can.

    `times` counts down to its end, None never ends; `seconds` is what "slow" waits.
    """

    fault: str
    person: str | None = None
    step: str | None = None
    times: int | None = None
    seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.fault not in NAMES or self.step not in STEPS | {None}:
            raise ValueError("no such fault or step")

    def concerns(self, name: str, step: str, person: str | None) -> bool:
        """Whether it is this fault, at this step, for this person."""
        return (
            self.fault == name
            and self.step in (None, step)
            and self.person in (None, person)
            and self.times != 0
        )


class Faults:
    """The faults that are ordered."""

    def __init__(self, cast: Cast) -> None:
        self._people = cast.people.keys() | cast.officials.keys() | {"stranger"}
        self.ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Let it happen from now on; ValueError if it is for somebody unknown."""
        if fault.person is not None and fault.person not in self._people:
            raise ValueError("a fault for an unknown person")
        self.ordered.append(fault)

    def clear(self, person: str | None = None) -> None:
        """Mend what was ordered for the person, or everything."""
        self.ordered = [f for f in self.ordered if person not in (None, f.person)]

    def strike(self, name: str, step: str, person: str | None = None) -> Fault | None:
        """The fault, if it is to happen here and now; counts it."""
        found = next((f for f in self.ordered if f.concerns(name, step, person)), None)
        if found and found.times is not None:
            found.times -= 1
        return found

    def callback(self, step: str, person: str, *, code: str, state: str) -> dict[str, str]:
        """The parameters of a successful callback, or what has become of them."""
        if self.strike("cancel", step, person):
            return {"error": "access_denied", "state": state}
        if self.strike("no_code", step, person):
            return {"state": state}
        if self.strike("swapped_state", step, person):
            return {"code": code, "state": token_urlsafe(24)}
        return {"code": code, "state": state}

    async def deliver(
        self, answer: HttpResponse, step: str, person: str | None = None
    ) -> HttpResponse:
        """The answer as it goes out: right, late, spoiled or another one."""
        if slow := self.strike("slow", step, person):
            await asyncio.sleep(slow.seconds)
        for name, spoil in ANSWERS.items():
            if self.strike(name, step, person):
                return spoil(answer)
        return answer


def error_answer(status: int, code: int, message: str, request_id: str = "") -> JsonResponse:
    """An error as the servers of e-Authorizations word it."""
    body = {"reqID": request_id or "NO_SESSION", "errorMessage": message, "errorCode": code}
    headers = {"X-RoVa-ErrorMessage-Included": "true"}
    return JsonResponse(body, status=status, headers=headers)


def _cut(answer: HttpResponse) -> HttpResponse:
    answer.content = answer.content[: len(answer.content) // 2]
    return answer
