"""What a provider knows: its clients, its people, and what it has handed out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from suomifi_simulator.clients import RelyingParty
from suomifi_simulator.clock import Clock
from suomifi_simulator.expiring import Expiring
from suomifi_simulator.faults import Faults
from suomifi_simulator.oidc.keys import KeyRing
from suomifi_simulator.oidc.requests import AuthorizationRequest

SSO_SECONDS = 32 * 60
CODE_SECONDS = 60
ACCESS_TOKEN_SECONDS = 3600
LOGIN_SECONDS = 10 * 60
ASSERTION_SECONDS = 600

# Strong identification as Traficom grades it; the first is given unless another is asked for.
ACR_VALUES = ("http://ftn.ficora.fi/2017/loa3", "http://ftn.ficora.fi/2017/loa2")


@dataclass(frozen=True)
class Account:
    """Somebody the provider can identify.

    `about` says by language, or under "", who they are; `subject` is empty where each login has
    its own.
    """

    slug: str
    name: str
    claims: Mapping[str, str | list[str]]
    about: Mapping[str, str]
    hetu: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Identified:
    """Somebody who has identified themselves, as the provider remembers for its single sign-on."""

    account: Account
    subject: str
    auth_time: int


@dataclass
class Login:
    """A login on its way through the pages."""

    asked: AuthorizationRequest
    language: str
    account: Account | None = None


@dataclass(frozen=True)
class Leaving:
    """Somebody asked whether to log out, and the address they return to, if any."""

    language: str
    address: str
    state: str


@dataclass(frozen=True)
class Issued:
    """What a code or an access token stands for."""

    asked: AuthorizationRequest
    identified: Identified


@dataclass
class Provider:
    """One provider. It is strong if it finds people by their personal identity codes."""

    slug: str
    address: str
    clients: Mapping[str, RelyingParty]
    accounts: Mapping[str, Account]
    by_hetu: Callable[[str], Account | None] | None
    clock: Clock
    faults: Faults
    keys: KeyRing = field(default_factory=KeyRing)

    def __post_init__(self) -> None:
        self.issuer = f"{self.address}/{self.slug}"
        self.cookie = f"simulator_{self.slug}_sso"
        self.logins: Expiring[Login] = Expiring(LOGIN_SECONDS, self.clock)
        self.leaving: Expiring[Leaving] = Expiring(LOGIN_SECONDS, self.clock)
        self.codes: Expiring[Issued] = Expiring(CODE_SECONDS, self.clock)
        self.access_tokens: Expiring[Issued] = Expiring(ACCESS_TOKEN_SECONDS, self.clock)
        self.sso: Expiring[Identified] = Expiring(SSO_SECONDS, self.clock)
        self.assertions: Expiring[None] = Expiring(2 * ASSERTION_SECONDS, self.clock)

    @property
    def strong(self) -> bool:
        """Whether it is e-Identification, with means, personal identity codes and a summary."""
        return self.by_hetu is not None

    def find(self, slug: str, hetu: str) -> Account | None:
        """Who was chosen from the list, or typed in."""
        if hetu and self.by_hetu:
            return self.by_hetu(hetu)
        return self.accounts.get(slug)

    def reset(self) -> None:
        """Forget every login; the keys stay."""
        self.logins.clear()
        self.leaving.clear()
        self.codes.clear()
        self.access_tokens.clear()
        self.sso.clear()
        self.assertions.clear()

    def url(self, path: str) -> str:
        """An address of this provider."""
        return f"{self.issuer}/{path}"

    def metadata(self) -> dict[str, object]:
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": self.url("authorize"),
            "token_endpoint": self.url("token"),
            "userinfo_endpoint": self.url("userinfo"),
            "jwks_uri": self.url("jwks"),
            "end_session_endpoint": self.url("logout"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid", "profile"],
            "acr_values_supported": ACR_VALUES,
            "ui_locales_supported": ["fi", "sv", "en"],
            "prompt_values_supported": ["none", "login"],
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "id_token_encryption_alg_values_supported": ["RSA-OAEP"],
            "id_token_encryption_enc_values_supported": ["A128CBC-HS256"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [
                "private_key_jwt",
                "client_secret_basic",
                "client_secret_post",
            ],
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
            "claims_parameter_supported": False,
        }
