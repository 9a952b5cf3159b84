-- Seals of the log, and how it stands with them. kelmu_sealer alone writes here; what a seal says
-- stands in its content, the other columns find it.

CREATE TABLE audit_seal (
    organisation_id bigint NOT NULL,  -- 0: of rows without one
    number bigint NOT NULL CHECK (number > 0),
    round bigint NOT NULL CHECK (round > 0),
    made_at timestamptz NOT NULL,
    content text NOT NULL,
    signature text NOT NULL,
    PRIMARY KEY (organisation_id, number)
);
CREATE INDEX ON audit_seal (round, organisation_id);
CREATE INDEX ON audit_seal (made_at);
SELECT audit_protect('audit_seal');

CREATE TABLE audit_sealing (
    is_the_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_the_only_row),
    sealed_until timestamptz NOT NULL,    -- what was written before is sealed
    anchored_until timestamptz NOT NULL,  -- and anchored
    anchored_round bigint NOT NULL,
    began_at timestamptz NOT NULL
);
INSERT INTO audit_sealing VALUES (true, now(), now(), 0, now());

CREATE TABLE audit_verification (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    is_whole boolean NOT NULL,  -- of all organisations, from the beginning
    rows bigint NOT NULL,
    seals bigint NOT NULL,
    findings jsonb NOT NULL
);
SELECT audit_protect('audit_verification');

REVOKE ALL ON audit_seal FROM kelmu_app;
GRANT SELECT, INSERT ON audit_seal, audit_verification TO kelmu_sealer;
GRANT SELECT, UPDATE ON audit_sealing TO kelmu_sealer;

-- Removes a month that is older than the log is kept; its seals stay. The owner's alone, and no
-- month younger than the five years that the terms of e-Authorizations ask for.
CREATE FUNCTION audit_remove_month(month date, years integer) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    name text := to_char(month, 'YYYY_MM');
    parent text;
    number bigint;
BEGIN
    IF date_trunc('month', month) >= date_trunc('month', now() AT TIME ZONE 'UTC')
            - greatest(years, 5) * interval '1 year' THEN
        RAISE EXCEPTION 'The log of % is kept for % years.', to_char(month, 'YYYY-MM'),
            greatest(years, 5);
    END IF;
    IF to_regclass('audit_entry_' || name) IS NULL THEN
        RAISE EXCEPTION 'There is no log of %.', to_char(month, 'YYYY-MM');
    END IF;
    EXECUTE format('SELECT count(*) FROM %I', 'audit_entry_' || name) INTO number;
    FOREACH parent IN ARRAY ARRAY['audit_entry', 'audit_entry_person', 'audit_shown'] LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I', parent || '_' || name);
    END LOOP;
    PERFORM audit_write(jsonb_build_object(
        'rule_date', current_date, 'act', 'remove_log_month', 'outcome', 'permitted',
        'channel', 'browser', 'office', 'command', 'agreement', '', 'mandates', '{}'::text[],
        'purpose', '', 'laws', '{}'::text[], 'rulebook', '', 'data_groups', '{}'::text[],
        'case_reference', '',
        'details', jsonb_build_object('month', to_char(month, 'YYYY-MM'), 'rows', number)));
    RETURN number;
END $$;
