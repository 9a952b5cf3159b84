-- The access log: append-only, partitioned by month, written only by audit_write().

CREATE TABLE audit_entry (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    rule_date date NOT NULL,
    act text NOT NULL CHECK (act <> ''),
    outcome text NOT NULL CHECK (outcome IN ('permitted', 'not_found', 'refused', 'failed')),
    channel text NOT NULL CHECK (channel IN ('browser', 'interface')),
    request_id uuid,
    session_id uuid,
    actor uuid,
    office text NOT NULL,
    organisation_id bigint,
    agreement text NOT NULL,
    mandates text[] NOT NULL,
    purpose text NOT NULL,
    laws text[] NOT NULL,
    rulebook text NOT NULL,
    customer uuid,
    opening uuid,
    data_groups text[] NOT NULL,
    look_back_from date,
    case_reference text NOT NULL CHECK (length(case_reference) <= 60),
    details jsonb NOT NULL,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);

CREATE INDEX ON audit_entry (organisation_id, at);
CREATE INDEX ON audit_entry (customer, at) WHERE customer IS NOT NULL;

CREATE TABLE audit_entry_person (
    entry_id uuid NOT NULL,
    at timestamptz NOT NULL,
    organisation_id bigint,
    subject uuid NOT NULL,
    PRIMARY KEY (at, entry_id, subject)
) PARTITION BY RANGE (at);

CREATE INDEX ON audit_entry_person (subject, at);

-- Nobody, not even the owner by mistake, changes what was written.
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The access log is append-only: % refused.', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- Statement triggers are not inherited by partitions, so each partition gets its own.
CREATE FUNCTION audit_protect(log_table regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
         FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()', log_table);
END $$;

-- Makes the partitions of one month. They are read through their parent alone, whose row-level
-- security a partition would not apply. Answers whether anything was made.
CREATE FUNCTION audit_add_month(month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent text;
    partition text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['audit_entry', 'audit_entry_person'] LOOP
        partition := kelmu_add_month(parent, month);
        IF partition IS NULL THEN
            RETURN false;
        END IF;
        EXECUTE format('REVOKE ALL ON %I FROM kelmu_app', partition);
        PERFORM audit_protect(partition::regclass);
    END LOOP;
    RETURN true;
END $$;

-- The one way in. The row's id and time are the database's; an organisation may only be the one
-- that the request acts for. Persons of a list are rows of their own.
CREATE FUNCTION audit_write(entry jsonb, persons uuid[] DEFAULT '{}') RETURNS uuid
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
    RETURN written.id;
END $$;

SELECT audit_protect('audit_entry'), audit_protect('audit_entry_person');
SELECT audit_add_month((date_trunc('month', now()) + n * interval '1 month')::date)
    FROM generate_series(-1, 24) AS n;

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON audit_entry FOR SELECT TO kelmu_app
    USING (organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint);
CREATE POLICY own_organisation ON audit_entry_person FOR SELECT TO kelmu_app
    USING (organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint);

GRANT EXECUTE ON FUNCTION audit_write(jsonb, uuid[]), audit_add_month(date) TO kelmu_app;
GRANT INSERT ON audit_subject, audit_pseudonym TO kelmu_app;
GRANT USAGE ON SEQUENCE audit_pseudonym_id_seq TO kelmu_app;
