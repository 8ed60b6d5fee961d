//! A shop whose payment provider has a test key earns nothing, and says so wherever its staff works.

use super::roles::{Things, pages};
use crate::support::{ADMIN, STAFF, TestShop, on_both_databases};

on_both_databases!(a_test_key_is_said_on_every_page_of_the_admin_area);

const SAID: &str =
    "Test mode: the payment provider is used with a test key, and no money comes in.";

/// What is printed, or shown as shoppers see it: it has no frame of the admin area.
const WITHOUT_FRAME: [&str; 6] = [
    "/admin/orders/{id}/packing-slip",
    "/admin/orders/{id}/invoice",
    "/admin/products/{id}/preview",
    "/admin/preview/home",
    "/admin/drops/{id}/preview",
    "/admin/drops/{id}/report",
];

async fn a_test_key_is_said_on_every_page_of_the_admin_area(shop: TestShop) {
    let shop = shop.speaking("en,de").with_test_key();
    let things = Things::of(&shop).await;
    let (test, real) = (shop.open().await, shop.for_real().open().await);
    for (at, who) in [(2, STAFF), (3, ADMIN)] {
        let (tested, sold) = (test.browser(), real.browser());
        tested.sign_in(who).await.expect(200);
        sold.sign_in(who).await.expect(200);
        let mut framed = 0;
        for (path, gets) in pages("/admin") {
            // Guests do not learn that such a page is there.
            if gets[0] != 404 || gets[at] != 200 {
                continue;
            }
            let address = things.path(&path);
            let page = tested.page(&address).await.expect(200).body;
            let is_framed = !WITHOUT_FRAME.contains(&path.as_str());
            assert_eq!(page.contains(SAID), is_framed, "{path} for {who}");
            framed += usize::from(is_framed);
            let page = sold.page(&address).await.expect(200).body;
            assert!(!page.contains(SAID), "{path} with a live key");
        }
        assert!(framed > 10, "{framed} pages for {who}");
    }
}
