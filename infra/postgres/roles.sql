-- One database for the whole system; a schema, and a role that owns nothing else, for each service that stores anything;
-- and a role that owns nothing, for ./infra/admin.
-- Run by create-roles, connected to any database of the server as a role that may create roles and databases.
-- May be run again: it brings passwords, owners and rights to what stands here.
\set ON_ERROR_STOP 1
\set accounts_password `echo "$MICROBLOG_ACCOUNTS_PASSWORD"`
\set follow_graph_password `echo "$MICROBLOG_FOLLOW_GRAPH_PASSWORD"`
\set timeline_password `echo "$MICROBLOG_TIMELINE_PASSWORD"`
\set operator_password `echo "$MICROBLOG_OPERATOR_PASSWORD"`
\set database `echo "$MICROBLOG_DATABASE"`

-- Roles belong to the server, and two runs at once (tests) would trip over the same row.
SELECT pg_advisory_lock(hashtext('microblog roles')) \g /dev/null

SELECT format('CREATE ROLE %I LOGIN', role)
  FROM unnest(ARRAY['microblog_accounts', 'microblog_follow_graph', 'microblog_timeline', 'microblog_operator']) AS role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

ALTER ROLE microblog_accounts PASSWORD :'accounts_password';
ALTER ROLE microblog_follow_graph PASSWORD :'follow_graph_password';
ALTER ROLE microblog_timeline PASSWORD :'timeline_password';
ALTER ROLE microblog_operator PASSWORD :'operator_password';

-- A table is named without its schema, and a wrong query fails instead of reaching across.
ALTER ROLE microblog_accounts SET search_path = accounts;
ALTER ROLE microblog_follow_graph SET search_path = graph;
ALTER ROLE microblog_timeline SET search_path = posts;

-- Compiling a statement takes each new connection longer than any of them runs.
ALTER ROLE microblog_accounts SET jit = off;
ALTER ROLE microblog_follow_graph SET jit = off;
ALTER ROLE microblog_timeline SET jit = off;

-- Whoever creates a schema for a role, or hands an extension over, must be a member of it (a superuser always is).
SELECT format('GRANT %I TO CURRENT_USER', role)
  FROM unnest(ARRAY['microblog_accounts', 'microblog_follow_graph', 'microblog_timeline']) AS role
 WHERE NOT pg_has_role(CURRENT_USER, role, 'MEMBER') \gexec

SELECT format('CREATE DATABASE %I', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

SELECT pg_advisory_unlock(hashtext('microblog roles')) \g /dev/null

\connect :"database"

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
-- Temporary tables are what a binary COPY goes through on its way to an idempotent INSERT.
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO microblog_accounts, microblog_follow_graph, microblog_timeline;
GRANT CONNECT ON DATABASE :"database" TO microblog_operator;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SET client_min_messages = warning;
CREATE SCHEMA IF NOT EXISTS accounts AUTHORIZATION microblog_accounts;
CREATE SCHEMA IF NOT EXISTS graph AUTHORIZATION microblog_follow_graph;
CREATE SCHEMA IF NOT EXISTS posts AUTHORIZATION microblog_timeline;
REVOKE ALL ON SCHEMA accounts, graph, posts FROM PUBLIC;
-- Who compares and repairs looks into every schema; what he may see and change there, each owner's migrations say.
GRANT USAGE ON SCHEMA accounts, graph, posts TO microblog_operator;

-- Searching accounts by a part of a name; only Accounts does that.
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA accounts;
