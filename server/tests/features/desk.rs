//! The desk: short numbers, tabs that are counted, confirmations once more, carriers.

use app::{
    carriers::Carriers,
    error::ErrorKind,
    identity::Role,
    orders::{
        ports::{MoneyFilter, OrderFilter, OrderSort},
        types::{OrderStatus, Parcel},
    },
};
use desk::admin::carriers::types::CarrierForm;
use server::orders::sums;

use crate::support::{
    ADMIN, Goods, HOUR, MINUTE, STAFF, Stocked, TestShop, cash, on_both_databases,
};

on_both_databases!(
    short_numbers_rise_and_are_drawn_once,
    orders_that_nobody_looks_at_are_numbered_by_the_maintenance,
    an_order_that_is_committed_late_has_a_number_too,
    an_order_of_a_clock_that_was_ahead_keeps_no_number_from_the_others,
    an_order_is_found_by_its_short_number,
    orders_are_sorted_by_their_day_or_their_total,
    tabs_are_counted_unless_the_list_is_narrowed,
    a_confirmation_is_sent_again_a_few_times_in_an_hour,
    of_an_order_that_is_not_confirmed_nothing_is_sent_again,
    the_mail_with_the_parcel_is_sent_again,
    a_guest_gets_the_link_again_that_confirms_an_order_while_it_does,
    a_parcel_is_followed_at_the_page_that_the_owner_gives,
    what_is_wrong_with_a_carrier_is_said_at_its_field,
    of_two_who_save_carriers_at_once_the_second_is_told,
);

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

/// Short numbers of all orders, the oldest order first.
async fn numbers(shop: &TestShop) -> Vec<i64> {
    let listed = shop.shop().orders.list(&OrderFilter::default()).await;
    let rows = listed.unwrap().rows;
    let numbers = rows.iter().rev().map(|row| row.short_number);
    numbers.map(|number| number.expect("it is drawn")).collect()
}

async fn short_numbers_rise_and_are_drawn_once(shop: TestShop) {
    let rope = rope(&shop).await;
    let mut bought = Vec::new();
    for _ in 0..3 {
        bought.push(shop.bought(&[(rope.variant(), 1)], cash()).await);
        shop.clock.advance(MINUTE);
    }
    let looking: Vec<_> = (0..6)
        .map(|_| {
            let node = shop.second_node();
            tokio::spawn(async move { numbers(&node).await })
        })
        .collect();
    for look in looking {
        assert_eq!(look.await.unwrap(), [1001, 1002, 1003]);
    }
    // The page of an order draws its number as well.
    let next = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let desk = &shop.shop().order_desk;
    assert_eq!(desk.order(&next.id).await.unwrap().short_number, Some(1004));
    let first = desk.order(&bought[0].id).await.unwrap();
    assert_eq!(first.short_number, Some(1001), "it stays");
}

async fn orders_are_sorted_by_their_day_or_their_total(shop: TestShop) {
    let rope = rope(&shop).await;
    let mut bought = Vec::new();
    for units in [2, 5, 1] {
        let order = shop.bought(&[(rope.variant(), units)], cash()).await;
        bought.push(order.id);
        shop.clock.advance(MINUTE);
    }
    for (sort, wanted) in [
        (OrderSort::Newest, [2, 1, 0]),
        (OrderSort::Oldest, [0, 1, 2]),
        (OrderSort::Highest, [1, 0, 2]),
        (OrderSort::Lowest, [2, 0, 1]),
    ] {
        let filter = OrderFilter {
            sort,
            ..OrderFilter::default()
        };
        let rows = shop.shop().orders.list(&filter).await.unwrap().rows;
        let ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
        assert_eq!(ids, wanted.map(|at| bought[at].clone()), "{sort:?}");
    }
}

