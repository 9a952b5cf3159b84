"""The organisation's own instruction to its staff: how and from whom they get mandates."""

from django import forms
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from administration.forms import INPUT
from administration.own.deeds import Deed, may
from administration.own.pages import frame
from administration.pages import form_page, typed
from audit.models import ActKind
from authorizations import door
from authorizations.declarations import RightfulRequest, requires
from authorizations.rights import Right
from kelmu.forms import CheckedForm
from kelmu.validators import without_hetu
from organisations.models import Organisation
from organisations.queries import authorizers_of


class InstructionForm(CheckedForm):
    """The text in both languages; one of them may be left empty."""

    staff_instruction_fi = forms.CharField(
        label=gettext_lazy("In Finnish"),
        max_length=2000,
        required=False,
        validators=[without_hetu],
        widget=forms.Textarea(attrs=INPUT | {"rows": 5}),
    )
    staff_instruction_sv = forms.CharField(
        label=gettext_lazy("In Swedish"),
        max_length=2000,
        required=False,
        validators=[without_hetu],
        widget=forms.Textarea(attrs=INPUT | {"rows": 5}),
    )


@requires(may(Deed.READ))
@require_safe
def instruction(request: RightfulRequest) -> HttpResponse:
    """What the staff read on refusals and under My rights."""
    right = request.right
    own = Organisation.objects.get(pk=right.own_organisation.id)
    context = frame(request) | {
        "heading": _("Instruction to staff"),
        "finnish": own.staff_instruction_fi,
        "swedish": own.staff_instruction_sv,
        "authorizers": authorizers_of(own.pk, right.on),
        "instructs": may(Deed.INSTRUCT_STAFF)(right),
    }
    return render(request, "administration/own/instruction.html", context)


@requires(may(Deed.INSTRUCT_STAFF))
@require_http_methods(["GET", "HEAD", "POST"])
def change_instruction(request: RightfulRequest) -> HttpResponseBase:
    """Both texts in one form."""
    right = request.right
    own = Organisation.objects.get(pk=right.own_organisation.id)
    initial = {name: getattr(own, name) for name in InstructionForm.base_fields}
    form = InstructionForm(typed(request), initial=initial)
    if form.is_valid():
        _instruct(right, own, form.cleaned_data)
        return redirect("own_instruction")
    return form_page(
        request,
        form,
        title=_("Instruction to staff"),
        intro=_(
            "How and from whom employees get the mandates they need. They read it on refusals and"
            " under My rights, beside the names of the authorizers."
        ),
        button=_("Save"),
        back=reverse("own_instruction"),
    )


@transaction.atomic
def _instruct(right: Right, own: Organisation, texts: dict[str, str]) -> None:
    changed = {name: text for name, text in texts.items() if text != getattr(own, name)}
    if changed:
        Organisation.objects.filter(pk=own.pk).update(**changed)
        door.write_office_act(right, ActKind.CHANGE_INSTRUCTION, own.pk, changed=changed)
