-- How names are compared when somebody looks for one: small letters, without the marks on them.
CREATE FUNCTION organisations_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(normalize(lower($1 COLLATE pg_unicode_fast), NFD), '[\u0300-\u036f]', '', 'g')
$$;
-- Whoever writes a row runs the checks of its table.
GRANT EXECUTE ON FUNCTION
    organisations_plain(text), organisations_is_business_id(text), organisations_is_iban(text)
TO kelmu_app;
