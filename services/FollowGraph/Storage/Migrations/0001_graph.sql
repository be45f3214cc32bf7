-- Whoever ever had a relation. Every change locks the rows of both people, in the order of their ids.
CREATE TABLE people (
    account_id bigint PRIMARY KEY,
    followers_count bigint NOT NULL DEFAULT 0,
    following_count bigint NOT NULL DEFAULT 0,
    requests_count bigint NOT NULL DEFAULT 0,
    blocks_count bigint NOT NULL DEFAULT 0,
    mutes_count bigint NOT NULL DEFAULT 0,
    counts_version bigint NOT NULL DEFAULT 0,
    relations_version bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

-- The key is the order in which an audience is read; whether boosts are shown is all that this scan may ask besides.
CREATE TABLE follows (
    followee_id bigint NOT NULL,
    follower_id bigint NOT NULL,
    follow_id bigint NOT NULL,
    followed_at timestamptz NOT NULL,
    shows_boosts boolean NOT NULL,
    notifies boolean NOT NULL,
    PRIMARY KEY (followee_id, follower_id) INCLUDE (shows_boosts)
);

-- An index-only scan needs pages that vacuum has seen.
ALTER TABLE follows SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX follows_of_followee ON follows (followee_id, follow_id) INCLUDE (follower_id);
CREATE INDEX follows_of_follower ON follows (follower_id, follow_id) INCLUDE (followee_id);

-- Follows that wait for a locked account's consent.
CREATE TABLE follow_requests (
    followee_id bigint NOT NULL,
    follower_id bigint NOT NULL,
    request_id bigint NOT NULL,
    requested_at timestamptz NOT NULL,
    shows_boosts boolean NOT NULL,
    notifies boolean NOT NULL,
    PRIMARY KEY (followee_id, follower_id)
);

CREATE INDEX follow_requests_of_followee ON follow_requests (followee_id, request_id);
CREATE INDEX follow_requests_of_follower ON follow_requests (follower_id);

CREATE TABLE blocks (
    account_id bigint NOT NULL,
    blocked_id bigint NOT NULL,
    block_id bigint NOT NULL,
    blocked_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, blocked_id)
);

CREATE INDEX blocks_of_account ON blocks (account_id, block_id);
CREATE INDEX blocks_of_blocked ON blocks (blocked_id, block_id);

CREATE TABLE mutes (
    account_id bigint NOT NULL,
    muted_id bigint NOT NULL,
    mute_id bigint NOT NULL,
    muted_at timestamptz NOT NULL,
    hides_notifications boolean NOT NULL,
    ends_at timestamptz,
    PRIMARY KEY (account_id, muted_id)
);

CREATE INDEX mutes_of_account ON mutes (account_id, mute_id);

-- What somebody noted about another account, for himself.
CREATE TABLE notes (
    account_id bigint NOT NULL,
    other_id bigint NOT NULL,
    comment text NOT NULL,
    PRIMARY KEY (account_id, other_id)
);

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    type text NOT NULL,
    body jsonb NOT NULL,
    trace_parent text,
    created_at timestamptz NOT NULL
);
