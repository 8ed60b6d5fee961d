-- What a node has counted of a drop, written by itself once a second while the drop is near: so one page has the figures
-- of all nodes, with Redis and without. A row is of one run of a node, from the start of its process to its end, and
-- stays with its drop: the report adds them up.
CREATE TABLE drop_nodes (
  drop_id  TEXT   NOT NULL REFERENCES drops (id) ON DELETE CASCADE,
  run      TEXT   NOT NULL,
  began_at BIGINT NOT NULL,
  told_at  BIGINT NOT NULL,
  -- Places in the waiting room that it gave out.
  arrivals BIGINT NOT NULL,
  -- Orders that it placed, and units of the drop in them.
  orders   BIGINT NOT NULL,
  units    BIGINT NOT NULL,
  -- Orders of the drop that it refused, by reason, as JSON.
  refusals TEXT   NOT NULL,
  -- Orders of whatever goods that it refused for want of time since it first wrote this row.
  busy     BIGINT NOT NULL,
  -- Orders that waited when it last wrote, and the mean wait for a lock of late, in microseconds.
  queue    BIGINT NOT NULL,
  lock_us  BIGINT NOT NULL,
  PRIMARY KEY (drop_id, run)
);
