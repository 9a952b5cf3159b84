-- Kela's oversight reads samples, reviews and findings of all organisations as it reads the log: in the
-- transaction that has told the reason. It records none.
CREATE POLICY kela_oversight ON oversight_sample FOR SELECT TO kelmu_app
    USING ((SELECT oversight_reads_all()));
CREATE POLICY kela_oversight ON oversight_review FOR SELECT TO kelmu_app
    USING ((SELECT oversight_reads_all()));
CREATE POLICY of_ones_own ON oversight_finding AS RESTRICTIVE FOR INSERT TO kelmu_app
    WITH CHECK (EXISTS (
        SELECT FROM oversight_review AS r
        WHERE r.id = review_id AND r.organisation_id
            = nullif(current_setting('kelmu.organisation', true), '')::bigint
    ));
