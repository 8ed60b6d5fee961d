-- When someone of the staff has asked for what an attempt holds to be released. It is written before the provider is
-- asked: from then on nothing of it is captured, and each look finishes the release.
ALTER TABLE payment_attempts ADD COLUMN release_wanted_at BIGINT;

-- What is about no order of this shop may tell of people, and would be erased with no customer: its text is not kept.
UPDATE provider_events SET body = '' WHERE order_id IS NULL AND body <> '';
