-- As before, on the day that rules use: what an organisation served until yesterday, and a
-- municipality that is merged into its own only from tomorrow on, is out of its reach even for a
-- query that forgets to ask. Without a day nothing is within reach.
CREATE OR REPLACE FUNCTION notifications_municipalities() RETURNS TABLE (type varchar, code varchar)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE today AS (
        SELECT nullif(current_setting('kelmu.day', true), '')::date AS day
    ), own AS (
        SELECT o.type, m.code
        FROM today
        JOIN organisations_organisation o ON o.validity @> day
        LEFT JOIN organisations_countymembership c
            ON c.county_id = o.county_id AND c.validity @> day
        LEFT JOIN organisations_servedmunicipality s
            ON s.organisation_id = o.id AND s.validity @> day
        JOIN organisations_municipality m
            ON m.code = coalesce(o.municipality_id, c.municipality_id, s.municipality_id)
            AND m.validity @> day
        WHERE o.id = nullif(current_setting('kelmu.organisation', true), '')::bigint
        UNION
        SELECT own.type, merged.code
        FROM own
        JOIN organisations_municipality merged ON merged.successor_id = own.code
        JOIN today ON upper(merged.validity) <= day
    )
    SELECT own.type, own.code FROM own
$$;

-- What was forwarded until 2022 a municipality and a joint authority had until the end of that year;
-- since then the county has it, or Helsinki, and nobody has what is older than 2022.
CREATE OR REPLACE FUNCTION notifications_reach()
RETURNS TABLE (municipality varchar, receiver varchar, until_2022 boolean)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT own.code, kind.receiver, kind.until_2022
    FROM notifications_municipalities() own
    CROSS JOIN (VALUES
        ('social_services', true), ('social_services', false), ('municipality', false)
    ) AS kind (receiver, until_2022)
    CROSS JOIN (
        SELECT nullif(current_setting('kelmu.day', true), '')::date < DATE '2023-01-01' AS in_2022
    ) AS today
    WHERE CASE own.type
        WHEN 'helsinki' THEN true
        WHEN 'wellbeing_county' THEN kind.receiver = 'social_services' AND NOT in_2022
        WHEN 'municipality' THEN
            kind.receiver = 'municipality' OR kind.until_2022 AND in_2022
        WHEN 'joint_authority' THEN kind.until_2022 AND in_2022
        ELSE false
    END
$$;
ALTER POLICY own_municipalities ON notifications_handling USING (
    (municipality_id, receiver, forwarded_on < DATE '2023-01-01')
        IN (SELECT municipality, receiver, until_2022 FROM notifications_reach())
    AND (
        forwarded_on >= DATE '2022-01-01'
        OR nullif(current_setting('kelmu.day', true), '')::date < DATE '2023-01-01'
    )
);
