-- What infra/admin may look at: whose account it is and which tokens were revoked; no address, no password.
GRANT SELECT (id, username, version) ON users TO microblog_operator;
GRANT SELECT (id, expires_at, revoked_at) ON tokens TO microblog_operator;
GRANT SELECT (id, created_at) ON outbox TO microblog_operator;
