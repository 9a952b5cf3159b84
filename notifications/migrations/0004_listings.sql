-- A list is there whole or not at all, adds up to what Kela said, and does not change any more.

-- A publication becomes complete when its rows are there in the number and sum that it says.
CREATE FUNCTION notifications_check_publication() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    rows_of text := CASE NEW.listing
        WHEN 'labour_market_subsidy_invoice' THEN 'notifications_invoicerow'
        WHEN 'labour_market_subsidy_300_days' THEN 'notifications_invoicerow'
        WHEN 'prolonged_unemployment_risk' THEN 'notifications_riskrow'
        WHEN 'child_care_allowance_recipients' THEN 'notifications_carerow'
        WHEN 'front_veterans' THEN 'notifications_veteranrow'
        WHEN 'treatment_abroad' THEN 'notifications_treatmentrow'
    END;
    added_up text := CASE NEW.listing
        WHEN 'prolonged_unemployment_risk' THEN 'NULL::numeric' ELSE 'sum(amount)'
    END;
    found bigint;
    total numeric;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.is_complete THEN
        RAISE EXCEPTION 'A published list does not change.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.is_complete THEN
        EXECUTE format('SELECT count(*), %s FROM %I WHERE publication_id = $1', added_up, rows_of)
            INTO found, total USING NEW.id;
        IF found <> NEW.rows OR total IS DISTINCT FROM NEW.total THEN
            RAISE EXCEPTION 'The rows of a list are not what it says.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_complete_list_adds_up';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complete BEFORE INSERT OR UPDATE ON notifications_publication
    FOR EACH ROW EXECUTE FUNCTION notifications_check_publication();

CREATE FUNCTION notifications_refuse_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM notifications_publication
        WHERE is_complete AND id IN (SELECT publication_id FROM touched)
    ) THEN
        RAISE EXCEPTION 'The rows of a published list do not change.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DO $$
DECLARE
    kind text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['invoice', 'risk', 'care', 'veteran', 'treatment'] LOOP
        EXECUTE format('CREATE TRIGGER no_more AFTER INSERT ON %I REFERENCING NEW TABLE AS touched
            FOR EACH STATEMENT EXECUTE FUNCTION notifications_refuse_rows()',
            'notifications_' || kind || 'row');
        EXECUTE format('CREATE TRIGGER no_less AFTER DELETE ON %I REFERENCING OLD TABLE AS touched
            FOR EACH STATEMENT EXECUTE FUNCTION notifications_refuse_rows()',
            'notifications_' || kind || 'row');
        EXECUTE format('CREATE TRIGGER no_other AFTER UPDATE ON %I REFERENCING OLD TABLE AS touched
            FOR EACH STATEMENT EXECUTE FUNCTION notifications_refuse_rows()',
            'notifications_' || kind || 'row');
    END LOOP;
END $$;

-- Of which municipalities the acting organisation may see anything that Kela forwards: its own,
-- its county's, those that it serves, and those merged into them.
CREATE FUNCTION notifications_municipalities() RETURNS TABLE (type varchar, code varchar)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE own AS (
        SELECT o.type, coalesce(o.municipality_id, c.municipality_id, s.municipality_id) AS code
        FROM organisations_organisation o
        LEFT JOIN organisations_countymembership c ON c.county_id = o.county_id
        LEFT JOIN organisations_servedmunicipality s ON s.organisation_id = o.id
        WHERE o.id = nullif(current_setting('kelmu.organisation', true), '')::bigint
        UNION
        SELECT own.type, merged.code
        FROM own JOIN organisations_municipality merged ON merged.successor_id = own.code
    )
    SELECT own.type, own.code FROM own WHERE own.code IS NOT NULL
$$;
GRANT EXECUTE ON FUNCTION notifications_municipalities() TO kelmu_app;
CREATE OR REPLACE FUNCTION notifications_reach()
RETURNS TABLE (municipality varchar, receiver varchar, until_2022 boolean)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT own.code, kind.receiver, kind.until_2022
    FROM notifications_municipalities() own CROSS JOIN (VALUES
        ('social_services', true), ('social_services', false), ('municipality', false)
    ) AS kind (receiver, until_2022)
    WHERE CASE own.type
        WHEN 'helsinki' THEN true
        WHEN 'wellbeing_county' THEN kind.receiver = 'social_services'
        WHEN 'municipality' THEN kind.receiver = 'municipality' OR kind.until_2022
        WHEN 'joint_authority' THEN kind.until_2022
        ELSE false
    END
$$;

-- No organisation reads a list of a municipality that it could never see. What the mandates open
-- is asked by the queries (notifications/listings/queries.py).
ALTER TABLE notifications_publication ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_download ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_municipalities ON notifications_publication FOR SELECT TO kelmu_app USING (
    is_complete AND municipality_id IN (SELECT code FROM notifications_municipalities())
);
CREATE POLICY own_organisation ON notifications_download TO kelmu_app USING (
    organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint
);
DO $$
DECLARE
    kind text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['invoice', 'risk', 'care', 'veteran', 'treatment'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'notifications_' || kind || 'row');
        EXECUTE format('CREATE POLICY of_own_municipalities ON %I FOR SELECT TO kelmu_app
            USING (publication_id IN (SELECT id FROM notifications_publication))',
            'notifications_' || kind || 'row');
    END LOOP;
END $$;
GRANT INSERT ON notifications_download TO kelmu_app;
GRANT UPDATE (begun_at, finished_at, size, sha256) ON notifications_download TO kelmu_app;
