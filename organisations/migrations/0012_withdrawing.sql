-- As they were before the column grew (0011).
CREATE POLICY undecided ON organisations_agreedpurpose FOR INSERT TO kelmu_app WITH CHECK (
    EXISTS (
        SELECT FROM organisations_agreementversion AS v WHERE v.id = version_id AND v.decision = ''
    )
);
CREATE POLICY undecided_too ON organisations_agreedpurpose FOR DELETE TO kelmu_app USING (
    EXISTS (
        SELECT FROM organisations_agreementversion AS v WHERE v.id = version_id AND v.decision = ''
    )
);

-- An agreement that was given up stays so: another one is begun.
CREATE FUNCTION organisations_stay_given_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an agreement that was given up does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_agreement_stays_given_up';
END
$$;
CREATE TRIGGER stay_given_up BEFORE UPDATE ON organisations_agreement
    FOR EACH ROW WHEN (OLD.step = 'given_up') EXECUTE FUNCTION organisations_stay_given_up();

-- The day of use waits until the preview of what then holds is accepted as it now reads, and until
-- the organisation has found every point of data security in order within the year before. The
-- owner enters what was in force before there was a preview.
CREATE FUNCTION organisations_wait_for_gates() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day_of_use date := lower(NEW.validity);
BEGIN
    PERFORM FROM organisations_agreementversion AS v
    JOIN organisations_previewacceptance AS a
        ON a.version_id = v.id AND a.content = organisations_content(v.id)
    WHERE v.agreement_id = NEW.id AND v.validity @> day_of_use;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no day of use before the preview is accepted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_day_of_use_waits_for_the_preview';
    END IF;
    PERFORM FROM (
        SELECT DISTINCT ON (point) state, "on" FROM organisations_securityassessment
        WHERE organisation_id = NEW.organisation_id ORDER BY point, at DESC, id DESC
    ) AS newest
    WHERE state = 'in_order' AND "on" BETWEEN day_of_use - interval '1 year' AND day_of_use
    HAVING count(*) = 7;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no day of use before the data security is assessed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_day_of_use_waits_for_data_security';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER wait_for_gates BEFORE UPDATE ON organisations_agreement
    FOR EACH ROW WHEN (
        current_user = 'kelmu_app'
        AND NEW.validity IS NOT NULL
        AND (OLD.validity IS NULL OR lower(NEW.validity) <> lower(OLD.validity))
    ) EXECUTE FUNCTION organisations_wait_for_gates();

-- The application begins agreements without a day of use; only the owner enters what was in force
-- before.
ALTER TABLE organisations_agreement ENABLE ROW LEVEL SECURITY;
CREATE POLICY readable ON organisations_agreement FOR SELECT TO kelmu_app USING (true);
CREATE POLICY not_in_use ON organisations_agreement FOR INSERT TO kelmu_app
    WITH CHECK (validity IS NULL);
CREATE POLICY changeable ON organisations_agreement FOR UPDATE TO kelmu_app USING (true);
