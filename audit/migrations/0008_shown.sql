-- What was shown stands in rows of its own: the row of an act is written before anything is read
-- and never changed afterwards. And each row says by which transaction it was written: rows commit
-- in another order than their times, and whoever seals the log must know when no more can come.

CREATE TABLE audit_shown (
    entry_id uuid NOT NULL,
    at timestamptz NOT NULL,
    organisation_id bigint,
    number integer NOT NULL CHECK (number >= 0),
    digest bytea NOT NULL CHECK (length(digest) = 32),
    transaction bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    PRIMARY KEY (entry_id, at)
) PARTITION BY RANGE (at);
SELECT audit_protect('audit_shown');

-- What was written before today is of transaction 0: no table is written anew for it.
ALTER TABLE audit_entry ADD COLUMN transaction bigint NOT NULL DEFAULT 0;
ALTER TABLE audit_entry_person ADD COLUMN transaction bigint NOT NULL DEFAULT 0;
ALTER TABLE audit_entry
    ALTER COLUMN transaction SET DEFAULT pg_current_xact_id()::text::bigint;
ALTER TABLE audit_entry_person
    ALTER COLUMN transaction SET DEFAULT pg_current_xact_id()::text::bigint;

-- Rows lie in the order of their transactions, or nearly: a summary of each few pages finds them
-- and costs whoever writes nothing.
CREATE INDEX ON audit_entry USING brin (transaction) WITH (pages_per_range = 16, autosummarize);
CREATE INDEX ON audit_entry_person USING brin (transaction)
    WITH (pages_per_range = 16, autosummarize);
CREATE INDEX ON audit_shown USING brin (transaction) WITH (pages_per_range = 16, autosummarize);

CREATE OR REPLACE FUNCTION audit_add_month(month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent text;
    partition text;
    is_new boolean := false;
BEGIN
    FOREACH parent IN ARRAY ARRAY['audit_entry', 'audit_entry_person', 'audit_shown'] LOOP
        partition := kelmu_add_month(parent, month);
        CONTINUE WHEN partition IS NULL;
        EXECUTE format('REVOKE ALL ON %I FROM kelmu_app', partition);
        PERFORM audit_protect(partition::regclass);
        is_new := true;
    END LOOP;
    RETURN is_new;
END $$;
SELECT audit_add_month(to_date(right(inhrelid::regclass::text, 7), 'YYYY_MM'))
    FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass;

CREATE OR REPLACE FUNCTION audit_write(entry jsonb, persons uuid[] DEFAULT '{}') RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    written audit_entry := jsonb_populate_record(NULL::audit_entry, entry);
    acting text := current_setting('kelmu.organisation', true);
BEGIN
    IF written.organisation_id IS NOT NULL
        AND written.organisation_id::text IS DISTINCT FROM acting THEN
        RAISE EXCEPTION 'A row of the log belongs to the organisation that the request acts for.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    written.id := uuidv7();
    written.at := clock_timestamp();
    written.transaction := pg_current_xact_id()::text::bigint;
    INSERT INTO audit_entry SELECT written.*;
    INSERT INTO audit_entry_person
        SELECT written.id, written.at, written.organisation_id, person
        FROM (SELECT DISTINCT person FROM unnest(persons) AS person) AS each ORDER BY person;
    PERFORM audit_note_mandates(written);
    RETURN written.id;
END $$;

-- Notes how many rows an act has shown, and a digest of them; in the statement that reads them.
-- The act is one of the organisation that the request acts for, or of none.
CREATE FUNCTION audit_show(entry uuid, number integer, digest bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_shown VALUES (entry, clock_timestamp(),
        nullif(current_setting('kelmu.organisation', true), '')::bigint, number, digest);
END $$;
GRANT EXECUTE ON FUNCTION audit_show(uuid, integer, bytea) TO kelmu_app;

ALTER TABLE audit_shown ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON audit_shown FOR SELECT TO kelmu_app
    USING (organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint);

-- Who seals and verifies reads the whole log and writes none of it.
GRANT USAGE ON SCHEMA public TO kelmu_sealer;
GRANT SELECT ON audit_entry, audit_entry_person, audit_shown TO kelmu_sealer;
CREATE POLICY everything ON audit_entry FOR SELECT TO kelmu_sealer USING (true);
CREATE POLICY everything ON audit_entry_person FOR SELECT TO kelmu_sealer USING (true);
CREATE POLICY everything ON audit_shown FOR SELECT TO kelmu_sealer USING (true);
