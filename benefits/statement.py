"""The one statement that reads a customer's benefits, put together once and run many times.

Each data group is read once, as far as the scope goes. Whatever is counted, sorted, paged or
summed up is taken from those rows, so nothing of what is not opened can count in it.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from django.db.models import DateTimeField, F, UUIDField, Window
from django.db.models.functions import RowNumber

from audit import shown
from authorizations.rulebook import DataGroup
from benefits.groups import GROUPS, Group, Scope
from customers.queries import people
from intake.freshness import ages
from intake.models import Batch
from kelmu.expressions import Late, written_out

type Sorts = tuple[tuple[DataGroup, str], ...]  # by which field, with "-" the other way round

PERSON = people().filter(pk=Late("customer", UUIDField()))
NEWER = Batch.objects.filter(loaded_at__gt=Late("previous", DateTimeField())).values("id")

ROWS = """
{group} AS MATERIALIZED (
    SELECT told.*, {found} AS found
    FROM (
        SELECT read.*, batch IN (SELECT id FROM newer) AS changed
        FROM ({rows}) AS read (place, batch, {fields})
    ) AS told
)"""

PAGE = """
(SELECT jsonb_build_object(
    'total', count(*),
    'changed', count(*) FILTER (WHERE changed),
    'found', count(*) FILTER (WHERE found)
) FROM {group})
|| jsonb_build_object('rows', (
    SELECT jsonb_agg(to_jsonb(page))
    FROM (
        SELECT * FROM {group} WHERE found ORDER BY {order}
        LIMIT %(size)s OFFSET %(size)s * least(
            %({group}_page)s - 1,
            (SELECT greatest(count(*) - 1, 0) FROM {group} WHERE found) / %(size)s
        )
    ) AS page
))"""

ALL = "(SELECT jsonb_agg(to_jsonb({group}) ORDER BY place) FROM {group})"

BENEFITS = "SELECT benefit FROM {group}"

COMING = """
(SELECT jsonb_agg(to_jsonb(coming) ORDER BY place) FROM (
    SELECT *, rank() OVER (PARTITION BY benefit ORDER BY paid_on) AS turn FROM payments
    WHERE state = 'scheduled' AND paid_on >= %(today)s
) AS coming WHERE turn = 1)"""

MONTHS = """
(SELECT jsonb_agg(to_jsonb(months)) FROM (
    SELECT benefit, state, date_trunc('month', paid_on::timestamp)::date AS month,
        count(*) AS payments, sum(net) AS net
    FROM payments GROUP BY 1, 2, 3
) AS months)"""

SUMS = """
(SELECT jsonb_agg(to_jsonb(sums) ORDER BY month DESC) FROM (
    SELECT date_trunc('month', paid_on::timestamp)::date AS month, count(*) AS payments,
        sum(gross) AS gross, sum(tax) AS tax, sum(deductions) AS deductions, sum(net) AS net
    FROM payments WHERE found AND (%(payments_state)s <> '' OR state IN ('scheduled', 'paid'))
    GROUP BY 1
) AS sums)"""


NOTED = """
WITH told AS MATERIALIZED (SELECT answer, answer::text AS content FROM ({read}) AS read (answer))
SELECT content, {note} FROM told"""

ROWS_OF = "jsonb_array_length(coalesce(nullif(answer #> '{{{group},rows}}', 'null'), '[]'))"


@lru_cache  # it takes longer than running it; purposes are few, and ways of sorting
def noted(scope: Scope, groups: tuple[DataGroup, ...], sorts: Sorts) -> str:
    """`statement`, which also notes what it reads as shown: one round trip for both."""
    number = " + ".join(["0", *(ROWS_OF.format(group=group) for group in groups)])
    note = shown.NOTE.format(number=number, content="content")
    return NOTED.format(read=statement(scope, groups, sorts), note=note)


@lru_cache  # it takes longer than running it; purposes are few, and ways of sorting
def statement(scope: Scope, groups: tuple[DataGroup, ...], sorts: Sorts) -> str:
    """The SQL, for `parameters`. It answers one row of one column, in JSON."""
    parts = [f"newer AS MATERIALIZED ({written_out(NEWER)})"]
    parts += [_rows(group, scope) for group in groups]
    files = ages(GROUPS[group].file for group in groups)
    told = {"person": f"({written_out(PERSON)})"}
    told |= {"made_at": f"to_jsonb(ARRAY({written_out(files)}))"}
    told |= {group: _page(group, dict(sorts).get(group)) for group in groups}
    told |= _overview(groups)
    pairs = ",\n".join(f"'{name}', {sql}" for name, sql in told.items())
    return f"WITH {','.join(parts)}\nSELECT jsonb_build_object({pairs})"


def _rows(slug: DataGroup, scope: Scope) -> str:
    group = GROUPS[slug]
    fields = scope.granted(slug, group.fields)
    rows = group.rows(scope).filter(customer=Late("customer", UUIDField()))
    place = Window(RowNumber(), order_by=cast("list[str]", [*rows.query.order_by]))
    read = rows.order_by().values_list(place, F("batch_id"), *fields.values())
    found = _found(slug, group)
    return ROWS.format(group=slug, rows=written_out(read), fields=", ".join(fields), found=found)


def _found(slug: DataGroup, group: Group) -> str:
    """Whether a row is among those that the reader narrows the page to."""
    conditions = [
        f"{group.first} <= %(until)s",
        f"{group.last} >= %(since)s",
        "(changed OR NOT %(changed)s)",
    ]
    if group.has_benefits:
        conditions.append("%(benefit)s IN ('', benefit)")
    if group.state:
        conditions.append(f"%({slug}_state)s IN ('', {group.state})")
    return " AND ".join(conditions)


def _page(slug: DataGroup, sort: str | None) -> str:
    return PAGE.format(group=slug, order=_order(sort) if sort else "place")


def _order(sort: str) -> str:
    field = sort.removeprefix("-")
    key = "array_position(%(by_title)s, benefit)" if field == "benefit" else field
    return f"{key} {'DESC' if sort.startswith('-') else 'ASC'} NULLS LAST, place"


def _overview(groups: Iterable[DataGroup]) -> dict[str, str]:
    """What the top of the page tells, however the groups below it are narrowed."""
    told = {
        "matters": (DataGroup.PENDENCY, ALL.format(group=DataGroup.PENDENCY)),
        "all_decisions": (DataGroup.DECISIONS, ALL.format(group=DataGroup.DECISIONS)),
        "coming": (DataGroup.PAYMENTS, COMING),
        "months": (DataGroup.PAYMENTS, MONTHS),
        "sums": (DataGroup.PAYMENTS, SUMS),
    }
    overview = {name: sql for name, (group, sql) in told.items() if group in groups}
    with_benefits = [BENEFITS.format(group=slug) for slug in groups if GROUPS[slug].has_benefits]
    return overview | {"benefits": f"to_jsonb(ARRAY({' UNION '.join(with_benefits)}))"}
