#!/bin/sh
# Run once by the image of PostgreSQL, when its volume is new: a database for each service, owned by a role that may make roles in order to
# migrate (the service itself works as another role, which owns nothing). No service has an address for another's database.
set -eu
for name in affiliation collection benefits urssaf_sync portal; do
  psql --set ON_ERROR_STOP=1 --username postgres --set name="$name" --set password="$(cat /run/secrets/$name)" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN CREATEROLE PASSWORD %L', :'name' || '_admin', :'password') \gexec
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8''', :'name', :'name' || '_admin') \gexec
SQL
done
psql --set ON_ERROR_STOP=1 --username postgres --set password="$(cat /run/secrets/keycloak)" <<'SQL'
SELECT format('CREATE ROLE keycloak LOGIN PASSWORD %L', :'password') \gexec
CREATE DATABASE keycloak OWNER keycloak TEMPLATE template0 ENCODING 'UTF8';
REVOKE CONNECT, TEMPORARY ON DATABASE keycloak FROM PUBLIC;
SQL