async fn orders_that_nobody_looks_at_are_numbered_by_the_maintenance(shop: TestShop) {
    let rope = rope(&shop).await;
    let drawn = "SELECT COUNT(*) AS n FROM order_short_numbers";
    for _ in 0..2 {
        shop.bought(&[(rope.variant(), 1)], cash()).await;
    }
    assert_eq!(shop.number(drawn).await, 0, "placing draws none");
    shop.services.run_maintenance().await;
    assert_eq!(shop.number(drawn).await, 2);
    shop.services.run_maintenance().await;
    assert_eq!(shop.number(drawn).await, 2);
}

async fn an_order_that_is_committed_late_has_a_number_too(shop: TestShop) {
    let rope = rope(&shop).await;
    let late = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.advance(MINUTE);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    numbers(&shop).await;
    // As if it had not been there when the other one was numbered.
    let gone = format!(
        "DELETE FROM order_short_numbers WHERE order_id = '{}'",
        late.id
    );
    shop.execute(&gone).await;
    assert_eq!(numbers(&shop).await, [1003, 1002]);
}

async fn an_order_of_a_clock_that_was_ahead_keeps_no_number_from_the_others(shop: TestShop) {
    let rope = rope(&shop).await;
    let early = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let day = 24 * HOUR;
    shop.execute(&format!(
        "UPDATE orders SET created_at = created_at + {day} WHERE id = '{}'",
        early.id
    ))
    .await;
    // The time of an order is not changed in a shop.
    sums::correct(shop.db(), shop.now()).await.unwrap();
    assert_eq!(numbers(&shop).await, [1001]);
    shop.clock.advance(HOUR);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(numbers(&shop).await, [1002, 1001]);
    // As an earlier version has left it.
    let until = shop.now() + day;
    shop.execute(&format!("UPDATE short_numbers SET drawn_until = {until}"))
        .await;
    shop.clock.advance(HOUR);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(numbers(&shop).await, [1002, 1003, 1001]);
}

async fn an_order_is_found_by_its_short_number(shop: TestShop) {
    let rope = rope(&shop).await;
    for _ in 0..2 {
        shop.bought(&[(rope.variant(), 1)], cash()).await;
        shop.clock.advance(MINUTE);
    }
    numbers(&shop).await;
    for (typed, found) in [
        ("#1002", vec![1002]),
        ("1001", vec![1001]),
        ("#1003", vec![]),
    ] {
        let filter = OrderFilter {
            text: Some(typed.to_owned()),
            ..OrderFilter::default()
        };
        let rows = shop.shop().orders.list(&filter).await.unwrap().rows;
        let numbers: Vec<_> = rows.iter().filter_map(|row| row.short_number).collect();
        assert_eq!(numbers, found, "{typed}");
    }
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(STAFF).await.expect(200);
    let page = browser.page("/admin/orders?q=%231002").await.expect(200);
    assert!(page.body.contains("#1002") && !page.body.contains("#1001"));
}

async fn tabs_are_counted_unless_the_list_is_narrowed(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let mut bought = Vec::new();
    for _ in 0..3 {
        bought.push(shop.bought(&[(rope.variant(), 1)], cash()).await);
    }
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &bought[0].id).await.unwrap();
    let tallies = desk.tallies().await.unwrap();
    let of = |status| tallies.of_status(status).unwrap().count;
    assert_eq!(
        [OrderStatus::Paid, OrderStatus::Packed, OrderStatus::Shipped].map(of),
        [2, 1, 0]
    );
    let open = tallies.of_money(MoneyFilter::ToReturn).unwrap();
    assert!(open.is_none());
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let tabs = async |path: &str| {
        let page = browser.page(path).await.expect(200).body;
        let tabs = page.split_once("class=\"tabs\"").unwrap().1;
        tabs.split_once("</nav>").unwrap().0.to_owned()
    };
    let counted = |tabs: &str| tabs.matches("class=\"muted\"").count();
    // All orders, and two more tabs that have any.
    assert_eq!(counted(&tabs("/admin/orders").await), 3);
    assert_eq!(counted(&tabs("/admin/orders?q=kim").await), 1);
}

