-- The application registers keys, approves and ends them, and notes their use. What a key is does
-- not change, one that has ended stays so, and nobody is let in by a key that is approved by nobody
-- but beside another one that holds.
GRANT INSERT, UPDATE (
    approved_at, approved_by, approved_by_name, last_used_at, ended_at, ended_by, ended_by_name
) ON organisations_interfacekey TO kelmu_app;
GRANT USAGE ON SEQUENCE organisations_interfacekey_id_seq TO kelmu_app;

CREATE FUNCTION organisations_keep_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ended_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
            RAISE EXCEPTION 'a key that has ended does not change'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_ended_key_stays_so';
        END IF;
        IF OLD.approved_at IS NOT NULL AND NEW.approved_at IS DISTINCT FROM OLD.approved_at THEN
            RAISE EXCEPTION 'a key is approved once'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_key_is_approved_once';
        END IF;
    END IF;
    IF NEW.approved_at IS NOT NULL AND NEW.approved_by IS NULL THEN
        PERFORM FROM organisations_interfacekey AS other
        WHERE other.organisation_id = NEW.organisation_id AND other.id <> NEW.id
            AND other.approved_at IS NOT NULL AND other.expires_on > NEW.registered_on
            AND (other.ended_at IS NULL OR other.ended_at > NEW.registered_at);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the first key of an organisation waits for Kela'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_first_key_waits_for_kela';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER keep_key BEFORE INSERT OR UPDATE ON organisations_interfacekey
    FOR EACH ROW EXECUTE FUNCTION organisations_keep_key();
