-- What no single row can say of a sending, its history and its way to Kela, and who may touch what.

CREATE FUNCTION documents_refuse(broken text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is broken', broken USING ERRCODE = 'check_violation', CONSTRAINT = broken;
END $$;

-- Every step: by the table of states, one version after another, touching only what it may.
CREATE FUNCTION documents_judge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    side text;
    touched text[];
    about text[] := ARRAY['state', 'version', 'step', 'reason', 'changed_at', 'changed_on',
        'changed_by', 'changed_by_name', 'acknowledged_on'];
    content text[] := ARRAY['kind', 'application', 'matter', 'text', 'asked_by_customer', 'sender',
        'sender_name', 'sent_at', 'case_reference'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            PERFORM documents_refuse('a_sending_begins_as_a_draft');
        ELSIF NEW.answers IS NOT NULL AND NOT EXISTS (
            SELECT FROM documents_sending asked
            WHERE asked.id = NEW.answers AND (asked.organisation_id, asked.customer_id, asked.purpose)
                = (NEW.organisation_id, NEW.customer_id, NEW.purpose)
        ) THEN
            PERFORM documents_refuse('an_answer_is_to_an_own_sending_on_the_customer');
        END IF;
        RETURN NEW;
    END IF;
    SELECT coalesce(array_agg(n.key), '{}') INTO touched
    FROM jsonb_each(to_jsonb(NEW)) n JOIN jsonb_each(to_jsonb(OLD)) o USING (key)
    WHERE n.value IS DISTINCT FROM o.value;
    IF OLD.state = 'draft' AND NEW.state = 'draft' THEN
        IF NOT touched <@ (content || ARRAY['changed_at', 'changed_on', 'changed_by',
            'changed_by_name']) THEN
            PERFORM documents_refuse('a_step_touches_only_what_it_may');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        PERFORM documents_refuse('versions_follow_one_another');
    END IF;
    SELECT w.by INTO side FROM documents_way w
    WHERE (w.step, w.before, w.after) = (NEW.step, OLD.state, NEW.state);
    IF side IS NULL THEN
        PERFORM documents_refuse('a_step_of_the_table_of_states');
    ELSIF current_user = 'kelmu_app' AND NOT (CASE side
        WHEN 'sender' THEN current_setting('kelmu.organisation', true) = NEW.organisation_id::text
        WHEN 'service' THEN coalesce(current_setting('kelmu.errands', true), '') = 'on'
        WHEN 'kela' THEN coalesce(current_setting('kelmu.kela_desk', true), '') = 'on'
        ELSE false
    END) THEN
        PERFORM documents_refuse('a_step_of_ones_own_side');
    END IF;
    IF NOT touched <@ (about || CASE NEW.step WHEN 'send' THEN content ELSE '{}'::text[] END) THEN
        PERFORM documents_refuse('a_step_touches_only_what_it_may');
    END IF;
    IF NEW.step = 'send' AND NOT EXISTS (
        SELECT FROM documents_document d WHERE d.sending_id = NEW.id
    ) THEN
        PERFORM documents_refuse('a_sending_has_a_document');
    END IF;
    IF NEW.acknowledged_on IS DISTINCT FROM OLD.acknowledged_on
        AND (side <> 'kela' OR OLD.acknowledged_on IS NOT NULL) THEN
        PERFORM documents_refuse('kela_acknowledges_once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER judge BEFORE INSERT OR UPDATE ON documents_sending
    FOR EACH ROW EXECUTE FUNCTION documents_judge();

-- The history and the errand follow from the step: none is forgotten. What has been received is to
-- be delivered until it is, or until the scan or Kela says otherwise.
CREATE FUNCTION documents_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.version = OLD.version THEN
        RETURN NULL;
    END IF;
    INSERT INTO documents_event (sending_id, number, step, state, at, "on", by, by_name, reason)
    VALUES (NEW.id, NEW.version, NEW.step, NEW.state, NEW.changed_at, NEW.changed_on,
        NEW.changed_by, NEW.changed_by_name, NEW.reason);
    CASE NEW.step
        WHEN 'send' THEN
            INSERT INTO documents_errand (sending_id, organisation_id, due_at, attempts, fault)
            VALUES (NEW.id, NEW.organisation_id, NEW.changed_at, 0, '');
        WHEN 'clear', 'again' THEN
            UPDATE documents_errand SET due_at = NEW.changed_at, attempts = 0, dead_at = NULL
            WHERE sending_id = NEW.id;
        WHEN 'give_up' THEN
            UPDATE documents_errand SET dead_at = NEW.changed_at WHERE sending_id = NEW.id;
        WHEN 'deliver', 'refuse' THEN
            DELETE FROM documents_errand WHERE sending_id = NEW.id;
        ELSE NULL;
    END CASE;
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER UPDATE ON documents_sending
    FOR EACH ROW EXECUTE FUNCTION documents_follow();

-- Only a draft and its files go; everything else is kept.
CREATE FUNCTION documents_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' OR OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'What was sent is kept: % refused.', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER only_drafts_go BEFORE DELETE ON documents_sending
    FOR EACH ROW EXECUTE FUNCTION documents_keep();
CREATE FUNCTION documents_keep_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was sent and its history are kept: % refused.', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER nothing_is_emptied BEFORE TRUNCATE ON documents_sending
    FOR EACH STATEMENT EXECUTE FUNCTION documents_keep_all();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON documents_event
    FOR EACH STATEMENT EXECUTE FUNCTION documents_keep_all();

-- Files come and go with a draft. Later a key may be wrapped anew, and what Kela has acknowledged,
-- or the scan has refused, may lose its content, once.
CREATE FUNCTION documents_judge_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its documents_sending;
    touched text[];
BEGIN
    SELECT * INTO its FROM documents_sending
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.sending_id ELSE NEW.sending_id END;
    IF TG_OP <> 'UPDATE' THEN
        IF its.state IS DISTINCT FROM 'draft' THEN
            PERFORM documents_refuse('files_come_and_go_with_a_draft');
        END IF;
        RETURN coalesce(NEW, OLD);
    END IF;
    SELECT coalesce(array_agg(n.key), '{}') INTO touched
    FROM jsonb_each(to_jsonb(NEW)) n JOIN jsonb_each(to_jsonb(OLD)) o USING (key)
    WHERE n.value IS DISTINCT FROM o.value;
    IF NOT touched <@ ARRAY['key', 'removed_at'] OR OLD.removed_at IS NOT NULL THEN
        PERFORM documents_refuse('a_document_stays_as_it_was_sent');
    ELSIF NEW.removed_at IS NOT NULL
        AND its.acknowledged_on IS NULL AND its.state NOT IN ('refused', 'returned') THEN
        PERFORM documents_refuse('a_content_stays_until_kela_has_it');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER judge BEFORE INSERT OR UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_judge_document();

-- An organisation sees its own sendings; Kela's desk sees all once it says that it is Kela's desk.
-- The worker acts for the organisation of an errand. An errand itself names no person.
ALTER TABLE documents_sending ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON documents_sending TO kelmu_app USING (
    organisation_id = nullif(current_setting('kelmu.organisation', true), '')::bigint
);
CREATE POLICY kela_desk ON documents_sending TO kelmu_app USING (
    current_setting('kelmu.kela_desk', true) = 'on' AND state <> 'draft'
) WITH CHECK (current_setting('kelmu.kela_desk', true) = 'on');
CREATE POLICY with_its_sending ON documents_document TO kelmu_app USING (
    EXISTS (SELECT FROM documents_sending s WHERE s.id = sending_id)
);
CREATE POLICY with_its_sending ON documents_event FOR SELECT TO kelmu_app USING (
    EXISTS (SELECT FROM documents_sending s WHERE s.id = sending_id)
);

-- Which contents are still spoken of, whoever's they are: the rest is swept out of the storage.
CREATE FUNCTION documents_kept(names text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT replace(id::text, '-', '') FROM documents_document
    WHERE removed_at IS NULL AND replace(id::text, '-', '') = ANY (names)
$$;
REVOKE EXECUTE ON FUNCTION documents_kept(text[]) FROM public;
GRANT EXECUTE ON FUNCTION documents_kept(text[]) TO kelmu_app;

GRANT EXECUTE ON FUNCTION documents_refuse(text) TO kelmu_app;
GRANT INSERT, DELETE ON documents_sending, documents_document TO kelmu_app;
GRANT UPDATE (
    case_reference, sender, sender_name, kind, application, matter, text, asked_by_customer,
    state, version, step, reason, sent_at, changed_at, changed_on, changed_by, changed_by_name,
    acknowledged_on
) ON documents_sending TO kelmu_app;
GRANT UPDATE (key, removed_at) ON documents_document TO kelmu_app;
GRANT UPDATE (due_at, attempts, fault) ON documents_errand TO kelmu_app;
