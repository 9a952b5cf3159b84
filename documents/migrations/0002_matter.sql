-- As before, but that an application is told by its facts. Every step: by the table of states, one version after another, touching only what it may.
CREATE OR REPLACE FUNCTION documents_judge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    side text;
    touched text[];
    about text[] := ARRAY['state', 'version', 'step', 'reason', 'changed_at', 'changed_on',
        'changed_by', 'changed_by_name', 'acknowledged_on'];
    content text[] := ARRAY['kind', 'application', 'application_arrived_on', 'application_period', 'matter',
        'text', 'asked_by_customer', 'sender', 'sender_name', 'sent_at', 'case_reference'];
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

-- What was sent before is told by the facts of its application, as far as Kela still tells of it.
ALTER TABLE documents_sending DISABLE TRIGGER judge;
UPDATE documents_sending AS sent SET application_arrived_on = told.arrived_on,
    application_period = told.period, matter = ''
FROM benefits_assistanceapplication AS told WHERE told.id = sent.application;
ALTER TABLE documents_sending ENABLE TRIGGER judge;

GRANT UPDATE (application_arrived_on, application_period) ON documents_sending TO kelmu_app;
