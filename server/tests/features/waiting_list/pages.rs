//! The pages of the waiting list, without script.

use app::identity::Role;
use server::cart::token::of_account;

use super::{held, open};
use crate::support::{Goods, PASSWORD, TestShop, on_both_databases};

on_both_databases!(
    the_way_from_a_sold_out_product_to_the_order_works_with_plain_forms,
    what_is_kept_goes_along_when_its_buyer_signs_in,
    a_refused_form_shows_what_was_typed_and_what_is_wrong,
    a_drop_that_is_all_taken_says_so_and_shows_the_way,
    the_owner_sees_who_waits_and_sets_how_long_a_unit_is_kept,
);

async fn the_way_from_a_sold_out_product_to_the_order_works_with_plain_forms(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let (_, rope) = open(&shop, 1, "").await;
    let order_id = held(&shop, &rope, 0).await;
    let site = shop.open().await;
    let browser = site.browser();
    let page = browser.page("/de/products/rope").await.expect(200).body;
    let to_list = format!("/de/waiting-list?product={}", rope.id);
    assert!(page.contains(&to_list), "{page}");
    let page = browser.page(&to_list).await.expect(200).body;
    for words in ["Ein Stück wird gerade bezahlt", "spätestens in 31 Minuten"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let fields = [
        ("product_id", rope.id.as_str()),
        ("variant_id", rope.variant()),
        ("email", "kim@example.com"),
        ("page", &to_list),
    ];
    let sent = browser
        .submit("/de/api/waiting-list/ask", &fields)
        .await
        .expect(303);
    let page = browser.page(sent.location()).await.expect(200).body;
    assert!(page.contains("ist ein Link an sie unterwegs"), "{page}");
    let post = shop.post();
    let mail = post.the_mail().await;
    assert!(mail.subject.contains("Bestätigen Sie"), "{}", mail.subject);
    let token = mail.link("/waiting-list/");
    let path = format!("/de/waiting-list/{token}");
    // Opening it changes nothing.
    for _ in 0..2 {
        let page = browser.page(&path).await.expect(200).body;
        assert!(page.contains("Platz auf der Liste bestätigen"), "{page}");
    }
    let confirmed = browser
        .submit("/de/api/waiting-list/confirm", &[("token", &token)])
        .await
        .expect(303);
    let page = browser.page(confirmed.location()).await.expect(200).body;
    assert!(page.contains("Sie sind als Nächstes dran"), "{page}");
    let ended = shop.cancellations().cancel_by_shopper(&order_id).await;
    assert!(ended.unwrap());
    let offer = |sent: &crate::support::Sent| sent.subject.contains("für Sie aufgehoben");
    let mails = post.deliver().await;
    let mail = mails.iter().find(|sent| offer(sent)).expect("an offer");
    let token = mail.link("/waiting-list/");
    let page = browser
        .page(&format!("/de/waiting-list/{token}"))
        .await
        .expect(200)
        .body;
    assert!(page.contains("In den Warenkorb legen"), "{page}");
    browser
        .submit("/de/api/waiting-list/take", &[("token", &token)])
        .await
        .expect(303);
    let cart = browser.read("/api/cart").await.json();
    assert_eq!(cart["count"], 1);
    assert!(cart["lines"][0]["problem"].is_null(), "{cart}");
    assert_eq!(cart["lines"][0]["kept"], 1, "{cart}");
    let page = browser.page("/de/cart").await.expect(200).body;
    assert!(page.contains("Für Sie aufgehoben"), "{page}");
    let gone = browser
        .submit("/de/api/waiting-list/leave", &[("token", &token)])
        .await
        .expect(303);
    let page = browser.page(gone.location()).await.expect(200).body;
    assert!(page.contains("Sie haben die Liste verlassen"), "{page}");
}

async fn what_is_kept_goes_along_when_its_buyer_signs_in(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 1, "").await;
    let order_id = held(&shop, &rope, 0).await;
    super::wait(&shop, &drop_id, &rope, 2).await;
    let ended = shop.cancellations().cancel_by_shopper(&order_id).await;
    assert!(ended.unwrap());
    let (address, token) = (super::email(1), super::link(1));
    let account = shop.account(&address, Role::Customer).await;
    let site = shop.open().await;
    let browser = site.browser();
    let fields = [("token", token.as_str())];
    browser
        .submit("/api/waiting-list/take", &fields)
        .await
        .expect(303);
    let fields = [("email", address.as_str()), ("password", PASSWORD)];
    browser
        .submit("/api/account/sign-in", &fields)
        .await
        .expect(303);
    let cart = browser.read("/api/cart").await.json();
    assert_eq!(cart["count"], 1);
    assert!(cart["lines"][0]["problem"].is_null(), "{cart}");
    let placed = super::place(&shop, &of_account(&account.id), &address).await;
    assert_eq!(placed.unwrap().total_minor, 2000);
    assert_eq!(super::numbers(&shop, "ordered").await, [1]);
}

async fn a_refused_form_shows_what_was_typed_and_what_is_wrong(shop: TestShop) {
    let lamp = shop.stock(Goods::named("Lamp").units(0)).await;
    let site = shop.open().await;
    let page = format!("/waiting-list?product={}", lamp.id);
    let fields = [
        ("product_id", lamp.id.as_str()),
        ("variant_id", lamp.variant()),
        ("email", "kim at example"),
        ("page", &page),
    ];
    let back = site
        .browser()
        .submit("/api/waiting-list/ask", &fields)
        .await
        .refused();
    assert!(back.body.contains("kim at example"), "{}", back.body);
    assert!(back.body.contains("email-error"), "{}", back.body);
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM waits").await, 0);
}

async fn a_drop_that_is_all_taken_says_so_and_shows_the_way(shop: TestShop) {
    let (_, rope) = open(&shop, 1, "").await;
    let site = shop.open().await;
    let browser = site.browser();
    let page = browser.page("/drops/summer").await.expect(200).body;
    assert!(!page.contains("/waiting-list?product="), "{page}");
    let answer = browser.read("/api/waiting-list/taken?slug=summer").await;
    assert_eq!(answer.json()["all"], false);
    held(&shop, &rope, 0).await;
    let page = browser.page("/drops/summer").await.expect(200).body;
    let to_list = format!("/waiting-list?product={}", rope.id);
    assert!(page.contains(&to_list), "{page}");
    browser.page(&to_list).await.expect(200);
    browser
        .page("/waiting-list?product=nothing")
        .await
        .expect(404);
    browser.page("/waiting-list/nothing").await.expect(404);
}

async fn the_owner_sees_who_waits_and_sets_how_long_a_unit_is_kept(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 1, "").await;
    held(&shop, &rope, 0).await;
    super::wait(&shop, &drop_id, &rope, 2).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(crate::support::ADMIN).await;
    let path = format!("/admin/drops/{drop_id}");
    let page = browser.page(&path).await.expect(200).body;
    assert!(page.contains("2 people are waiting"), "{page}");
    let fields = [("id", drop_id.as_str()), ("hours", "200"), ("page", &path)];
    let back = browser
        .submit("/api/admin/drops/waiting-list", &fields)
        .await
        .refused();
    assert!(back.body.contains("hours-error"), "{}", back.body);
    let fields = [("id", drop_id.as_str()), ("hours", "12"), ("page", &path)];
    browser
        .submit("/api/admin/drops/waiting-list", &fields)
        .await
        .expect(303);
    assert_eq!(shop.number("SELECT offer_hours AS n FROM drops").await, 12);
}
