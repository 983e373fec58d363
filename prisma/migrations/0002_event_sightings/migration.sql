-- An Event is kept as last heard; of those that tell why a container's run ended, each time that it
-- was heard to count on is kept besides, so that every run finds its own.

CREATE TABLE event_sighting (
  event_id INTEGER NOT NULL REFERENCES cluster_event (id) ON DELETE CASCADE,
  total INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (event_id, total)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_sighting_at ON event_sighting (at);
