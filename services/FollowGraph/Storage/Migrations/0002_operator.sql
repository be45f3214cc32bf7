-- What infra/admin may look at, and the counters that it may correct; no notes.
GRANT SELECT ON people, follows, follow_requests, blocks, mutes TO microblog_operator;
GRANT UPDATE (followers_count, following_count, requests_count, blocks_count, mutes_count, counts_version)
    ON people TO microblog_operator;
GRANT SELECT (id, created_at) ON outbox TO microblog_operator;
