//! Where somebody goes on to who has signed in. Only addresses of our own are gone on to.

use super::api::ssr::SIGN_IN_PAGE;
use crate::{
    catalog::query::encode,
    reply::{admin_address, shop_address},
};

/// Only addresses of the admin area are gone on to.
pub fn after_sign_in(next: &str) -> &str {
    admin_address(next).unwrap_or("/admin")
}

/// Only addresses of the shop's own pages are gone on to.
pub fn after_customer_sign_in(next: &str) -> &str {
    shop_address(next).unwrap_or("/account")
}

/// The page that asks for the code, and where it goes on to.
pub fn code_page(next: &str) -> String {
    format!(
        "{SIGN_IN_PAGE}/code?{}",
        encode(&[("next".to_owned(), next.to_owned())])
    )
}

/// Only addresses of our own are gone on to.
pub fn after_code(next: &str) -> &str {
    admin_address(next).unwrap_or(after_customer_sign_in(next))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use leptos::prelude::{Owner, provide_context};

    use super::{after_code, code_page};
    use crate::{
        features,
        shop::{Ports, Shop},
    };

    #[test]
    fn a_code_leads_on_to_our_own_pages_only() {
        Owner::new().with(|| {
            let shop = Shop::new(Arc::default(), features::areas(), Ports::default());
            provide_context(shop);
            leads_to_our_own_pages_only();
        });
    }

    fn leads_to_our_own_pages_only() {
        for ours in [
            "/admin",
            "/admin/orders?page=2",
            "/account/orders",
            "/checkout",
        ] {
            assert_eq!(after_code(ours), ours);
        }
        for foreign in [
            "",
            "//evil.example",
            "/admin/..//x",
            "/adminx",
            "https://evil.example",
        ] {
            assert_eq!(after_code(foreign), "/account", "{foreign:?}");
        }
        assert_eq!(
            code_page("/admin/orders?page=2"),
            "/account/sign-in/code?next=%2Fadmin%2Forders%3Fpage%3D2"
        );
    }
}
