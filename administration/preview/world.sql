-- The world of a preview: the tables of customers by the same names, with one synthetic customer, as
-- Kela would tell of them on the day that is previewed. Made anew after each migration (world.py).
--
-- What a look-back or an agreement can hide is there on both sides of it: each benefit has decisions
-- and payments of more than three years, each data group has rows, each state and kind its own.

CREATE FUNCTION preview.day() RETURNS date LANGUAGE sql STABLE
    RETURN current_setting('kelmu.preview_day')::date;
CREATE FUNCTION preview.version() RETURNS bigint LANGUAGE sql STABLE
    RETURN current_setting('kelmu.preview_version')::bigint;
CREATE FUNCTION preview.customer() RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN '00000000-0000-4000-8000-000000000900'::uuid;
CREATE FUNCTION preview.colleague() RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN '00000000-0000-4000-8000-000000000901'::uuid;
-- The first day of the month so many months before.
CREATE FUNCTION preview.month(months integer) RETURNS date LANGUAGE sql STABLE
    RETURN (date_trunc('month', preview.day()) - months * interval '1 month')::date;
-- The batch that told of it: the newest one told what is new since the customer was opened before.
CREATE FUNCTION preview.batch(happened date) RETURNS bigint LANGUAGE sql STABLE
    RETURN CASE WHEN happened > preview.day() - 3 THEN 2 ELSE 1 END;
CREATE FUNCTION preview.at(moment timestamp) RETURNS timestamptz LANGUAGE sql STABLE
    RETURN moment AT TIME ZONE 'Europe/Helsinki';

-- --- the customer, opened now and three days before ---------------------------------------------

CREATE VIEW preview.customers_customer AS
SELECT preview.customer() AS id, DATE '1985-10-13' AS birth_date, NULL::date AS died_on,
    NULL::date AS abroad_since, false AS protected, NULL::varchar AS home_municipality_id,
    ''::varchar AS country, 'fi'::varchar AS language, 'Synteettinen Asiakas'::varchar AS given_names,
    'Esikatselu'::varchar AS family_name, 1::bigint AS batch_id;

CREATE VIEW preview.customers_identitycode AS
SELECT '131085-900D'::varchar AS code, preview.customer() AS customer_id, true AS is_current,
    1::bigint AS batch_id;

CREATE VIEW preview.customers_opening AS
SELECT md5(opened.days || agreed.purpose)::uuid AS id, preview.customer() AS customer_id,
    current_setting('kelmu.preview_session')::uuid AS session_id,
    current_setting('kelmu.preview_subject')::uuid AS subject,
    current_setting('kelmu.preview_organisation')::bigint AS organisation_id,
    agreed.purpose, ''::varchar AS case_reference, false AS by_past_code,
    opened.at AS opened_at, preview.customer() AS entry_id, opened.at AS first_page_at,
    NULL::timestamptz AS closed_at, opened.previous_at
FROM (
    SELECT purpose FROM public.organisations_agreedpurpose WHERE version_id = preview.version()
    UNION SELECT 'payment_demands' -- an action that opens a customer without a purpose
) AS agreed
CROSS JOIN (
    SELECT days, at, lag(at) OVER (ORDER BY at) AS previous_at
    FROM (
        SELECT days, preview.at(preview.day() - days + interval '12 hours') AS at
        FROM unnest(ARRAY[0, 3]) AS days
    ) AS noon
) AS opened;

CREATE VIEW preview.intake_batch AS
SELECT id, 'preview'::varchar AS source, made AS made_at, made AS began_at, made AS loaded_at,
    repeat('0', 64)::varchar AS digest
FROM (
    SELECT (3 - n)::bigint AS id, preview.at(preview.day() - 7 * (n - 1) + interval '6 hours') AS made
    FROM generate_series(1, 2) AS n
) AS batch;

CREATE VIEW preview.intake_delivery AS
SELECT row_number() OVER () AS id, 2::bigint AS batch_id, file, ''::varchar AS sha256,
    0 AS rows, 0 AS merged, 0 AS unchanged, 0 AS rejected
FROM preview.file;

-- --- the tab Etuudet ---------------------------------------------------------------------------

-- Every benefit that there is or was: what was granted at first and later on, by its place among them.
CREATE VIEW preview.granted AS
SELECT slug AS benefit, n, validity, 90 + 21.37 * n AS amount,
    validity * daterange(preview.month(38 + n % 12), preview.month(14 + n % 12)) AS at_first,
    validity * daterange(preview.month(14 + n % 12), NULL) AS later
FROM (
    SELECT slug, validity, "order"::integer AS n FROM public.benefits_benefit
    WHERE slug <> 'basic_social_assistance' AND lower(validity) <= preview.day()
) AS benefit;

