-- An order by bank transfer whose buyer nobody knows is confirmed first: then it waits for its money.
DROP TRIGGER orders_next_status ON orders;
CREATE TRIGGER orders_next_status BEFORE UPDATE OF status ON orders FOR EACH ROW
WHEN (OLD.status || '>' || NEW.status NOT IN (
  'awaiting_confirmation>paid', 'awaiting_confirmation>pending_payment', 'awaiting_confirmation>cancelled',
  'pending_payment>paid', 'pending_payment>cancelled',
  'paid>packed', 'paid>cancelled', 'paid>refunded',
  'packed>shipped', 'packed>refunded',
  'shipped>delivered', 'shipped>refunded',
  'delivered>refunded'
))
EXECUTE FUNCTION orders_refuse_status();

-- Units that orders hold and nobody has paid for: how many at a time by one network and for one postal address. NULL:
-- as it is by itself; 0: any number.
ALTER TABLE brakes ADD COLUMN held_by_network BIGINT CHECK (held_by_network >= 0);
ALTER TABLE brakes ADD COLUMN held_by_address BIGINT CHECK (held_by_address >= 0);

-- Keyed hashes of where an order came from and where it goes. Whether it holds its units unpaid, it says itself, so
-- nothing is to be given back here; rows of orders that do not any more are cleared. References are not checked.
CREATE TABLE unpaid_holders (
  holder   TEXT NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (holder, order_id)
);
CREATE INDEX unpaid_holders_order ON unpaid_holders (order_id);

-- What a refund put back on the shelf counts against no limit any more.
UPDATE buyer_limit_uses SET units = COALESCE((
  SELECT CAST(SUM(l.quantity - l.restocked) AS BIGINT) FROM order_lines l
  JOIN buyer_limits b ON b.id = buyer_limit_uses.limit_id
  LEFT JOIN variants v ON v.id = l.variant_id
  WHERE l.order_id = buyer_limit_uses.order_id AND (b.variant_id = l.variant_id
    OR b.product_id = COALESCE(v.product_id, v.archived_product_id)
    OR (b.variant_id IS NULL AND b.product_id IS NULL))), 0)
WHERE order_id IN (SELECT l.order_id FROM order_lines l WHERE l.restocked > 0)
  AND limit_id IN (SELECT id FROM buyer_limits);
DELETE FROM buyer_limit_uses WHERE units <= 0;

-- A guest's orders by bank transfer are looked up while they wait to be confirmed, too.
DROP INDEX orders_awaiting_mailbox;
CREATE INDEX orders_awaiting_mailbox ON orders (mailbox) WHERE pay_by IS NOT NULL;
