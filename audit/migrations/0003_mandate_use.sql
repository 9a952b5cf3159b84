-- When each mandate of a person was told by Suomi.fi and used, kept from the log's own rows by the
-- one function that writes them: a review of access need not read years of the log.
-- A row without a mandate is somebody who acted by role. Days are those that rules use.

CREATE TABLE audit_mandate_use (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL,
    actor uuid NOT NULL,
    mandate text NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    told_at timestamptz NOT NULL,
    used_on date,
    UNIQUE (organisation_id, actor, mandate)
);

ALTER TABLE audit_mandate_use ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON audit_mandate_use FOR SELECT TO kelmu_app
    USING (organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint);

-- An act is found by who acted: the pace of searches, and the questions of oversight.
CREATE INDEX ON audit_entry (actor, at) WHERE actor IS NOT NULL;

CREATE FUNCTION audit_note_mandates(entry audit_entry) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF entry.actor IS NULL OR entry.organisation_id IS NULL
        OR entry.outcome NOT IN ('permitted', 'not_found') THEN
        RETURN;
    END IF;
    IF entry.act IN ('select_organisation', 'act_by_role') THEN
        INSERT INTO audit_mandate_use
            (organisation_id, actor, mandate, first_on, last_on, told_at)
            SELECT entry.organisation_id, entry.actor, mandate, entry.rule_date, entry.rule_date,
                entry.at
            FROM unnest(coalesce(nullif(entry.mandates, '{}'), '{""}')) AS mandate
            GROUP BY mandate
        ON CONFLICT (organisation_id, actor, mandate) DO UPDATE SET
            last_on = greatest(audit_mandate_use.last_on, excluded.last_on),
            told_at = greatest(audit_mandate_use.told_at, excluded.told_at);
    ELSIF entry.office = 'mandate' THEN
        UPDATE audit_mandate_use SET
            last_on = greatest(last_on, entry.rule_date),
            used_on = greatest(used_on, entry.rule_date)
        WHERE organisation_id = entry.organisation_id AND actor = entry.actor
            AND mandate = ANY (entry.mandates)
            AND (used_on IS NULL OR used_on < entry.rule_date);
    END IF;
END $$;

DO $$
DECLARE
    entry audit_entry;
BEGIN
    FOR entry IN SELECT * FROM audit_entry ORDER BY at LOOP
        PERFORM audit_note_mandates(entry);
    END LOOP;
END $$;

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
    INSERT INTO audit_entry SELECT written.*;
    INSERT INTO audit_entry_person
        SELECT written.id, written.at, written.organisation_id, person
        FROM unnest(persons) AS person GROUP BY person;
    PERFORM audit_note_mandates(written);
    RETURN written.id;
END $$;
