"""Which reference data there is to browse, and what owns each kind of it."""

from django.utils.translation import gettext_lazy as _

from administration.reference.site import browse
from authorizations.models import RulebookMirror
from benefits.models import Benefit
from intake.models import Batch, Delivery
from organisations.models import (
    AgreedPurpose,
    Agreement,
    AgreementVersion,
    County,
    CountyMembership,
    Deadline,
    FormerName,
    Municipality,
    Organisation,
    ServedMunicipality,
)

_REGISTER = _("The register of municipalities, brought in as a file")
_ORGANISATIONS = _("The pages of organisations, where two people make each change")
_AGREEMENTS = _("The pages of agreements, where two people make each change")
_INTAKE = _("The intake of what Kela’s systems deliver")

_BROWSED = [
    browse(County, _("Counties"), _REGISTER, ["code", "name_fi", "name_sv", "name_en"]),
    browse(
        Municipality,
        _("Municipalities"),
        _REGISTER,
        ["code", "name_fi", "name_sv", "language", "validity", "successor"],
        ["language"],
        related=["successor"],
    ),
    browse(
        CountyMembership,
        _("Municipalities in counties"),
        _REGISTER,
        ["municipality", "county", "validity"],
        ["county"],
        ["municipality__code", "validity"],
        related=["municipality", "county"],
    ),
    browse(
        Organisation,
        _("Organisations"),
        _ORGANISATIONS,
        ["business_id", "name_fi", "name_sv", "type", "validity"],
        ["type"],
    ),
    browse(
        FormerName,
        _("Former names of organisations"),
        _ORGANISATIONS,
        ["organisation", "name_fi", "name_sv", "validity"],
        order=["organisation__name_fi", "validity"],
        related=["organisation"],
    ),
    browse(
        ServedMunicipality,
        _("Municipalities that organisations serve"),
        _ORGANISATIONS,
        ["organisation", "municipality", "validity"],
        order=["organisation__name_fi", "municipality__code", "validity"],
        related=["organisation", "municipality"],
    ),
    browse(
        Agreement,
        _("Agreements"),
        _AGREEMENTS,
        ["number", "organisation", "step", "signed_on"],
        ["step"],
        related=["organisation"],
    ),
    browse(
        AgreementVersion,
        _("Versions of agreements"),
        _AGREEMENTS,
        ["agreement", "number"],
        order=["agreement__number", "number"],
        related=["agreement"],
    ),
    browse(
        AgreedPurpose,
        _("Agreed purposes of use"),
        _AGREEMENTS,
        ["version__agreement", "version__number", "purpose", "laws", "validity"],
        order=["version__agreement__number", "purpose", "validity"],
        related=["version__agreement"],
    ),
    browse(
        Deadline,
        _("Deadlines"),
        _AGREEMENTS,
        ["agreement", "awaited", "due_on"],
        ["awaited"],
        related=["agreement"],
    ),
    browse(
        Benefit,
        _("Benefits"),
        _("The file benefits/data/benefits.toml"),
        ["slug", "name_fi", "name_sv", "name_en", "group", "validity"],
    ),
    browse(
        RulebookMirror,
        _("Rulebooks that this database has known"),
        _("The file authorizations/rulebook.toml"),
        ["digest", "mirrored_at"],
        order=["-mirrored_at"],
    ),
    browse(
        Batch,
        _("Batches"),
        _INTAKE,
        ["made_at", "source", "began_at", "loaded_at", "digest"],
        ["source"],
        ["-made_at"],
    ),
    browse(
        Delivery,
        _("Delivered files"),
        _INTAKE,
        ["file", "batch__made_at", "rows", "merged", "unchanged", "rejected"],
        ["file"],
        ["-batch__made_at", "file"],
        related=["batch"],
    ),
]
KINDS = {admin.opts.model_name: admin for admin in _BROWSED}
