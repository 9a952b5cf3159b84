"""Without a valid personal identity code nobody is identified."""

import traceback

import pytest
from pytest_django.fixtures import Settings

from authorizations.suomifi.errors import Reason, Refused
from authorizations.suomifi.identification import verified_person
from authorizations.suomifi.tokens import Claims


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (None, Reason.NO_HETU),
        ("", Reason.NO_HETU),
        (["131052-9085"], Reason.NO_HETU),
        ("131052-9084", Reason.INVALID_HETU),
        ("FI/AT/1234", Reason.INVALID_HETU),
    ],
)
def test_a_code_that_is_none_is_refused(code: object, reason: Reason, settings: Settings) -> None:
    settings.SUOMIFI_OIDC = settings.SUOMIFI_OIDC | {"hetu_claim": "hetu"}

    with pytest.raises(Refused) as caught:
        verified_person(Claims({"hetu": code, "given_name": "Aino"}))

    assert caught.value.reason is reason
    assert "131052" not in "".join(traceback.format_exception(caught.value))


def test_a_test_code_is_nobody_in_production(settings: Settings) -> None:
    settings.ALLOWS_TEMPORARY_HETU = False
    settings.SUOMIFI_OIDC = settings.SUOMIFI_OIDC | {"hetu_claim": "hetu"}

    with pytest.raises(Refused):
        verified_person(Claims({"hetu": "131052-9085"}))
