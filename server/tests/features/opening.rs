//! A new shop until it is open: its checklist, its seller, its sentences.

mod checklist;
mod closed;
mod demo;
mod seller;
mod sentences;
mod upgrade;

use app::{error::ShopResult, identity::Account, pages::types::PageForm, seller::Seller};
use desk::admin::opening::ports::{Checklist, Item, LegalPage};
use server::db::{Get, Sql};

use crate::support::{Goods, TestShop};

/// As a shop is after its first start.
pub async fn prepare(shop: &TestShop) {
    shop.execute("UPDATE shop_settings SET opening = 'preparing'")
        .await;
}

pub async fn checklist(shop: &TestShop) -> Checklist {
    shop.shop().opening.checklist().await.unwrap()
}

pub fn seller(country: &str) -> Seller {
    let text = |text: &str| text.to_owned();
    Seller {
        name: text("Ropery & Co"),
        street: text("Quay 1"),
        postal_code: text("20457"),
        city: text("Hamburg"),
        country: country.to_owned(),
        vat_id: text("DE000000000"),
        email: text("desk@shop.test"),
        ..Seller::default()
    }
}

pub async fn save_seller(shop: &TestShop, admin: &Account, seller: Seller) {
    let desk = &shop.shop().seller;
    let version = desk.seller().await.unwrap().version.to_string();
    desk.save(admin, &version, seller).await.unwrap();
}

pub async fn publish(shop: &TestShop, admin: &Account, page: LegalPage) {
    let form = PageForm {
        kind: page.as_str().to_owned(),
        title: page.as_str().to_owned(),
        body: "What the law asks for.".to_owned(),
        state: "published".to_owned(),
        ..PageForm::default()
    };
    shop.shop().page_admin.create(admin, form).await.unwrap();
}

/// The address of an only order's invoice.
pub async fn invoice(shop: &TestShop) -> String {
    let order = Sql::new("SELECT id FROM orders");
    let order = order.fetch_one(shop.db().reader()).await.unwrap();
    format!("/admin/orders/{}/invoice", order.text("id").unwrap())
}

/// Confirms what the checklist shows now.
pub async fn confirm(shop: &TestShop, admin: &Account, item: &str) -> ShopResult<()> {
    let version = checklist(shop).await.settings_version.to_string();
    shop.shop().opening.confirm(admin, item, &version).await
}

/// Does what an item asks for.
pub async fn do_it(shop: &TestShop, admin: &Account, item: Item) {
    let opening = &shop.shop().opening;
    match item {
        Item::Seller => save_seller(shop, admin, seller("DE")).await,
        Item::Pages => {
            for page in LegalPage::ALL {
                publish(shop, admin, page).await;
            }
        }
        Item::Payment => {
            shop.execute("UPDATE payment_methods SET is_on = 0 WHERE method = 'test_card'")
                .await
        }
        Item::Mail => {
            opening.send_test_mail(admin).await.unwrap();
            shop.post().deliver().await;
            confirm(shop, admin, item.as_str()).await.unwrap();
        }
        Item::Delivery | Item::Tax => confirm(shop, admin, item.as_str()).await.unwrap(),
        Item::Product => {
            shop.stock(Goods::named("Rope")).await;
        }
    }
}
