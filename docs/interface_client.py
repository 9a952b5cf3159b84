"""An example of a system that connects to the technical interface: a token, a customer, a list,
and what is made once: a payment demand, documents for Kela.

Needs the packages requests and python-jose[cryptography]. Make a key pair first, and have the
public key registered on the organisation's own pages and approved by Kela:

    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem
    openssl pkey -in private.pem -pubout -out public.pem

    python interface_client.py ADDRESS BUSINESS-ID KID private.pem CUSTOMER

CUSTOMER is a personal identity code, KID the name of the key on its page. With more files it
previews and registers a payment demand and sends a document to Kela. The published page has an
example of the demand, the body of "Preview who gets what" without `hetu`:

    python interface_client.py ADDRESS … CUSTOMER demand.json statement.pdf
"""

import hashlib
import json
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from jose import jwt

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TIMEOUT_SECONDS = 30
ATTEMPTS = 3
END_USER = "example-1"  # a real system names its user by a pseudonym of its own


class Client:
    """Calls for end users of an organisation; gets a new token before the old one ends."""

    def __init__(self, root: str, client_id: str, kid: str, private_key: str) -> None:
        self.root, self.client_id, self.kid = root.rstrip("/"), client_id, kid
        self.private_key = private_key
        self.case_reference = ""  # the agreement can ask for one
        self.token, self.ends_at = "", 0.0

    def assertion(self, audience: str) -> str:
        """Proof of who calls: good once, for two minutes."""
        now = int(time.time())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": audience,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + 120,
        }
        return jwt.encode(claims, self.private_key, "RS256", headers={"kid": self.kid})

    def enter(self) -> None:
        """Gets a token unless there is one that lasts."""
        if time.time() < self.ends_at - 30:
            return
        address = f"{self.root}/api/v1/token"
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.assertion(address),
        }
        answer = requests.post(address, form, timeout=TIMEOUT_SECONDS)
        told = answer.json()
        if not answer.ok:  # why, the page of the key tells
            why = told.get("error") or problem(answer)
            raise RuntimeError(f"no token: {answer.status_code} {why}")
        self.token, self.ends_at = told["access_token"], time.time() + told["expires_in"]

    def call(
        self,
        method: str,
        path: str,
        end_user: str,
        purpose: str = "",
        content: Any = None,
        files: Any = None,
        **headers: str,
    ) -> Any:
        """What an operation answers; RuntimeError with the problem if it is no."""
        body = {"data": content, "files": files} if files else {"json": content}
        headers |= {"Kelmu_Purpose": purpose} if purpose else {}
        return self.answered(method, path, end_user, headers, **body).json()

    def save(self, path: str, end_user: str, to: Path) -> str:
        """Streams what an operation answers into a file; its SHA-256."""
        digest = hashlib.sha256()
        with to.open("wb") as file, self.answered("GET", path, end_user, {}, stream=True) as answer:
            for piece in answer.iter_content(1 << 16):
                digest.update(piece)
                file.write(piece)
        return digest.hexdigest()

    def answered(
        self, method: str, path: str, end_user: str, headers: dict[str, str], **more: Any
    ) -> requests.Response:
        """The answer itself. RuntimeError with the problem if it is no."""
        self.enter()
        said = {"Authorization": f"Bearer {self.token}", "Kelmu-End-User": end_user}
        said |= {"Kelmu-Case-Reference": self.case_reference} if self.case_reference else {}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        address = f"{self.root}/api/v1{path}"
        answer = requests.request(method, address, headers=said, timeout=TIMEOUT_SECONDS, **more)
        if not answer.ok:
            raise RuntimeError(problem(answer))
        return answer

    def make(self, path: str, end_user: str, key: str, **told: Any) -> Any:
        """What is made once by the key, however often it must be sent until an answer comes."""
        key = f'"{key}"'
        for attempt in range(1, ATTEMPTS):
            try:
                return self.call("POST", path, end_user, **told, Idempotency_Key=key)
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(attempt)  # longer each time: who is down is not to be pressed
        return self.call("POST", path, end_user, **told, Idempotency_Key=key)


