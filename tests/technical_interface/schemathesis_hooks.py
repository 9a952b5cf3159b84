"""What schemathesis knows beside the published text: how one gets in, and what there is to ask for.

It is loaded by the program itself (SCHEMATHESIS_HOOKS) and takes its address and key from there.
"""

import os
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
import schemathesis
from hypothesis import strategies as st
from jose import jwt

ADDRESS, KID = os.environ["INTERFACE"], os.environ["INTERFACE_KID"]
CLIENT, KEY = "9900100-2", Path(os.environ["INTERFACE_KEY"])
PEOPLE = ["131052-9085", "081099-9436", "280292-9878", "010190-902S"]

schemathesis.openapi.format("hetu", st.sampled_from(PEOPLE))


@schemathesis.auth(refresh_interval=240)
class Token:
    """A token by the registered key, anew before it ends."""

    def get(self, _case: schemathesis.Case[Any], _context: schemathesis.AuthContext) -> str:
        now, address = int(time.time()), f"{ADDRESS}/api/v1/token"
        claims = {"iss": CLIENT, "sub": CLIENT, "aud": address, "jti": str(uuid4())}
        assertion = jwt.encode(
            claims | {"iat": now, "exp": now + 120}, KEY.read_text(), "RS256", headers={"kid": KID}
        )
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }
        answer = requests.post(address, form, timeout=30)
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def set(
        self, case: schemathesis.Case[Any], token: str, _context: schemathesis.AuthContext
    ) -> None:
        case.headers["Authorization"] = f"Bearer {token}"
