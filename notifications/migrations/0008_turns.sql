-- Gives a turn to what has come to municipalities and can be seen on a day. Rows are committed in
-- another order than their numbers say, and are seen later than they come. A turn is given to what
-- is there already, by one transaction at a time for a municipality, so that whoever sees a turn
-- sees all before it.
CREATE SEQUENCE notifications_turn AS bigint;
CREATE FUNCTION notifications_give_turns(codes varchar[], day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM notifications_handling
        WHERE municipality_id = ANY (codes) AND turn IS NULL AND visible_on <= day
    ) THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(code, 10))
    FROM (SELECT DISTINCT code FROM unnest(codes) AS code ORDER BY code) AS sorted;
    WITH due AS (  -- what somebody is changing just now has its turn at the next reading
        SELECT id FROM notifications_handling
        WHERE municipality_id = ANY (codes) AND turn IS NULL AND visible_on <= day
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE notifications_handling handling SET turn = nextval('notifications_turn')
    FROM due WHERE handling.id = due.id;
END $$;
REVOKE EXECUTE ON FUNCTION notifications_give_turns FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notifications_give_turns TO kelmu_app;
