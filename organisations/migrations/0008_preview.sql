-- What a version says, in one word: it changes with every word of the content, and with nothing else.
CREATE FUNCTION organisations_content(version bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT md5(jsonb_build_object(
        'wanted', v.wanted,
        'user_interface', v.by_user_interface,
        'technical_interface', v.by_technical_interface,
        'case_reference', v.requires_case_reference,
        'terms', ARRAY[v.terms_fi, v.terms_sv],
        'purposes', (
            SELECT jsonb_agg(purpose ORDER BY purpose) FROM (
                SELECT to_jsonb(p) - 'id' - 'version_id' AS purpose
                FROM organisations_agreedpurpose AS p WHERE p.version_id = v.id
            ) AS agreed
        )
    )::text)
    FROM organisations_agreementversion AS v WHERE v.id = version
$$;

-- Whoever ticks a point or accepts the test means the version as it reads now.
CREATE FUNCTION organisations_mark_preview() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.content := organisations_content(NEW.version_id);
    IF TG_TABLE_NAME = 'organisations_previewacceptance' THEN
        PERFORM FROM organisations_previewcheck
        WHERE (version_id, content) = (NEW.version_id, NEW.content)
        HAVING count(*) > 0 AND bool_and("by" <> NEW."by");
        IF NOT FOUND THEN
            RAISE EXCEPTION 'one person tests a preview and another accepts it'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_preview_takes_two_people';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER mark_preview BEFORE INSERT ON organisations_previewcheck
    FOR EACH ROW EXECUTE FUNCTION organisations_mark_preview();
CREATE TRIGGER mark_preview BEFORE INSERT ON organisations_previewacceptance
    FOR EACH ROW EXECUTE FUNCTION organisations_mark_preview();

-- What was accepted stays as it was ticked.
CREATE FUNCTION organisations_keep_preview() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one organisations_previewcheck := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (
        SELECT FROM organisations_previewacceptance AS a
        WHERE (a.version_id, a.content) = (one.version_id, one.content)
    ) THEN
        RAISE EXCEPTION 'the checklist of an accepted preview does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_accepted_preview_stays';
    END IF;
    RETURN one;
END
$$;
CREATE TRIGGER stay_as_accepted BEFORE INSERT OR DELETE ON organisations_previewcheck
    FOR EACH ROW EXECUTE FUNCTION organisations_keep_preview();

GRANT EXECUTE ON FUNCTION organisations_content(bigint) TO kelmu_app;
GRANT INSERT, DELETE ON organisations_previewcheck TO kelmu_app;
GRANT INSERT ON organisations_previewacceptance TO kelmu_app;
GRANT USAGE ON SEQUENCE
    organisations_previewcheck_id_seq, organisations_previewacceptance_id_seq
TO kelmu_app;