CREATE VIEW preview.benefits_pendingmatter AS
SELECT n::bigint AS id, preview.customer() AS customer_id, preview.batch(arrived) AS batch_id,
    arrived AS arrived_on, benefit AS benefit_id, applied_for, state,
    CASE state WHEN 'awaiting' THEN 'medical_statement' ELSE '' END AS awaited,
    CASE state WHEN 'awaiting' THEN 'health_care' ELSE '' END AS awaited_from
FROM (
    SELECT n, benefit, preview.day() - n / 2 AS arrived,
        (ARRAY['first', 'continuation', 'change', 'review'])[1 + n / 5 % 4] AS applied_for,
        (ARRAY['received', 'in_process', 'awaiting', 'decided'])[1 + n / 5 % 4] AS state
    FROM preview.granted WHERE n % 5 = 0 AND validity @> preview.day()
) AS matter;

-- A month of basic social assistance each, from next month back: what was asked for and what counts.
CREATE VIEW preview.assisted AS
SELECT n, month, 1001 + n AS decision, reduction, basic_amount, wages,
    basic_amount + 370.00 + 650.00 + 35.50 + 12.40 - 380.00 - wages AS amount
FROM (
    SELECT n, preview.month(n) AS month,
        CASE WHEN n % 7 = 3 THEN 20 END AS reduction,
        CASE WHEN n % 7 = 3 THEN 528.00 ELSE 660.00 END AS basic_amount,
        CASE WHEN n % 9 = 5 THEN 2200.00 ELSE 0.00 END AS wages
    FROM generate_series(-1, 41) AS n
) AS month;

CREATE VIEW preview.benefits_decision AS
SELECT id::bigint, preview.customer() AS customer_id, preview.batch(decided_on) AS batch_id,
    decided_on, NULL::date AS replaced_on, benefit::varchar AS benefit_id, validity,
    kind::varchar, amount::numeric(12, 2), amount_unit::varchar, grounds::varchar, law::varchar
FROM (
    SELECT n AS id, lower(later) - 12 AS decided_on, benefit, later AS validity, 'granted' AS kind,
        amount, 'month' AS amount_unit, 'conditions_met' AS grounds, '000/2020 1 §' AS law
    FROM preview.granted WHERE NOT isempty(later)
    UNION ALL
    SELECT 100 + n, lower(at_first) - 12, benefit, at_first, 'revised',
        amount - 20, 'month', 'change_of_income', '000/2020 2 §'
    FROM preview.granted WHERE NOT isempty(at_first)
    UNION ALL
    SELECT 200 + n, preview.day() - n, benefit, daterange(preview.month(0), preview.month(-2)),
        'rejected', NULL, '', 'too_much_income', '000/2020 3 §'
    FROM preview.granted WHERE n % 6 = 1 AND validity @> preview.month(0)
    UNION ALL
    SELECT 300 + n, preview.month(3), benefit, daterange(preview.month(9), preview.month(6)),
        'recovery', 150, 'once', 'paid_too_much', '000/2020 4 §'
    FROM preview.granted WHERE n % 10 = 3 AND validity @> preview.month(9)
    UNION ALL
    SELECT 400 + n, preview.day() - 1, benefit, daterange(preview.month(-1), NULL),
        'revised', amount + 5, 'month', 'change_of_rate', '000/2020 5 §'
    FROM preview.granted WHERE benefit = 'general_housing_allowance'
    UNION ALL
    SELECT decision, least(month - 6, preview.day() - 2), 'basic_social_assistance',
        daterange(month, (month + interval '1 month')::date),
        CASE WHEN amount > 0 THEN 'granted' ELSE 'rejected' END,
        CASE WHEN amount > 0 THEN amount END,
        CASE WHEN amount > 0 THEN 'month' ELSE '' END,
        CASE WHEN amount > 0 THEN 'conditions_met' ELSE 'too_much_income' END, '1412/1997 6 §'
    FROM preview.assisted
) AS decision;

-- A month's payment of each benefit every sixth month, and of the latest months all; social
-- assistance in two parts, of which the landlord gets one.
CREATE VIEW preview.benefits_payment AS
SELECT id::bigint, preview.customer() AS customer_id, preview.batch(paid_on) AS batch_id,
    decision::bigint AS decision_id, paid_on, benefit::varchar AS benefit_id,
    daterange(month, (month + interval '1 month')::date) AS period,
    gross::numeric(12, 2), tax::numeric(12, 2), deductions::numeric(12, 2),
    (gross - tax - deductions)::numeric(12, 2) AS net,
    (CASE
        WHEN paid_on > preview.day() THEN 'scheduled'
        WHEN id % 13 = 5 THEN 'returned'
        WHEN id % 17 = 5 THEN 'cancelled'
        ELSE 'paid'
    END)::varchar AS state,
    payee_kind::varchar,
    (CASE payee_kind
        WHEN 'authority' THEN 'Mallikunnan sosiaalitoimisto'
        WHEN 'landlord' THEN 'Vuokra-asunnot Malli'
        ELSE ''
    END)::varchar AS payee_name,
    '0900'::varchar AS account_last4,
    (CASE
        WHEN deductions = 0 THEN ''
        WHEN payee_kind = 'authority' THEN 'payment_demand'
        ELSE 'recovery'
    END)::varchar AS deduction_reason
