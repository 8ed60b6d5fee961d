//! What language a mail is in, and where its links lead.

use app::{
    checkout::types::PlaceOrder,
    identity::Role,
    locale::{Locale, within},
    orders::types::Parcel,
};
use server::outbox::{FactorChange, Mail};

use super::mail::{KIM, note};
use crate::support::{Goods, TestShop, cash, on_both_databases, order};

on_both_databases!(
    an_order_is_told_of_in_the_language_it_was_placed_in,
    without_an_order_it_is_the_language_that_was_asked_in,
    without_a_request_it_is_the_language_of_the_shop,
    the_staff_is_written_to_in_the_language_of_the_shop,
    a_language_the_shop_has_given_up_stays_that_of_its_orders,
    a_language_the_shop_has_given_up_becomes_its_own,
);

/// Does it as someone who reads this language.
async fn reading<F: Future>(shop: &TestShop, locale: Locale, work: F) -> F::Output {
    let languages = shop.services.settings.last_known().languages.clone();
    within(languages.closest(locale), work).await
}

async fn placed(shop: &TestShop, locale: Locale) -> String {
    let goods = Goods::named(&format!("Rope {}", locale.code())).price(1000);
    let rope = shop.stock(goods).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let sent = PlaceOrder {
        shipping: "standard".to_owned(),
        ..order(cash(), 1490)
    };
    let placing = reading(shop, locale, shop.place(&cart, sent));
    let placed = placing.await.expect("it is sold");
    shop.order(&placed).await.id
}

async fn an_order_is_told_of_in_the_language_it_was_placed_in(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let (admin, post) = (shop.admin().await, shop.post());
    for (locale, thanks, sent, link) in [
        (
            Locale::En,
            "Thank you for your order",
            "is on its way",
            "http://shop.test/orders/",
        ),
        (
            Locale::De,
            "Vielen Dank für Ihre Bestellung",
            "ist unterwegs",
            "http://shop.test/de/orders/",
        ),
    ] {
        let id = placed(&shop, locale).await;
        let mail = post.the_mail().await;
        assert!(mail.subject.starts_with(thanks), "{}", mail.subject);
        assert!(mail.body().contains(link), "{}", mail.body());
        // Whatever the one who sends it reads.
        let desk = &shop.shop().order_desk;
        let packing = reading(&shop, Locale::En, desk.pack(&admin, &id));
        packing.await.expect("it can be packed");
        let shipping = desk.ship(&admin, &id, Parcel::default());
        let shipping = reading(&shop, Locale::En, shipping);
        shipping.await.expect("it can be shipped");
        let mail = post.the_mail().await;
        assert!(mail.subject.contains(sent), "{}", mail.subject);
    }
}

async fn without_an_order_it_is_the_language_that_was_asked_in(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    for (locale, subject, path) in [
        (
            Locale::De,
            "Schließen Sie Ihre Registrierung ab",
            "http://shop.test/de/account/sign-up/",
        ),
        (
            Locale::En,
            "Finish creating your account",
            "http://shop.test/account/sign-up/",
        ),
    ] {
        let asking = accounts.ask_sign_up("client", "lou@example.com");
        reading(&shop, locale, asking)
            .await
            .expect("it is within the limits");
        let mail = post.the_mail().await;
        assert!(mail.subject.starts_with(subject), "{}", mail.subject);
        assert!(mail.body().contains(path), "{}", mail.body());
    }
}

async fn without_a_request_it_is_the_language_of_the_shop(shop: TestShop) {
    let shop = shop.speaking("de,en");
    let kim = shop.account(KIM, Role::Customer).await;
    let mail = Mail::SecondFactor {
        account_id: kim.id,
        change: FactorChange::Off,
    };
    note(&shop, &[mail]).await;
    let mail = shop.post().the_mail().await;
    assert!(mail.subject.starts_with("Ihr zweiter Faktor ist aus"));
    assert!(mail.body().contains("http://shop.test/account/security"));
}

async fn the_staff_is_written_to_in_the_language_of_the_shop(shop: TestShop) {
    let shop = shop.speaking("de,en");
    let (admin, post) = (shop.admin().await, shop.post());
    let staff = &shop.shop().staff;
    let inviting = staff.invite(&admin, "max@shop.test", Role::Staff);
    let inviting = reading(&shop, Locale::En, inviting);
    inviting.await.expect("nobody has the address");
    let mail = post.the_mail().await;
    assert!(mail.subject.starts_with("Sie sind ins Team eingeladen"));
    assert!(mail.body().contains("http://shop.test/admin/invitation/"));
    // Also of their own account.
    let changed = Mail::PasswordChanged {
        account_id: admin.id.clone(),
    };
    reading(&shop, Locale::En, note(&shop, &[changed])).await;
    let mail = post.the_mail().await;
    assert!(mail.subject.starts_with("Ihr Passwort wurde geändert"));
}

async fn a_language_the_shop_has_given_up_stays_that_of_its_orders(shop: TestShop) {
    let both = shop.speaking("en,de");
    placed(&both, Locale::De).await;
    let english = both.speaking("en");
    let mail = english.post().the_mail().await;
    assert!(mail.subject.starts_with("Vielen Dank"), "{}", mail.subject);
    assert!(mail.body().contains("http://shop.test/orders/"));
}

async fn a_language_the_shop_has_given_up_becomes_its_own(shop: TestShop) {
    let both = shop.speaking("en,de");
    let asking = both
        .shop()
        .accounts
        .ask_sign_up("client", "lou@example.com");
    let asked = reading(&both, Locale::De, asking).await;
    asked.expect("it is within the limits");
    let english = both.speaking("en");
    let mail = english.post().the_mail().await;
    assert!(
        mail.subject.starts_with("Finish creating"),
        "{}",
        mail.subject
    );
    assert!(mail.body().contains("http://shop.test/account/sign-up/"));
}
