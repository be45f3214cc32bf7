-- Follows in packs: each stands twice, with the one who is followed and with the one who follows. A pack holds up to
-- 100 that came one after the other: not so many that Postgres would move them to TOAST.
CREATE TABLE follower_packs (
    account_id bigint NOT NULL,
    first_follow_id bigint NOT NULL,
    follow_ids bigint[] NOT NULL,
    other_ids bigint[] NOT NULL,
    without_boosts bigint[] NOT NULL,
    notifying bigint[] NOT NULL,
    PRIMARY KEY (account_id, first_follow_id)
);

CREATE TABLE followee_packs (LIKE follower_packs INCLUDING INDEXES);

-- Every follow writes its pack anew: what is dead must be found soon.
ALTER TABLE follower_packs SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE followee_packs SET (autovacuum_vacuum_scale_factor = 0.02);

-- Who follows somebody; to be asked for one followee or some.
CREATE VIEW followers AS
SELECT pack.account_id AS followee_id,
       follow.other_id AS follower_id,
       follow.id AS follow_id,
       follow.other_id <> ALL (pack.without_boosts) AS shows_boosts,
       follow.other_id = ANY (pack.notifying) AS notifies
  FROM follower_packs AS pack
 CROSS JOIN LATERAL unnest(pack.follow_ids, pack.other_ids) AS follow (id, other_id);

-- Whom somebody follows; to be asked for one follower or some.
CREATE VIEW followees AS
SELECT pack.account_id AS follower_id,
       follow.other_id AS followee_id,
       follow.id AS follow_id,
       follow.other_id <> ALL (pack.without_boosts) AS shows_boosts,
       follow.other_id = ANY (pack.notifying) AS notifies
  FROM followee_packs AS pack
 CROSS JOIN LATERAL unnest(pack.follow_ids, pack.other_ids) AS follow (id, other_id);

LOCK TABLE follows;

INSERT INTO follower_packs
SELECT followee_id,
       min(follow_id),
       array_agg(follow_id ORDER BY follow_id),
       array_agg(follower_id ORDER BY follow_id),
       COALESCE(array_agg(follower_id) FILTER (WHERE NOT shows_boosts), '{}'),
       COALESCE(array_agg(follower_id) FILTER (WHERE notifies), '{}')
  FROM (SELECT *, (row_number() OVER (PARTITION BY followee_id ORDER BY follow_id) - 1) / 100 AS pack
          FROM follows) AS follow
 GROUP BY followee_id, pack;

INSERT INTO followee_packs
SELECT follower_id,
       min(follow_id),
       array_agg(follow_id ORDER BY follow_id),
       array_agg(followee_id ORDER BY follow_id),
       COALESCE(array_agg(followee_id) FILTER (WHERE NOT shows_boosts), '{}'),
       COALESCE(array_agg(followee_id) FILTER (WHERE notifies), '{}')
  FROM (SELECT *, (row_number() OVER (PARTITION BY follower_id ORDER BY follow_id) - 1) / 100 AS pack
          FROM follows) AS follow
 GROUP BY follower_id, pack;

DROP TABLE follows;

GRANT SELECT ON followers, followees TO microblog_operator;
