-- As before; beside the organisation the transaction knows the day that rules use, so that row-level
-- security can ask what holds on it.
CREATE OR REPLACE FUNCTION authorizations_right(
    key text, today date, moment timestamptz, idle_since timestamptz
) RETURNS TABLE (
    session_key varchar, session_id uuid, subject uuid, user_name varchar,
    expire_date timestamptz, seen_at timestamptz,
    mandates varchar[], mandates_read_at timestamptz, by_role boolean, kela_groups varchar[],
    organisation_id bigint, organisation_type varchar, name_fi varchar, name_sv varchar,
    business_id varchar, agreement varchar, requires_case_reference boolean,
    agreed_purposes json, roles varchar[], commissioning varchar, acting_for text
) LANGUAGE sql AS $$
    SELECT s.session_key, s.id, s.subject, s.name, s.expire_date, s.seen_at,
        s.mandates, s.mandates_read_at, s.by_role, s.kela_groups,
        s.organisation_id, o.type, o.name_fi, o.name_sv,
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
        ARRAY(
            SELECT c.role FROM organisations_contact AS c
            WHERE (v.id IS NOT NULL OR u.number IS NOT NULL) AND c.organisation_id = o.id
                AND c.validity @> today AND c.subject_id = s.subject
            ORDER BY c.role
        ),
        u.number,
        CASE WHEN set_config('kelmu.day', today::text, true) <> '' THEN
            set_config('kelmu.organisation', coalesce(s.organisation_id::text, ''), true)
        END
    FROM authorizations_session AS s
    LEFT JOIN organisations_organisation AS o ON o.id = s.organisation_id
    LEFT JOIN organisations_agreement AS a ON a.organisation_id = o.id
        AND a.validity @> today AND o.validity @> today
    LEFT JOIN organisations_agreementversion AS v ON v.agreement_id = a.id
        AND (v.by_user_interface OR s.by_role) AND v.validity @> today
    LEFT JOIN LATERAL (
        SELECT w.number FROM organisations_agreement AS w
        WHERE s.by_role AND a.id IS NULL AND w.organisation_id = o.id
            AND o.validity && daterange(today, NULL)
            AND (lower(w.validity) > today OR (w.validity IS NULL
                AND w.step IN ('sent', 'signed_by_organisation', 'signed_by_kela')))
        ORDER BY w.id DESC LIMIT 1
    ) AS u ON true
    WHERE s.session_key = key AND s.expire_date > moment AND s.seen_at > idle_since
$$;
