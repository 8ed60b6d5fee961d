//! The owner's sentences: said where they belong, in each language, and nowhere else.

use app::{
    error::ErrorKind,
    sentences::{MAX_SENTENCE, Sentence},
};
use desk::admin::sentences::types::SentenceForm;

use crate::support::{Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    a_shop_promises_nothing_by_itself,
    a_sentence_is_said_on_all_nodes_at_the_reply,
    what_is_not_translated_is_said_in_the_default_language,
    what_cannot_be_said_is_refused_at_its_field,
    of_two_who_save_at_once_the_second_is_told,
);

fn form(sentence: &str, language: &str, text: &str) -> SentenceForm {
    SentenceForm {
        sentence: sentence.to_owned(),
        language: language.to_owned(),
        text: text.to_owned(),
    }
}

async fn a_shop_promises_nothing_by_itself(shop: TestShop) {
    let settings = shop.services.settings.now().await.unwrap();
    for language in app::locale::Locale::ALL {
        for sentence in Sentence::ALL {
            assert_eq!(settings.sentence(sentence, language), None);
        }
    }
}

async fn a_sentence_is_said_on_all_nodes_at_the_reply(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let sites = [shop.open().await, shop.second_node().open().await];
    let product = format!("/products/{}", rope.slug);
    for site in &sites {
        for path in ["/", &product] {
            site.browser().page(path).await.expect(200);
        }
    }
    let all = vec![
        form("about", "en", "Ropes, <b>nothing</b> else."),
        form("returns", "en", "Send it back\nwithin 30 days."),
        form("order_mail", "en", "Greetings from the ropewalk."),
    ];
    let desk = &shop.shop().sentences;
    desk.save(&admin, "0", all).await.unwrap();
    for site in &sites {
        let home = site.browser().page("/").await.expect(200).body;
        assert!(home.contains("Ropes, &lt;b&gt;nothing&lt;/b&gt; else."));
        assert!(!home.contains("Send it back"));
        let page = site.browser().page(&product).await.expect(200).body;
        assert!(page.contains("Send it back within 30 days."));
    }
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    let mail = shop.post().the_mail().await.body();
    assert!(mail.contains("Greetings from the ropewalk."));
    // Taken back, it is not said any more.
    desk.save(&admin, "1", vec![form("about", "en", " ")])
        .await
        .unwrap();
    let home = sites[1].browser().page("/").await.expect(200).body;
    assert!(!home.contains("Ropes, "));
}

async fn what_is_not_translated_is_said_in_the_default_language(shop: TestShop) {
    let admin = shop.admin().await;
    let shop = shop.speaking("en,de");
    let both = vec![
        form("about", "en", "Ropes."),
        form("about", "de", "Seile."),
        form("returns", "en", "Returns."),
    ];
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.shop().sentences.save(&admin, "0", both).await.unwrap();
    let site = shop.open().await;
    let product = format!("/de/products/{}", rope.slug);
    let page = site.browser().page(&product).await.expect(200).body;
    assert!(page.contains("Seile.") && page.contains("Returns."));
    assert!(!page.contains("Ropes."));
}

async fn what_cannot_be_said_is_refused_at_its_field(shop: TestShop) {
    let admin = shop.admin().await;
    let long = "x".repeat(MAX_SENTENCE + 1);
    let wrong = vec![
        form("about", "en", "Ropes."),
        form("about", "de", &long),
        form("nothing", "en", "Ropes."),
        form("about", "xx", "Ropes."),
        form("returns", "en", "Ropes\u{202e}."),
    ];
    let refused = shop.shop().sentences.save(&admin, "0", wrong).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    let fields: Vec<_> = refused.fields.iter().map(|f| f.field.as_str()).collect();
    let expected = [1, 2, 3, 4].map(|at| format!("sentences[{at}][text]"));
    assert_eq!(fields, expected);
    let kept = "SELECT COUNT(*) AS n FROM sentences";
    assert_eq!(shop.number(kept).await, 0, "nothing is half-written");
}

async fn of_two_who_save_at_once_the_second_is_told(shop: TestShop) {
    let admin = shop.admin().await;
    let desk = &shop.shop().sentences;
    let ropes = || vec![form("about", "en", "Ropes.")];
    assert_eq!(desk.save(&admin, "0", ropes()).await.unwrap().version, 1);
    let late = desk.save(&admin, "0", ropes()).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict);
    // The same again is no change.
    assert_eq!(desk.save(&admin, "1", ropes()).await.unwrap().version, 1);
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'sentences.save'";
    assert_eq!(shop.number(noted).await, 1);
}
