"""Many invented organisations, each with an agreement that has changed many times, or is to come
into use."""

import psycopg

from benchmarks.rig import Site, settle

VERSIONS = 10

# Business IDs of 991nnnn with their check digits; one whose remainder is 1 does not exist.
ORGANISATIONS = """
    WITH numbered AS (
        SELECT n, 9910000 + n AS body, (
            SELECT sum(substr((9910000 + n)::text, place::int, 1)::int * weight) %% 11
            FROM unnest('{7,9,10,5,8,4,2}'::int[]) WITH ORDINALITY AS w (weight, place)
        ) AS remainder
        FROM generate_series(1, %(number)s * 2) AS n
    )
    INSERT INTO organisations_organisation (
        business_id, name_fi, name_sv, type, validity, street, postal_code, post_office,
        staff_instruction_fi, staff_instruction_sv
    )
    SELECT body || '-' || (11 - remainder) %% 11, 'Keksitty ' || n, 'Påhittad ' || n,
        'other_authority', '[2023-01-01,)', '', '', '', '', ''
    FROM numbered WHERE remainder <> 1 ORDER BY n LIMIT %(number)s
    ON CONFLICT DO NOTHING
"""
AGREEMENTS = """
    INSERT INTO organisations_agreement (
        organisation_id, number, step, signed_on, validity, end_reason
    )
    SELECT id, 'KELMU-2024-' || left(business_id, 7), 'signed_by_kela', '2024-01-01',
        '[2024-01-01,)', ''
    FROM organisations_organisation WHERE business_id LIKE '991%'
    ON CONFLICT DO NOTHING
"""
CONTENTS = """
    WITH proposed AS (
        SELECT a.id, n, daterange(
            date '2024-01-01' + (n - 1) * 60,
            CASE WHEN n < %(versions)s THEN date '2024-01-01' + n * 60 END
        ) AS time
        FROM organisations_agreement AS a, generate_series(1, %(versions)s) AS n
        WHERE a.number LIKE 'KELMU-2024-991%%' AND NOT EXISTS (
            SELECT FROM organisations_agreementversion AS v WHERE v.agreement_id = a.id
        )
    ), versions AS (
        INSERT INTO organisations_agreementversion (
            agreement_id, number, wanted, validity, by_user_interface, by_technical_interface,
            requires_case_reference, documents_kept_days, terms_fi, terms_sv, proposed_by,
            proposed_by_name, proposed_at, decision, decided_by, decided_by_name, decided_at,
            decision_note
        )
        SELECT id, n, time, time, true, false, false, 90, '', '', uuidv7(), 'Anna', now(),
            'accepted', uuidv7(), 'Heikki', now(), ''
        FROM proposed RETURNING id, validity
    )
    INSERT INTO organisations_agreedpurpose (
        version_id, purpose, laws, validity, withheld_groups, withheld_benefits, withheld_fields
    )
    SELECT id, 'other_benefits', (
        SELECT laws FROM organisations_agreedpurpose
        WHERE purpose = 'other_benefits' AND lower(validity) = '2024-01-01' LIMIT 1
    ), validity, '{}', '{}', '{}' FROM versions
"""
# Every tenth is still in commissioning, as in the autumn of 2022.
UNDER_WAY = """
    WITH changed AS (
        UPDATE organisations_agreement SET validity = NULL, step = 'sent'
        WHERE number LIKE 'KELMU-2024-991%' AND id % 10 = 0 AND validity IS NOT NULL
        RETURNING id
    )
    INSERT INTO organisations_agreementevent (agreement_id, step, "on", note, by, by_name, at)
    SELECT id, 'sent', '2023-11-01', '', uuidv7(), 'Anna', now() FROM changed
"""


def fill(site: Site, organisations: int) -> None:
    """Lets the database have so many organisations of ours, with ten versions each. What is there
    stays: what two people decided on is removed by nobody."""
    with psycopg.connect(site.urls.owner) as connection:
        connection.execute(ORGANISATIONS, {"number": organisations})
        connection.execute(AGREEMENTS)
        connection.execute(CONTENTS, {"versions": VERSIONS})
        connection.execute(UNDER_WAY)
    settle(site.urls)
