//! Every mail as its reader sees it.

mod every;
mod languages;
mod scene;

use app::locale::{Locale, within};

use self::{
    every::{every, looks},
    scene::scene,
};
use super::mail::note;
use crate::support::{Redaction, Seen, TestShop, kept_in, same_on_both};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_reads_as_it_was_found_right() {
    let mails = same_on_both(mails).await;
    kept_in("mails").bind(|| {
        for (name, mail) in &mails {
            insta::assert_snapshot!(name.as_str(), mail);
        }
    });
}

/// The same, caused by people who read German; but for the staff's, which are in the shop's own
/// language.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_reads_as_it_was_found_right_in_german() {
    let mails = same_on_both(german_mails).await;
    kept_in("mails").bind(|| {
        for (name, mail) in &mails {
            let name = format!("de_{name}");
            insta::assert_snapshot!(name.as_str(), mail);
        }
    });
}

async fn mails(shop: TestShop) -> Seen<String> {
    let all = every(&scene(&shop).await);
    for (_, mail) in &all {
        let of_kind = all.iter().filter(|(_, other)| other.kind() == mail.kind());
        assert_eq!(of_kind.count(), looks(mail), "{}", mail.kind());
    }
    let post = shop.post();
    // What was written on the way here is not sent: only so many go to one mailbox.
    shop.execute("DELETE FROM mails").await;
    let mut seen = Seen::new();
    for (name, mail) in all {
        note(&shop, &[mail]).await;
        let sent = post.the_mail().await;
        let [text, html] = sent.parts();
        let whole = format!(
            "To: {}\nSubject: {}\n\n{text}\n\nHTML:\n\n{html}",
            sent.header("To"),
            sent.subject
        );
        let whole = match name {
            "room_code" => without_code(&whole, &sent.subject),
            _ => whole,
        };
        seen.push((name.to_owned(), Redaction::default().text(&whole)));
    }
    seen
}

/// A code is another one in every shop.
fn without_code(whole: &str, subject: &str) -> String {
    let code: String = subject.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(code.len(), 6, "{subject}");
    whole.replace(&code, "[code]")
}

async fn german_mails(shop: TestShop) -> Seen<String> {
    let shop = shop.speaking("en,de");
    let languages = shop.services.settings.last_known().languages.clone();
    within(languages.closest(Locale::De), mails(shop)).await
}
