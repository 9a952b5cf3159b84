"""The page on which, during a demo, a mandate is granted or voided."""

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST, require_safe

from suomifi_simulator.cast import Cast, Grant
from suomifi_simulator.pages import THEMES, choose_language, page
from suomifi_simulator.simulator import Simulator


@csrf_protect
@require_safe
async def mandates(request: ASGIRequest, simulator: Simulator) -> HttpResponse:
    """All mandates in force, and a form for one more."""
    return _page(request, simulator, done=request.GET.get("done", ""))


@csrf_protect
@require_POST
async def grant(request: ASGIRequest, simulator: Simulator) -> HttpResponse:
    """Grant what the form says, from now on without end."""
    try:
        simulator.register.grant(_grant(request))
    except ValueError:
        return _page(request, simulator, status=400, wrong=True)
    return _back(request, "granted")


@csrf_protect
@require_POST
async def void(request: ASGIRequest, simulator: Simulator) -> HttpResponse:
    """Void one mandate."""
    try:
        simulator.register.void(_grant(request))
    except ValueError:
        return _page(request, simulator, status=400, wrong=True)
    return _back(request, "voided")


def _grant(request: ASGIRequest) -> Grant:
    """The one mandate that a form names; the receiver's value tells which kind of party it is."""
    form = request.POST
    party, _, slug = form.get("receiver", "").partition(":")
    if party not in ("to_person", "to_organisation") or form.get("mandate") not in THEMES["fi"]:
        raise ValueError("the form names nobody or nothing")
    kind = form.get("kind")
    return Grant.of(
        {
            "from": form.get("giver"),
            party: slug,
            "kind": kind,
            "via": form.get("via") or None if kind == "representation" else None,
            "mandates": [form["mandate"]],
        }
    )


def _page(
    request: ASGIRequest,
    simulator: Simulator,
    *,
    status: int = 200,
    done: str = "",
    wrong: bool = False,
) -> HttpResponse:
    language = choose_language(request.GET.get("lang", ""))
    cast = simulator.cast
    return page(
        request,
        "mandates.html",
        language,
        status=status,
        done=done,
        wrong=wrong,
        today=simulator.clock.today(),
        rows=[_row(cast, grant, language) for grant in simulator.register.in_force()],
        organisations=[(o.slug, o.name_in(language)) for o in cast.organisations.values()],
        people=[(person.slug, person.name) for person in cast.people.values()],
        themes=THEMES[language].items(),
    )


def _row(cast: Cast, grant: Grant, language: str) -> dict[str, str]:
    """One mandate as the table shows it, and as its form sends it back."""
    [mandate] = grant.mandates
    names = {slug: o.name_in(language) for slug, o in cast.organisations.items()}
    receiver = grant.to_person or grant.to_organisation or ""
    person = cast.people.get(grant.to_person or "")
    return {
        "giver": grant.giver,
        "receiver": f"{'to_person' if person else 'to_organisation'}:{receiver}",
        "kind": grant.kind,
        "via": grant.via or "",
        "mandate": mandate,
        "giver_name": names[grant.giver],
        "receiver_name": person.name if person else names[receiver],
        "via_name": names[grant.via] if grant.via else "",
        "mandate_name": THEMES[language].get(mandate, mandate),
    }


def _back(request: ASGIRequest, done: str) -> HttpResponse:
    language = choose_language(request.GET.get("lang", ""))
    return HttpResponseRedirect(f"/mandates?lang={language}&done={done}")
