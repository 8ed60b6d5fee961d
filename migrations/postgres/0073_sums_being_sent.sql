-- Until when what is not an order's is being sent back by a node that has asked its provider for that. While it is set,
-- nobody else sends it and nobody pays it by hand. Once that time is over, it is not known whether it was sent, and the
-- provider is asked again. NULL if it is known what became of all that was sent.
ALTER TABLE other_sums ADD COLUMN sending_until BIGINT;
