-- Whoever signs for Kela has recorded no other step of the agreement.
CREATE FUNCTION organisations_sign_alone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM organisations_agreementevent AS e
        WHERE e.agreement_id = NEW.agreement_id AND e."by" = NEW."by"
            AND e.step NOT IN ('signed_by_kela', 'put_into_use', 'shortened', 'ended')
    ) THEN
        RAISE EXCEPTION 'one person prepares an agreement and another signs it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signature_is_by_somebody_else';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER sign_alone BEFORE INSERT ON organisations_agreementevent
    FOR EACH ROW WHEN (NEW.step = 'signed_by_kela') EXECUTE FUNCTION organisations_sign_alone();

-- What a version covers does not change once it was decided on; only the owner mends it.
ALTER TABLE organisations_agreedpurpose ENABLE ROW LEVEL SECURITY;
CREATE POLICY readable ON organisations_agreedpurpose FOR SELECT TO kelmu_app USING (true);
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
