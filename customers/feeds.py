"""The feed of customers: who they are, and under which identity codes Kela knows or knew them.

A customer is found again by any of the codes, or by the pseudonym of one (an official who becomes
a customer is the same subject). Nothing of a plain code goes beyond the temporary tables, the
target and this process.
"""

from collections.abc import Iterator
from itertools import batched

from psycopg.sql import SQL

from audit.pseudonyms import digest
from customers.models import Customer
from intake.feeds import Check, Feed, Parameters, Rows, coded, day, text, truth, word
from intake.merging import once, same, upsert
from intake.models import Reject
from kelmu.hetu import InvalidHetu, parse

CHUNK = 10_000
CODE = "[0-9]{6}[-+YXWVUABCDEF][0-9]{3}[0-9A-Z]"

KNOWN = """
    CREATE TEMPORARY TABLE known AS
    SELECT DISTINCT code.line, coalesce(owned.customer_id, pseudonym.subject_id) AS customer_id
    FROM code
    LEFT JOIN customers_identitycode owned ON owned.code = code.code
    LEFT JOIN audit_pseudonym pseudonym
        ON pseudonym.key_version = %(key_version)s AND pseudonym.digest = code.digest
    WHERE owned.customer_id IS NOT NULL OR pseudonym.subject_id IS NOT NULL
"""

type Code = tuple[int, str, bool, bool, bytes]  # line, code, is it current, is it valid, digest


def prepare_codes(cursor: Rows, parameters: Parameters) -> None:
    """Makes `code`, every code of the file by line, and `known`, the subjects behind them."""
    cursor.execute("""
        CREATE TEMPORARY TABLE code
            (line integer, code text, is_current boolean, is_valid boolean, digest bytea)
    """)
    for codes in batched(_codes(cursor), CHUNK):
        with cursor.copy("COPY code FROM STDIN") as copy:
            for code in codes:
                copy.write_row(code)
    cursor.execute("ANALYZE code")
    cursor.execute(KNOWN, parameters)
    cursor.execute("ANALYZE known")


def _codes(cursor: Rows) -> Iterator[Code]:
    with cursor.connection.cursor(name="codes") as reader:
        reader.itersize = CHUNK
        reader.execute("SELECT line, hetu, former_codes FROM raw ORDER BY line")
        for line, hetu, former in reader:
            yield _code(line, hetu, is_current=True)
            for code in set((former or "").split()) - {hetu}:
                yield _code(line, code, is_current=False)


def _code(line: int, code: str, *, is_current: bool) -> Code:
    return line, code, is_current, _is_valid(code), digest(code)


def _is_valid(code: str) -> bool:
    try:
        return parse(code) == code
    except InvalidHetu:
        return False


# Lines with a code that the table does not know as they tell it.
NEWS_OF_CODES = """
    SELECT DISTINCT code.line
    FROM code LEFT JOIN known ON known.line = code.line
    LEFT JOIN customers_identitycode held
        ON (held.code, held.customer_id, held.is_current)
            = (code.code, known.customer_id, code.is_current)
    WHERE held.code IS NULL
"""

CUSTOMERS = Feed(
    file="customers.csv",
    table="customers_customer",
    columns=(
        coded("hetu", f"^{CODE}$"),
        coded("former_codes", f"^{CODE}( {CODE})*$", required=False),
        text("given_names", 100),
        text("family_name", 100),
        day("birth_date"),
        coded("municipality", "^[0-9]{3}$", required=False),
        truth("protected"),
        word("language", Customer.Language),
        day("died_on", required=False),
        coded("country", "^[A-Z]{2}$", required=False),
        day("abroad_since", required=False),
    ),
    prepare=prepare_codes,
    extra=SQL("""
        , coalesce(known.customer_id, uuidv7()) AS customer_id, news.line IS NOT NULL AS is_news
    """),
    source=SQL("""
        raw LEFT JOIN (SELECT DISTINCT ON (line) line, customer_id FROM known) known
            ON known.line = raw.line
        LEFT JOIN ({}) news ON news.line = raw.line
    """).format(SQL(NEWS_OF_CODES)),
    checks=(
        Check(
            "hetu",
            Reject.Reason.IDENTITY_CODE,
            SQL("t.line IN (SELECT line FROM code WHERE NOT is_valid)"),
            among_rows=True,
        ),
        Check(
            "hetu",
            Reject.Reason.SEVERAL_CUSTOMERS,
            SQL("t.line IN (SELECT line FROM known GROUP BY line HAVING count(*) > 1)"),
            among_rows=True,
        ),
        Check(
            "hetu",
            Reject.Reason.DUPLICATE,
            SQL("""
                t.line IN (
                    SELECT line
                    FROM (SELECT line, min(line) OVER (PARTITION BY code) AS first FROM code) rows
                    WHERE line > first
                )
            """),
            among_rows=True,
        ),
        once("hetu", "customer_id"),
        Check("died_on", Reject.Reason.FUTURE, SQL("t.died_on > %(made_on)s")),
        Check("died_on", Reject.Reason.PERIOD, SQL("t.died_on < t.birth_date")),
        Check("abroad_since", Reject.Reason.FUTURE, SQL("t.abroad_since > %(made_on)s")),
        Check(
            "country",
            Reject.Reason.STATE,
            SQL("t.country = 'FI' OR (t.country = '') <> (t.abroad_since IS NULL)"),
        ),
        Check(
            "municipality",
            Reject.Reason.UNKNOWN_MUNICIPALITY,
            SQL("""
                t.municipality <> ''
                AND t.municipality NOT IN (SELECT code FROM organisations_municipality)
            """),
        ),
    ),
    before=(
        SQL("""
            INSERT INTO audit_subject (id, created_at)
            SELECT customer_id, now() FROM told ON CONFLICT (id) DO NOTHING
        """),
        SQL("""
            INSERT INTO audit_pseudonym (subject_id, key_version, digest)
            SELECT told.customer_id, %(key_version)s, code.digest
            FROM told JOIN code ON code.line = told.line
            ON CONFLICT (key_version, digest) DO NOTHING
        """),
    ),
    merge=upsert(
        "customers_customer",
        {"id": "customer_id"},
        same("birth_date", "died_on", "abroad_since", "country", "protected", "language")
        | same("given_names", "family_name")
        | {"home_municipality_id": "nullif(municipality, '')"},
        changed="is_news",
    ),
    after=(
        SQL("""
            UPDATE customers_identitycode target
            SET is_current = false, batch_id = %(batch)s
            FROM told
            WHERE told.is_news AND target.customer_id = told.customer_id
                AND target.is_current AND target.code <> told.hetu
        """),
        SQL("""
            INSERT INTO customers_identitycode AS target (code, customer_id, is_current, batch_id)
            SELECT code.code, told.customer_id, code.is_current, %(batch)s
            FROM told JOIN code ON code.line = told.line
            WHERE told.is_news
            ON CONFLICT (code) DO UPDATE
            SET is_current = excluded.is_current, batch_id = excluded.batch_id
            WHERE target.is_current <> excluded.is_current
        """),
        SQL("DROP TABLE code, known"),
    ),
)
