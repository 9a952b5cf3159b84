-- How long documents are kept is a word of the content, too. What was ticked or accepted stays.
ALTER FUNCTION organisations_content(bigint) RENAME TO organisations_content_before;
CREATE FUNCTION organisations_content(version bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT md5(jsonb_build_object(
        'wanted', v.wanted,
        'user_interface', v.by_user_interface,
        'technical_interface', v.by_technical_interface,
        'case_reference', v.requires_case_reference,
        'documents_kept_days', v.documents_kept_days,
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
GRANT EXECUTE ON FUNCTION organisations_content(bigint) TO kelmu_app;

UPDATE organisations_previewcheck SET content = organisations_content(version_id)
WHERE content = organisations_content_before(version_id);
UPDATE organisations_previewacceptance SET content = organisations_content(version_id)
WHERE content = organisations_content_before(version_id);
DROP FUNCTION organisations_content_before(bigint);
