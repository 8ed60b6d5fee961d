//! Work on products, stock and files in German.

use super::{
    admin_work::admin,
    files::{send, settled},
};
use crate::support::{Answer, Browser, Goods, TestShop, on_both_databases};

on_both_databases!(
    pages_about_products_are_in_german,
    what_is_wrong_with_a_product_is_said_in_german,
    what_a_file_would_change_is_said_in_german,
);

fn has_all(page: &str, wanted: &[&str], unwanted: &[&str]) {
    for words in wanted {
        assert!(page.contains(words), "{words} in {page}");
    }
    for words in unwanted {
        assert!(!page.contains(words), "{words} in {page}");
    }
}

async fn pages_about_products_are_in_german(shop: TestShop) {
    let shop = shop.speaking("de");
    let rope = shop.stock(Goods::named("Seil").price(123_450)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let page = browser.page("/admin/products").await.expect(200).body;
    has_all(
        &page,
        &[
            "Neues Produkt",
            "Alle Kategorien",
            "1 Variante",
            "1.234,50\u{a0}€",
            "Massenbearbeitung",
            "Preise um einen Prozentsatz ändern",
        ],
        &["New product", "All categories", "1 variant", "Bulk edit"],
    );
    let editor = format!("/admin/products/{}", rope.id);
    let page = browser.page(&editor).await.expect(200).body;
    has_all(
        &page,
        &[
            "Einzelheiten",
            "Sichtbarkeit",
            "Streichpreis (EUR)",
            "Produkt speichern",
            "Endgültig löschen",
        ],
        &["Visibility", "Save product", "Compare-at"],
    );
    let page = browser.page("/admin/stock").await.expect(200).body;
    has_all(
        &page,
        &[
            "Lagerbestand",
            "Bestand ändern von Seil",
            "In offenen Bestellungen",
        ],
        &["Counted", "Search title"],
    );
    let history = format!("/admin/stock/{}", rope.variant());
    let page = browser.page(&history).await.expect(200).body;
    has_all(
        &page,
        &["Lagerbestand ändern", "Verlauf"],
        &["Adjust stock"],
    );
    let page = browser.page("/admin/import").await.expect(200).body;
    has_all(&page, &["CSV-Datei", "Änderungen ansehen"], &["CSV file"]);
}

async fn what_is_wrong_with_a_product_is_said_in_german(shop: TestShop) {
    let shop = shop.speaking("de");
    let rope = shop.stock(Goods::named("Seil")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let message = |answer: &Answer| {
        let fields = answer.json()["error"]["fields"].clone();
        fields[0]["message"].as_str().unwrap_or_default().to_owned()
    };
    let nameless = [("id", rope.id.as_str()), ("title", " ")];
    let refused = browser.call("/api/admin/products/update", &nameless).await;
    assert_eq!(
        message(&refused.expect(422)),
        "Geben Sie einen Titel mit höchstens 255 Zeichen ein."
    );
    let price = |price: &'static str| {
        [
            ("variant_id", rope.variant()),
            ("price", price),
            ("price_was", "49.00"),
        ]
    };
    let refused = browser.call("/api/admin/prices/set", &price("1.000")).await;
    assert_eq!(
        message(&refused.expect(422)),
        "1.000 könnte 1,00 oder 1.000,00 bedeuten. Schreiben Sie 1000 oder 1,00."
    );
    let draft = [("id", rope.id.as_str()), ("do", "combine")];
    let page = browser.submit("/api/admin/products/draft", &draft).await;
    let words = "Geben Sie zuerst eine Option und ihre Werte an.";
    assert!(page.body.contains(words), "{}", page.body);
}

async fn upload(browser: &Browser, file: &str) -> Answer {
    send(browser, ("waren.csv", file.as_bytes()), "text/html").await
}

async fn what_a_file_would_change_is_said_in_german(shop: TestShop) {
    let shop = shop.speaking("de");
    shop.stock(Goods::named("Seil").slug("seil").price(4900))
        .await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let refused = upload(&browser, "Title,Price\nSeil,1\n").await;
    let words = "Das ist keine Produktdatei: die Spalte „Handle“ (oder „URL handle“) fehlt.";
    assert!(refused.body.contains(words), "{}", refused.body);

    let file = "Handle,Title,Variant Price\nseil,Langes Seil,12.50\nstiefel,Stiefel,billig\n";
    let taken = upload(&browser, file).await.expect(303);
    let page = settled(&browser, taken.location()).await;
    has_all(
        &page,
        &[
            "Import von waren.csv",
            "Produkte: 1 geändert. Erst wenn Sie bestätigen, wird etwas geändert.",
            "1 Zeile ist nicht verwendbar",
            "Zeile 3",
            "„billig“ ist kein Geldbetrag",
            "Langes Seil",
            "12,50\u{a0}€",
        ],
        &["is not an amount", "Row 3", "Bad row", "Price of"],
    );
}
