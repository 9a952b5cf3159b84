"""What operations ask, field by field, as the page for people tells it: in English, as the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

type Schema = Mapping[str, Any]

KINDS = {"date": "day, 2026-11-29", "uuid": "UUID", "binary": "file"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a request: of its query or its body."""

    name: str
    kind: str
    required: str  # ", required" or nothing
    meaning: str


def query(operation: Schema, schemas: Schema) -> list[Asked]:
    """What stands in the address after the question mark."""
    return [
        _asked(one["name"], one["schema"], schemas, required=one["required"])
        for one in operation.get("parameters", [])
        if one.get("in") == "query"
    ]


def body(operation: Schema, schemas: Schema) -> list[Asked]:
    """What stands in the body, JSON or a form."""
    return [
        _asked(name, one, schemas, required=name in schema.get("required", ()))
        for schema in _bodies(operation, schemas)
        for name, one in schema["properties"].items()
    ]


def _bodies(operation: Schema, schemas: Schema) -> Iterator[Schema]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield _resolved(content["schema"], schemas)


def _asked(name: str, schema: Schema, schemas: Schema, *, required: bool) -> Asked:
    whole = _resolved(schema, schemas)
    default = whole.get("default")
    otherwise = f"Otherwise {default}." if isinstance(default, int | str) and default else ""
    meaning = " ".join(filter(None, [whole.get("description", ""), otherwise]))
    return Asked(name, _kind(whole, schemas), ", required" if required else "", meaning)


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    whole = dict(schema)
    for one in [schema, *schema.get("allOf", ())]:
        if "$ref" in one:
            whole = {**schemas[one["$ref"].rpartition("/")[2]], **one, **whole}
    return whole


def _kind(schema: Schema, schemas: Schema) -> str:
    """What a value looks like, in words."""
    whole = _resolved(schema, schemas)
    if "anyOf" in whole:
        kinds = [_kind(one, schemas) for one in whole["anyOf"] if one.get("type") != "null"]
        return ", or ".join(kinds)
    if told := whole.get("enum", [whole["const"]] if "const" in whole else []):
        return " | ".join(map(str, told))
    if whole["type"] == "array":
        return f"list: {_kind(whole['items'], schemas)}"
    plain = KINDS.get(whole.get("format", "")) or str(whole["type"])
    return ", ".join([plain, *_range(whole), *whole.get("examples", ())])


def _range(schema: Schema) -> list[str]:
    first, last = schema.get("minimum"), schema.get("maximum")
    if first is not None and last is not None and last <= 1000:
        return [f"{first}–{last}"]
    return [f"{schema['maxLength']} characters"] if "maxLength" in schema else []
