//! Where someone goes on to who has signed in. Only addresses of our own are gone on to.

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

    use super::*;
    use crate::{
        area::samples,
        shop::{Ports, Shop},
    };

    const FOREIGN: [&str; 6] = [
        "",
        "//evil.example",
        "https://evil.example",
        "/admin/\r\nX: y",
        "/admin/..//x",
        "/admin/%2e%2E//x",
    ];

    /// In a request to a shop: its areas say what is ours.
    fn in_a_shop(test: impl FnOnce()) {
        Owner::new().with(|| {
            let shop = Shop::new(Arc::default(), samples(), Ports::default());
            provide_context(shop);
            test();
        });
    }

    #[test]
    fn sign_in_goes_on_to_our_own_admin_pages_only() {
        in_a_shop(|| {
            let orders = "/admin/orders?page=2";
            assert_eq!(after_sign_in(orders), orders);
            for foreign in FOREIGN {
                assert_eq!(after_sign_in(foreign), "/admin", "{foreign:?}");
            }
        });
    }

    #[test]
    fn customers_go_on_to_pages_of_the_shop_only() {
        in_a_shop(|| {
            for ours in [
                "/account/orders?page=2",
                "/checkout?step=review",
                "/cart",
                "/account/orders?q=a%2Fb",
            ] {
                assert_eq!(after_customer_sign_in(ours), ours);
            }
            let others = [
                "/account/..//x",
                "/account/%2e%2e//x",
                "/account/.%2E/x",
                "/account%5c..",
                "/accounts",
                "/account\\x",
                "/api/cart",
            ];
            for foreign in FOREIGN.into_iter().chain(others) {
                assert_eq!(after_customer_sign_in(foreign), "/account", "{foreign:?}");
            }
        });
    }

    #[test]
    fn a_code_leads_on_to_our_own_pages_only() {
        in_a_shop(|| {
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
        });
    }
}
