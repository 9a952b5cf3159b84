-- What was agreed before agreements had versions becomes the first version of each, as two people of
-- Kela who are not known any more agreed on it; contacts belong to the organisation from here on.
CREATE TEMPORARY TABLE former AS SELECT uuidv7() AS one, uuidv7() AS other;

UPDATE organisations_agreement SET step = 'signed_by_kela';

UPDATE organisations_organisation AS o
SET staff_instruction_fi = a.staff_instruction_fi, staff_instruction_sv = a.staff_instruction_sv
FROM (
    SELECT DISTINCT ON (organisation_id) * FROM organisations_agreement
    ORDER BY organisation_id, lower(validity) DESC
) AS a
WHERE a.organisation_id = o.id;

INSERT INTO organisations_agreementversion (
    agreement_id, number, wanted, validity, by_user_interface, by_technical_interface,
    requires_case_reference, terms_fi, terms_sv,
    proposed_by, proposed_by_name, proposed_at,
    decision, decided_by, decided_by_name, decided_at, decision_note
)
SELECT
    a.id, 1, a.validity, a.validity, a.by_user_interface, a.by_technical_interface,
    a.requires_case_reference, '', '', former.one, 'Kela', a.signed_on,
    'accepted', former.other, 'Kela', a.signed_on, ''
FROM organisations_agreement AS a, former;

UPDATE organisations_agreedpurpose AS p
SET version_id = v.id
FROM organisations_agreementversion AS v
WHERE v.agreement_id = p.agreement_id;

UPDATE organisations_contact AS c
SET
    organisation_id = a.organisation_id, wanted = c.validity,
    proposed_by = former.one, proposed_by_name = 'Kela', proposed_at = a.signed_on,
    decision = 'accepted', decided_by = former.other, decided_by_name = 'Kela',
    decided_at = a.signed_on
FROM organisations_agreement AS a, former
WHERE a.id = c.agreement_id;

DROP TABLE former;
