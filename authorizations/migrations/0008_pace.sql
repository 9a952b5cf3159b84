-- Until when a person must wait who has searched for an organisation too often: `numbers` of searches,
-- misses and hits, within `spans`. NULL: not at all. Until the transaction ends, no other search of
-- the same person is counted beside this one.
-- It is planned once for a connection: planning for all months of the log takes longer than reading.
-- The day after spares it the months to come.
CREATE FUNCTION authorizations_search_wait(
    person uuid, organisation bigint, moment timestamptz, numbers integer[], spans interval[]
) RETURNS timestamptz LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    retry_at timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(
        hashtextextended(format('search %s %s', organisation, person), 0));
    FOR n IN 1 .. cardinality(numbers) LOOP
        retry_at := greatest(retry_at, (
            SELECT e.at + spans[n] FROM audit_entry AS e
            WHERE e.actor = person AND e.organisation_id = organisation
                AND e.act IN ('search', 'open')
                AND e.at > moment - spans[n] AND e.at < moment + interval '1 day'
            ORDER BY e.at DESC OFFSET numbers[n] - 1 LIMIT 1
        ));
    END LOOP;
    RETURN retry_at;
END $$;
GRANT EXECUTE ON FUNCTION authorizations_search_wait(
    uuid, bigint, timestamptz, integer[], interval[]) TO kelmu_app;
