//! The shop's cookies: what they are called, and how they are set. Each feature declares its own.

/// A cookie of the shop's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookie {
    plain_name: &'static str,
    host_name: &'static str,
    pub holds: Holds,
}

/// What is in a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A secret that names what this device has, for as long as nobody is signed in. It ends at
    /// sign-in, when all of that becomes the account's.
    OfDevice,
    /// Another secret.
    Secret,
    /// A hint scripts may read that there is something to ask for; never believed by the server.
    Hint,
}

impl Cookie {
    /// Holds the cart's token.
    pub const CART: Self = Self::named("holdfast_cart", "__Host-holdfast_cart", Holds::OfDevice);
    /// There is a cart.
    pub const CART_HINT: Self =
        Self::named("holdfast_has_cart", "__Host-holdfast_has_cart", Holds::Hint);
    /// Holds the session's token.
    pub const SESSION: Self =
        Self::named("holdfast_session", "__Host-holdfast_session", Holds::Secret);
    /// Holds the token of a sign-in that waits for its code.
    pub const PENDING_SIGN_IN: Self =
        Self::named("holdfast_sign_in", "__Host-holdfast_sign_in", Holds::Secret);

    /// Names the password that was chosen with an order in this browser, for an account to come.
    pub const NEW_ACCOUNT: Self = Self::named(
        "holdfast_new_account",
        "__Host-holdfast_new_account",
        Holds::Secret,
    );

    /// Browsers take a `__Host-` cookie from this very host alone, and only over TLS (RFC 6265bis,
    /// 4.1.3.2): nobody else plants one. So it is called by `host_name` there, which is the plain one
    /// behind that prefix.
    pub const fn named(plain_name: &'static str, host_name: &'static str, holds: Holds) -> Self {
        Self {
            plain_name,
            host_name,
            holds,
        }
    }

    /// What it is called at `base_url`.
    pub fn name(self, base_url: &str) -> &'static str {
        match is_encrypted(base_url) {
            true => self.host_name,
            false => self.plain_name,
        }
    }

    /// A name anybody may set who answers for the host or for one above it, encrypted or not.
    pub const fn plain_name(self) -> &'static str {
        self.plain_name
    }

    /// A `Set-Cookie` line for `base_url`. `max_age` in seconds; zero removes the cookie.
    pub fn line(self, base_url: &str, value: &str, max_age: i64) -> String {
        self.line_named(self.name(base_url), base_url, value, max_age)
    }

    /// A `Set-Cookie` line that removes the cookie of the plain name.
    pub fn end_of_plain(self, base_url: &str) -> String {
        self.line_named(self.plain_name, base_url, "", 0)
    }

    /// Attributes in this order, which the `cookie` crate would change.
    fn line_named(self, name: &str, base_url: &str, value: &str, max_age: i64) -> String {
        let scripts = match self.holds {
            Holds::OfDevice | Holds::Secret => "; HttpOnly",
            Holds::Hint => "",
        };
        let secure = match is_encrypted(base_url) {
            true => "; Secure",
            false => "",
        };
        format!("{name}={value}; Path=/; Max-Age={max_age}; SameSite=Lax{scripts}{secure}")
    }
}

/// Whether shoppers reach the shop over TLS.
pub fn is_encrypted(base_url: &str) -> bool {
    base_url.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_belong_to_the_host_where_the_shop_is_reached_over_tls() {
        let (tls, plain) = ("https://shop.example", "http://localhost:3000");
        assert_eq!(
            Cookie::SESSION.line(tls, "x", 60),
            "__Host-holdfast_session=x; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure"
        );
        assert_eq!(
            Cookie::SESSION.line(plain, "x", 60),
            "holdfast_session=x; Path=/; Max-Age=60; SameSite=Lax; HttpOnly"
        );
        assert_eq!(
            Cookie::PENDING_SIGN_IN.line(tls, "x", 60),
            "__Host-holdfast_sign_in=x; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure"
        );
        assert_eq!(
            Cookie::CART_HINT.line(tls, "1", 60),
            "__Host-holdfast_has_cart=1; Path=/; Max-Age=60; SameSite=Lax; Secure"
        );
        assert_eq!(
            Cookie::CART.end_of_plain(tls),
            "holdfast_cart=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly; Secure"
        );
    }
}
