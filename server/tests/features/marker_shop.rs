//! A shop whose owner has replaced every sentence and picture: nothing of what was there before is left, in
//! any language, on any page or in any e-mail.

mod crawl;
mod mails;
mod old;
mod replaced;

use std::collections::BTreeSet;

use app::{identity::Account, locale::Locale};

use crate::{
    opening::prepare,
    support::{ADMIN, Browser, Sent, Site, Stocked, TestShop, on_both_databases},
};

on_both_databases!(nothing_of_the_old_shop_is_left_in_any_language);

/// In what there was before of the owner's own.
const OLD: &str = "Yesteryear";

async fn nothing_of_the_old_shop_is_left_in_any_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    prepare(&shop).await;
    let rope = old::begin(&shop, &admin).await;
    let site = shop.open().await;
    let desk = site.browser();
    desk.sign_in(ADMIN).await.expect(200);
    let old = old::words(&shop).await;
    assert!(old.len() > 50, "{old:?}");

    // All of it is seen before.
    let mut before = String::new();
    for language in Locale::ALL {
        let read = Read::all(&shop, &site, &desk, &rope, language).await;
        let pages = read.pages.iter().chain(&read.files);
        before.extend(pages.map(|(_, page)| page.as_str()));
        before.extend(read.mails.iter().map(whole));
    }
    for word in &old {
        assert!(before.contains(word.as_str()), "{word:?} is nowhere");
    }

    replace(&shop, &admin, &rope).await;
    for language in Locale::ALL {
        let read = Read::all(&shop, &site, &desk, &rope, language).await;
        // All that is translated is translated everywhere.
        let (mark, others) = match language {
            Locale::En => ("Marked", ["Markier", "markier"]),
            Locale::De => ("Markiert", ["Marked", "marked tag<"]),
        };
        let others = others.map(str::to_owned).into();
        assert!(read.pages.len() > 20, "{language:?}: {}", read.pages.len());
        for (path, page) in &read.pages {
            assert_new(&old, path, page);
            assert_new(&others, path, page);
            assert!(page.contains(mark), "{path} has no mark");
        }
        for (path, file) in &read.files {
            assert_new(&old, path, file);
        }
        for mail in &read.mails {
            assert_new(&old, &mail.subject, &whole(mail));
        }
        // The staff reads what the shop speaks.
        let to_shoppers = read.mails.iter().filter(|mail| !mails::is_for_staff(mail));
        for mail in to_shoppers {
            assert_new(&others, &mail.subject, &whole(mail));
        }
    }
}

async fn replace(shop: &TestShop, admin: &Account, rope: &Stocked) {
    let opening = &shop.shop().opening;
    opening.end_demonstration(admin).await.unwrap();
    shop.execute("UPDATE shop_settings SET opening = 'open'")
        .await;
    replaced::settings(shop, admin).await;
    replaced::words_of_settings(shop, admin).await;
    replaced::look(shop, admin).await;
    replaced::categories(shop, admin).await;
    replaced::collections(shop, admin).await;
    replaced::product(shop, admin, rope).await;
    replaced::pages(shop, admin).await;
    replaced::menus(shop, admin).await;
    replaced::home(shop, admin).await;
    replaced::announcements(shop, admin).await;
    replaced::translate_groups(shop, admin).await;
}

/// What is read in a language, with paths.
struct Read {
    pages: Vec<(String, String)>,
    /// What has no words but the shop's and the order's.
    files: Vec<(String, String)>,
    mails: Vec<Sent>,
}

impl Read {
    async fn all(
        shop: &TestShop,
        site: &Site,
        desk: &Browser,
        rope: &Stocked,
        language: Locale,
    ) -> Self {
        let (orders, mails) = mails::all(shop, rope, language).await;
        let shopper = site.browser();
        let mut pages = crawl::checkout(&shopper, rope, language).await;
        pages.extend(crawl::pages(&shopper, language, &orders.paths).await);
        let mut files = Vec::new();
        let paths = ["/site.webmanifest", "/sitemap.xml", orders.invoice.as_str()];
        for path in paths {
            let answer = desk.visit(path).await.expect(200);
            files.push((path.to_owned(), answer.body));
        }
        Self {
            pages,
            files,
            mails,
        }
    }
}

/// A mail with its head.
fn whole(mail: &Sent) -> String {
    let head = [mail.subject.as_str(), mail.header("From")].join("\n");
    head + "\n" + &mail.parts().concat()
}

#[track_caller]
fn assert_new(old: &BTreeSet<String>, place: &str, text: &str) {
    for word in old {
        if let Some(at) = text.find(word.as_str()) {
            let around: String = text[..at].chars().rev().take(200).collect();
            let around: String = around.chars().rev().collect();
            panic!("{place} still says {word:?} behind {around}");
        }
    }
}
