-- Null for everybody who may log in.
ALTER TABLE users ADD COLUMN suspended_at timestamptz;

-- Whose tokens end with a suspension.
CREATE INDEX tokens_of_user ON tokens (user_id) WHERE revoked_at IS NULL;
