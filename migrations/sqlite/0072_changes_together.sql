-- For Postgres alone: here a trigger for each order costs little.
SELECT 1;
