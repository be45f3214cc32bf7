-- Posts that changed while Redis was away: counts, lists and tombstones there are out of date until somebody writes
-- them. noted rises with each change, so that one that comes meanwhile is not taken for written.
CREATE TABLE unwritten_snapshots (
    post_id bigint PRIMARY KEY,
    noted bigint NOT NULL DEFAULT 1
);