FROM (
    SELECT 100 * n + 1 + month_no AS id, CASE WHEN later @> month THEN n ELSE 100 + n END AS decision,
        month + 4 + n % 20 AS paid_on, benefit, month, round(amount, 2) AS gross,
        CASE WHEN n % 3 = 0 THEN round(amount * 0.2, 2) ELSE 0 END AS tax,
        CASE WHEN n % 4 = 1 THEN 25 ELSE 0 END AS deductions,
        CASE WHEN n % 8 = 1 THEN 'authority' ELSE 'customer' END AS payee_kind
    FROM preview.granted
    CROSS JOIN (
        SELECT month_no, preview.month(month_no) AS month FROM generate_series(-1, 41) AS month_no
    ) AS month
    WHERE (month_no < 2 OR month_no % 6 = n % 6) AND validity @> month
    UNION ALL
    SELECT 13 * 17 * (50 + 2 * n + part), decision, month, 'basic_social_assistance', month,
        CASE part WHEN 0 THEN 650 ELSE amount - 650 END, 0, 0,
        CASE part WHEN 0 THEN 'landlord' ELSE 'customer' END
    FROM preview.assisted CROSS JOIN generate_series(0, 1) AS part WHERE amount > 0
) AS payment;

CREATE VIEW preview.benefits_insurance AS
SELECT id::bigint, preview.customer() AS customer_id, 1::bigint AS batch_id, validity,
    country = 'FI' AS covered, country::varchar, kind::varchar, basis::varchar
FROM (VALUES
    (1, daterange('1985-10-13', preview.month(30)), 'FI', 'social_security', 'residence'),
    (2, daterange(preview.month(30), preview.month(18)), 'SE', 'social_security', 'employment'),
    (3, daterange(preview.month(18), NULL), 'FI', 'social_security', 'residence'),
    (4, daterange('1985-10-13', NULL), 'FI', 'health_insurance', 'residence'),
    (5, daterange(preview.month(60), preview.month(48)), 'DE', 'health_insurance', 'posted_worker')
) AS insurance (id, validity, country, kind, basis);

CREATE VIEW preview.benefits_recovery AS
SELECT id::bigint, preview.customer() AS customer_id, preview.batch(claimed_on) AS batch_id,
    decision::bigint AS decision_id, claimed_on, benefit::varchar AS benefit_id,
    original_amount::numeric(12, 2), open_amount::numeric(12, 2), instalment::numeric(12, 2),
    state::varchar
FROM (
    SELECT n AS id, 300 + n AS decision, preview.month(3) AS claimed_on, benefit,
        150 AS original_amount, 90 AS open_amount, 30 AS instalment, 'open' AS state
    FROM preview.granted WHERE n % 10 = 3 AND validity @> preview.month(9)
    UNION ALL
    SELECT 100 + n, NULL, preview.month(20), benefit, 200, 200, NULL, 'suspended'
    FROM preview.granted WHERE n % 10 = 6 AND validity @> preview.month(20)
    UNION ALL
    SELECT 200 + n, NULL, preview.month(back), benefit, 80, 0, NULL, 'paid'
    FROM preview.granted CROSS JOIN unnest(ARRAY[8, 28, 48]) AS back
    WHERE n = back + 1 AND validity @> preview.month(back)
    UNION ALL
    SELECT 501, NULL, preview.month(5), 'basic_social_assistance', 240, 140, 20, 'open'
    UNION ALL
    SELECT 502, NULL, preview.month(25), 'basic_social_assistance', 60, 0, NULL, 'waived'
) AS recovery;

CREATE VIEW preview.benefits_medicinecap AS
SELECT preview.customer() AS customer_id, 1::bigint AS batch_id,
    CASE WHEN back = 1 THEN make_date(year, 10, 9) END AS reached_on, year::smallint AS year,
    (CASE WHEN back = 1 THEN 600.00 ELSE 100.00 + 40 * back END)::numeric(12, 2) AS accrued,
    600.00::numeric(12, 2) AS annual_limit, 50.00::numeric(12, 2) AS initial_deductible
FROM (
    SELECT back, extract(year FROM preview.day())::integer - back AS year
    FROM generate_series(0, 5) AS back
) AS cap;

CREATE VIEW preview.benefits_datafromothers AS
SELECT id::bigint, preview.customer() AS customer_id, 1::bigint AS batch_id, validity,
    gross::numeric(12, 2), kind::varchar, payer::varchar
FROM (VALUES
    (1, daterange(preview.month(20), NULL), 312.40, 'disability', 'Eläkevakuutus Malli'),
    (2, daterange(preview.month(50), preview.month(8)), 95.10, 'accident', 'Tapaturmavakuutus Malli'),
    (3, daterange(preview.month(60), preview.month(45)), 71.00, 'foreign', 'Pensionsverket Exempel')
) AS pension (id, validity, gross, kind, payer);

