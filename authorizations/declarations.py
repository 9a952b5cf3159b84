"""What views declare that need a right, and how the right is found enough or not."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from authorizations import resolving
from authorizations.refusals import Reason, Refused
from authorizations.rights import Right
from authorizations.rulebook import Action, Tab
from kelmu.declarations import View, declare
from organisations.models import Contact


class RightfulRequest(HttpRequest):
    """A request whose right has been resolved and found enough for its view."""

    right: Right
    htmx: HtmxDetails


type Need = Callable[[Right], bool]
type RightfulView[**P] = Callable[Concatenate[RightfulRequest, P], HttpResponseBase]


def requires[**P](
    need: Need, otherwise: Reason = Reason.NOT_THIS_OFFICE, *, keeps_alive: bool = True
) -> Callable[[RightfulView[P]], View[P]]:
    """Declares what the right of a request must hold; without it the request is refused.

    Not `keeps_alive`: a page asks by itself, now and then, and the session grows no longer by it.
    """

    def declared(view: RightfulView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            right = previewed(request) or resolving.resolve(request, keeps_alive=keeps_alive)
            request.right = right  # type: ignore[attr-defined]  # makes it a RightfulRequest
            if not need(right):
                raise Refused(Reason.NO_AGREEMENT if right.commissioning else otherwise)
            return view(cast("RightfulRequest", request), *args, **kwargs)

        return declare(guarded, need)

    return declared


def previewed(request: HttpRequest) -> Right | None:
    """The right that a page is previewed with; none where nothing is previewed."""
    right: Right | None = getattr(request, "previewed", None)
    return right


def official(right: Right) -> bool:
    """Somebody who acts for an organisation, by mandate or by role."""
    return right.organisation is not None


def caseworker(right: Right) -> bool:
    """Somebody who acts by a mandate."""
    return right.by_mandate


def kela_admin(right: Right) -> bool:
    """Somebody of Kela."""
    return bool(right.kela_groups)


def holds_office(right: Right) -> bool:
    """Somebody whom an organisation names, its agreement in force or under way."""
    return bool(right.roles)


def anybody_logged_in(right: Right) -> bool:
    """Whoever has a right at all, in any role."""
    return official(right) or kela_admin(right) or holds_office(right)


def reviews_access(right: Right) -> bool:
    """Somebody whom the agreement of the acting organisation names as an authorizer."""
    return official(right) and Contact.Role.AUTHORIZER in right.roles


def supervises(right: Right) -> bool:
    """Somebody whom the agreement of the acting organisation names as a supervisor of use."""
    return official(right) and Contact.Role.SUPERVISOR in right.roles


def oversees_at_kela(right: Right) -> bool:
    """Somebody of Kela who watches over the use of all organisations."""
    return "oversight" in right.kela_groups


def oversees(right: Right) -> bool:
    """Somebody who watches over the use: of their organisation, or at Kela of all."""
    return supervises(right) or oversees_at_kela(right)


def serves_customers_at_kela(right: Right) -> bool:
    """Somebody of Kela's service desk."""
    return "service_desk" in right.kela_groups


def prepares(right: Right) -> bool:
    """Somebody of Kela who enters and proposes what others accept, and announces breaks."""
    return "preparing" in right.kela_groups


def ends_sessions_at_kela(right: Right) -> bool:
    """Somebody of Kela who may end the sessions of an organisation's official."""
    return bool({"approving", "oversight"} & set(right.kela_groups))


def approves_at_kela(right: Right) -> bool:
    """Somebody of Kela who decides on what another has proposed."""
    return "approving" in right.kela_groups


def agrees_at_kela(right: Right) -> bool:
    """Somebody of Kela who prepares agreements or approves them."""
    return prepares(right) or approves_at_kela(right)


def ends_at_kela(right: Right) -> bool:
    """Somebody of Kela who ends what an organisation has named: contacts and accounts."""
    return prepares(right) or approves_at_kela(right)


def previews(right: Right) -> bool:
    """Somebody of Kela who may see what an agreement would open."""
    return prepares(right) or approves_at_kela(right)


def checks_accounts_at_kela(right: Right) -> bool:
    """Somebody of Kela who calls an organisation back before its account is changed."""
    return bool({"preparing", "service_desk"} & set(right.kela_groups))


def opens_tab(tab: Tab) -> Need:
    """Somebody to whom some purpose opens the tab."""

    def need(right: Right) -> bool:
        return bool(right.purposes_with(tab))

    return need


def opens_action(action: Action) -> Need:
    """Somebody to whom the action is open without a purpose. Raises Refused, which says why not."""

    def need(right: Right) -> bool:
        return bool(right.action(action))

    return need


def opens_action_under_a_purpose(action: Action) -> Need:
    """Somebody to whom some purpose opens the action. Raises Refused, which says why not."""

    def need(right: Right) -> bool:
        if not right.purposes_for(action):
            raise Refused(Reason.ACTION_NOT_OPEN, purpose=action)
        return True

    return need
