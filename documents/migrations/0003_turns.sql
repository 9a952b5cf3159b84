-- Gives a turn to what the acting organisation has sent, as payment_demands/migrations/0003_turns.sql
-- does to what it demands.
CREATE SEQUENCE documents_turn AS bigint;
CREATE FUNCTION documents_give_turns() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    acting bigint := nullif(current_setting('kelmu.organisation', true), '');
BEGIN
    IF NOT EXISTS (
        SELECT FROM documents_sending
        WHERE organisation_id = acting AND turn IS NULL AND state <> 'draft'
    ) THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('sendings of ' || acting, 10));
    WITH due AS (
        SELECT id FROM documents_sending
        WHERE organisation_id = acting AND turn IS NULL AND state <> 'draft'
        ORDER BY sent_at, id FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE documents_sending sending SET turn = nextval('documents_turn')
    FROM due WHERE sending.id = due.id;
END $$;
REVOKE EXECUTE ON FUNCTION documents_give_turns FROM PUBLIC;
GRANT EXECUTE ON FUNCTION documents_give_turns TO kelmu_app;

-- A turn is no step of a sending. Only the function gives one: nobody else may write the column.
DROP TRIGGER judge ON documents_sending;
CREATE TRIGGER judge_new BEFORE INSERT ON documents_sending
    FOR EACH ROW EXECUTE FUNCTION documents_judge();
CREATE TRIGGER judge BEFORE UPDATE ON documents_sending
    FOR EACH ROW WHEN (NEW.turn IS NOT DISTINCT FROM OLD.turn)
    EXECUTE FUNCTION documents_judge();
