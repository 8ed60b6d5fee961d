-- How fast strangers may be. What the owner has not set is as it is by itself.
CREATE TABLE brakes (
  id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL DEFAULT 0,
  -- A JSON list of brake, by what is counted, and how often.
  rates   TEXT   NOT NULL DEFAULT '[]'
);
INSERT INTO brakes (id) VALUES (1);
