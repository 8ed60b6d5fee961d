//! From what was typed in the editor to what is to be stored.

use app::{
    catalog::limits::{MAX_SEO_DESCRIPTION, MAX_SEO_TITLE, MAX_SLUG},
    email::Email,
    error::{FieldErrors, ShopError, ShopResult},
    pages::{
        gaps::gaps,
        types::{MAX_BODY, MAX_TITLE, PageForm, PageKind, PageState},
    },
    text::line_fault,
    ui::date::Zone,
};
use serde_json::{Value, json};

use super::{
    demo, said,
    store::{self, StoredPage},
};
use crate::{
    db::Tx,
    text::{slugify, spelled},
};

/// What is wrong with fields.
#[derive(Default)]
struct Wrong(FieldErrors);

impl Wrong {
    fn with(&mut self, field: &str, message: impl Into<String>) {
        self.0.add(field, message);
    }

    /// A line that may be left empty.
    fn line(&mut self, field: &str, text: &str, most: usize) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if let Some(fault) = line_fault(text, most) {
            self.with(field, fault.words(most));
        }
        Some(text.to_owned())
    }
}

/// The page that the form describes; `before` is what it is now, if it is there. Its slug is still to be
/// [`placed`].
pub fn checked(
    before: Option<&StoredPage>,
    form: PageForm,
    zone: &Zone,
    now: i64,
) -> ShopResult<StoredPage> {
    let mut wrong = Wrong::default();
    let kind = PageKind::parse(form.kind.trim()).unwrap_or_else(|| {
        wrong.with("kind", said().choose_kind());
        PageKind::Free
    });
    let title = wrong.line("title", &form.title, MAX_TITLE);
    if title.is_none() {
        wrong.with("title", said().enter_a_title());
    }
    let title = title.unwrap_or_default();
    let slug = slug(&form.slug, &title, before, &mut wrong);
    let body = body(&form.body, &mut wrong);
    let seo_title = wrong.line("seo_title", &form.seo_title, MAX_SEO_TITLE);
    let seo_description = wrong.line(
        "seo_description",
        &form.seo_description,
        MAX_SEO_DESCRIPTION,
    );
    let contact_email = contact_email(&form.contact_email, &mut wrong);
    let state = PageState::parse(form.state.trim()).unwrap_or_else(|| {
        wrong.with("state", said().choose_state());
        PageState::Draft
    });
    let publish_at = match state {
        PageState::Draft => None,
        PageState::Published => {
            publishable(&title, &body, &seo_title, &seo_description, &mut wrong);
            if kind == PageKind::Contact && contact_email.is_none() {
                wrong.with("contact_email", said().enter_contact_email());
            }
            publish_at(&form.publish_at, before, zone, now, &mut wrong)
        }
    };
    if let Some(refusal) = wrong.0.refusal() {
        return Err(refusal);
    }
    Ok(StoredPage {
        id: before.map(|page| page.id.clone()).unwrap_or_default(),
        kind,
        slug,
        title,
        // It is the owner's once nothing in it is made up.
        is_demo: before
            .is_some_and(|page| page.is_demo && (page.body == body || demo::has_example(&body))),
        body,
        seo_title,
        seo_description,
        state,
        publish_at,
        contact_email: contact_email.filter(|_| kind == PageKind::Contact),
        version: before.map_or(1, |page| page.version),
        updated_at: now,
    })
}

fn slug(typed: &str, title: &str, before: Option<&StoredPage>, wrong: &mut Wrong) -> String {
    let slug = match (typed.trim(), before) {
        ("", Some(before)) => return before.slug.clone(),
        ("", None) => return slugify(title),
        (typed, _) => spelled(typed),
    };
    if slug.is_empty() {
        wrong.with("slug", said().slug_empty());
    } else if slug.chars().count() > MAX_SLUG {
        wrong.with("slug", said().too_long(&MAX_SLUG.to_string()));
    }
    slug
}

/// The text with one kind of line ends.
fn body(typed: &str, wrong: &mut Wrong) -> String {
    let body = typed.replace("\r\n", "\n").replace('\r', "\n");
    if body
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        wrong.with("body", said().control_characters());
    } else if body.chars().count() > MAX_BODY {
        wrong.with("body", said().too_long(&MAX_BODY.to_string()));
    }
    body
}

fn contact_email(typed: &str, wrong: &mut Wrong) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    match Email::mailable(typed) {
        Ok(email) => Some(email.shown()),
        Err(fault) => {
            wrong.with("contact_email", fault.words());
            None
        }
    }
}

/// A page with gaps is for nobody to see.
fn publishable(
    title: &str,
    body: &str,
    seo_title: &Option<String>,
    seo_description: &Option<String>,
    wrong: &mut Wrong,
) {
    if body.trim().is_empty() {
        wrong.with("body", said().enter_the_text());
    }
    let fields = [
        ("title", title),
        ("body", body),
        ("seo_title", seo_title.as_deref().unwrap_or_default()),
        (
            "seo_description",
            seo_description.as_deref().unwrap_or_default(),
        ),
    ];
    for (field, text) in fields {
        let gaps = gaps(&[text]);
        if !gaps.is_empty() {
            let list = gaps.join(", ");
            wrong.with(field, said().fill_the_gaps(&list));
        }
    }
}

/// From when on the page is to be seen: what was typed, or now.
fn publish_at(
    typed: &str,
    before: Option<&StoredPage>,
    zone: &Zone,
    now: i64,
    wrong: &mut Wrong,
) -> Option<i64> {
    let stored = before.and_then(StoredPage::seen_from);
    let typed = typed.trim();
    if typed.is_empty() {
        // A page that is seen already was published when it was.
        return Some(stored.filter(|at| *at <= now).unwrap_or(now));
    }
    // The field knows minutes only.
    if let Some(stored) = stored
        && zone.minute(stored) == typed
    {
        return Some(stored);
    }
    let at = zone.at_minute(typed);
    if at.is_none() {
        wrong.with("publish_at", said().enter_a_moment());
    }
    Some(at.unwrap_or(now))
}

/// Finds the page a free address, if none was typed, and refuses what another page has.
pub async fn placed(tx: &mut Tx, page: &mut StoredPage) -> ShopResult<()> {
    if page.kind != PageKind::Free && store::has_kind(tx, page.kind, &page.id).await? {
        return Err(ShopError::field("kind", said().kind_taken()));
    }
    if page.slug.is_empty() {
        page.slug = page.kind.as_str().to_owned();
    }
    if store::is_taken(tx, &page.slug, &page.id).await? {
        return Err(ShopError::field("slug", said().address_taken()));
    }
    Ok(())
}

/// What the audit log keeps of a page.
pub fn audited(page: &StoredPage) -> Value {
    json!({
        "title": page.title,
        "kind": page.kind.as_str(),
        "slug": page.slug,
        "text": page.body,
        "seo_title": page.seo_title,
        "seo_description": page.seo_description,
        "state": page.state.as_str(),
        "publish_at": page.publish_at,
        "contact_email": page.contact_email,
    })
}
