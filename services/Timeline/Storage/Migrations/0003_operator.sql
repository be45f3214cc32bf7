-- What infra/admin may look at, and the counters that it may correct; no text that anybody wrote.
GRANT SELECT (id, author_id, visibility, mentioned_ids, in_reply_to_id, in_reply_to_author_id, boost_of_id,
        boost_of_author_id, created_at, deleted_at)
    ON posts TO microblog_operator;
GRANT SELECT ON favourites, post_counts, authors, unwritten_snapshots TO microblog_operator;
GRANT INSERT, UPDATE ON post_counts, authors TO microblog_operator;