def problem(answer: requests.Response) -> str:
    """What was wrong: the type, which programs go by, then words for people."""
    told = answer.json()
    wrong = [f"{one['pointer']}: {one['message']}" for one in told.get("errors", ())]
    if seconds := answer.headers.get("Retry-After"):
        wrong.append(f"Go on in {seconds} s.")
    return " ".join([str(answer.status_code), told["type"], told["title"], *wrong])


def register(client: Client, hetu: str, demand: dict[str, Any]) -> None:
    """Tells who gets what of the next payment, and registers the demand."""
    asked = demand | {"hetu": hetu}
    preview = client.call("POST", "/payment-demands/preview", END_USER, content=asked)
    for payment in preview["payments"][:1]:
        print(f"of {payment['net']} on {payment['paid_on']}: {payment['paid']}")
    # A real system keeps the key beside the demand before it sends it.
    made = client.make("/payment-demands", END_USER, str(uuid4()), content=asked)
    print("demand:", made["id"], made["state"])


def send(client: Client, hetu: str, document: Path) -> None:
    """Sends a statement about the customer to Kela."""
    asked = {"hetu": hetu, "kind": "statement", "matter": "Toimeentulotuki"}
    made = client.make(
        "/sendings",
        END_USER,
        str(uuid4()),
        purpose="social_assistance",
        content=asked | {"asked_by_customer": "true"},
        files=[("files", (document.name, document.read_bytes()))],
    )
    print("sending:", made["id"], made["state"])


def read(client: Client, hetu: str, purpose: str) -> None:
    """Tells how many rows of each group there are of a customer."""
    customer = client.call("POST", "/customers/benefits", END_USER, purpose, {"hetu": hetu})
    print("customer:", customer["customer"]["name"])
    for group, rows in customer["groups"].items():
        print(f"{group}: {len(rows)}")


def fetch(client: Client, purpose: str) -> None:
    """Fetches the newest list under a purpose, of the first municipality that has one."""
    for place in client.call("GET", f"/municipalities/{purpose}", END_USER)["municipalities"]:
        lists = client.call("GET", f"/lists/{purpose}/{place['code']}", END_USER)["lists"]
        kept = [one for one in lists if not one["is_superseded"] and not one["is_removed"]]
        if kept:
            return save(client, f"/lists/{purpose}/{place['code']}", kept[0])
    return print("list: none under", purpose)


def save(client: Client, lists: str, of: dict[str, Any]) -> None:
    """Writes a list to a file of its name, and compares it with its receipt."""
    which = "/".join(str(of[name]) for name in ("listing", "published_for", "first_on", "version"))
    receipt = client.call("POST", f"{lists}/{which}/downloads", END_USER, content={})
    file, path = Path(f"{of['listing']}.jsonl"), f"/downloads/{receipt['id']}"
    digest = client.save(f"{path}/file", END_USER, file)
    is_whole = client.call("GET", path, END_USER)["sha256"] == digest
    print(f"list: {receipt['rows']} rows in {file},", "whole" if is_whole else "not whole")


def main(root: str, client_id: str, kid: str, key_file: str, hetu: str, *files: str) -> None:
    """Tells what the agreement opens, reads a customer and fetches a list, as far as it does."""
    client = Client(root, client_id, kid, Path(key_file).read_text(encoding="utf-8"))
    rights = client.call("GET", "/rights", END_USER)
    client.case_reference = "example" if rights["requires_case_reference"] else ""
    print("opens:", *(one["purpose"] for one in rights["purposes"]))
    for one in [one for one in rights["purposes"] if "benefits" in one["tabs"]][:1]:
        read(client, hetu, one["purpose"])
    for one in [one for one in rights["purposes"] if one["listings"]][:1]:
        fetch(client, one["purpose"])
    for file in map(Path, files):
        if file.suffix == ".json":
            register(client, hetu, json.loads(file.read_text(encoding="utf-8")))
        else:
            send(client, hetu, file)


if __name__ == "__main__":
    if len(sys.argv) <= 5:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except RuntimeError as error:
        sys.exit(str(error))
