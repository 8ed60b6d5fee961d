//! What becomes of the payment methods that the owner has set, in the checkout.

use app::{
    checkout::types::{PaymentInput, PaymentOffer},
    contact::Contact,
    error::{ErrorKind, ShopError},
    locale::{Locale, within},
    orders::types::OrderStatus,
};
use desk::admin::{
    methods::ports::{Needs, OfferRule},
    translations::ports::Group,
};

use super::{
    super::bank_transfer::{self, transfer},
    rope, set, typed, view,
};
use crate::support::{APPROVES, TestShop, cash, contact, on_both_databases, order, test_card};

on_both_databases!(
    methods_are_offered_in_the_owners_order_and_words,
    names_are_read_and_kept_in_the_shoppers_language,
    the_front_page_promises_cash_only_while_it_can_be_chosen,
    an_order_keeps_to_amounts_and_countries_wherever_it_is_asked,
    orders_that_wait_are_paid_although_their_method_was_turned_off,
    a_bank_transfer_is_not_offered_without_an_account,
    who_has_enough_orders_waiting_is_told_before_the_review,
    the_review_says_what_no_longer_fits,
);

pub(super) async fn offered(shop: &TestShop) -> Vec<String> {
    let offers = shop.shop().checkout.offers().await.unwrap();
    let methods = offers.payment.into_iter();
    methods.map(|offer| offer.method).collect()
}

/// What the payment step says of a method for a cart that goes to this address, and what it says if it is
/// chosen all the same.
async fn at_the_payment_step(
    shop: &TestShop,
    (cart, to): (&str, Contact),
    chosen: PaymentInput,
) -> (Option<PaymentOffer>, Option<ShopError>) {
    let checkout = &shop.shop().checkout;
    // A guest's cart gets another token with an address in it.
    let cart = checkout.save_contact(Some(cart), to).await.unwrap();
    let cart = Some(cart.as_str());
    checkout.save_shipping(cart, "pickup").await.unwrap();
    let view = checkout.view(cart).await.unwrap();
    let mut offers = view.payment.into_iter();
    let offer = offers.find(|offer| offer.method == chosen.method);
    let refused = checkout.save_payment(cart, chosen).await.err();
    (offer, refused)
}

pub(super) fn refused_at_payment(refusal: &ShopError, words: &str) {
    assert_eq!(refusal.kind, ErrorKind::Invalid);
    assert_eq!(refusal.fields.len(), 1, "{refusal:?}");
    assert_eq!(refusal.fields[0].field, "payment");
    let said = &refusal.fields[0].message;
    assert!(said.contains(words), "{said}");
}

async fn methods_are_offered_in_the_owners_order_and_words(shop: TestShop) {
    let admin = shop.admin().await;
    assert_eq!(offered(&shop).await, ["test_card", "cash_on_delivery"]);
    set(&shop, &admin, "cash_on_delivery", |form| {
        form.position = "1".to_owned();
        form.name = "Pay at the door".to_owned();
    })
    .await;
    assert_eq!(offered(&shop).await, ["cash_on_delivery", "test_card"]);
    let offers = shop.shop().checkout.offers().await.unwrap();
    assert_eq!(offers.payment[0].title, "Pay at the door");
    assert_eq!(offers.payment[0].text, "Pay the courier at the door.");
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(order.payment_label, "Pay at the door");
    set(&shop, &admin, "cash_on_delivery", |form| {
        form.offered = "off".to_owned();
    })
    .await;
    assert_eq!(offered(&shop).await, ["test_card"]);
    let (_, refused) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    refused_at_payment(&refused.unwrap_err(), "no longer available");
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'methods.save'";
    assert_eq!(shop.number(noted).await, 2);
}

async fn the_front_page_promises_cash_only_while_it_can_be_chosen(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let sites = [shop.open().await, shop.second_node().open().await];
    let pages = [
        ("/", "Pay on delivery", "No account needed"),
        ("/de", "Bei Lieferung zahlen", "Ohne Konto"),
    ];
    for rule in ["offered", "off", "offered"] {
        set(&shop, &admin, "cash_on_delivery", |form| {
            form.offered = rule.to_owned();
        })
        .await;
        for site in &sites {
            for (path, of_cash, other) in pages {
                let page = site.browser().page(path).await.expect(200).body;
                assert_eq!(page.contains(of_cash), rule == "offered", "{path}, {rule}");
                assert!(page.contains(other), "{path}, {rule}");
            }
        }
    }
}

async fn names_are_read_and_kept_in_the_shoppers_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    set(&shop, &admin, "cash_on_delivery", |form| {
        form.name = "Pay at the door".to_owned();
    })
    .await;
    let title = async |language| {
        let checkout = shop.shop().checkout.in_language(language);
        let languages = shop.services.settings.last_known().languages.clone();
        let offers = within(languages.closest(language), checkout.offers());
        let mut offers = offers.await.unwrap().payment.into_iter();
        let cash = offers.find(|offer| offer.method == "cash_on_delivery");
        cash.unwrap().title
    };
    // What the owner has not translated is what the shop says by itself.
    assert_eq!(title(Locale::En).await, "Pay at the door");
    assert_eq!(title(Locale::De).await, "Barzahlung bei Lieferung");
    let port = &shop.shop().translations;
    let fields = port.texts(Group::Payment, Locale::De).await.unwrap();
    assert_eq!(fields.len(), 1, "{fields:?}");
    let form = crate::translated::typed(&fields[0], "Zahlung an der Tür");
    let saved = port.save_texts(&admin, Group::Payment, Locale::De, vec![form]);
    saved.await.expect("it is saved");
    assert_eq!(title(Locale::De).await, "Zahlung an der Tür");

    let bought = async |language| {
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let checkout = shop.shop().checkout.in_language(language);
        let languages = shop.services.settings.last_known().languages.clone();
        let placing = checkout.place(Some(&cart), order(cash(), 1000));
        let placed = within(languages.closest(language), placing).await.unwrap();
        shop.order(&placed).await.payment_label
    };
    assert_eq!(bought(Locale::De).await, "Zahlung an der Tür");
    assert_eq!(bought(Locale::En).await, "Pay at the door");
    // Without a name of the owner's there is none to translate.
    set(&shop, &admin, "cash_on_delivery", |form| form.name.clear()).await;
    let left = "SELECT COUNT(*) AS n FROM translations WHERE kind = 'payment_method'";
    assert_eq!(shop.number(left).await, 0);
    assert_eq!(title(Locale::De).await, "Barzahlung bei Lieferung");
}

