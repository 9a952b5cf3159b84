-- A superseded version of a list is removed when its time is over: its rows go, what was published
-- when and how much stays, with the day of the removal. Nothing else of a list ever changes.
CREATE FUNCTION notifications_check_removal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.removed_on IS NOT NULL
        OR to_jsonb(NEW) - 'removed_on' <> to_jsonb(OLD) - 'removed_on'
        OR NOT EXISTS (
            SELECT FROM notifications_publication newer
            WHERE newer.is_complete AND newer.version > OLD.version
                AND (newer.listing, newer.municipality_id, lower(newer.period))
                    = (OLD.listing, OLD.municipality_id, lower(OLD.period))
        )
    THEN
        RAISE EXCEPTION 'Only a superseded list is removed, once and whole.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER complete ON notifications_publication;
CREATE TRIGGER complete BEFORE INSERT ON notifications_publication
    FOR EACH ROW EXECUTE FUNCTION notifications_check_publication();
CREATE TRIGGER change BEFORE UPDATE ON notifications_publication
    FOR EACH ROW WHEN (OLD.removed_on IS NOT DISTINCT FROM NEW.removed_on)
    EXECUTE FUNCTION notifications_check_publication();
CREATE TRIGGER removal BEFORE UPDATE ON notifications_publication
    FOR EACH ROW WHEN (OLD.removed_on IS DISTINCT FROM NEW.removed_on)
    EXECUTE FUNCTION notifications_check_removal();

CREATE OR REPLACE FUNCTION notifications_refuse_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM notifications_publication
        WHERE is_complete AND (TG_OP <> 'DELETE' OR removed_on IS NULL)
            AND id IN (SELECT publication_id FROM touched)
    ) THEN
        RAISE EXCEPTION 'The rows of a published list do not change.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Removes one version whose correction was published on `before` or earlier; the answer is its
-- number, NULL when there is none.
CREATE FUNCTION notifications_remove_superseded(before date, today date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    removed bigint;
    kind text;
BEGIN
    SELECT old.id INTO removed FROM notifications_publication old
    JOIN notifications_publication newer
        ON (newer.listing, newer.municipality_id, lower(newer.period))
            = (old.listing, old.municipality_id, lower(old.period))
        AND newer.version > old.version AND newer.is_complete
    WHERE old.is_complete AND old.removed_on IS NULL AND newer.published_on <= before
    LIMIT 1 FOR UPDATE OF old SKIP LOCKED;
    IF removed IS NOT NULL THEN
        UPDATE notifications_publication SET removed_on = today WHERE id = removed;
        FOREACH kind IN ARRAY ARRAY['invoice', 'risk', 'care', 'veteran', 'treatment'] LOOP
            EXECUTE format('DELETE FROM %I WHERE publication_id = $1', 'notifications_' || kind || 'row')
                USING removed;
        END LOOP;
    END IF;
    RETURN removed;
END $$;
REVOKE EXECUTE ON FUNCTION notifications_remove_superseded(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notifications_remove_superseded(date, date) TO kelmu_app;
