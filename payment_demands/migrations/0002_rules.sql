-- What no single row can say of a payment demand, its history, and who may touch what.

-- The calendar months that a period touches.
CREATE FUNCTION payment_demands_months(daterange) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT (extract(year FROM upper($1) - 1)::int - extract(year FROM lower($1))::int) * 12
        + extract(month FROM upper($1) - 1)::int - extract(month FROM lower($1))::int + 1
$$;
ALTER TABLE payment_demands_demand ADD CONSTRAINT an_advance_is_for_whole_months CHECK (
    advance_period IS NULL
    OR (extract(day FROM lower(advance_period)) = 1 AND extract(day FROM upper(advance_period)) = 1)
);
-- Shares and the whole benefit are held within the sum where a payment is distributed.
ALTER TABLE payment_demands_demand ADD CONSTRAINT a_demand_stays_in_the_sum_of_its_advance CHECK (
    advance_total IS NULL OR measure <> 'amount'
    OR amount * CASE recurrence WHEN 'once' THEN 1 ELSE payment_demands_months(period) END
        <= advance_total
);

-- Whether the organisation acts for the municipality on a day.
CREATE FUNCTION payment_demands_serves(claimant bigint, municipality varchar, day date)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM organisations_organisation o
        LEFT JOIN organisations_countymembership c ON c.county_id = o.county_id
            AND c.validity @> day
        LEFT JOIN organisations_servedmunicipality s ON s.organisation_id = o.id
            AND s.validity @> day
        WHERE o.id = claimant
            AND municipality IN (o.municipality_id, c.municipality_id, s.municipality_id)
    )
$$;
GRANT EXECUTE ON FUNCTION payment_demands_serves(bigint, varchar, date) TO kelmu_app;

-- Whether Kela pays the benefit in some part of the period, or is asked to. A decision that another
-- has replaced pays nothing; an advance is given while the matter is still pending.
CREATE FUNCTION payment_demands_payable(whose uuid, what varchar, in_period daterange)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM benefits_decision
        WHERE customer_id = whose AND benefit_id = what AND kind IN ('granted', 'revised')
            AND replaced_on IS NULL AND validity && in_period
    ) OR EXISTS (
        SELECT FROM benefits_pendingmatter
        WHERE customer_id = whose AND benefit_id = what
            AND state IN ('received', 'in_process', 'awaiting')
    )
$$;
GRANT EXECUTE ON FUNCTION payment_demands_payable(uuid, varchar, daterange) TO kelmu_app;