-- --- the tab Perustoimeentulotuki --------------------------------------------------------------

CREATE VIEW preview.benefits_householdmember AS
SELECT decision::bigint AS decision_id, 1::bigint AS batch_id, number, role::varchar,
    age_group::varchar
FROM preview.assisted
CROSS JOIN (VALUES (1, 'applicant', 'adult'), (2, 'child', 'under_10'))
    AS member (number, role, age_group);

CREATE VIEW preview.benefits_calculationline AS
SELECT decision::bigint AS decision_id, 1::bigint AS batch_id, month, number, member,
    CASE number WHEN 1 THEN reduction END AS reduction,
    (CASE number WHEN 7 THEN wages ELSE stated END)::numeric(12, 2) AS stated,
    (CASE number WHEN 1 THEN basic_amount WHEN 7 THEN wages ELSE counted END)::numeric(12, 2)
        AS amount,
    part::varchar, item::varchar,
    (CASE WHEN number = 1 AND reduction > 0 THEN 'refused_work' ELSE '' END)::varchar
        AS reduction_ground
FROM preview.assisted
CROSS JOIN (VALUES
    (1, 1, 'basic_amount', 'single_parent', 660.00, 660.00),
    (2, 2, 'basic_amount', 'younger_child_1', 370.00, 370.00),
    (3, NULL, 'housing', 'rent', 720.00, 650.00),
    (4, NULL, 'other_expense', 'electricity', 35.50, 35.50),
    (5, 1, 'other_expense', 'medicines', 12.40, 12.40),
    (6, NULL, 'income', 'housing_allowance', 380.00, 380.00),
    (7, 1, 'income', 'wages', NULL, NULL)
) AS line (number, member, part, item, stated, counted)
WHERE number < 7 OR wages > 0;

CREATE VIEW preview.benefits_assistanceapplication AS
SELECT id::bigint, preview.customer() AS customer_id, preview.batch(arrived_on) AS batch_id,
    decision::bigint AS decision_id, arrived_on, is_urgent,
    daterange(month, (month + interval '1 month')::date) AS period, state::varchar
FROM (
    SELECT decision AS id, decision, least(month - 14, preview.day() - 9) AS arrived_on,
        n % 8 = 2 AS is_urgent, month, 'decided' AS state
    FROM preview.assisted
    UNION ALL
    SELECT 2001, NULL, preview.day() - 1, true, preview.month(-2), 'awaiting'
    UNION ALL
    SELECT 2002, NULL, preview.day() - 40, false, preview.month(1), 'withdrawn'
) AS application;

CREATE VIEW preview.benefits_attachment AS
SELECT row_number() OVER (ORDER BY application.id, kind) AS id, application.batch_id,
    application.id AS application_id,
    CASE WHEN state = 'awaiting' AND kind = 'rental_agreement' THEN NULL ELSE arrived_on END
        AS received_on,
    kind::varchar
FROM preview.benefits_assistanceapplication AS application
CROSS JOIN unnest(ARRAY['bank_statement', 'rental_agreement', 'electricity_bill']) AS kind
WHERE state = 'awaiting' OR kind = 'bank_statement' OR application.id % 3 = 0;

CREATE VIEW preview.benefits_paymentcommitment AS
SELECT n AS id, preview.customer() AS customer_id, preview.batch(given_on) AS batch_id,
    daterange(given_on, (given_on + interval '3 months')::date) AS validity, given_on,
    (CASE WHEN n > 1 THEN 100 + 25 * n END)::numeric(12, 2) AS at_most, kind::varchar,
    provider::varchar
FROM (
    SELECT n, preview.month(9 * (n::integer - 1)) AS given_on, kind,
        (ARRAY['Apteekki Malli', 'Optikko Malli', 'Hammaslääkäri Malli', 'Sähköyhtiö Malli',
            'Vuokra-asunnot Malli'])[n] AS provider
    FROM unnest(ARRAY['pharmacy', 'glasses', 'dental_care', 'electricity', 'rent_guarantee'])
        WITH ORDINALITY AS commitment (kind, n)
) AS commitment;

-- Since the law of 1.2.2026 there are calls to act.
CREATE VIEW preview.benefits_calltoact AS
SELECT n::bigint AS id, preview.customer() AS customer_id, preview.batch(given_on) AS batch_id,
    given_on, given_on + 30 AS due_on, benefit::varchar AS benefit_id, kind::varchar,
    state::varchar
FROM (VALUES
    (1, preview.day() - 2, 'general_housing_allowance', 'apply_for_benefit', 'open'),
    (2, preview.month(2), NULL, 'register_as_jobseeker', 'complied'),
    (3, preview.month(5), 'child_maintenance_allowance', 'apply_for_benefit', 'neglected')
) AS call (n, given_on, benefit, kind, state)
WHERE given_on >= DATE '2026-02-01';

