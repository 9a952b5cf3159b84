-- Detection of odd acts: nothing of it happens in an organisation that has not held its co-operation
-- procedure with staff. kelmu_sealer, which reads the log and serves no request, computes it; the
-- application cannot ask what it asks, nor flag anything.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON oversight_switch
    FOR EACH STATEMENT EXECUTE FUNCTION oversight_keep();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON oversight_sweep
    FOR EACH STATEMENT EXECUTE FUNCTION oversight_keep();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON oversight_flag
    FOR EACH STATEMENT EXECUTE FUNCTION oversight_keep();

ALTER TABLE oversight_switch ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_sweep ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_flag ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON oversight_switch TO kelmu_app
    USING (organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint);
CREATE POLICY own_organisation ON oversight_sweep FOR SELECT TO kelmu_app
    USING (organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint);
CREATE POLICY with_its_review ON oversight_flag FOR SELECT TO kelmu_app
    USING (EXISTS (SELECT FROM oversight_review AS r WHERE r.id = review_id));
CREATE POLICY everything ON oversight_switch FOR SELECT TO kelmu_sealer USING (true);
CREATE POLICY everything ON oversight_sweep FOR SELECT TO kelmu_sealer USING (true);
GRANT INSERT ON oversight_switch TO kelmu_app;
GRANT USAGE ON SEQUENCE oversight_switch_id_seq TO kelmu_app;
GRANT SELECT ON oversight_switch, oversight_sweep TO kelmu_sealer;

-- From which day on the acts of an organisation may be looked at; NULL where detection is off.
CREATE FUNCTION oversight_detects_since(organisation bigint) RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN is_on THEN held_on END
    FROM oversight_switch WHERE organisation_id = organisation ORDER BY id DESC LIMIT 1
$$;

-- Off means none, whoever writes.
CREATE FUNCTION oversight_only_where_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.since IS DISTINCT FROM oversight_detects_since(NEW.organisation_id)
        OR NEW.since >= NEW.month + interval '1 month' THEN
        RAISE EXCEPTION 'Detection is off in the organisation, or was in that month.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_where_on BEFORE INSERT ON oversight_sweep
    FOR EACH ROW EXECUTE FUNCTION oversight_only_where_on();

