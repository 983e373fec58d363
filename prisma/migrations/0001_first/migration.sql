-- The history's first schema. What the tables mean is written in prisma/schema.prisma, which a test
-- holds equal to this file. Instants are integers: milliseconds since the Unix epoch. Tables are
-- STRICT, so that a value of the wrong type is refused where it is written.

CREATE TABLE cluster (
  id INTEGER NOT NULL PRIMARY KEY,
  identity TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cluster_identity ON cluster (identity);

CREATE TABLE session (
  id INTEGER NOT NULL PRIMARY KEY,
  cluster_id INTEGER NOT NULL REFERENCES cluster (id),
  started_at INTEGER NOT NULL,
  last_alive_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX session_cluster ON session (cluster_id, started_at);

CREATE TABLE subject (
  id INTEGER NOT NULL PRIMARY KEY,
  cluster_id INTEGER NOT NULL REFERENCES cluster (id),
  kind TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  uid TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX subject_identity ON subject (cluster_id, kind, namespace, name, uid);
CREATE INDEX subject_uid ON subject (uid);

CREATE TABLE pod (
  id INTEGER NOT NULL PRIMARY KEY REFERENCES subject (id),
  created_at INTEGER,
  owner_id INTEGER REFERENCES subject (id),
  node_id INTEGER REFERENCES subject (id),
  bound_at INTEGER,
  static_uid TEXT NOT NULL,
  deleted_at INTEGER,
  final_phase TEXT,
  final_reason TEXT,
  final_message TEXT,
  gone_at INTEGER,
  gone_approximate INTEGER NOT NULL
) STRICT;
CREATE INDEX pod_owner ON pod (owner_id);
CREATE INDEX pod_node ON pod (node_id);
CREATE INDEX pod_gone ON pod (gone_at);

CREATE TABLE container_run (
  id INTEGER NOT NULL PRIMARY KEY,
  pod_id INTEGER NOT NULL REFERENCES pod (id),
  container TEXT NOT NULL,
  container_type TEXT NOT NULL,
  identity TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  finished_approximate INTEGER NOT NULL,
  exit_code INTEGER,
  signal INTEGER,
  reason TEXT,
  message TEXT
) STRICT;
CREATE UNIQUE INDEX container_run_identity ON container_run (pod_id, container, identity);
CREATE INDEX container_run_finished ON container_run (finished_at);

CREATE TABLE readiness_change (
  pod_id INTEGER NOT NULL REFERENCES pod (id),
  container TEXT NOT NULL,
  at INTEGER NOT NULL,
  ready INTEGER NOT NULL,
  approximate INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (pod_id, container, at, ready)
) STRICT, WITHOUT ROWID;
CREATE INDEX readiness_change_at ON readiness_change (at);

CREATE TABLE cluster_event (
  id INTEGER NOT NULL PRIMARY KEY,
  cluster_id INTEGER NOT NULL REFERENCES cluster (id),
  uid TEXT NOT NULL,
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  container TEXT NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  probe TEXT,
  count INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX cluster_event_uid ON cluster_event (cluster_id, uid);
CREATE INDEX cluster_event_subject ON cluster_event (subject_id, last_at);
CREATE INDEX cluster_event_last ON cluster_event (cluster_id, last_at);

CREATE TABLE probe_failure (
  event_id INTEGER NOT NULL REFERENCES cluster_event (id) ON DELETE CASCADE,
  total INTEGER NOT NULL,
  at INTEGER NOT NULL,
  message TEXT,
  PRIMARY KEY (event_id, total)
) STRICT, WITHOUT ROWID;
CREATE INDEX probe_failure_at ON probe_failure (at);

CREATE TABLE skew_group (
  id INTEGER NOT NULL PRIMARY KEY,
  cluster_id INTEGER NOT NULL REFERENCES cluster (id),
  identity TEXT NOT NULL,
  workload_id INTEGER NOT NULL REFERENCES subject (id),
  topology_key TEXT NOT NULL,
  max_skew INTEGER NOT NULL,
  when_unsatisfiable TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX skew_group_identity ON skew_group (cluster_id, identity);
CREATE INDEX skew_group_workload ON skew_group (workload_id);

CREATE TABLE skew_violation (
  id INTEGER NOT NULL PRIMARY KEY,
  group_id INTEGER NOT NULL REFERENCES skew_group (id),
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  ended_approximate INTEGER NOT NULL,
  worst_skew INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX skew_violation_began ON skew_violation (group_id, began_at);
CREATE INDEX skew_violation_ended ON skew_violation (ended_at);
-- A constraint is violated once at a time.
CREATE UNIQUE INDEX skew_violation_open ON skew_violation (group_id) WHERE ended_at IS NULL;

CREATE TABLE gap (
  id INTEGER NOT NULL PRIMARY KEY,
  cluster_id INTEGER NOT NULL REFERENCES cluster (id),
  cause TEXT NOT NULL,
  kind TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  dropped INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX gap_identity ON gap (cluster_id, cause, kind, from_at);
CREATE INDEX gap_to ON gap (to_at);