-- --- what Kela forwards ------------------------------------------------------------------------

-- In every municipality the same: of each type and at each receiver a new one, one in progress, one
-- handled, one transferred, and one that is too old for every look-back.
CREATE VIEW preview.forwarded AS
SELECT 1000 * municipality.code::integer + 100 * receiver.n + 10 * type.n + age.n AS id,
    municipality.code, receiver.name AS receiver, type.name AS type, age.state,
    age.state = 'new' AND type.n IN (1, 3) AS is_urgent,
    preview.day() - age.days - type.n::integer AS arrived
FROM (SELECT code FROM public.organisations_municipality) AS municipality
CROSS JOIN unnest(ARRAY[
    'application', 'reduced_basic_amount', 'need_for_social_work', 'unemployed_under_25',
    'unemployed_25_and_over', 'immigrant'
]) WITH ORDINALITY AS type (name, n)
CROSS JOIN (VALUES (0, 'social_services'), (1, 'municipality')) AS receiver (n, name)
CROSS JOIN (VALUES
    (1, 'new', 0), (2, 'in_progress', 8), (3, 'handled', 40), (4, 'transferred', 50),
    (5, 'handled', 1200)
) AS age (n, state, days)
WHERE receiver.name = 'social_services' OR type.name = 'immigrant';

CREATE VIEW preview.notifications_notification AS
SELECT id::bigint, preview.customer() AS customer_id, preview.batch(arrived) AS batch_id,
    preview.at(arrived + interval '9 hours') AS arrived_at,
    CASE WHEN type IN ('application', 'reduced_basic_amount') AND NOT is_urgent
        THEN arrived - 1 END AS decided_on,
    code::varchar AS municipality_id, is_urgent, type::varchar, arrived AS visible_on,
    'Mallikuvaus: asiakas on pyytänyt yhteydenottoa.'::text AS text,
    '+358 40 000 0900'::varchar AS phone,
    (CASE type WHEN 'application' THEN 'supplementary' ELSE '' END)::varchar AS assistance,
    (CASE type WHEN 'application' THEN 'Mallihankinta' ELSE '' END)::varchar AS applied_for,
    (CASE type WHEN 'application' THEN 250.00 END)::numeric(12, 2) AS amount,
    CASE type WHEN 'application'
        THEN daterange(arrived, (arrived + interval '1 month')::date) END AS period,
    (CASE type WHEN 'reduced_basic_amount' THEN 20 END)::smallint AS reduction,
    (CASE type WHEN 'reduced_basic_amount' THEN 'refused_work' ELSE '' END)::varchar
        AS reduction_ground,
    (CASE type WHEN 'need_for_social_work' THEN ARRAY['livelihood', 'housing'] ELSE '{}' END)
        ::varchar[] AS needs,
    'Kela, malliyksikkö'::varchar AS unit_name, '+358 20 000 0900'::varchar AS unit_phone
FROM preview.forwarded;

CREATE VIEW preview.notifications_attachment AS
SELECT id::bigint, preview.batch(arrived) AS batch_id, id::bigint AS notification_id,
    'mallitiliote.pdf'::varchar AS name, 'application/pdf'::varchar AS type, 4 AS size,
    '%PDF'::bytea AS content
FROM preview.forwarded WHERE type = 'application';

CREATE VIEW preview.notifications_handling AS
SELECT id::bigint, id::bigint AS notification_id,
    CASE WHEN state <> 'transferred' THEN preview.customer() END AS customer_id,
    preview.at(arrived + interval '9 hours') AS arrived_at,
    CASE WHEN state IN ('in_progress', 'handled')
        THEN preview.at(arrived + interval '10 hours') END AS taken_at,
    CASE WHEN state IN ('handled', 'transferred')
        THEN preview.at(arrived + interval '11 hours') END AS ended_at,
    CASE WHEN state <> 'new' THEN preview.colleague() END AS handler,
    arrived AS forwarded_on, arrived AS visible_on, 1 AS version, is_urgent,
    code::varchar AS municipality_id, receiver::varchar, type::varchar, state::varchar,
    (CASE WHEN state <> 'new' THEN 'Malli Työntekijä' ELSE '' END)::varchar AS handler_name,
    CASE state WHEN 'in_progress' THEN 'Mallimuistiinpano' ELSE '' END AS note,
    (CASE WHEN state = 'transferred' THEN '837' END)::varchar AS transferred_to_id,
    (CASE WHEN state = 'transferred' THEN 'Mallisyy' ELSE '' END)::varchar AS transfer_reason,
    NULL::bigint AS turn
FROM preview.forwarded;

CREATE VIEW preview.notifications_event AS
SELECT id::bigint, id::bigint AS handling_id, preview.at(arrived + interval '10 hours') AS at,
    preview.colleague() AS actor,
    current_setting('kelmu.preview_organisation')::bigint AS organisation_id,
    'taken'::varchar AS kind, 'Malli Työntekijä'::varchar AS actor_name, ''::text AS text,
    NULL::varchar AS came_from_id
