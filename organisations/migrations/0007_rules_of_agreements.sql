-- A business ID (Y-tunnus): its form and its check digit.
CREATE FUNCTION organisations_is_business_id(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN $1 ~ '^[0-9]{7}-[0-9]$' THEN (
        SELECT (11 - sum(substr($1, n::int, 1)::int * weight) % 11) % 11 = right($1, 1)::int
        FROM unnest('{7,9,10,5,8,4,2}'::int[]) WITH ORDINALITY AS w (weight, n)
    ) ELSE false END
$$;
-- An account number (ISO 13616): its form and its check digits. Letters are 10 to 35, the remainder
-- by 97 is 1.
CREATE FUNCTION organisations_is_iban(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN $1 ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$' THEN (
        SELECT string_agg(
            CASE WHEN sign ~ '[A-Z]' THEN (ascii(sign) - 55)::text ELSE sign END, '' ORDER BY n
        )::numeric % 97 = 1
        FROM regexp_split_to_table(substr($1, 5) || left($1, 4), '') WITH ORDINALITY AS s (sign, n)
    ) ELSE false END
$$;
ALTER TABLE organisations_organisation
    ADD CONSTRAINT a_right_business_id CHECK (organisations_is_business_id(business_id));
ALTER TABLE organisations_payee ADD CONSTRAINT a_right_iban CHECK (organisations_is_iban(iban));

-- What was decided does not change: it is what both people read. Only the day on which it ends comes
-- later.
CREATE FUNCTION organisations_keep_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.decision = '' OR to_jsonb(OLD) - 'validity' = to_jsonb(NEW) - 'validity' THEN
            RETURN NEW;
        END IF;
    ELSIF OLD.decision = '' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what was decided does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_stays_as_decided';
END
$$;
CREATE TRIGGER keep_decided BEFORE UPDATE OR DELETE ON organisations_agreementversion
    FOR EACH ROW EXECUTE FUNCTION organisations_keep_decided();
CREATE TRIGGER keep_decided BEFORE UPDATE OR DELETE ON organisations_contact
    FOR EACH ROW EXECUTE FUNCTION organisations_keep_decided();
CREATE TRIGGER keep_decided BEFORE UPDATE OR DELETE ON organisations_payee
    FOR EACH ROW EXECUTE FUNCTION organisations_keep_decided();

GRANT INSERT, UPDATE ON
    organisations_organisation, organisations_formername, organisations_servedmunicipality,
    organisations_countymembership, organisations_municipality,
    organisations_payee, organisations_contact, organisations_enquiry, organisations_agreement,
    organisations_deadline, organisations_agreementversion
TO kelmu_app;
GRANT INSERT ON organisations_agreementevent TO kelmu_app;
GRANT INSERT, DELETE ON organisations_agreedpurpose TO kelmu_app;
GRANT USAGE ON SEQUENCE
    organisations_organisation_id_seq, organisations_formername_id_seq,
    organisations_servedmunicipality_id_seq, organisations_countymembership_id_seq,
    organisations_payee_id_seq, organisations_contact_id_seq, organisations_enquiry_id_seq,
    organisations_agreement_id_seq, organisations_deadline_id_seq,
    organisations_agreementversion_id_seq, organisations_agreementevent_id_seq,
    organisations_agreedpurpose_id_seq
TO kelmu_app;
