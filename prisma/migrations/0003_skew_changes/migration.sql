-- How the skew of each constraint changes, be it violated or not. Without a skew: no pod carries the
-- constraint from then on.

CREATE TABLE skew_change (
  group_id INTEGER NOT NULL REFERENCES skew_group (id),
  at INTEGER NOT NULL,
  skew INTEGER,
  PRIMARY KEY (group_id, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX skew_change_at ON skew_change (at);