FROM preview.forwarded WHERE state <> 'new';

-- A colleague to whom work is given.
CREATE VIEW preview.authorizations_official AS
SELECT 1::bigint AS id, current_setting('kelmu.preview_organisation')::bigint AS organisation_id,
    preview.colleague() AS subject, 'Malli Työntekijä'::varchar AS name, NULL::date AS left_on,
    NULL::timestamptz AS left_marked_at, NULL::uuid AS left_marked_by;

CREATE VIEW preview.audit_mandate_use AS
SELECT 1::bigint AS id, current_setting('kelmu.preview_organisation')::bigint AS organisation_id,
    preview.colleague() AS actor, mandate, preview.day() AS first_on, preview.day() AS last_on,
    preview.at(preview.day()::timestamp) AS told_at, preview.day() AS used_on
FROM unnest(string_to_array(current_setting('kelmu.preview_mandates'), ',')) AS mandate;

-- The queue asks how far the numbers have come: nothing comes while it is looked at.
CREATE VIEW preview.notifications_handling_id_seq AS
SELECT max(id)::bigint AS last_value, true AS is_called FROM preview.forwarded;

-- --- the lists that Kela publishes -------------------------------------------------------------

-- In every municipality each list of the last period, and of the one before with a correction.
CREATE VIEW preview.published AS
SELECT 1000 * municipality.code::integer + 10 * list.n + edition.n AS id, municipality.code,
    list.name AS listing, edition.version, edition.n AS edition,
    daterange(
        (list.upper - edition.back * list.length)::date,
        (list.upper - (edition.back - 1) * list.length)::date
    ) AS period,
    least(
        preview.day(), (list.upper - (edition.back - 1) * list.length)::date + 5 * edition.version
    ) AS published_on
FROM (SELECT code FROM public.organisations_municipality) AS municipality
CROSS JOIN (VALUES
    (1, 'labour_market_subsidy_invoice', preview.month(0), interval '1 month'),
    (2, 'prolonged_unemployment_risk', preview.month(0), interval '1 month'),
    (3, 'child_care_allowance_recipients', preview.month(0), interval '1 month'),
    (4, 'labour_market_subsidy_300_days', preview.month(0), interval '1 month'),
    (5, 'front_veterans', date_trunc('year', preview.day()), interval '1 year'),
    (6, 'treatment_abroad', CASE WHEN extract(month FROM preview.day()) < 7
        THEN date_trunc('year', preview.day())
        ELSE date_trunc('year', preview.day()) + interval '6 months' END, interval '6 months')
) AS list (n, name, upper, length)
CROSS JOIN (VALUES (1, 1, 1), (2, 2, 1), (3, 2, 2)) AS edition (n, back, version);

CREATE VIEW preview.notifications_invoicerow AS
SELECT number, 1::bigint AS batch_id, id::bigint AS publication_id,
    preview.customer() AS customer_id, lower(period) + 20 AS paid_on,
    21::smallint AS days, 300 + number AS counted_days,
    share::smallint, benefit::varchar, kind::varchar, period,
    gross::numeric(12, 2), round(gross * share / 100, 2)::numeric(12, 2) AS amount
FROM (
    SELECT published.id, published.period, line.number, line.kind,
        line.gross + 10 * (published.version - 1) AS gross,
        CASE WHEN lower(period) < DATE '2025-01-01' THEN line.before ELSE line.since END AS share,
        CASE
            WHEN number = 3 AND lower(period) >= DATE '2026-05-01'
                THEN 'general_social_security_benefit'
            WHEN number = 3 AND lower(period) >= DATE '2025-01-01'
                THEN 'basic_unemployment_allowance'
            ELSE 'labour_market_subsidy'
        END AS benefit
    FROM preview.published
    CROSS JOIN (VALUES
        (1, 'payment', 812.70, 50, 20), (2, 'return', -154.80, 50, 20), (3, 'payment', 774.00, 70, 50)
    ) AS line (number, kind, gross, before, since)
    WHERE listing IN ('labour_market_subsidy_invoice', 'labour_market_subsidy_300_days')
) AS invoiced;

CREATE VIEW preview.notifications_riskrow AS
SELECT number, 1::bigint AS batch_id, id::bigint AS publication_id,
    preview.customer() AS customer_id, lower(period) + 20 AS last_paid_on, counted_days,
    (CASE WHEN lower(period) < DATE '2026-05-01' THEN 'labour_market_subsidy'
        ELSE 'general_social_security_benefit' END)::varchar AS benefit,
    ground::varchar
FROM preview.published
CROSS JOIN (VALUES (1, 214, 'paid_200_days'), (2, 12, 'after_maximum'))
    AS line (number, counted_days, ground)
WHERE listing = 'prolonged_unemployment_risk';

