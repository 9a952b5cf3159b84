#!/bin/sh
# Run once by the PostgreSQL image, after roles.sql: who owns the database, and by which password
# each role logs in.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
    --set owner="$KELMU_OWNER_PASSWORD" --set app="$KELMU_APP_PASSWORD" \
    --set sealer="$KELMU_SEALER_PASSWORD" <<'SQL'
ALTER ROLE kelmu_owner PASSWORD :'owner';
ALTER ROLE kelmu_app PASSWORD :'app';
ALTER ROLE kelmu_sealer PASSWORD :'sealer';
ALTER DATABASE kelmu OWNER TO kelmu_owner;
SQL
