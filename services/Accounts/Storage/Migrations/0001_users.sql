CREATE TABLE users (
    id bigint PRIMARY KEY,
    username text NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    tier text NOT NULL,
    display_name text NOT NULL,
    note text NOT NULL,
    field_names text[] NOT NULL,
    field_values text[] NOT NULL,
    locked boolean NOT NULL,
    bot boolean NOT NULL,
    discoverable boolean NOT NULL,
    default_visibility text NOT NULL,
    default_sensitive boolean NOT NULL,
    default_language text NOT NULL,
    -- Where the person stopped reading, by timeline: {"home": {"last_read_id", "version", "updated_at"}}.
    markers jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    -- Rises with every change of the profile; see AccountProfile.Version.
    version bigint NOT NULL
);

-- Names and addresses that differ only by case are the same.
CREATE UNIQUE INDEX users_username ON users (lower(username));
CREATE UNIQUE INDEX users_email ON users (lower(email));

-- Search: any part of a name.
CREATE INDEX users_username_parts ON users USING gin (lower(username) gin_trgm_ops);
CREATE INDEX users_display_name_parts ON users USING gin (lower(display_name) gin_trgm_ops);

CREATE TABLE apps (
    id bigint PRIMARY KEY,
    client_id text NOT NULL UNIQUE,
    client_secret_hash bytea NOT NULL,
    name text NOT NULL,
    website text,
    redirect_uris text[] NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE tokens (
    id bigint PRIMARY KEY,
    app_id bigint NOT NULL REFERENCES apps,
    -- Null for an application's own token.
    user_id bigint REFERENCES users,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);

-- Revoked tokens are written to Redis again when it has lost them.
CREATE INDEX tokens_revoked ON tokens (id) WHERE revoked_at IS NOT NULL;

CREATE TABLE authorization_codes (
    code_hash bytea PRIMARY KEY,
    app_id bigint NOT NULL REFERENCES apps,
    user_id bigint NOT NULL REFERENCES users,
    redirect_uri text NOT NULL,
    scopes text[] NOT NULL,
    code_challenge text,
    expires_at timestamptz NOT NULL,
    -- The token that the code was exchanged for; a code is good for one.
    token_id bigint
);

CREATE INDEX authorization_codes_expired ON authorization_codes (expires_at);

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    type text NOT NULL,
    body jsonb NOT NULL,
    trace_parent text,
    created_at timestamptz NOT NULL
);
