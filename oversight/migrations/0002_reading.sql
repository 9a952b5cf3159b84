-- Who may read the log beyond what the acting organisation sees, and what is drawn for review.

-- A supervisor's search goes newest first through one organisation's rows, whatever narrows it. By
-- whom: (actor, at), of the log itself. The reference number of a refusal is the id of its request.
CREATE INDEX ON audit_entry (organisation_id, act, at);
CREATE INDEX ON audit_entry (organisation_id, purpose, at);
CREATE INDEX ON audit_entry (organisation_id, outcome, at) WHERE outcome <> 'permitted';
CREATE INDEX ON audit_entry (request_id) WHERE outcome = 'refused';

-- Kela's oversight reads the rows of all organisations in the transaction that has written why. The
-- setting names the row; whether it is one is read from the log, so the setting alone opens nothing.
CREATE FUNCTION oversight_reads_all() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM audit_entry AS e
        WHERE e.id = nullif(current_setting('kelmu.reason', true), '')::uuid
            AND e.at >= transaction_timestamp()
            AND e.organisation_id IS NULL
            AND 'oversight' = ANY (string_to_array(e.office, ','))
            AND e.details ->> 'reason' <> ''
    )
$$;
REVOKE EXECUTE ON FUNCTION oversight_reads_all() FROM public;
GRANT EXECUTE ON FUNCTION oversight_reads_all() TO kelmu_app;
CREATE POLICY kela_oversight ON audit_entry FOR SELECT TO kelmu_app
    USING ((SELECT oversight_reads_all()));
CREATE POLICY kela_oversight ON audit_entry_person FOR SELECT TO kelmu_app
    USING ((SELECT oversight_reads_all()));
CREATE POLICY kela_oversight ON authorizations_official FOR SELECT TO kelmu_app
    USING ((SELECT oversight_reads_all()));