CREATE VIEW preview.notifications_carerow AS
SELECT number, 1::bigint AS batch_id, id::bigint AS publication_id,
    preview.customer() AS customer_id, upper(period) - 2 AS paid_on, children::smallint,
    benefit::varchar, kind::varchar, period, allowance::numeric(12, 2),
    supplement::numeric(12, 2), municipal::numeric(12, 2) AS municipal_supplement,
    (allowance + supplement + municipal)::numeric(12, 2) AS amount
FROM preview.published
CROSS JOIN (VALUES
    (1, 2, 'child_home_care_allowance', 'payment', 490.12, 120.00, 150.00),
    (2, 1, 'flexible_care_allowance', 'payment', 269.24, 0.00, 0.00),
    (3, 1, 'child_home_care_allowance', 'return', -120.00, 0.00, 0.00)
) AS line (number, children, benefit, kind, allowance, supplement, municipal)
WHERE listing = 'child_care_allowance_recipients';

CREATE VIEW preview.notifications_veteranrow AS
SELECT 1 AS number, 1::bigint AS batch_id, id::bigint AS publication_id,
    preview.customer() AS customer_id, DATE '1995-03-01' AS since,
    59.31::numeric(12, 2) AS supplement, 180.40::numeric(12, 2) AS additional,
    239.71::numeric(12, 2) AS amount
FROM preview.published WHERE listing = 'front_veterans';

CREATE VIEW preview.notifications_treatmentrow AS
SELECT number, 1::bigint AS batch_id, id::bigint AS publication_id,
    preview.customer() AS customer_id, upper(period) - 10 AS paid_on, country::varchar,
    treatment::varchar, daterange(lower(period) + 3, lower(period) + 3 + number) AS period,
    cost::numeric(12, 2), amount::numeric(12, 2)
FROM preview.published
CROSS JOIN (VALUES (1, 'EE', 'dental', 640.00, 212.00), (2, 'SE', 'hospital', 5210.00, 4380.50))
    AS line (number, country, treatment, cost, amount)
WHERE listing = 'treatment_abroad';

CREATE VIEW preview.notifications_publication AS
SELECT published.id::bigint, 1::bigint AS batch_id, published_on, code::varchar AS municipality_id,
    told.rows::integer, version::smallint, true AS is_complete,
    CASE WHEN version > 1 THEN 0 END AS added, CASE WHEN version > 1 THEN 0 END AS left_out,
    CASE WHEN version > 1 THEN 1 END AS changed, listing::varchar, period,
    told.total::numeric(14, 2), repeat('0', 64)::varchar AS checksum,
    (CASE WHEN version > 1 THEN 'Mallikorjaus' ELSE '' END)::varchar AS reason,
    NULL::date AS removed_on
FROM preview.published
CROSS JOIN LATERAL (
    SELECT count(*) AS rows, sum(amount) AS total FROM (
        SELECT publication_id, amount FROM preview.notifications_invoicerow
        UNION ALL SELECT publication_id, NULL FROM preview.notifications_riskrow
        UNION ALL SELECT publication_id, amount FROM preview.notifications_carerow
        UNION ALL SELECT publication_id, amount FROM preview.notifications_veteranrow
        UNION ALL SELECT publication_id, amount FROM preview.notifications_treatmentrow
    ) AS line WHERE publication_id = published.id
) AS told;

-- --- payment demands ---------------------------------------------------------------------------

-- An account of the organisation, to which a demand is paid.
CREATE VIEW preview.organisations_payee AS
SELECT 1::bigint AS id, current_setting('kelmu.preview_organisation')::bigint AS organisation_id,
    daterange('2021-02-01', NULL) AS wanted, daterange('2021-02-01', NULL) AS validity,
    preview.colleague() AS proposed_by, 'Malli Työntekijä'::varchar AS proposed_by_name,
    preview.at(timestamp '2021-02-01') AS proposed_at, 'accepted'::varchar AS decision,
    preview.colleague() AS decided_by, 'Malli Työntekijä'::varchar AS decided_by_name,
    preview.at(timestamp '2021-02-01') AS decided_at, ''::varchar AS decision_note,
    'Mallikatu 1'::varchar AS street, '00100'::varchar AS postal_code,
    'HELSINKI'::varchar AS post_office, 'Mallitili'::varchar AS name,
    'FI2112345600000785'::varchar AS iban, NULL::uuid AS checked_by,
    ''::varchar AS checked_by_name, NULL::timestamptz AS checked_at, ''::varchar AS check_note,
    NULL::bigint AS replaces_id;

