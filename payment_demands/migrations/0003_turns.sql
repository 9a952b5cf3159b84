-- Gives a turn to what the acting organisation demands. Demands are committed in another order than
-- their numbers and moments say. A turn is given to what is there already, by one transaction at a
-- time for an organisation, so that whoever sees a turn sees all before it.
CREATE SEQUENCE payment_demands_turn AS bigint;
CREATE FUNCTION payment_demands_give_turns() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    acting bigint := nullif(current_setting('kelmu.organisation', true), '');
BEGIN
    IF NOT EXISTS (
        SELECT FROM payment_demands_demand WHERE organisation_id = acting AND turn IS NULL
    ) THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('demands of ' || acting, 10));
    WITH due AS (  -- what somebody is changing just now has its turn at the next reading
        SELECT id FROM payment_demands_demand WHERE organisation_id = acting AND turn IS NULL
        ORDER BY changed_at, id FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE payment_demands_demand demand SET turn = nextval('payment_demands_turn')
    FROM due WHERE demand.id = due.id;
END $$;
REVOKE EXECUTE ON FUNCTION payment_demands_give_turns FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payment_demands_give_turns TO kelmu_app;

-- A turn is no step of a demand. Only the function gives one: nobody else may write the column.
DROP TRIGGER judge ON payment_demands_demand;
CREATE TRIGGER judge_new BEFORE INSERT ON payment_demands_demand
    FOR EACH ROW EXECUTE FUNCTION payment_demands_judge();
CREATE TRIGGER judge BEFORE UPDATE ON payment_demands_demand
    FOR EACH ROW WHEN (NEW.turn IS NOT DISTINCT FROM OLD.turn)
    EXECUTE FUNCTION payment_demands_judge();

-- Whoever claims from now on has not read it yet. By its name it comes after what judges the step.
CREATE FUNCTION payment_demands_turn_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.turn := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER turn_anew BEFORE UPDATE ON payment_demands_demand
    FOR EACH ROW WHEN (NEW.organisation_id <> OLD.organisation_id)
    EXECUTE FUNCTION payment_demands_turn_anew();
