-- Passwords chosen with an order, for accounts that are made once their address is proven. The secret that names
-- one is in a cookie of the browser it was chosen in.
CREATE TABLE chosen_passwords (
    token_hash TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX chosen_passwords_by_email ON chosen_passwords (email, created_at);
CREATE INDEX chosen_passwords_by_end ON chosen_passwords (expires_at);