CREATE FUNCTION payment_demands_refuse(broken text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is broken', broken USING ERRCODE = 'check_violation', CONSTRAINT = broken;
END $$;

-- Every step: by the table of states, one version after another, touching only what it may.
CREATE FUNCTION payment_demands_judge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was text := CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.state END;
    side text;
    touched text[];
    about text[] := ARRAY['state', 'version', 'step', 'reason', 'changed_at', 'changed_on',
        'changed_by', 'changed_by_name', 'handler', 'handler_name', 'has_new_answer'];
    terms text[] := ARRAY['payee_id', 'municipality_id', 'period', 'recurrence', 'measure', 'amount',
        'share', 'reference', 'contact_name', 'contact_phone', 'statement', 'advance_period',
        'advance_total'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(array_agg(n.key), '{}') INTO touched
        FROM jsonb_each(to_jsonb(NEW)) n JOIN jsonb_each(to_jsonb(OLD)) o USING (key)
        WHERE n.value IS DISTINCT FROM o.value;
        IF touched <@ ARRAY['has_new_answer'] THEN
            RETURN NEW;  -- somebody has read Kela's answer
        END IF;
    END IF;
    IF NEW.version <> (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.version + 1 END) THEN
        PERFORM payment_demands_refuse('versions_follow_one_another');
    END IF;
    SELECT t.by INTO side FROM payment_demands_transition t
    WHERE (t.step, t.before, t.after) = (NEW.step, was, NEW.state);
    IF side IS NULL THEN
        PERFORM payment_demands_refuse('a_step_of_the_table_of_states');
    ELSIF current_user = 'kelmu_app' AND NOT (CASE side
        WHEN 'claimant' THEN current_setting('kelmu.organisation', true) = NEW.organisation_id::text
        WHEN 'kela' THEN coalesce(current_setting('kelmu.kela_desk', true), '') = 'on'
        ELSE false
    END) THEN
        PERFORM payment_demands_refuse('a_step_of_ones_own_side');
    END IF;
    IF TG_OP = 'UPDATE' AND NOT touched <@ (about || CASE NEW.step
        WHEN 'save' THEN terms || ARRAY['ground', 'benefit_id']
        WHEN 'register' THEN terms || ARRAY['ground', 'benefit_id', 'registered_at']
        WHEN 'edit' THEN terms
        WHEN 'end' THEN ARRAY['period']
        WHEN 'transfer' THEN ARRAY['organisation_id', 'payee_id', 'former_payee_id', 'transferred_on']
        ELSE '{}'::text[]
    END) THEN
        PERFORM payment_demands_refuse('a_step_touches_only_what_it_may');
    END IF;
    IF NEW.step = 'end' AND NOT NEW.period <@ OLD.period THEN
        PERFORM payment_demands_refuse('an_end_makes_the_time_shorter');
    END IF;
    IF NEW.step IN ('register', 'edit') THEN
        PERFORM payment_demands_judge_terms(NEW);
    END IF;
    RETURN NEW;
END $$;

-- What the pages check, too (payment_demands/checks.py). Drafts are judged when they are registered.
CREATE FUNCTION payment_demands_judge_terms(demand payment_demands_demand) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time for a customer of a claimant: what is looked for below stays as it is seen.
    PERFORM pg_advisory_xact_lock(
        hashtextextended(demand.organisation_id::text || demand.customer_id::text, 6));
    IF NOT EXISTS (
        SELECT FROM payment_demands_demandable d
        WHERE d.ground = demand.ground AND d.benefit_id = demand.benefit_id
            AND d.validity @> lower(demand.period)
            AND (upper(demand.period) IS NULL OR d.validity @> (upper(demand.period) - 1))
    ) THEN
        PERFORM payment_demands_refuse('a_benefit_that_the_ground_allows');
    END IF;
    IF NOT EXISTS (
        SELECT FROM organisations_payee p
        WHERE p.id = demand.payee_id AND p.organisation_id = demand.organisation_id
            AND p.validity @> demand.changed_on
    ) THEN
        PERFORM payment_demands_refuse('an_own_payee_of_the_day');
    END IF;
    IF NOT payment_demands_serves(
        demand.organisation_id, demand.municipality_id, demand.changed_on
    ) THEN
        PERFORM payment_demands_refuse('a_municipality_that_the_claimant_serves');
    END IF;
    IF NOT payment_demands_payable(demand.customer_id, demand.benefit_id, demand.period) THEN
        PERFORM payment_demands_refuse('a_benefit_that_is_paid_or_pending');
    END IF;
    IF EXISTS (
        SELECT FROM payment_demands_demand other
        WHERE other.organisation_id = demand.organisation_id
            AND other.customer_id = demand.customer_id AND other.benefit_id = demand.benefit_id
            AND other.period && demand.period AND other.id <> demand.id
            AND other.state IN ('registered', 'received', 'accepted', 'ended')
    ) THEN
        PERFORM payment_demands_refuse('no_overlap_of_own_demands');
    END IF;
END $$;
CREATE TRIGGER judge BEFORE INSERT OR UPDATE ON payment_demands_demand
    FOR EACH ROW EXECUTE FUNCTION payment_demands_judge();

-- The history is written by the database: no step is forgotten, none is told otherwise.
CREATE FUNCTION payment_demands_write_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.version <> OLD.version THEN
        INSERT INTO payment_demands_version
            (demand_id, number, step, state, at, "on", by, by_name, reason, content)
        VALUES (NEW.id, NEW.version, NEW.step, NEW.state, NEW.changed_at, NEW.changed_on,
            NEW.changed_by, NEW.changed_by_name, NEW.reason, to_jsonb(NEW));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER write_version AFTER INSERT OR UPDATE ON payment_demands_demand
    FOR EACH ROW EXECUTE FUNCTION payment_demands_write_version();

CREATE FUNCTION payment_demands_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Payment demands and their history are kept: % refused.', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER nothing_is_deleted BEFORE DELETE OR TRUNCATE ON payment_demands_demand
    FOR EACH STATEMENT EXECUTE FUNCTION payment_demands_keep();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_demands_version
    FOR EACH STATEMENT EXECUTE FUNCTION payment_demands_keep();

-- A claimant sees its own demands; Kela's desk sees all once it says that it is Kela's desk.
ALTER TABLE payment_demands_demand ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_demands_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON payment_demands_demand TO kelmu_app USING (
    organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint
);
CREATE POLICY kela_desk ON payment_demands_demand TO kelmu_app USING (
    current_setting('kelmu.kela_desk', true) = 'on'
) WITH CHECK (current_setting('kelmu.kela_desk', true) = 'on');
CREATE POLICY with_its_demand ON payment_demands_version FOR SELECT TO kelmu_app USING (
    EXISTS (SELECT FROM payment_demands_demand d WHERE d.id = demand_id)
);

-- Of others' demands on a customer only what the distribution of a payment needs; not whose they are.
CREATE FUNCTION payment_demands_of_others(whose uuid, what varchar, day date)
RETURNS TABLE (
    ground varchar, period daterange, recurrence varchar, measure varchar, amount numeric,
    share numeric, advance_total numeric, registered_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT d.ground, d.period, d.recurrence, d.measure, d.amount, d.share, d.advance_total,
        d.registered_at
    FROM payment_demands_demand d
    WHERE d.customer_id = whose AND d.benefit_id = what
        AND d.state IN ('registered', 'received', 'accepted', 'ended')
        AND (upper(d.period) IS NULL OR upper(d.period) > day)
        AND d.organisation_id <> nullif(current_setting('kelmu.organisation', true), '')::bigint
$$;
REVOKE EXECUTE ON FUNCTION payment_demands_of_others(uuid, varchar, date) FROM public;
GRANT EXECUTE ON FUNCTION payment_demands_of_others(uuid, varchar, date) TO kelmu_app;

GRANT EXECUTE ON FUNCTION
    payment_demands_months(daterange), payment_demands_refuse(text),
    payment_demands_judge_terms(payment_demands_demand)
TO kelmu_app;
GRANT INSERT ON payment_demands_demand TO kelmu_app;
GRANT UPDATE (
    ground, benefit_id, municipality_id, payee_id, period, recurrence, measure, amount, share,
    advance_period, advance_total, reference, contact_name, contact_phone, statement,
    state, version, step, reason, registered_at, changed_at, changed_on, changed_by,
    changed_by_name, handler, handler_name, has_new_answer
) ON payment_demands_demand TO kelmu_app;