-- One demand of each kind of state: accepted, sent, rejected, ended, and a draft.
CREATE VIEW preview.payment_demands_demand AS
SELECT md5('demand' || n)::uuid AS id, o.id AS organisation_id, o.id AS made_by_id,
    preview.customer() AS customer_id, coalesce(o.municipality_id, (
        SELECT min(c.municipality_id) FROM public.organisations_countymembership AS c
        WHERE c.county_id = o.county_id AND c.validity @> preview.day()
    ), (
        SELECT min(s.municipality_id) FROM public.organisations_servedmunicipality AS s
        WHERE s.organisation_id = o.id AND s.validity @> preview.day()
    ), '091')::varchar AS municipality_id,
    1::bigint AS payee_id, ground::varchar, benefit::varchar AS benefit_id, period,
    recurrence::varchar, measure::varchar, demanded.amount::numeric(12, 2),
    share::numeric(5, 2), CASE ground WHEN 'social_assistance_23' THEN period END AS advance_period,
    (CASE ground WHEN 'social_assistance_23' THEN demanded.amount END)::numeric(12, 2)
        AS advance_total,
    'MALLI-' || n AS reference, 'Malli Työntekijä'::varchar AS contact_name,
    '+358 40 000 0900'::varchar AS contact_phone, 'Malliperustelu'::text AS statement,
    state::varchar, version, step::varchar,
    (CASE WHEN step IN ('end', 'reject') THEN 'Mallisyy' ELSE '' END)::varchar AS reason,
    CASE WHEN state <> 'draft' THEN preview.at(registered + interval '9 hours') END
        AS registered_at,
    preview.at(changed + interval '10 hours') AS changed_at, changed AS changed_on,
    CASE WHEN step IN ('accept', 'reject') THEN NULL ELSE preview.colleague() END AS changed_by,
    (CASE WHEN step IN ('accept', 'reject') THEN 'Kela' ELSE 'Malli Työntekijä' END)::varchar
        AS changed_by_name,
    preview.colleague() AS handler, 'Malli Työntekijä'::varchar AS handler_name,
    false AS has_new_answer, NULL::bigint AS former_payee_id,
    NULL::date AS transferred_on, NULL::bigint AS turn
FROM public.organisations_organisation AS o
CROSS JOIN (VALUES
    (1, 'client_fees_14', 'national_pension', daterange(preview.month(5), NULL), 'recurrent',
        'amount', 300.00, NULL, 'accepted', 2, 'accept', preview.month(5), preview.month(5) + 3),
    (2, 'social_assistance_23', 'general_housing_allowance',
        daterange(preview.month(0), preview.month(-1)), 'recurrent',
        'amount', 180.00, NULL, 'registered', 1, 'register', preview.day(), preview.day()),
    (3, 'social_assistance_23', 'sickness_allowance',
        daterange(preview.month(2), preview.month(1)), 'once',
        'amount', 150.00, NULL, 'rejected', 2, 'reject', preview.month(2), preview.day() - 1),
    (4, 'client_fees_14', 'child_maintenance_allowance',
        daterange(preview.month(14), preview.month(8)), 'recurrent',
        'share', NULL, 50.00, 'ended', 2, 'end', preview.month(14), preview.month(8)),
    (5, 'client_fees_14', 'guarantee_pension', daterange(preview.month(-1), NULL), 'recurrent',
        'whole', NULL, NULL, 'draft', 1, 'save', preview.day(), preview.day())
) AS demanded (n, ground, benefit, period, recurrence, measure, amount, share, state, version, step,
    registered, changed)
WHERE o.id = current_setting('kelmu.preview_organisation')::bigint;

-- Its history: registered first, then as it stands.
CREATE VIEW preview.payment_demands_version AS
SELECT row_number() OVER (ORDER BY demand.id, number) AS id, demand.id AS demand_id, number,
    (CASE WHEN number < version THEN 'register' ELSE step END)::varchar AS step,
    (CASE WHEN number < version THEN 'registered' ELSE state END)::varchar AS state,
    CASE WHEN number < version THEN registered_at ELSE changed_at END AS at,
    CASE WHEN number < version THEN lower(period) ELSE changed_on END AS on,
    CASE WHEN number < version THEN handler ELSE changed_by END AS by,
    CASE WHEN number < version THEN handler_name ELSE changed_by_name END AS by_name,
    CASE WHEN number < version THEN ''::varchar ELSE reason END AS reason,
    to_jsonb(demand) AS content
FROM preview.payment_demands_demand AS demand
CROSS JOIN LATERAL generate_series(1, version) AS number;

-- Nobody else demands anything of the customer.
CREATE FUNCTION preview.payment_demands_of_others(whose uuid, what varchar, day date)
RETURNS TABLE (
    ground varchar, period daterange, recurrence varchar, measure varchar, amount numeric,
    share numeric, advance_total numeric, registered_at timestamptz
) LANGUAGE sql STABLE AS $$
    SELECT ''::varchar, NULL::daterange, ''::varchar, ''::varchar, 0.0, 0.0, 0.0, now() WHERE false
$$;
-- What code asks of the database by name, answered by the tables of the preview.
CREATE FUNCTION preview.payment_demands_payable(whose uuid, what varchar, in_period daterange)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN public.payment_demands_payable(whose, what, in_period);
END
$$;
CREATE FUNCTION preview.payment_demands_serves(claimant bigint, municipality varchar, day date)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN public.payment_demands_serves(claimant, municipality, day);
END
$$;
