//! What shoppers are refused with is told in the language of the address; what programs read of it
//! is the same in all.

use app::account::types::MailedLink;
use reqwest::Method;

use super::api_shapes::order_fields;
use crate::support::{Answer, Browser, Goods, TestShop, on_both_databases};

on_both_databases!(
    a_refusal_has_one_kind_and_the_words_of_the_address,
    an_order_is_refused_in_the_language_it_was_sent_in,
    what_is_remembered_of_a_refusal_is_told_in_every_language,
    a_default_language_other_than_english_is_spoken_everywhere,
    an_order_and_its_mails_are_in_the_language_of_the_form,
    a_refused_form_shows_what_is_wrong_in_its_language,
);

/// A request, and how it is refused.
struct Case<'a> {
    method: Method,
    path: &'a str,
    fields: &'a [(&'a str, &'a str)],
    status: u16,
    /// What the message begins with.
    english: &'a str,
    german: &'a str,
}

const KEY: &str = "a-key-of-sixteen-or-more";

fn message(answer: &Answer) -> String {
    let json = answer.json();
    json["error"]["message"]
        .as_str()
        .expect("it says why")
        .to_owned()
}

async fn place(browser: &Browser, language: &str, change: &[(&'static str, &str)]) -> Answer {
    let mut fields = order_fields(KEY);
    fields.retain(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
    fields.extend_from_slice(change);
    let path = format!("{language}/api/checkout/place");
    browser.call(&path, &fields).await
}

async fn a_refusal_has_one_kind_and_the_words_of_the_address(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let (rope, lamp) = (rope.variant(), lamp.variant());
    let cases = [
        Case {
            method: Method::POST,
            path: "/api/cart/update",
            fields: &[("variant_id", rope), ("quantity", "many")],
            status: 422,
            english: "Enter a quantity from 0 to 99.",
            german: "Geben Sie eine Menge von 0 bis 99 ein.",
        },
        Case {
            method: Method::POST,
            path: "/api/cart/update",
            fields: &[("variant_id", lamp), ("quantity", "1")],
            status: 422,
            english: "This item is no longer in your cart.",
            german: "Dieser Artikel liegt nicht mehr in Ihrem Warenkorb.",
        },
        Case {
            method: Method::POST,
            path: "/api/cart/add",
            fields: &[("variant_id", lamp), ("quantity", "11")],
            status: 409,
            english: "Only 10 of Lamp left.",
            german: "Lamp: nur noch 10 verfügbar.",
        },
        Case {
            method: Method::POST,
            path: "/api/cart/add",
            fields: &[],
            status: 422,
            english: "Choose what to add.",
            german: "Wählen Sie, was in den Warenkorb soll.",
        },
        Case {
            method: Method::POST,
            path: "/api/account/sign-in",
            fields: &[("email", "kim@example.com"), ("password", "wrong horse")],
            status: 401,
            english: "The e-mail address or password is incorrect.",
            german: "Die E-Mail-Adresse oder das Passwort ist falsch.",
        },
        Case {
            method: Method::POST,
            path: "/api/orders/look-up",
            fields: &[("number", "HF-AAAAA-AAAAA"), ("email", "kim@example.com")],
            status: 422,
            english: "There is no order with this number and e-mail address.",
            german: "Es gibt keine Bestellung mit dieser Nummer und E-Mail-Adresse.",
        },
        Case {
            method: Method::GET,
            path: "/api/products/nothing",
            fields: &[],
            status: 404,
            english: "There is nothing at this address.",
            german: "Unter dieser Adresse gibt es nichts.",
        },
        Case {
            method: Method::GET,
            path: "/api/products?min=1.000",
            fields: &[],
            status: 422,
            english: "1.000 could mean 1.00 or 1,000.00. Write 1000 or 1.00.",
            german: "1.000 kann 1,00 oder 1.000,00 heißen. Schreiben Sie 1000 oder 1,00.",
        },
        Case {
            method: Method::GET,
            path: "/api/stock?variants=rope",
            fields: &[],
            status: 400,
            english: "Give 1 to 100 variant ids",
            german: "Geben Sie 1 bis 100 Kennungen",
        },
        Case {
            method: Method::GET,
            path: "/api/cart/add",
            fields: &[],
            status: 405,
            english: "This address can’t be used in that way.",
            german: "Diese Adresse lässt sich so nicht verwenden.",
        },
        Case {
            method: Method::POST,
            path: "/api/nothing",
            fields: &[],
            status: 404,
            english: "There is nothing at this address.",
            german: "Unter dieser Adresse gibt es nichts.",
        },
    ];
    for case in &cases {
        let mut kinds = Vec::new();
        for (language, words) in [("", case.english), ("/de", case.german)] {
            let path = format!("{language}{}", case.path);
            let answer = match case.method {
                Method::GET => browser.read(&path).await,
                _ => browser.call(&path, case.fields).await,
            };
            let answer = answer.expect(case.status);
            let said = message(&answer);
            assert!(said.starts_with(words), "{path}: {said}");
            kinds.push((answer.kind(), answer.fields()));
        }
        assert_eq!(kinds[0], kinds[1], "{}", case.path);
    }
}

async fn an_order_is_refused_in_the_language_it_was_sent_in(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    for (change, english, german) in [
        (
            ("expected_total_minor", "1"),
            "The total has changed since you saw it.",
            "Die Gesamtsumme hat sich geändert, seit Sie sie gesehen haben.",
        ),
        (
            ("payment", "gold"),
            "Choose a payment method.",
            "Wählen Sie eine Zahlungsart.",
        ),
        (
            ("checkout_key", "short"),
            "Send a key of 16 to 64",
            "Senden Sie einen Schlüssel aus 16 bis 64",
        ),
        (
            ("email", "kim"),
            "Enter an e-mail address",
            "Geben Sie eine E-Mail-Adresse ein",
        ),
    ] {
        for (language, words) in [("", english), ("/de", german)] {
            let refused = place(&browser, language, &[change]).await;
            let said = message(&refused);
            assert!(said.starts_with(words), "{said}");
        }
    }
    let declined = [
        ("payment", "test_card"),
        ("card_number", "4000000000000002"),
    ];
    let declined = place(&browser, "/de", &declined).await.expect(402);
    assert_eq!(declined.kind(), "payment_declined");
    assert_eq!(message(&declined), "Die Karte wurde abgelehnt.");
}

async fn what_is_remembered_of_a_refusal_is_told_in_every_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    shop.set_units(&rope, 0).await;
    for (language, words) in [
        ("", "Rope is sold out."),
        ("/de", "Rope ist ausverkauft."),
        ("", "Rope is sold out."),
    ] {
        let refused = place(&browser, language, &[]).await.expect(409);
        assert_eq!(refused.kind(), "sold_out");
        assert_eq!(message(&refused), words);
    }
}

async fn a_default_language_other_than_english_is_spoken_everywhere(shop: TestShop) {
    let shop = shop.speaking("de,en");
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let nothing = browser.read("/api/products/nothing").await.expect(404);
    assert_eq!(message(&nothing), "Unter dieser Adresse gibt es nichts.");
    browser.add(rope.variant(), 1).await.expect(200);
    let refused = place(&browser, "", &[("expected_total_minor", "1")]).await;
    assert!(message(&refused).starts_with("Die Gesamtsumme"));
    let english = place(&browser, "/en", &[("expected_total_minor", "1")]).await;
    assert!(message(&english).starts_with("The total"));
}

async fn an_order_and_its_mails_are_in_the_language_of_the_form(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    let (site, post) = (shop.open().await, shop.post());
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    place(&browser, "/de", &[]).await.expect(200);
    let sql = "SELECT COUNT(*) AS n FROM orders WHERE locale = 'de'";
    assert_eq!(shop.number(sql).await, 1);
    let mail = post.the_mail().await;
    assert!(mail.subject.starts_with("Vielen Dank"), "{}", mail.subject);
    assert!(mail.body().contains("Zahlung: Barzahlung bei Lieferung"));
    assert!(mail.body().contains("Deutschland"));

    let asked = [("email", "lou@example.com")];
    let asked = browser.submit("/de/api/account/ask-sign-up", &asked);
    assert_eq!(
        asked.await.expect(303).location(),
        "/de/account/sign-up?done=sent"
    );
    let mail = post.the_mail().await;
    let token = mail.link("http://shop.test/de/account/sign-up/");
    let accounts = &shop.shop().accounts;
    let whose = accounts.mailed_to(MailedLink::SignUp, &token).await;
    assert_eq!(whose.unwrap(), "lou@example.com");
    let page = browser.page(&format!("/de/account/sign-up/{token}")).await;
    assert!(page.expect(200).body.contains("Registrierung abschließen"));
}

async fn a_refused_form_shows_what_is_wrong_in_its_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let more = [
        ("variant_id", rope.variant()),
        ("quantity", "4"),
        ("page", "/cart"),
    ];
    let refused = browser.submit("/de/api/cart/update", &more).await.refused();
    assert!(refused.body.contains("Rope: nur noch 3 verfügbar."));
    assert!(!refused.body.contains("Only 3"));
    // What the browser finds out by itself is said by the page.
    for (language, words) in [
        ("", "The shop is unavailable right now."),
        ("/de", "Der Shop ist gerade nicht erreichbar."),
    ] {
        let page = browser.page(&format!("{language}/cart")).await.expect(200);
        let body = format!("<body data-prefix=\"{language}\" data-unavailable=\"{words}");
        assert!(page.body.contains(&body), "{body}");
    }
}
