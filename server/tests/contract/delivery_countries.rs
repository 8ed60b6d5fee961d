//! Where the shop delivers.

use app::{account::ports::AddressRole, contact::Contact};

use super::settings::{form, set, try_to_save};
use crate::support::{Goods, TestShop, cash, contact, on_both_databases, order};

on_both_databases!(
    the_owner_decides_where_the_shop_delivers,
    a_country_that_is_gone_stops_new_orders_and_no_old_one,
);

pub fn at(country: &str, postal_code: &str, state: &str) -> Contact {
    Contact {
        postal_code: postal_code.to_owned(),
        state: state.to_owned(),
        country: country.to_owned(),
        ..contact()
    }
}

fn codes(list: &str) -> Vec<String> {
    list.split(' ').map(str::to_owned).collect()
}

async fn the_owner_decides_where_the_shop_delivers(shop: TestShop) {
    let admin = shop.admin().await;
    let other = shop.second_node();
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let wrong = |node: &TestShop, contact: Contact| {
        let (checkout, cart) = (node.shop().checkout.clone(), cart.clone());
        async move {
            let saved = checkout.save_contact(Some(&cart), contact).await;
            let fields = saved.err().map(|error| error.fields).unwrap_or_default();
            let names = fields.into_iter().map(|field| field.field);
            names.collect::<Vec<_>>()
        }
    };
    let none: [&str; 0] = [];
    for (country, postal_code, state) in [
        ("CY", "1010", ""),
        ("MT", "VLT 1117", ""),
        ("SI", "1000", ""),
        ("SK", "811 01", ""),
        ("IE", "", ""),
        ("US", "10118", "NY"),
    ] {
        let contact = at(country, postal_code, state);
        assert_eq!(wrong(&shop, contact).await, none, "{country}");
    }
    assert_eq!(wrong(&shop, at("US", "10118", "")).await, ["state"]);
    assert_eq!(wrong(&shop, at("DE", "", "")).await, ["postal_code"]);
    let tokyo = at("JP", "100-0001", "Tokyo");
    assert_eq!(wrong(&shop, tokyo.clone()).await, ["country"]);

    set(&shop, &admin, |form| form.countries = codes("jp DE")).await;
    let view = shop.shop().settings_desk.settings().await.unwrap();
    assert_eq!(view.settings.delivers_to.stored(), "DE JP");
    for node in [&shop, &other] {
        assert_eq!(wrong(node, tokyo.clone()).await, none);
        assert_eq!(wrong(node, at("SI", "1000", "")).await, ["country"]);
    }
    let own = &shop.shop().own_account;
    let book = |contact: Contact| own.save_address(&admin, None, contact, AddressRole::Default);
    let refused = book(at("SI", "1000", "")).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "country");
    book(tokyo).await.unwrap();
    let kept = own.addresses(&admin).await.unwrap();
    assert_eq!(kept[0].contact.state, "Tokyo");
    // What is not said stays, and nowhere at all is no answer.
    set(&shop, &admin, |form| form.name = "Ropery".to_owned()).await;
    let mut nowhere = form(&shop).await;
    nowhere.countries = vec![String::new()];
    let refused = try_to_save(&shop, &admin, nowhere).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "countries");
    let now = shop.services.settings.now().await.unwrap();
    assert_eq!(now.delivers_to.stored(), "DE JP");
    let told = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'settings.save' \
        AND after_json LIKE '%\"delivers_to\":\"DE JP\"%'";
    assert_eq!(shop.number(told).await, 2);
}

async fn a_country_that_is_gone_stops_new_orders_and_no_old_one(shop: TestShop) {
    let admin = shop.admin().await;
    let other = shop.second_node();
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let mut asked = order(cash(), 1000);
    asked.contact = at("US", "10118", "New York");
    set(&other, &admin, |form| form.countries = codes("DE FR")).await;
    let refused = shop.place(&cart, asked.clone()).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "country");
    assert!(refused.fields[0].message.contains("United States"));
    assert_eq!(
        (shop.orders().await, shop.units(rope.variant()).await),
        (0, 10)
    );
    // With another address the same cart and key go on.
    asked.contact = contact();
    let placed = shop.place(&cart, asked.clone()).await.unwrap();
    set(&other, &admin, |form| form.countries = codes("FR")).await;
    let again = shop.place(&cart, asked).await.unwrap();
    assert_eq!(again.order_number, placed.order_number);
    assert_eq!(shop.order(&placed).await.contact.country, "DE");
    assert_eq!(shop.units(rope.variant()).await, 9);
}
