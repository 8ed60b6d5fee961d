-- What the audit of schema 18 asked: each statement finds what breaks a rule.

-- a variant's movements add up to its stock, which is not negative
SELECT v.id AS subject, CAST(v.stock AS TEXT) AS detail FROM variants v WHERE v.stock < 0 OR v.stock <> COALESCE((SELECT SUM(m.delta) FROM stock_movements m WHERE m.variant_id = v.id), 0);

-- lists count the values that variants have
SELECT t.product_id AS subject, t.value AS detail FROM ( SELECT o.product_id, o.key, CASE o.position WHEN 1 THEN v.option1 WHEN 2 THEN v.option2 ELSE v.option3 END AS value FROM product_options o JOIN variants v ON v.product_id = o.product_id) t WHERE NOT EXISTS (SELECT 1 FROM product_choices c WHERE c.product_id = t.product_id AND c.key = t.key AND c.value = t.value) UNION SELECT c.product_id AS subject, c.value AS detail FROM product_choices c WHERE NOT EXISTS (SELECT 1 FROM product_options o JOIN variants v ON v.product_id = o.product_id WHERE o.product_id = c.product_id AND o.key = c.key AND c.value = CASE o.position WHEN 1 THEN v.option1 WHEN 2 THEN v.option2 ELSE v.option3 END);

-- a variant's sold units are those of orders that did not come back
SELECT v.id AS subject, CAST(v.sold AS TEXT) AS detail FROM variants v WHERE v.sold <> COALESCE((SELECT SUM(l.quantity - l.restocked) FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.variant_id = v.id AND o.status <> 'cancelled'), 0);

-- every line of an order took its units once
SELECT l.order_id AS subject, l.variant_id AS detail FROM order_lines l WHERE l.variant_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stock_movements m WHERE m.order_id = l.order_id AND m.variant_id = l.variant_id AND m.reason = 'sale' AND m.delta = -l.quantity);

-- a cancelled order gave its units back, any other kept them
SELECT l.order_id AS subject, o.status AS detail FROM order_lines l JOIN orders o ON o.id = l.order_id LEFT JOIN (SELECT order_id, variant_id, delta, COUNT(*) AS times FROM stock_movements WHERE reason = 'cancellation' GROUP BY order_id, variant_id, delta) m ON m.order_id = l.order_id AND m.variant_id = l.variant_id AND m.delta = l.quantity WHERE l.variant_id IS NOT NULL AND (CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END) <> COALESCE(m.times, 0);

-- stock moved for an order that is there
SELECT m.id AS subject, m.order_id AS detail FROM stock_movements m WHERE m.order_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = m.order_id);

-- an order has lines, an address and a payment, and its lines add up
SELECT o.id AS subject, o.number AS detail FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_addresses a WHERE a.order_id = o.id) OR NOT EXISTS (SELECT 1 FROM payments p WHERE p.order_id = o.id AND p.amount_minor = o.total_minor) OR o.subtotal_minor <> COALESCE((SELECT SUM(l.unit_price_minor * l.quantity) FROM order_lines l WHERE l.order_id = o.id), -1);

-- an order that is paid for has its money or is owed it on delivery
SELECT o.id AS subject, p.status AS detail FROM orders o JOIN payments p ON p.order_id = o.id WHERE o.status IN ('paid', 'packed', 'shipped', 'delivered') AND p.status NOT IN ('captured', 'due') AND p.refunded_minor < p.amount_minor;

-- a line's refunded units are those of its refunds
SELECT l.order_id AS subject, CAST(l.refunded AS TEXT) AS detail FROM order_lines l WHERE l.refunded <> COALESCE((SELECT SUM(r.quantity) FROM refund_lines r WHERE r.order_id = l.order_id AND r.position = l.position), 0);

-- a refund put its units back once if it was to, and else not
SELECT r.id AS subject, l.variant_id AS detail FROM refunds r JOIN refund_lines rl ON rl.refund_id = r.id JOIN order_lines l ON l.order_id = rl.order_id AND l.position = rl.position LEFT JOIN (SELECT refund_id, variant_id, delta, COUNT(*) AS times FROM stock_movements WHERE refund_id IS NOT NULL GROUP BY refund_id, variant_id, delta) m ON m.refund_id = r.id AND m.variant_id = l.variant_id AND m.delta = rl.quantity WHERE l.variant_id IS NOT NULL AND r.restock <> COALESCE(m.times, 0);

-- a line's restocked units are those that moved back
SELECT l.order_id AS subject, CAST(l.restocked AS TEXT) AS detail FROM order_lines l LEFT JOIN (SELECT order_id, variant_id, SUM(delta) AS units FROM stock_movements WHERE reason = 'refund' GROUP BY order_id, variant_id) m ON m.order_id = l.order_id AND m.variant_id = l.variant_id WHERE l.variant_id IS NOT NULL AND l.restocked <> COALESCE(m.units, 0);

-- a refund comes to its lines and delivery, and a payment's refunds to what it says
SELECT r.order_id AS subject, CAST(r.number AS TEXT) AS detail FROM refunds r WHERE r.cause = 'staff' AND r.amount_minor <> r.shipping_minor + COALESCE((SELECT SUM(l.amount_minor) FROM refund_lines l WHERE l.refund_id = r.id), 0) UNION ALL SELECT p.order_id AS subject, CAST(p.refunded_minor AS TEXT) AS detail FROM payments p WHERE p.refunded_minor <> COALESCE((SELECT SUM(r.amount_minor) FROM refunds r WHERE r.order_id = p.order_id), 0);

-- delivery is refunded at most once
SELECT o.id AS subject, o.number AS detail FROM orders o WHERE o.shipping_minor < COALESCE((SELECT SUM(r.shipping_minor) FROM refunds r WHERE r.order_id = o.id), 0);

-- an order is refunded when all its units are, and not before
SELECT o.id AS subject, o.status AS detail FROM orders o WHERE o.status <> 'cancelled' AND (CASE WHEN o.status = 'refunded' THEN 1 ELSE 0 END) <> (CASE WHEN EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.refunded < l.quantity) THEN 0 ELSE 1 END);

-- the time line tells how an order came to its status
SELECT o.id AS subject, o.status AS detail FROM orders o WHERE o.status NOT IN ('pending_payment', 'paid') AND NOT EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.kind = o.status) UNION ALL SELECT o.id AS subject, 'without a fulfilment' AS detail FROM orders o WHERE o.status IN ('shipped', 'delivered') AND NOT EXISTS (SELECT 1 FROM fulfilments f WHERE f.order_id = o.id);
