//! Product files up and down over HTTP.

use std::io::Read;

use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};

use super::admin_work::admin;
use crate::support::{Answer, Browser, Goods, TestShop, on_both_databases};

on_both_databases!(
    a_file_goes_up_and_is_looked_at_first,
    what_a_file_leaves_open_is_chosen_on_its_page,
    what_is_no_product_file_is_said_on_its_page,
    the_catalogue_comes_down_and_goes_up_again_unchanged,
    no_cell_of_an_export_is_a_formula,
    files_are_for_admins,
);

async fn upload(browser: &Browser, bytes: &[u8], accept: &str) -> Answer {
    send(browser, ("<b>products.csv", bytes), accept).await
}

/// Sends a product file of this name.
pub async fn send(browser: &Browser, (name, bytes): (&str, &[u8]), accept: &str) -> Answer {
    let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let request = browser
        .request(Method::POST, "/api/admin/import")
        .header(ACCEPT, accept);
    let form = Form::new().part("file", part);
    browser.send(request.multipart(form)).await
}

/// The page of a job that stands still.
pub async fn settled(browser: &Browser, job: &str) -> String {
    for _ in 0..500 {
        let page = browser.page(job).await.expect(200).body;
        if !page.contains("http-equiv=\"refresh\"") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{job} goes on and on");
}

async fn a_file_goes_up_and_is_looked_at_first(shop: TestShop) {
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let file = "Handle,Title,Variant Price\nrope,Rope <i>,12.50\nboot,Boot,cheap\n";
    let taken = upload(&browser, file.as_bytes(), "text/html")
        .await
        .expect(303);
    let page = settled(&browser, taken.location()).await;
    assert!(page.contains("&lt;b&gt;products.csv") && page.contains("Rope &lt;i&gt;"));
    assert!(page.contains("Bad row") && page.contains("is not an amount of money"));
    let id = taken
        .location()
        .strip_prefix("/admin/jobs/")
        .unwrap()
        .to_owned();
    let refused = browser.call("/api/admin/jobs/start", &[("id", &id)]).await;
    refused.expect(422);
    let yes = [("id", id.as_str()), ("bad_rows", "skip")];
    browser
        .submit("/api/admin/jobs/start", &yes)
        .await
        .expect(303);
    let page = settled(&browser, taken.location()).await;
    assert!(page.contains("Done") && page.contains("1 new"), "{page}");
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM products").await, 1);
    let list = browser.page("/admin/import").await.expect(200).body;
    assert!(list.contains("Import of &lt;b&gt;products.csv"));
}

async fn what_a_file_leaves_open_is_chosen_on_its_page(shop: TestShop) {
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let file = "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price\n\
        oak,Oak,S-1,,7,5.00\nash,Ash,S-1,shopify,-2,0\n";
    let taken = upload(&browser, file.as_bytes(), "text/html")
        .await
        .expect(303);
    let job = taken.location().to_owned();
    let id = job.strip_prefix("/admin/jobs/").unwrap();
    let page = settled(&browser, &job).await;
    for words in [
        "The file doesn’t track the stock of 1 new variant.",
        "Units for variants without tracked stock",
        "Use the file’s quantities (given for 1 of them)",
        "Skip these products",
        "Import them without a SKU",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let chosen = |units: &'static str| {
        [
            ("id", id),
            ("choices", "1"),
            ("untracked_units", units),
            ("repeated_skus", "drop_sku"),
        ]
    };
    let start = "/api/admin/jobs/start";
    let refused = browser.submit(start, &chosen("many")).await.refused();
    assert!(
        refused.body.contains("untracked_units-error"),
        "{}",
        refused.body
    );
    assert!(refused.body.contains("value=\"many\""));
    browser.submit(start, &chosen("4")).await.expect(303);
    let page = settled(&browser, &job).await;
    assert!(
        page.contains("2 new") && page.contains("-2 units are taken as 0"),
        "{page}"
    );
    assert!(page.contains("badge-warn\">Free"), "{page}");
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM products").await, 0);
    let started = browser.call(start, &chosen("4")).await.expect(200).json();
    assert_eq!(started["state"], "running");
    assert!(settled(&browser, &job).await.contains("Done"));
    let stock = "SELECT CAST(SUM(stock) AS BIGINT) AS n FROM variants";
    assert_eq!(shop.number(stock).await, 4);
}

async fn what_is_no_product_file_is_said_on_its_page(shop: TestShop) {
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    for bytes in [&b""[..], b"Name,Price\n", b"\x89PNG\r\n\x1a\n", b"\xff\xfe"] {
        let refused = upload(&browser, bytes, "application/json").await;
        assert_eq!(refused.expect(422).fields(), ["file"]);
        let page = upload(&browser, bytes, "text/html").await.refused();
        assert!(page.body.contains("file-error"), "{bytes:?}");
    }
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM catalog_jobs").await,
        0
    );
}