-- Every row of the log that concerns the customer for whom Kela's service desk has just written, with
-- the reason, that it makes a report: never who acted.
CREATE FUNCTION oversight_of_customer(asked uuid) RETURNS TABLE (
    id uuid, at timestamptz, organisation_id bigint, by_kela boolean, by_customer boolean,
    act text, outcome text, channel text, purpose text, laws text[], data_groups text[],
    look_back_from date, is_list boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH whom AS (
        SELECT p.subject
        FROM audit_entry AS e
        JOIN audit_entry_person AS p ON p.at = e.at AND p.entry_id = e.id
        WHERE e.id = asked AND e.at >= transaction_timestamp() AND e.act = 'report_to_customer'
            AND 'service_desk' = ANY (string_to_array(e.office, ','))
            AND e.details ->> 'reason' <> ''
    ), concerned AS (
        SELECT e.*, whom.subject, false AS is_list
        FROM whom JOIN audit_entry AS e ON e.customer = whom.subject
        UNION ALL
        SELECT e.*, whom.subject, e.purpose <> '' OR e.mandates <> '{}'
        FROM whom
        JOIN audit_entry_person AS p ON p.subject = whom.subject
        JOIN audit_entry AS e ON e.at = p.at AND e.id = p.entry_id
        WHERE e.customer IS DISTINCT FROM whom.subject
    )
    SELECT c.id, c.at, c.organisation_id,
        string_to_array(c.office, ',')
            && ARRAY['preparing', 'approving', 'service_desk', 'oversight'],
        c.actor IS NOT DISTINCT FROM c.subject,
        c.act, c.outcome, c.channel, c.purpose, c.laws, c.data_groups, c.look_back_from, c.is_list
    FROM concerned AS c
    ORDER BY c.at DESC, c.id DESC
$$;
REVOKE EXECUTE ON FUNCTION oversight_of_customer(uuid) FROM public;
GRANT EXECUTE ON FUNCTION oversight_of_customer(uuid) TO kelmu_app;

-- What chance may pick: what people did by a mandate with a customer or a list, found or not.
CREATE FUNCTION oversight_reviewable(organisation bigint, month date)
RETURNS TABLE (id uuid, at timestamptz, actor uuid)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT e.id, e.at, e.actor
    FROM audit_entry AS e
    WHERE e.organisation_id = organisation
        AND e.at >= month::timestamp AT TIME ZONE 'Europe/Helsinki'
        AND e.at < (month + interval '1 month') AT TIME ZONE 'Europe/Helsinki'
        AND e.outcome IN ('permitted', 'not_found')
        AND e.office = 'mandate' AND e.actor IS NOT NULL
        AND (e.purpose <> '' OR e.customer IS NOT NULL)
$$;

-- Draws the sample of a month that is over, once. The seed is a digest of all acts of the month, and
-- an act's place in the draw a digest of the seed and its id: nobody can know or choose it before,
-- and everybody who has the log can draw it again. Answers how many were drawn, NULL if that
-- was done before or there was nothing.
CREATE FUNCTION oversight_draw(organisation bigint, of_month date, wanted integer, due date)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sample bigint;
    drawn integer;
BEGIN
    IF organisation::text IS DISTINCT FROM current_setting('kelmu.organisation', true) THEN
        RAISE EXCEPTION 'A sample is drawn for the organisation that the transaction acts for.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (of_month + interval '1 month') AT TIME ZONE 'Europe/Helsinki' > clock_timestamp() THEN
        RAISE EXCEPTION 'A sample is drawn when its month is over.'
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO oversight_sample (organisation_id, month, size, acts, seed, drawn_at)
        SELECT organisation, of_month, wanted, count(*), encode(sha256(convert_to(
            coalesce(string_agg(id::text, ',' ORDER BY at, id), ''), 'UTF8'
        )), 'hex'), clock_timestamp()
        FROM oversight_reviewable(organisation, of_month)
        HAVING count(*) > 0
    ON CONFLICT DO NOTHING RETURNING id INTO sample;
    IF sample IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO oversight_review
        (sample_id, organisation_id, number, entry_id, at, actor, due_on)
        SELECT s.id, organisation, row_number() OVER (ORDER BY place.digest, a.id),
            a.id, a.at, a.actor, due
        FROM oversight_sample AS s
        CROSS JOIN oversight_reviewable(organisation, of_month) AS a
        CROSS JOIN LATERAL (
            SELECT sha256(convert_to(s.seed || a.id::text, 'UTF8')) AS digest
        ) AS place
        WHERE s.id = sample
        ORDER BY place.digest, a.id LIMIT wanted;
    GET DIAGNOSTICS drawn = ROW_COUNT;
    RETURN drawn;
END $$;
REVOKE EXECUTE ON FUNCTION oversight_draw(bigint, date, integer, date) FROM public;
GRANT EXECUTE ON FUNCTION oversight_draw(bigint, date, integer, date) TO kelmu_app;

-- Nobody judges their own act, and nothing that was found is changed.
CREATE FUNCTION oversight_judge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM oversight_review WHERE id = NEW.review_id AND actor = NEW."by") THEN
        RAISE EXCEPTION 'Nobody reviews their own act.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER not_ones_own BEFORE INSERT ON oversight_finding
    FOR EACH ROW EXECUTE FUNCTION oversight_judge();
CREATE FUNCTION oversight_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Samples and findings are kept as they are: % refused.', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON oversight_sample
    FOR EACH STATEMENT EXECUTE FUNCTION oversight_keep();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON oversight_review
    FOR EACH STATEMENT EXECUTE FUNCTION oversight_keep();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON oversight_finding
    FOR EACH STATEMENT EXECUTE FUNCTION oversight_keep();

ALTER TABLE oversight_sample ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON oversight_sample FOR SELECT TO kelmu_app
    USING (organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint);
CREATE POLICY own_organisation ON oversight_review FOR SELECT TO kelmu_app
    USING (organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint);
CREATE POLICY with_its_review ON oversight_finding TO kelmu_app
    USING (EXISTS (SELECT FROM oversight_review AS r WHERE r.id = review_id));

GRANT INSERT ON oversight_inquiry, oversight_finding TO kelmu_app;
GRANT USAGE ON SEQUENCE oversight_finding_id_seq TO kelmu_app;
