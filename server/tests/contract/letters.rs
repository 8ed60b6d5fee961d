//! Letters beyond a to z: people, orders and lists are found and sorted as on any other database.

use app::{account::ports::OwnAccount, identity::Role, orders::ports::OrderFilter};
use desk::admin::{
    customers::types::{CustomerFilter, List},
    product_filter::{Cursor, ProductFilter, ProductSort},
    products::ports::ProductAdmin,
    stock::{filter::StockFilter, ports::StockAdmin},
};

use super::{
    catalog_lists::titles,
    people::customers::{ordered, verify},
};
use crate::support::{Goods, TestShop, cash, contact, on_both_databases, order};

on_both_databases!(
    staff_find_people_and_orders_by_names_in_any_case,
    an_order_is_looked_up_by_an_address_in_any_case,
    a_guests_orders_join_the_account_whatever_their_case,
    everything_of_a_person_is_erased_whatever_its_case,
    lists_are_sorted_by_name_without_regard_to_case_and_accents,
    pages_by_title_hold_everything_once,
    a_sku_in_any_case_is_that_variant_alone,
);

/// The same address three times, and once more put together otherwise.
const SPELLINGS: [&str; 3] = ["kim@exämple.de", "Kim@Exämple.de", "KIM@EXÄMPLE.DE"];
const DECOMPOSED: &str = "kim@exa\u{308}mple.de";

async fn staff_find_people_and_orders_by_names_in_any_case(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Œuvre Straße").price(100).sku("Ä-01"))
        .await;
    let account = shop.account("own@example.com", Role::Customer).await;
    let own = &shop.services.accounts;
    own.rename(&account, "Özil Änne").await.unwrap();
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let mut form = order(cash(), 100);
    "Özil Änne".clone_into(&mut form.contact.name);
    let number = shop.place(&cart, form).await.unwrap().order_number;
    for text in [
        "Özil Änne",
        "özil änne",
        "ÖZIL ÄNNE",
        "O\u{308}zil",
        "ozil a",
        "ÄNNE",
    ] {
        let filter = OrderFilter {
            text: Some(text.to_owned()),
            ..OrderFilter::default()
        };
        let orders = shop.shop().orders.list(&filter).await.unwrap();
        assert_eq!(orders.found.count, 1, "{text}");
        assert_eq!(orders.rows[0].number, number);
        for list in [List::Buyers, List::Accounts] {
            let filter = CustomerFilter {
                list,
                text: Some(text.to_owned()),
                cursor: None,
            };
            let found = shop.shop().customers.list(&filter).await.unwrap();
            assert_eq!(found.rows.len(), 1, "{list:?} {text}");
        }
    }
    for product in ["œuvre", "OEUVRE STRASSE", "ä-0", "a-01"] {
        let filter = OrderFilter {
            product: Some(product.to_owned()),
            ..OrderFilter::default()
        };
        let orders = shop.shop().orders.list(&filter).await.unwrap();
        assert_eq!(orders.found.count, 1, "{product}");
    }
}

async fn an_order_is_looked_up_by_an_address_in_any_case(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let placed = ordered(&shop, SPELLINGS[2], &[(rope.variant(), 1)]).await;
    for email in SPELLINGS.into_iter().chain([DECOMPOSED]) {
        let found = shop.shop().orders.look_up(&placed.number, email).await;
        assert_eq!(found.unwrap().id, placed.id, "{email}");
        let filter = OrderFilter {
            customer: Some(email.to_owned()),
            ..OrderFilter::default()
        };
        let orders = shop.shop().orders.list(&filter).await.unwrap();
        assert_eq!(orders.found.count, 1, "{email}");
    }
    let other = shop.shop().orders.look_up(&placed.number, "kim@example.de");
    other.await.unwrap_err();
}

async fn a_guests_orders_join_the_account_whatever_their_case(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(20).price(100)).await;
    for email in SPELLINGS {
        ordered(&shop, email, &[(rope.variant(), 1)]).await;
    }
    let all = CustomerFilter::default();
    let guests = shop.shop().customers.list(&all).await.unwrap().rows;
    assert_eq!((guests.len(), guests[0].orders), (1, 3));
    let account = shop.account(SPELLINGS[1], Role::Customer).await;
    verify(&shop, &account.id).await;
    let own = shop.shop().own_orders.list(&account, 1).await.unwrap();
    assert_eq!(own.total, 3);
    let customers = shop.shop().customers.list(&all).await.unwrap().rows;
    assert_eq!(customers.len(), 1);
    assert_eq!(
        (customers[0].id.as_str(), customers[0].orders),
        (account.id.as_str(), 3)
    );
}