async fn the_catalogue_comes_down_and_goes_up_again_unchanged(shop: TestShop) {
    let goods = (0..250)
        .map(|n| Goods::named(&format!("Thing {n}")).sku(&format!("T-{n}")))
        .collect();
    shop.stock_all(goods).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let export = browser.page("/admin/export.csv").await.expect(200);
    assert_eq!(export.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        export
            .header("content-disposition")
            .starts_with("attachment")
    );
    assert_eq!(export.header("cache-control"), "no-store");
    assert_eq!(export.body.lines().count(), 251);
    let packed = browser.request(Method::GET, "/admin/export.csv");
    let packed = packed.header("accept-encoding", "gzip").send().await;
    let packed = packed.unwrap().bytes().await.expect("it comes to its end");
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(&*packed)
        .read_to_string(&mut unpacked)
        .expect("it is whole");
    assert_eq!(unpacked, export.body, "as browsers take it");

    let taken = upload(&browser, export.body.as_bytes(), "text/html")
        .await
        .expect(303);
    let page = settled(&browser, taken.location()).await;
    assert!(
        page.contains("250 unchanged") && !page.contains("Bad row"),
        "{page}"
    );
}

async fn no_cell_of_an_export_is_a_formula(shop: TestShop) {
    let evil = ["=cmd|' /c calc'!a0", "+1+1", "-2+3", "@sum(a1)", "＝1+1"];
    for (n, title) in evil.iter().enumerate() {
        let mut goods = Goods::named(title)
            .slug(&format!("p{n}"))
            .vendor(title)
            .tags(&[title]);
        goods.0.seo_title = Some((*title).to_owned());
        goods.0.variants[0].sku = Some(format!("{title}{n}"));
        shop.stock(goods).await;
    }
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let export = browser.page("/admin/export.csv").await.expect(200).body;
    let mut reader = csv::Reader::from_reader(export.as_bytes());
    let mut cells = 0;
    for record in reader.records() {
        for cell in record.unwrap().iter() {
            cells += 1;
            let starts = cell.trim_start_matches(' ');
            let is_number = cell.parse::<f64>().is_ok();
            let runs = starts.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            assert!(!runs || is_number, "{cell:?}");
        }
    }
    assert!(cells > 100);
    let taken = upload(&browser, export.as_bytes(), "text/html")
        .await
        .expect(303);
    let page = settled(&browser, taken.location()).await;
    assert!(
        page.contains("5 unchanged"),
        "the texts come back as they were: {page}"
    );
}

async fn files_are_for_admins(shop: TestShop) {
    let site = shop.open().await;
    shop.account(crate::support::STAFF, app::identity::Role::Staff)
        .await;
    let staff = site.browser();
    staff.sign_in(crate::support::STAFF).await.expect(200);
    for browser in [site.browser(), staff] {
        upload(
            &browser,
            b"Handle,Title,Variant Price\n",
            "application/json",
        )
        .await
        .expect(404);
        upload(&browser, b"Handle,Title,Variant Price\n", "text/html")
            .await
            .expect(404);
        browser.page("/admin/export.csv").await.expect(404);
        browser.page("/admin/import").await.expect(404);
    }
}
