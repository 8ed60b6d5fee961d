-- The waiting room of a drop. Nothing is kept of a ticket but that it was counted: its place follows from itself and the
-- seed, and the seed from the secret and from what the ids of all tickets before the start come to.
CREATE TABLE drop_rooms (
  drop_id     TEXT     NOT NULL PRIMARY KEY REFERENCES drops (id) ON DELETE CASCADE,
  is_on       SMALLINT NOT NULL CHECK (is_on IN (0, 1)),
  -- What a ticket is bound to.
  binding     TEXT     NOT NULL,
  -- People let in per minute at most, and how long an admission lasts.
  per_minute  BIGINT   NOT NULL CHECK (per_minute > 0),
  minutes     BIGINT   NOT NULL CHECK (minutes > 0),
  -- Drawn when the room is made; its hash is published at once, itself when places are drawn.
  secret      TEXT     NOT NULL,
  -- Tickets from before the start: how many, and all their ids joined by exclusive or.
  tickets     BIGINT   NOT NULL DEFAULT 0,
  mix         TEXT     NOT NULL,
  -- When places were drawn: by the first that came or was to be let in after the start.
  drawn_at    BIGINT,
  last_bucket BIGINT   NOT NULL DEFAULT 0,
  -- All places below are let in; the admission of all below the second has run out. Both only rise.
  admitted_to BIGINT   NOT NULL DEFAULT 0,
  lapsed_to   BIGINT   NOT NULL DEFAULT 0,
  -- In millionths of a person.
  let_in      BIGINT   NOT NULL DEFAULT 0,
  pace        BIGINT   NOT NULL DEFAULT 0,
  moved_at    BIGINT,
  -- How far it was at moments of the time that an admission lasts, as JSON.
  steps       TEXT     NOT NULL DEFAULT '[]',
  -- When a node last placed fewer orders than came.
  strained_at BIGINT,
  CONSTRAINT drop_rooms_moves_check CHECK (0 <= lapsed_to AND lapsed_to <= admitted_to),
  CONSTRAINT drop_rooms_binding_word CHECK (binding IN ('mailbox', 'nobody'))
);

-- Tickets by the second of their arrival after the start, until all of it are let in.
CREATE TABLE room_buckets (
  drop_id TEXT   NOT NULL REFERENCES drops (id) ON DELETE CASCADE,
  bucket  BIGINT NOT NULL,
  tickets BIGINT NOT NULL CHECK (tickets > 0),
  PRIMARY KEY (drop_id, bucket)
);

-- Tickets that have ordered: written with the order, and gone when it is cancelled. No references: a drop that has sold
-- something is not deleted.
-- No index by drop, which every order would pay for: the one node that moves the room counts its uses once a second.
CREATE TABLE room_uses (
  ticket_id TEXT   NOT NULL,
  drop_id   TEXT   NOT NULL,
  place     BIGINT NOT NULL,
  order_id  TEXT   NOT NULL,
  used_at   BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, drop_id)
);
CREATE INDEX room_uses_order ON room_uses (order_id);
