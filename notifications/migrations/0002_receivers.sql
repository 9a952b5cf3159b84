-- No organisation reads a notification that it could never see, even if a query forgets to ask.
-- When and for which purpose it is seen is asked by the queries (notifications/queue/queries.py).

-- Of which municipalities the acting organisation sees what came until 2022 or since then, and as
-- which receiver (notifications/words.py). A merged municipality's is its successor's.
CREATE FUNCTION notifications_reach()
RETURNS TABLE (municipality varchar, receiver varchar, until_2022 boolean)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE own AS (
        SELECT o.type, coalesce(o.municipality_id, c.municipality_id, s.municipality_id) AS code
        FROM organisations_organisation o
        LEFT JOIN organisations_countymembership c ON c.county_id = o.county_id
        LEFT JOIN organisations_servedmunicipality s ON s.organisation_id = o.id
        WHERE o.id = nullif(current_setting('kelmu.organisation', true), '')::bigint
        UNION
        SELECT own.type, merged.code
        FROM own JOIN organisations_municipality merged ON merged.successor_id = own.code
    )
    SELECT own.code, kind.receiver, kind.until_2022
    FROM own CROSS JOIN (VALUES
        ('social_services', true), ('social_services', false), ('municipality', false)
    ) AS kind (receiver, until_2022)
    WHERE own.code IS NOT NULL AND CASE own.type
        WHEN 'helsinki' THEN true
        WHEN 'wellbeing_county' THEN kind.receiver = 'social_services'
        WHEN 'municipality' THEN kind.receiver = 'municipality' OR kind.until_2022
        WHEN 'joint_authority' THEN kind.until_2022
        ELSE false
    END
$$;
GRANT EXECUTE ON FUNCTION notifications_reach() TO kelmu_app;

ALTER TABLE notifications_handling ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_notification ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_answer ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_municipalities ON notifications_handling TO kelmu_app USING (
    (municipality_id, receiver, forwarded_on < DATE '2023-01-01')
        IN (SELECT municipality, receiver, until_2022 FROM notifications_reach())
);
-- Of what was transferred elsewhere nothing but the handling's own row is left.
CREATE POLICY while_it_is_here ON notifications_notification FOR SELECT TO kelmu_app USING (
    EXISTS (
        SELECT FROM notifications_handling handling
        WHERE handling.notification_id = notifications_notification.id
            AND handling.state <> 'transferred'
    )
);
CREATE POLICY with_its_notification ON notifications_attachment FOR SELECT TO kelmu_app USING (
    EXISTS (SELECT FROM notifications_notification n WHERE n.id = notification_id)
);
CREATE POLICY with_its_handling ON notifications_event TO kelmu_app USING (
    EXISTS (
        SELECT FROM notifications_handling handling
        WHERE handling.id = handling_id AND handling.state <> 'transferred'
    )
);
CREATE POLICY own_organisation ON notifications_answer TO kelmu_app USING (
    organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint
);

GRANT UPDATE (state, version, handler, handler_name, taken_at, ended_at, note)
    ON notifications_handling TO kelmu_app;
GRANT INSERT ON notifications_event, notifications_answer TO kelmu_app;
GRANT USAGE ON SEQUENCE notifications_event_id_seq, notifications_answer_id_seq TO kelmu_app;

-- Hands a notification over to other receivers: new there, with its history; here the day, the
-- receiver and the reason stay. Only its owner may, for the receiver's row is out of the sender's
-- reach. False when the handling is not the sender's, or was changed since it was read.
CREATE FUNCTION notifications_transfer(
    sent bigint, seen_version integer, target varchar, receivers varchar[], reason text,
    sender uuid, sender_name text, moment timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old notifications_handling;
    next_receiver varchar;
    heir bigint;
BEGIN
    SELECT * INTO old FROM notifications_handling h
    WHERE h.id = sent AND h.version = seen_version AND h.state <> 'transferred'
        AND (h.municipality_id, h.receiver, h.forwarded_on < DATE '2023-01-01')
            IN (SELECT r.municipality, r.receiver, r.until_2022 FROM notifications_reach() r)
    FOR UPDATE;
    IF NOT FOUND OR old.municipality_id = target THEN
        RETURN false;
    END IF;
    UPDATE notifications_handling SET state = 'transferred', version = version + 1,
        customer_id = NULL, note = '', handler = sender, handler_name = sender_name,
        ended_at = moment, transferred_to_id = target, transfer_reason = reason
    WHERE id = sent;
    FOREACH next_receiver IN ARRAY receivers LOOP
        SELECT h.id INTO heir FROM notifications_handling h
        WHERE h.notification_id = old.notification_id AND h.receiver = next_receiver
            AND h.municipality_id = target AND h.state <> 'transferred';
        IF NOT FOUND THEN
            INSERT INTO notifications_handling (
                notification_id, customer_id, arrived_at, forwarded_on, visible_on, version,
                is_urgent, municipality_id, receiver, type, state, handler_name, note,
                transfer_reason
            ) VALUES (
                old.notification_id, old.customer_id, moment, old.forwarded_on, old.visible_on, 1,
                old.is_urgent, target, next_receiver, old.type, 'new', '', '', ''
            ) RETURNING id INTO heir;
        END IF;
        INSERT INTO notifications_event
            (handling_id, at, actor, organisation_id, kind, actor_name, text, came_from_id)
        SELECT heir, at, actor, organisation_id, kind, actor_name, text, came_from_id
        FROM notifications_event WHERE handling_id = sent
        UNION ALL
        SELECT heir, moment, sender, current_setting('kelmu.organisation')::bigint, 'transferred',
            sender_name, reason, old.municipality_id
        ORDER BY at;
    END LOOP;
    DELETE FROM notifications_event WHERE handling_id = sent;
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION notifications_transfer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notifications_transfer TO kelmu_app;
