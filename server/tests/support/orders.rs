//! Carts and orders, made without HTTP.

use app::{
    cart::ports::CartItem,
    checkout::{
        particulars::ParticularsInput,
        types::{PaymentInput, PlaceOrder, Placed},
    },
    contact::Contact,
    error::ShopResult,
    orders::types::Order,
};
use server::ids::new_secret;

use super::TestShop;

pub const APPROVES: &str = "4242 4242 4242 4242";
pub const DECLINES: &str = "4000 0000 0000 0002";
/// Breaks off before anything is charged.
pub const FAILS_BEFORE: &str = "4000 0000 0000 0119";
/// Charges, and breaks off before saying so.
pub const FAILS_AFTER: &str = "4000 0000 0000 0127";

pub fn contact() -> Contact {
    Contact {
        email: "kim@example.com".to_owned(),
        name: "Kim Marten".to_owned(),
        address_line1: "Quay 7".to_owned(),
        address_line2: String::new(),
        postal_code: "20457".to_owned(),
        city: "Hamburg".to_owned(),
        state: String::new(),
        country: "DE".to_owned(),
        phone: String::new(),
    }
}

/// The same as a form of the checkout sends it.
pub const CONTACT_FORM: [(&str, &str); 6] = [
    ("email", "kim@example.com"),
    ("name", "Kim Marten"),
    ("address_line1", "Quay 7"),
    ("postal_code", "20457"),
    ("city", "Hamburg"),
    ("country", "DE"),
];

pub fn cash() -> PaymentInput {
    PaymentInput {
        method: "cash_on_delivery".to_owned(),
        card_number: String::new(),
    }
}

pub fn test_card(number: &str) -> PaymentInput {
    PaymentInput {
        method: "test_card".to_owned(),
        card_number: number.to_owned(),
    }
}

/// An order to be picked up, so that its total is that of its goods.
pub fn order(payment: PaymentInput, expected_total_minor: i64) -> PlaceOrder {
    PlaceOrder {
        checkout_key: new_secret(),
        contact: contact(),
        told: ParticularsInput::default(),
        shipping: "pickup".to_owned(),
        payment,
        expected_total_minor,
        terms: None,
        network: "203.0.113.7".to_owned(),
    }
}

impl TestShop {
    /// The token of a new cart with these variants and quantities.
    pub async fn cart(&self, lines: &[(&str, i64)]) -> String {
        let mut token = None;
        for (variant_id, quantity) in lines {
            let item = CartItem::Variant((*variant_id).to_owned());
            let cart = &self.shop().cart;
            let added = cart.add(token.as_deref(), item, *quantity).await;
            token = Some(added.expect("it can be added").0);
        }
        token.expect("a cart has lines")
    }

    pub async fn place(&self, cart: &str, order: PlaceOrder) -> ShopResult<Placed> {
        self.shop().checkout.place(Some(cart), order).await
    }

    /// Buys these variants and quantities with a new cart, at the prices they have.
    pub async fn buy(
        &self,
        lines: &[(&str, i64)],
        payment: PaymentInput,
    ) -> (String, ShopResult<Placed>) {
        let cart = self.cart(lines).await;
        let total = self.subtotal(&cart).await;
        let placed = self.place(&cart, order(payment, total)).await;
        (cart, placed)
    }

    pub async fn subtotal(&self, cart: &str) -> i64 {
        let view = self.shop().cart.view(Some(cart)).await.unwrap();
        view.subtotal_minor
    }

    pub async fn order(&self, placed: &Placed) -> Order {
        self.shop().orders.by_token(&placed.token).await.unwrap()
    }

    /// A new order of these variants and quantities, which is paid or will be at the door.
    pub async fn bought(&self, lines: &[(&str, i64)], payment: PaymentInput) -> Order {
        let placed = self.buy(lines, payment).await.1.expect("it is sold");
        self.order(&placed).await
    }

    pub async fn orders(&self) -> i64 {
        self.number("SELECT COUNT(*) AS n FROM orders").await
    }
}
