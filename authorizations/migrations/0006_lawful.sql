-- An agreement covers what the rulebook opens to the type of organisation, by the laws that it
-- names, for as long as it does. Rows that stand already are not looked at again.
CREATE FUNCTION authorizations_check_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (
        SELECT bool_and(coalesce(lawful.times @> NEW.validity, false))
        FROM organisations_agreementversion AS v
        JOIN organisations_agreement AS a ON a.id = v.agreement_id
        JOIN organisations_organisation AS o ON o.id = a.organisation_id
        CROSS JOIN unnest(NEW.laws) AS named (law)
        LEFT JOIN LATERAL (
            SELECT range_agg(l.validity) AS times
            FROM authorizations_lawfulpurpose AS l
            WHERE l.organisation_type = o.type AND l.purpose = NEW.purpose AND l.law = named.law
        ) AS lawful ON true
        WHERE v.id = NEW.version_id
    ) THEN
        RAISE EXCEPTION 'the rulebook does not open % by these laws all this time', NEW.purpose
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_agreed_purpose_is_lawful';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER check_lawful
    AFTER INSERT OR UPDATE OF version_id, purpose, laws ON organisations_agreedpurpose
    FOR EACH ROW EXECUTE FUNCTION authorizations_check_lawful();
