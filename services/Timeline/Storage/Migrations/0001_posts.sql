-- Every fact of a post. A deleted post stays as a tombstone without its text, and one whose deletion came first
-- begins as one, so that a redelivered creation finds the id taken.
CREATE TABLE posts (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL,
    text text NOT NULL,
    content text NOT NULL,
    spoiler_text text NOT NULL,
    is_sensitive boolean NOT NULL,
    visibility smallint NOT NULL,
    language text,
    mentioned_ids bigint[] NOT NULL,
    mentioned_names text[] NOT NULL,
    tags text[] NOT NULL,
    in_reply_to_id bigint,
    in_reply_to_author_id bigint,
    boost_of_id bigint,
    boost_of_author_id bigint,
    application_name text,
    application_website text,
    idempotency_key text,
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    -- Deleted by this service, because it lost against another one: the deletion is announced by this service as well.
    is_retracted boolean NOT NULL DEFAULT false
);

-- Author timelines, and the followees' part of home timelines that are pulled.
CREATE INDEX posts_of_author ON posts (author_id, id) WHERE deleted_at IS NULL;

CREATE INDEX posts_public ON posts (id)
    WHERE deleted_at IS NULL AND visibility = 0 AND boost_of_id IS NULL
        AND (in_reply_to_author_id IS NULL OR in_reply_to_author_id = author_id);

CREATE INDEX posts_in_reply_to ON posts (in_reply_to_id, id)
    WHERE deleted_at IS NULL AND in_reply_to_id IS NOT NULL;

CREATE INDEX boosts_of_post ON posts (boost_of_id, id) WHERE deleted_at IS NULL AND boost_of_id IS NOT NULL;

-- Whose post was boosted, for notifications.
CREATE INDEX boosts_of_posts_by ON posts (boost_of_author_id, id)
    WHERE deleted_at IS NULL AND boost_of_author_id IS NOT NULL;

-- Tombstones count: a boost older than one that was taken back stays lost.
CREATE INDEX boosts_of_author ON posts (author_id, boost_of_id, id) WHERE boost_of_id IS NOT NULL;

CREATE UNIQUE INDEX posts_one_boost ON posts (author_id, boost_of_id)
    WHERE deleted_at IS NULL AND boost_of_id IS NOT NULL;

-- Tombstones count: a repeated request must not bring a deleted post back.
CREATE UNIQUE INDEX posts_idempotency ON posts (author_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE INDEX posts_retracted ON posts (id) WHERE is_retracted;

-- Apart from the posts, because a reply may be stored before the post it replies to. Always agrees with the rows
-- counted.
CREATE TABLE post_counts (
    post_id bigint PRIMARY KEY,
    replies bigint NOT NULL,
    boosts bigint NOT NULL,
    favourites bigint NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE authors (
    author_id bigint PRIMARY KEY,
    posts_count bigint NOT NULL,
    last_post_on date,
    version bigint NOT NULL
);

-- Who is named in which post, live ones only.
CREATE TABLE mentions (
    account_id bigint NOT NULL,
    post_id bigint NOT NULL,
    PRIMARY KEY (account_id, post_id)
);

-- The tags of public posts, live ones only.
CREATE TABLE post_tags (
    tag text NOT NULL,
    post_id bigint NOT NULL,
    PRIMARY KEY (tag, post_id)
);

CREATE TABLE tags (
    name text PRIMARY KEY,
    id bigint GENERATED ALWAYS AS IDENTITY
);

CREATE INDEX tags_by_prefix ON tags (name text_pattern_ops);

-- Of two changes the one with the higher id counts; what was taken back stays as an inactive row to be compared with.
CREATE TABLE favourites (
    post_id bigint NOT NULL,
    account_id bigint NOT NULL,
    author_id bigint NOT NULL,
    change_id bigint NOT NULL,
    is_active boolean NOT NULL,
    PRIMARY KEY (post_id, account_id)
);

CREATE INDEX favourites_of_account ON favourites (account_id, change_id) WHERE is_active;
CREATE INDEX favourites_of_post ON favourites (post_id, change_id) WHERE is_active;
CREATE INDEX favourites_of_author ON favourites (author_id, change_id) WHERE is_active;

CREATE TABLE bookmarks (
    post_id bigint NOT NULL,
    account_id bigint NOT NULL,
    change_id bigint NOT NULL,
    is_active boolean NOT NULL,
    PRIMARY KEY (post_id, account_id)
);

CREATE INDEX bookmarks_of_account ON bookmarks (account_id, change_id) WHERE is_active;

-- What an account did with its notifications; the notifications themselves follow from the other tables.
CREATE TABLE cleared_notifications (
    account_id bigint PRIMARY KEY,
    cleared_up_to bigint NOT NULL
);

CREATE TABLE dismissed_notifications (
    account_id bigint NOT NULL,
    notification_id bigint NOT NULL,
    PRIMARY KEY (account_id, notification_id)
);