-- The last word of a name in its hyphenated parts: "Aino Mäki-Salo" {mäki,salo}.
CREATE FUNCTION oversight_surnames(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT string_to_array(
        lower(substring(btrim(name) from '[^ ]+$') COLLATE "pg_unicode_fast"), '-')
$$;

-- How the people who acted in a month are tied to whom they acted on, where there is a tie at all.
-- Neither a name nor a place is told, only that two are the same; of somebody under non-disclosure
-- nothing that rests on where they live.
-- `namesakes`: the share of the customers of the month with the person's surname, where the customer
-- has it too. `elsewhere`: the customer lives elsewhere, and neither a notification nor a demand
-- ties them to the organisation.
CREATE FUNCTION oversight_ties(organisation bigint, of_month date, today date)
RETURNS TABLE (
    actor uuid, customer uuid, namesakes double precision, is_colleague boolean, elsewhere boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    since date := oversight_detects_since(organisation);
BEGIN
    IF since IS NULL THEN
        RAISE EXCEPTION 'Detection is off in the organisation.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('kelmu.organisation', organisation::text, true),
        set_config('kelmu.day', today::text, true);
    RETURN QUERY
    WITH pairs AS (
        SELECT DISTINCT e.actor, e.customer
        FROM audit_entry AS e
        WHERE e.organisation_id = organisation
            AND e.at >= greatest(of_month, since)::timestamp AT TIME ZONE 'Europe/Helsinki'
            AND e.at < (of_month + interval '1 month') AT TIME ZONE 'Europe/Helsinki'
            AND e.office = 'mandate' AND e.actor IS NOT NULL AND e.customer IS NOT NULL
    ), people AS (
        SELECT o.subject, oversight_surnames(o.name) AS surnames
        FROM authorizations_official AS o
        WHERE o.organisation_id = organisation
    ), whom AS MATERIALIZED (
        SELECT c.id, oversight_surnames(c.family_name) AS surnames, c.protected,
            c.home_municipality_id
        FROM customers_customer AS c
        WHERE c.id IN (SELECT p.customer FROM pairs AS p)
    ), names AS (
        SELECT name, count(*) / sum(count(*)) OVER () AS share
        FROM whom, unnest(surnames) AS name GROUP BY name
    ), own AS MATERIALIZED (
        SELECT code FROM notifications_municipalities()
    ), told AS (
        SELECT p.actor, p.customer,
            (
                SELECT sum(n.share)::double precision FROM names AS n
                WHERE n.name = ANY (a.surnames) AND n.name = ANY (w.surnames)
            ) AS namesakes,
            p.customer <> p.actor AND EXISTS (
                SELECT FROM people AS colleague WHERE colleague.subject = p.customer
            ) AS is_colleague,
            NOT w.protected AND w.home_municipality_id NOT IN (SELECT code FROM own)
                AND EXISTS (SELECT FROM own)
                AND NOT EXISTS (
                    SELECT FROM notifications_handling AS h
                    WHERE h.customer_id = p.customer
                        AND h.municipality_id IN (SELECT code FROM own)
                ) AND NOT EXISTS (
                    SELECT FROM payment_demands_demand AS d
                    WHERE d.customer_id = p.customer AND d.organisation_id = organisation
                ) AS elsewhere
        FROM pairs AS p
        JOIN whom AS w ON w.id = p.customer
        LEFT JOIN people AS a ON a.subject = p.actor
    )
    SELECT t.actor, t.customer, coalesce(t.namesakes, 0), t.is_colleague,
        coalesce(t.elsewhere, false)
    FROM told AS t
    WHERE t.namesakes > 0 OR t.is_colleague OR t.elsewhere;
END $$;

-- Flags acts of a month that is over and whose sample is drawn, once, as reviews after those that
-- chance picked. `flags`: in their rank, [{"id", "at", "acts", "points", "signs"}]. Answers how many
-- were flagged, NULL if that was done before or there is no sample.
CREATE FUNCTION oversight_flag_acts(
    organisation bigint, of_month date, today date, due date, seen integer, flags jsonb
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    drawn oversight_sample;
    sweep bigint;
    from_day date := oversight_detects_since(organisation);
    flagged integer;
BEGIN
    SELECT * INTO drawn FROM oversight_sample AS s
        WHERE s.organisation_id = organisation AND s.month = of_month;
    IF drawn.id IS NULL THEN
        RETURN NULL;
    END IF;
    IF jsonb_array_length(flags) > ceil(drawn.acts / 20.0) THEN
        RAISE EXCEPTION 'At most one act in twenty is flagged.' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO oversight_sweep (organisation_id, month, since, acts, swept_at)
        VALUES (organisation, of_month, from_day, seen, clock_timestamp())
        ON CONFLICT DO NOTHING RETURNING id INTO sweep;
    IF sweep IS NULL THEN
        RETURN NULL;
    END IF;
    WITH told AS (
        SELECT f.place AS rank, a.id, a.at, a.actor, (f.told ->> 'acts')::integer AS acts,
            (f.told ->> 'points')::double precision AS points, f.told -> 'signs' AS signs
        FROM jsonb_array_elements(flags) WITH ORDINALITY AS f (told, place)
        JOIN oversight_reviewable(organisation, of_month) AS a
            ON a.id = (f.told ->> 'id')::uuid AND a.at = (f.told ->> 'at')::timestamptz
        WHERE a.at >= from_day::timestamp AT TIME ZONE 'Europe/Helsinki'
    ), added AS (
        INSERT INTO oversight_review
            (sample_id, organisation_id, number, entry_id, at, actor, due_on)
            SELECT drawn.id, organisation, drawn.size + t.rank, t.id, t.at, t.actor, due
            FROM told AS t
            ON CONFLICT (organisation_id, entry_id) DO NOTHING
            RETURNING id, entry_id
    ), reviews AS (
        SELECT id, entry_id FROM added
        UNION ALL
        SELECT r.id, r.entry_id FROM oversight_review AS r WHERE r.sample_id = drawn.id
    )
    INSERT INTO oversight_flag (review_id, sweep_id, rank, acts, points, signs)
        SELECT r.id, sweep, t.rank, t.acts, t.points, t.signs
        FROM told AS t JOIN reviews AS r ON r.entry_id = t.id;
    GET DIAGNOSTICS flagged = ROW_COUNT;
    PERFORM set_config('kelmu.organisation', organisation::text, true);
    PERFORM audit_write(jsonb_build_object(
        'rule_date', today, 'act', 'pick_odd_acts', 'outcome', 'permitted', 'channel', 'browser',
        'office', '', 'organisation_id', organisation, 'agreement', '', 'mandates', '{}'::text[],
        'purpose', '', 'laws', '{}'::text[], 'rulebook', '', 'data_groups', '{}'::text[],
        'case_reference', '', 'details', jsonb_build_object(
            'month', to_char(of_month, 'YYYY-MM'), 'picked', flagged)));
    RETURN flagged;
END $$;

REVOKE EXECUTE ON FUNCTION oversight_detects_since(bigint), oversight_surnames(text),
    oversight_ties(bigint, date, date),
    oversight_flag_acts(bigint, date, date, date, integer, jsonb) FROM public;
GRANT EXECUTE ON FUNCTION oversight_ties(bigint, date, date),
    oversight_flag_acts(bigint, date, date, date, integer, jsonb) TO kelmu_sealer;
