-- Rises with every change of the catalogue that no node could be told of directly.
CREATE TABLE catalog_epoch (
    id SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL
);

INSERT INTO catalog_epoch (id, number) VALUES (1, 0);
