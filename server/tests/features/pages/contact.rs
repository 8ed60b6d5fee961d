//! Messages from the contact page.

use app::{
    error::{ErrorKind, ShopError},
    identity::Account,
    pages::{message::Message, types::PageForm},
};

use super::{page, publish};
use crate::support::{TestShop, on_both_databases};

on_both_databases!(
    a_message_reaches_the_shop_and_is_answered_to_who_wrote_it,
    without_a_contact_page_nobody_can_write,
    a_network_and_a_mailbox_may_write_a_few_messages,
    a_wrong_message_comes_back_with_what_was_typed,
);

async fn contact_page(shop: &TestShop) -> Account {
    let admin = shop.admin().await;
    let form = PageForm {
        kind: "contact".to_owned(),
        contact_email: "desk@shop.test".to_owned(),
        ..page("Contact")
    };
    publish(shop, &admin, form).await.unwrap();
    admin
}

fn message(email: &str) -> Message {
    Message::checked("Kim", email, "", "Hello").unwrap()
}

async fn a_message_reaches_the_shop_and_is_answered_to_who_wrote_it(shop: TestShop) {
    contact_page(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    for path in ["/pages/contact", "/contact"] {
        let page = browser.page(path).await.expect(200).body;
        assert!(page.contains("action=\"/api/contact\""), "{path}");
    }
    let fields = [
        ("page", "/pages/contact"),
        ("name", "Kim"),
        ("email", "kim@example.com"),
        ("order_number", "HF-7K3MQ-9Q2XA"),
        ("message", "Is it <b>long</b> enough?"),
    ];
    let sent = browser.submit("/api/contact", &fields).await.expect(303);
    let thanks = browser.page(sent.location()).await.expect(200).body;
    assert!(thanks.contains("Your message has been sent."), "{thanks}");
    let mail = shop.post().the_mail().await;
    assert_eq!(mail.header("To"), "desk@shop.test");
    assert_eq!(mail.header("Reply-To"), "kim@example.com");
    let [text, html] = mail.parts();
    assert!(text.contains("HF-7K3MQ-9Q2XA") && text.contains("Is it <b>long</b> enough?"));
    assert!(!html.contains("<b>long</b>"));
}

async fn without_a_contact_page_nobody_can_write(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    browser.page("/contact").await.expect(404);
    let fields = [
        ("name", "Kim"),
        ("email", "kim@example.com"),
        ("message", "Hello"),
    ];
    browser.call("/api/contact", &fields).await.expect(404);
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM mails").await, 0);
}

async fn a_network_and_a_mailbox_may_write_a_few_messages(shop: TestShop) {
    contact_page(&shop).await;
    let pages = &shop.shop().pages;
    let is_braked = |sent: Result<(), ShopError>| {
        sent.is_err_and(|error| error.kind == ErrorKind::TooManyRequests)
    };
    for client in ["a", "b", "c"] {
        pages
            .send_message(client, message("kim@example.com"))
            .await
            .unwrap();
    }
    // Another spelling is the same mailbox.
    let again = pages.send_message("d", message("KIM@example.com")).await;
    assert!(is_braked(again));
    for n in 0..10 {
        let email = format!("kim{n}@example.com");
        pages.send_message("e", message(&email)).await.unwrap();
    }
    let again = pages.send_message("e", message("lou@example.com")).await;
    assert!(is_braked(again));
    pages
        .send_message("f", message("lou@example.com"))
        .await
        .unwrap();
}

async fn a_wrong_message_comes_back_with_what_was_typed(shop: TestShop) {
    contact_page(&shop).await;
    let site = shop.open().await;
    let fields = [
        ("page", "/pages/contact"),
        ("name", "Kim \"><script>alert(1)</script>"),
        ("email", "kim"),
        ("message", "</textarea><script>alert(1)</script>"),
    ];
    let page = site.browser().submit("/api/contact", &fields).await;
    let page = page.refused().body;
    assert!(page.contains("id=\"email-error\""), "{page}");
    assert!(page.contains("value=\"kim\""));
    assert!(!page.contains("<script>alert"), "{page}");
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM mails").await, 0);
}
