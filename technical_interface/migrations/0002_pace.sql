-- Until when the systems of an organisation must wait that have called `most` times within a minute;
-- NULL: not at all. It is planned once for a connection, as authorizations_search_wait() is.
CREATE FUNCTION technical_interface_wait(organisation bigint, moment timestamptz, most integer)
RETURNS timestamptz LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (
        SELECT e.at + interval '1 minute' FROM audit_entry AS e
        WHERE e.organisation_id = organisation AND e.channel = 'interface'
            AND e.at > moment - interval '1 minute' AND e.at < moment + interval '1 day'
        ORDER BY e.at DESC OFFSET most - 1 LIMIT 1
    );
END $$;
GRANT EXECUTE ON FUNCTION technical_interface_wait(bigint, timestamptz, integer) TO kelmu_app;