async fn everything_of_a_person_is_erased_whatever_its_case(shop: TestShop) {
    let (rope, admin) = (
        shop.stock(Goods::named("Rope").units(20)).await,
        shop.admin().await,
    );
    let mut orders = Vec::new();
    for email in SPELLINGS {
        let placed = ordered(&shop, email, &[(rope.variant(), 1)]).await;
        shop.shop().orders.cancel(&admin, &placed.id).await.unwrap();
        orders.push(placed);
        let left = shop.cart(&[(rope.variant(), 1)]).await;
        let mut typed = contact();
        email.clone_into(&mut typed.email);
        let checkout = &shop.shop().checkout;
        checkout.save_contact(Some(&left), typed).await.unwrap();
    }
    let typed = "SELECT COUNT(*) AS n FROM carts WHERE draft IS NOT NULL AND email_key <> ''";
    assert_eq!(shop.number(typed).await, 3);
    let customers = &shop.shop().customers;
    customers
        .erase(&admin, &orders[0].id, DECOMPOSED)
        .await
        .unwrap();
    for placed in &orders {
        let kept = shop.shop().orders.by_id(&placed.id).await.unwrap();
        assert_eq!(
            (kept.contact.email.as_str(), kept.contact.name.as_str()),
            ("", "Erased")
        );
    }
    assert_eq!(shop.number(typed).await, 0);
    let keys = "SELECT COUNT(*) AS n FROM orders WHERE email_key <> '' OR search_key LIKE '%mple%'";
    assert_eq!(shop.number(keys).await, 0);
}

const TITLES: [&str; 8] = [
    "apple", "Zoo", "Ärmel", "äpfel", "Éclair", "école", "Straße", "Strass",
];
const SORTED: [&str; 8] = [
    "äpfel", "apple", "Ärmel", "Éclair", "école", "Strass", "Straße", "Zoo",
];

async fn lists_are_sorted_by_name_without_regard_to_case_and_accents(shop: TestShop) {
    shop.stock_all(TITLES.map(Goods::named).to_vec()).await;
    assert_eq!(titles(&shop, &[("sort", "name")]).await, SORTED);
    let filter = ProductFilter {
        sort: ProductSort::Title,
        ..ProductFilter::default()
    };
    let table = shop.services.admin.products(&filter).await.unwrap();
    let table: Vec<_> = table.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(table, SORTED);
}

async fn pages_by_title_hold_everything_once(shop: TestShop) {
    // Three spellings that sort alike, so that pages end among them.
    let goods = (0..60).map(|n| {
        let title = ["Größe", "GRÖSSE", "grosse"][n % 3];
        Goods::named(title).slug(&format!("thing-{n}"))
    });
    shop.stock_all(goods.collect()).await;
    let mut filter = ProductFilter {
        sort: ProductSort::Title,
        ..ProductFilter::default()
    };
    let mut seen = Vec::new();
    loop {
        let table = shop.services.admin.products(&filter).await.unwrap();
        seen.extend(table.rows.into_iter().map(|row| row.id));
        match table.after {
            Some(after) => filter.cursor = Some(Cursor::After(after)),
            None => break,
        }
    }
    let total = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((total, seen.len()), (60, 60));
}

async fn a_sku_in_any_case_is_that_variant_alone(shop: TestShop) {
    let goods = Goods::named("Rope").options(["Length"], &[(["5 m"], 100, 5), (["9 m"], 200, 5)]);
    let mut goods = goods;
    goods.0.variants[0].sku = Some("GRÖSSE-5".to_owned());
    goods.0.variants[1].sku = Some("GRÖSSE-9".to_owned());
    shop.stock(goods).await;
    for sku in ["größe-9", "GRÖSSE-9", "grosse-9"] {
        let filter = StockFilter {
            text: Some(sku.to_owned()),
            ..StockFilter::default()
        };
        let rows = shop.services.admin.stock(&filter, &[]).await.unwrap().rows;
        let skus: Vec<_> = rows.iter().map(|row| row.sku.as_str()).collect();
        assert_eq!(skus, ["GRÖSSE-9"], "{sku}");
    }
}
