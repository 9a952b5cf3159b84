-- The right of a token, as authorizations_right() has that of a session: live token, key that
-- holds, organisation, agreement whose version covers the technical interface, agreed purposes. It
-- also tells PostgreSQL for which organisation and day the transaction acts.
CREATE FUNCTION technical_interface_right(token bytea, today date, moment timestamptz)
RETURNS TABLE (
    token_id uuid, scopes varchar[], expires_at timestamptz, kid varchar,
    organisation_id bigint, organisation_type varchar, name_fi varchar, name_sv varchar,
    business_id varchar, agreement varchar, requires_case_reference boolean,
    agreed_purposes json, acting_for text
) LANGUAGE sql AS $$
    SELECT t.id, t.scopes, t.expires_at, k.kid,
        o.id, o.type, o.name_fi, o.name_sv,
        o.business_id, a.number || '/' || v.number, v.requires_case_reference,
        (
            SELECT coalesce(json_agg(json_build_object(
                'purpose', p.purpose, 'withheld_groups', p.withheld_groups,
                'withheld_benefits', p.withheld_benefits, 'withheld_fields', p.withheld_fields,
                'look_back_months', p.look_back_months
            )), '[]')
            FROM organisations_agreedpurpose AS p
            WHERE p.version_id = v.id AND p.validity @> today
        ),
        CASE WHEN set_config('kelmu.day', today::text, true) <> '' THEN
            set_config('kelmu.organisation', o.id::text, true)
        END
    FROM technical_interface_accesstoken AS t
    JOIN organisations_interfacekey AS k ON k.id = t.key_id
        AND k.approved_at IS NOT NULL AND k.ended_at IS NULL AND k.expires_on > today
    JOIN organisations_organisation AS o ON o.id = k.organisation_id
    LEFT JOIN organisations_agreement AS a ON a.organisation_id = o.id
        AND a.validity @> today AND o.validity @> today
    LEFT JOIN organisations_agreementversion AS v ON v.agreement_id = a.id
        AND v.by_technical_interface AND v.validity @> today
    WHERE t.digest = token AND t.expires_at > moment
$$;

GRANT INSERT, DELETE ON technical_interface_accesstoken, technical_interface_usedassertion
    TO kelmu_app;
GRANT USAGE ON SEQUENCE technical_interface_usedassertion_id_seq TO kelmu_app;
GRANT EXECUTE ON FUNCTION technical_interface_right(bytea, date, timestamptz) TO kelmu_app;
