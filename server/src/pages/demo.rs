//! Example pages for a demo shop, which say that they are examples.

use app::{
    locale::Locale,
    pages::{
        gaps::gaps,
        templates::{self, TEMPLATES, Template},
        types::{PageKind, PageState},
    },
};

use super::{draft, store, store::StoredPage};
use crate::{
    audit_log::{self, COMMAND_LINE},
    clock::Clock,
    db::Tx,
    error::Result,
    ids::new_id,
    store::{ChangeSet, Store},
    translations::{self, BODY, Change, Kind, TITLE, digest},
};

/// Where the demo shop's messages go: nobody reads them.
const MAILBOX: &str = "contact@example.com";

/// A page that was made.
pub struct Example {
    pub id: String,
    pub kind: PageKind,
    pub title: String,
}

/// Publishes an example of each legal page in all languages, if the shop has no page at all.
pub async fn seed(db: &Store, clock: &dyn Clock, language: Locale) -> Result<Vec<Example>> {
    let now = clock.now();
    let mut tx = db.begin().await?;
    let mut made = Vec::new();
    if store::count(&mut tx).await? > 0 {
        return Ok(made);
    }
    for template in TEMPLATES
        .iter()
        .filter(|template| template.language == language)
    {
        let page = StoredPage {
            id: new_id(),
            kind: template.kind,
            slug: template.kind.as_str().to_owned(),
            title: template.title().to_owned(),
            body: filled(template.body()),
            seo_title: None,
            seo_description: None,
            state: PageState::Published,
            publish_at: Some(now),
            contact_email: (template.kind == PageKind::Contact).then(|| MAILBOX.to_owned()),
            is_demo: true,
            version: 1,
            updated_at: now,
        };
        store::insert(&mut tx, now, &page).await?;
        translate(&mut tx, now, &page, language).await?;
        let subject = ("page", page.id.as_str());
        let after = Some(draft::audited(&page));
        audit_log::record(
            &mut tx,
            now,
            COMMAND_LINE,
            "page.create",
            subject,
            None,
            after,
        )
        .await?;
        made.push(Example {
            id: page.id,
            kind: page.kind,
            title: page.title,
        });
    }
    let mut changes = ChangeSet::default();
    changes.around_pages();
    changes.commit(tx, db).await?;
    Ok(made)
}

/// As the templates of the other languages have it.
async fn translate(tx: &mut Tx, now: i64, page: &StoredPage, written_in: Locale) -> Result<()> {
    let others = Locale::ALL
        .into_iter()
        .filter(|language| *language != written_in);
    for language in others {
        if let Some(template) = templates::of(page.kind, language) {
            let changes = texts(page, template);
            translations::set(tx, Kind::Page, language, now, &changes).await?;
        }
    }
    Ok(())
}

fn texts(page: &StoredPage, template: &Template) -> [Change; 2] {
    let change = |field: &str, text: String, original: &str| Change {
        subject_id: page.id.clone(),
        field: field.to_owned(),
        text,
        source_digest: digest(original),
        sort_key: String::new(),
        stale: false,
    };
    [
        change(TITLE, template.title().to_owned(), &page.title),
        change(BODY, filled(template.body()), &page.body),
    ]
}

/// Each gap as what would be there.
fn filled(body: &str) -> String {
    let gaps = gaps(&[body]);
    gaps.iter().fold(body.to_owned(), |text, gap| {
        text.replace(&format!("[[{gap}]]"), &format!("*{gap}*"))
    })
}

/// Whether a text still has an example in it in place of what only the owner knows.
pub fn has_example(text: &str) -> bool {
    TEMPLATES
        .iter()
        .flat_map(|template| gaps(&[template.body()]))
        .any(|gap| has(text, &format!("*{gap}*")))
}

/// As it was filled in, and not what someone has made bold.
fn has(text: &str, example: &str) -> bool {
    text.match_indices(example).any(|(at, _)| {
        let (before, from) = text.split_at(at);
        let after = from.strip_prefix(example).unwrap_or_default();
        !before.ends_with('*') && !after.starts_with('*')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_example_has_a_gap_left() {
        for template in &TEMPLATES {
            assert!(gaps(&[&filled(template.body())]).is_empty());
        }
    }

    #[test]
    fn each_example_is_known_for_one_until_the_last_of_them_is_replaced() {
        for template in &TEMPLATES {
            let text = filled(template.body());
            assert!(has_example(&text), "{}", template.title());
            let gaps = gaps(&[template.body()]);
            let replaced = |gaps: &[String]| {
                let with =
                    |text: String, gap: &String| text.replace(&format!("*{gap}*"), "Rope & Co");
                gaps.iter().fold(text.clone(), with)
            };
            assert!(has_example(&replaced(&gaps[1..])), "{}", template.title());
            assert!(!has_example(&replaced(&gaps)), "{}", template.title());
        }
        for own in ["", "Cost", "**Cost**", "*We* ship on *Monday*."] {
            assert!(!has_example(own), "{own}");
        }
    }
}
