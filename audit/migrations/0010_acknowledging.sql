-- What verifying found stays found for ever where a row was changed or lost: the log cannot be mended.
-- Kela's oversight acknowledges it, with a reason that stands in the log; the alarm then tells of
-- what is found beyond that.

CREATE TABLE audit_acknowledgement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry_id uuid NOT NULL UNIQUE,  -- the row of the log: who, when and why
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    findings jsonb NOT NULL CHECK (findings <> '[]')
);
SELECT audit_protect('audit_acknowledgement');

-- What was found since the whole log was last in order, and has not been acknowledged; by the
-- verification of that number at the latest, if one is given.
CREATE FUNCTION audit_standing_findings(until bigint DEFAULT NULL) RETURNS SETOF jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT DISTINCT found
    FROM audit_verification AS v, jsonb_array_elements(v.findings) AS found
    WHERE v.id > coalesce((
            SELECT max(id) FROM audit_verification WHERE is_whole AND findings = '[]'), 0)
        AND (until IS NULL OR v.id <= until)
        AND NOT EXISTS (
            SELECT FROM audit_acknowledgement AS a
            WHERE a.findings @> jsonb_build_array(found)
        )
$$;

-- Acknowledges them, for whoever of Kela's oversight has just written so with a reason; how many.
CREATE FUNCTION audit_acknowledge(asked uuid, until bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    standing jsonb := coalesce(
        (SELECT jsonb_agg(one) FROM audit_standing_findings(until) AS one), '[]');
BEGIN
    IF NOT EXISTS (
        SELECT FROM audit_entry AS e
        WHERE e.id = asked AND e.at >= transaction_timestamp()
            AND e.act = 'acknowledge_findings'
            AND 'oversight' = ANY (string_to_array(e.office, ','))
            AND e.details ->> 'reason' <> ''
    ) THEN
        RAISE EXCEPTION 'What was found is acknowledged with a row of the log that says why.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF standing <> '[]' THEN
        INSERT INTO audit_acknowledgement (entry_id, findings) VALUES (asked, standing);
    END IF;
    RETURN jsonb_array_length(standing);
END $$;
REVOKE EXECUTE ON FUNCTION audit_standing_findings(bigint), audit_acknowledge(uuid, bigint)
    FROM public;
GRANT EXECUTE ON FUNCTION audit_standing_findings(bigint), audit_acknowledge(uuid, bigint)
    TO kelmu_app;
