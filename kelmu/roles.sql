-- The three database roles, made once for a cluster by its superuser; running it again is harmless.
-- kelmu_owner owns the databases, migrates and takes data in. kelmu_app runs the application.
-- kelmu_sealer reads the access log, seals and verifies it, in the worker and on the command line.
-- None has a password here: where the server asks for one, the operator sets it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kelmu_owner') THEN
    CREATE ROLE kelmu_owner LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kelmu_app') THEN
    CREATE ROLE kelmu_app LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kelmu_sealer') THEN
    CREATE ROLE kelmu_sealer LOGIN;
  END IF;
END
$$;

ALTER ROLE kelmu_owner NOSUPERUSER NOBYPASSRLS;
ALTER ROLE kelmu_app NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
ALTER ROLE kelmu_sealer NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
-- A request that takes longer has lost its reader; what it holds must not hold others.
ALTER ROLE kelmu_app SET statement_timeout = '15s';
ALTER ROLE kelmu_app SET lock_timeout = '5s';
ALTER ROLE kelmu_app SET idle_in_transaction_session_timeout = '30s';
-- Partitions are pruned by their bounds. To compare a query with the checks of each partition as well
-- takes four times as long as the rest of planning it.
ALTER ROLE kelmu_app SET constraint_exclusion = off;
-- PostgreSQL's own log tells what went wrong, never the values: they may hold a HETU.
ALTER ROLE kelmu_owner SET log_error_verbosity = 'terse';
ALTER ROLE kelmu_owner SET log_min_error_statement = 'panic';
ALTER ROLE kelmu_app SET log_error_verbosity = 'terse';
ALTER ROLE kelmu_app SET log_min_error_statement = 'panic';
