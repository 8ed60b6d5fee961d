//! Example pages for a demo shop, which say that they are examples.

use app::{
    locale::Locale,
    pages::{
        gaps::gaps,
        templates::TEMPLATES,
        types::{PageKind, PageState},
    },
};

use super::{draft, store, store::Stored};
use crate::{
    audit_log::{self, COMMAND_LINE},
    clock::Clock,
    error::Result,
    ids::new_id,
    store::{ChangeSet, Store},
};

/// Where the demo shop's messages go: nobody reads them.
const MAILBOX: &str = "contact@example.com";

/// Publishes an example of each legal page, if the shop has no page at all. Ids and titles of the pages
/// that were made.
pub async fn seed(
    db: &Store,
    clock: &dyn Clock,
    language: Locale,
) -> Result<Vec<(String, String)>> {
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
        let page = Stored {
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
        made.push((page.id, page.title));
    }
    let mut changes = ChangeSet::default();
    changes.around_pages();
    changes.commit(tx, db).await?;
    Ok(made)
}

/// Each gap as what would be there.
fn filled(body: &str) -> String {
    let gaps = gaps(&[body]);
    gaps.iter().fold(body.to_owned(), |text, gap| {
        text.replace(&format!("[[{gap}]]"), &format!("*{gap}*"))
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
}