async fn an_order_keeps_to_amounts_and_countries_wherever_it_is_asked(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    set(&shop, &admin, "test_card", |form| {
        form.lowest = "15,00".to_owned();
        form.highest = "25.00".to_owned();
        form.countries = vec!["DE".to_owned(), "AT".to_owned()];
    })
    .await;
    let french = Contact {
        country: "FR".to_owned(),
        postal_code: "75001".to_owned(),
        ..contact()
    };
    for (units, to, words) in [
        (1, contact(), Some("less than €15.00")),
        (2, contact(), None),
        (3, contact(), Some("more than €25.00")),
        (2, french, Some("France")),
    ] {
        let cart = shop.cart(&[(rope.variant(), units)]).await;
        let form = app::checkout::types::PlaceOrder {
            contact: to.clone(),
            ..order(test_card(APPROVES), units * 1000)
        };
        let placed = shop.place(&cart, form).await;
        let cart = shop.cart(&[(rope.variant(), units)]).await;
        let asked = (cart.as_str(), to);
        let (offer, refused) = at_the_payment_step(&shop, asked, test_card(APPROVES)).await;
        let said = offer.unwrap().unavailable;
        match words {
            None => assert!(
                placed.is_ok() && refused.is_none() && said.is_none(),
                "{said:?}"
            ),
            Some(words) => {
                refused_at_payment(&placed.unwrap_err(), words);
                refused_at_payment(&refused.unwrap(), words);
                assert!(said.as_ref().unwrap().contains(words), "{said:?}");
            }
        }
    }
    // What the client says of the total is not believed.
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let lie = shop.place(&cart, order(test_card(APPROVES), 2000)).await;
    assert_eq!(lie.unwrap_err().kind, ErrorKind::TotalChanged);
    assert_eq!(shop.orders().await, 1);
}

async fn orders_that_wait_are_paid_although_their_method_was_turned_off(shop: TestShop) {
    let admin = bank_transfer::set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    set(&shop, &admin, "bank_transfer", |form| {
        form.offered = "off".to_owned();
    })
    .await;
    let desk = &shop.shop().transfers;
    let came = bank_transfer::came("10.00", "0123456789abcdef");
    desk.record(&admin, &order.id, came).await.unwrap();
    let seen = shop.shop().orders.by_id(&order.id).await.unwrap();
    assert_eq!(seen.status, OrderStatus::Paid);
}

async fn a_bank_transfer_is_not_offered_without_an_account(shop: TestShop) {
    let admin = shop.admin().await;
    let present = view(&shop).await;
    let bank = present
        .methods
        .iter()
        .find(|one| one.method == "bank_transfer");
    let bank = bank.unwrap();
    assert_eq!(
        (bank.rule, bank.needs),
        (OfferRule::Off, Needs::BankAccount)
    );
    let mut form = typed(&present);
    let one = form.methods.get_mut("bank_transfer").unwrap();
    one.offered = "offered".to_owned();
    let refused = shop
        .shop()
        .methods
        .save(&admin, form.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "methods[bank_transfer][offered]");
    assert!(refused.fields[0].message.contains("account"));
    let account = bank_transfer::form(1);
    shop.shop().bank.save(&admin, account).await.unwrap();
    shop.shop().methods.save(&admin, form).await.unwrap();
    assert!(offered(&shop).await.contains(&"bank_transfer".to_owned()));
}

async fn who_has_enough_orders_waiting_is_told_before_the_review(shop: TestShop) {
    bank_transfer::set_up(&shop).await;
    let rope = rope(&shop).await;
    for _ in 0..3 {
        shop.bought(&[(rope.variant(), 1)], transfer()).await;
    }
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let (offer, refused) = at_the_payment_step(&shop, (&cart, contact()), transfer()).await;
    let words = "3 open orders that are paid by bank transfer";
    assert!(offer.unwrap().unavailable.unwrap().contains(words));
    refused_at_payment(&refused.unwrap(), words);
    // Nobody else is kept from it.
    let other = Contact {
        email: "lou@example.com".to_owned(),
        ..contact()
    };
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let (offer, refused) = at_the_payment_step(&shop, (&cart, other), transfer()).await;
    assert_eq!((offer.unwrap().unavailable, refused), (None, None));
}

async fn the_review_says_what_no_longer_fits(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    let site = shop.open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    crate::payment_methods::on_to_payment(&shopper).await;
    let chosen = [("payment", "cash_on_delivery")];
    let step = shopper.call("/api/checkout/payment", &chosen).await;
    step.expect(200);
    set(&shop, &admin, "cash_on_delivery", |form| {
        form.highest = "9.99".to_owned();
    })
    .await;
    let review = shopper.page("/checkout?step=review").await.expect(200).body;
    assert!(review.contains("more than €9.99"), "{review}");
    assert!(review.contains("step=payment"), "{review}");
    assert!(!review.contains(">Order and pay"), "{review}");
}
