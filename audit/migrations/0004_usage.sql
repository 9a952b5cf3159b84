-- How much each organisation uses Kelmu: counts by month, purpose and act. No person is in them.
--
-- Months are those of the day that rules used. Rows of the log are counted once, by the worker, ten
-- minutes after they were written: by then no request that writes can still be open. What is
-- younger is counted when somebody asks.

CREATE TABLE audit_usage (
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    organisation_id bigint NOT NULL,
    purpose text NOT NULL,
    channel text NOT NULL,
    act text NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    PRIMARY KEY (month, organisation_id, purpose, channel, act)
);
CREATE TABLE audit_usage_counted (
    is_the_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_the_only_row),
    until timestamptz NOT NULL
);
INSERT INTO audit_usage_counted (until) SELECT coalesce(min(at), now()) FROM audit_entry;
REVOKE ALL ON audit_usage, audit_usage_counted FROM kelmu_app;

CREATE FUNCTION audit_uses(since timestamptz, before timestamptz) RETURNS SETOF audit_usage
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT date_trunc('month', rule_date)::date, organisation_id, purpose, channel, act, count(*)
    FROM audit_entry
    WHERE at >= since AND at < before AND organisation_id IS NOT NULL
        AND (purpose <> '' OR customer IS NOT NULL)
        AND outcome IN ('permitted', 'not_found')
    GROUP BY 1, 2, 3, 4, 5
$$;

-- Counts a day of the log at most. Answers whether there is more to count.
CREATE FUNCTION audit_count_usage() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    latest timestamptz := clock_timestamp() - interval '10 minutes';
    since timestamptz;
    before timestamptz;
BEGIN
    SELECT until INTO since FROM audit_usage_counted FOR UPDATE;
    before := least(latest, since + interval '1 day');
    IF before <= since THEN
        RETURN false;
    END IF;
    INSERT INTO audit_usage SELECT * FROM audit_uses(since, before)
    ON CONFLICT (month, organisation_id, purpose, channel, act)
        DO UPDATE SET number = audit_usage.number + excluded.number;
    UPDATE audit_usage_counted SET until = before;
    RETURN before < latest;
END $$;

-- The counts of the months from `first` to `last`, of one organisation or of all. Whoever acts for
-- an organisation sees its own.
CREATE FUNCTION audit_usage_between(first date, last date, organisation bigint DEFAULT NULL)
RETURNS SETOF audit_usage
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT month, organisation_id, purpose, channel, act, sum(number)::bigint
    FROM (
        SELECT * FROM audit_usage
        UNION ALL
        SELECT * FROM audit_uses((SELECT until FROM audit_usage_counted), 'infinity')
    ) AS counted
    WHERE month BETWEEN first AND last
        AND (organisation IS NULL OR organisation_id = organisation)
        AND organisation_id = coalesce(
            nullif(current_setting('kelmu.organisation', true), '')::bigint, organisation_id)
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2, 3, 4, 5
$$;

GRANT EXECUTE ON FUNCTION audit_count_usage(), audit_usage_between(date, date, bigint)
    TO kelmu_app;
