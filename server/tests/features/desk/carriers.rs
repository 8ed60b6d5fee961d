//! The carriers that the owner sets, and the links to their pages.

use app::{carriers::Carriers, error::ErrorKind, orders::types::Parcel};
use desk::admin::carriers::types::CarrierForm;

use super::rope;
use crate::support::{ADMIN, TestShop, cash, on_both_databases};

on_both_databases!(
    a_parcel_is_followed_at_the_page_that_the_owner_gives,
    what_is_wrong_with_a_carrier_is_said_at_its_field,
    of_two_who_save_carriers_at_once_the_second_is_told,
);

fn form(name: &str, pattern: &str) -> CarrierForm {
    CarrierForm {
        name: name.to_owned(),
        pattern: pattern.to_owned(),
    }
}

async fn a_parcel_is_followed_at_the_page_that_the_owner_gives(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let desk = &shop.shop().carriers;
    let stored = desk.carriers().await.unwrap();
    assert_eq!(stored.carriers, Carriers::default(), "as the code has them");
    let typed = vec![
        form(" Island Post ", "https://post.example.com/{number}/en"),
        form("", ""),
        form("The van", ""),
    ];
    assert_eq!(
        desk.save(&admin, "0", typed.clone()).await.unwrap().version,
        1
    );
    // Saved as it is, nothing is written.
    assert_eq!(desk.save(&admin, "1", typed).await.unwrap().version, 1);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let post = shop.post();
    post.deliver().await;
    shop.shop()
        .order_desk
        .pack(&admin, &order.id)
        .await
        .unwrap();
    let parcel = Parcel {
        carrier: "island post".to_owned(),
        tracking_number: "AB 1/2".to_owned(),
    };
    let shipped = shop.shop().order_desk.ship(&admin, &order.id, parcel).await;
    shipped.unwrap();
    let link = "https://post.example.com/AB1%2F2/en";
    let mail = post.the_mail().await;
    assert!(
        mail.parts().iter().all(|part| part.contains(link)),
        "{mail:?}"
    );
    for node in [&shop, &shop.second_node()] {
        let site = node.open().await;
        let page = site
            .browser()
            .page(&format!("/orders/{}", order.token))
            .await;
        assert!(page.expect(200).body.contains(link));
    }
}

async fn what_is_wrong_with_a_carrier_is_said_at_its_field(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let fields = [
        ("version", "0"),
        ("carriers[0][name]", "Post"),
        ("carriers[0][pattern]", "http://post.example.com/{number}"),
        ("carriers[1][name]", "post"),
        ("carriers[1][pattern]", "https://post.example.com/"),
    ];
    let save = "/api/admin/carriers/save";
    let refused = browser.call(save, &fields).await.expect(422);
    assert_eq!(
        refused.fields(),
        [
            "carriers[0][pattern]",
            "carriers[1][name]",
            "carriers[1][pattern]"
        ]
    );
    let page = browser.submit(save, &fields).await.refused();
    assert!(page.body.contains("http://post.example.com/{number}"));
    assert!(page.body.contains("after the host name"));
}

async fn of_two_who_save_carriers_at_once_the_second_is_told(shop: TestShop) {
    let admin = shop.admin().await;
    let desk = &shop.shop().carriers;
    let typed = |name: &str| vec![form(name, "")];
    desk.save(&admin, "0", typed("One")).await.unwrap();
    let refused = desk.save(&admin, "0", typed("Two")).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    let stored = desk.carriers().await.unwrap();
    assert_eq!((stored.version, stored.carriers.0.len()), (1, 1));
}
