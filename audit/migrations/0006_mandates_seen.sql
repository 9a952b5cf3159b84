-- Since when each mandate of an organisation has been seen at a login, and whether it has been used:
-- {"<mandate>": {"first_on": "2026-11-20", "is_used": false}}. No person is in it. Kela follows
-- commissioning by it, and an organisation its own.
CREATE FUNCTION audit_mandates_seen(organisation bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(mandate, jsonb_build_object(
        'first_on', first_on, 'is_used', is_used
    )), '{}')
    FROM (
        SELECT u.mandate, min(u.first_on) AS first_on, bool_or(u.used_on IS NOT NULL) AS is_used
        FROM audit_mandate_use AS u
        WHERE u.organisation_id = organisation AND u.mandate <> ''
        GROUP BY u.mandate
    ) AS seen
$$;
REVOKE ALL ON FUNCTION audit_mandates_seen(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_mandates_seen(bigint) TO kelmu_app;
