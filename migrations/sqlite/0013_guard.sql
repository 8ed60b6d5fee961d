-- What the shop settles once and then keeps, the same for all its nodes: the key by which its log
-- tells mail addresses apart, and since when cookies belong to its host.
CREATE TABLE shop_facts (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- When a cart gets a new token, its old one leads for a while to a copy of what lies in it, and to
-- nothing that was typed. Such a copy is nobody's second cart: it counts for nothing.
ALTER TABLE carts ADD COLUMN is_copy SMALLINT NOT NULL DEFAULT 0 CHECK (is_copy IN (0, 1));