async fn a_confirmation_is_sent_again_a_few_times_in_an_hour(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let post = shop.post();
    let first = post.the_mail().await.subject;
    let desk = &shop.shop().order_desk;
    let resend = async |key: &str| desk.resend(&admin, &order.id, "", key).await;
    for key in [
        "form-number-000001",
        "form-number-000001",
        "form-number-000002",
    ] {
        resend(key).await.unwrap();
    }
    let again = post.deliver().await;
    assert_eq!(again.len(), 2, "one form sends one");
    assert!(again.iter().all(|mail| mail.subject == first));
    resend("").await.unwrap();
    let refused = resend("").await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::TooManyRequests);
    assert_eq!(post.deliver().await.len(), 1);
    let logged = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.resend'";
    assert_eq!(shop.number(logged).await, 3);
    shop.clock.advance(HOUR);
    resend("").await.unwrap();
    assert_eq!(post.deliver().await.len(), 1);
    shop.clock.advance(25 * HOUR);
    shop.services.run_maintenance().await;
    let kept = "SELECT COUNT(*) AS n FROM resent_mails";
    assert_eq!(shop.number(kept).await, 0);
}

async fn of_an_order_that_is_not_confirmed_nothing_is_sent_again(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    let post = shop.post();
    post.deliver().await;
    let desk = &shop.shop().order_desk;
    let refused = desk.resend(&admin, &order.id, "", "").await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    for unknown in ["x", &rope.id] {
        let refused = desk.resend(&admin, unknown, "", "").await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound);
    }
    assert_eq!(post.deliver().await.len(), 0);
}

async fn the_mail_with_the_parcel_is_sent_again(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let post = shop.post();
    let confirmation = post.the_mail().await.subject;
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &order.id).await.unwrap();
    // None of what it has not had.
    for word in ["shipped", "payment_details", "to_confirm", "all"] {
        let refused = desk.resend(&admin, &order.id, word, "").await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict, "{word}");
    }
    let parcel = Parcel {
        carrier: "DHL".to_owned(),
        tracking_number: "AB12".to_owned(),
    };
    desk.ship(&admin, &order.id, parcel).await.unwrap();
    let shipped = post.the_mail().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = format!("/admin/orders/{}", order.id);
    let shown = browser.page(&page).await.expect(200).body;
    for word in ["confirmation", "shipped"] {
        assert!(shown.contains(&format!("name=\"mail\" value=\"{word}\"")));
    }
    let fields = [("id", order.id.as_str()), ("mail", "shipped")];
    let sent = browser.submit("/api/admin/orders/resend", &fields).await;
    assert_eq!(sent.expect(303).location(), format!("{page}?done=resent"));
    let again = post.the_mail().await;
    assert_eq!(again.subject, shipped.subject);
    assert!(again.parts().iter().all(|part| part.contains("AB12")));
    desk.resend(&admin, &order.id, "confirmation", "")
        .await
        .unwrap();
    assert_eq!(post.the_mail().await.subject, confirmation);
}

async fn a_guest_gets_the_link_again_that_confirms_an_order_while_it_does(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(order.status, OrderStatus::AwaitingConfirmation);
    let post = shop.post();
    let first = post.the_mail().await;
    let desk = &shop.shop().order_desk;
    desk.resend(&admin, &order.id, "to_confirm", "")
        .await
        .unwrap();
    let again = post.the_mail().await;
    assert_eq!(again.subject, first.subject);
    // Both lead there.
    let site = shop.open().await;
    for mail in [first, again] {
        let page = format!("/orders/confirm/{}", mail.link("/orders/confirm/"));
        site.browser().page(&page).await.expect(200);
    }
    shop.clock.advance(31 * MINUTE);
    let refused = desk.resend(&admin, &order.id, "to_confirm", "").await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
}

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
