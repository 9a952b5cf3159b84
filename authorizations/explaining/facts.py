"""The rulebook's answers as JSON: rows as `manage.py rights` prints them, names beside them."""

from dataclasses import asdict, fields, is_dataclass
from functools import cache
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder

from authorizations import rulebook
from authorizations.rulebook import VOCABULARIES, Law, Named, OpenedPurpose


def facts(opened: OpenedPurpose) -> dict[str, object]:
    """What an opened purpose holds, in the rulebook's words."""
    return {
        "slug": opened.purpose,
        "tabs": opened.tabs,
        "data_groups": opened.data_groups,
        "look_back_months": opened.look_back_months,
        "notification_types": opened.notification_types,
        "listings": opened.listings,
        "actions": opened.actions,
        "law": [law.citation.fi for law in opened.law],
        "assumption": opened.assumption,
    }


@cache
def names() -> dict[str, dict[str, dict[str, str]]]:
    """Every word of every vocabulary with its names in three languages."""
    book = rulebook.load()
    return {
        key: {word.value: asdict(book.name(cast("Named", word))) for word in vocabulary}
        for key, vocabulary in VOCABULARIES.items()
    }


class Encoder(DjangoJSONEncoder):
    """Words as they are, laws by their Finnish citation, other rows by their fields."""

    def default(self, o: Any) -> Any:
        if isinstance(o, OpenedPurpose):
            return facts(o) | {
                "name": o.name,
                "description": o.description,
                "mandates": o.mandates,
                "withheld_fields": o.withheld_fields,
                "by_agreement_only": o.by_agreement_only,
                "basis": o.basis,
            }
        if isinstance(o, Law):
            return o.citation.fi
        if is_dataclass(o):
            return {field.name: getattr(o, field.name) for field in fields(o)}
        return super().default(o)
