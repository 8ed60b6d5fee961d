//! The texts of what is translated on a page of its own. Nothing is stored of them yet.

use app::{
    announcement::types::MAX_TEXT,
    catalog::limits::{MAX_CATEGORY, MAX_DESCRIPTION, MAX_TITLE},
    menus::types::MAX_LABEL,
};
use desk::{
    admin::translations::ports::{Group, Subject},
    home::own::OwnText,
};

use super::texts::Text;
use crate::{
    announcement, collections,
    db::{Sql, Tx, from_row},
    drops,
    error::Result,
    home,
    menus::translated as menus,
    payment::methods,
    store::Store,
    translations::{DESCRIPTION, Kind, LABEL, NAME, TEXT},
};

/// Longest translations of a shipping or payment method, in characters: some more than the originals may have, as
/// languages need.
const MAX_SHIPPING: usize = 90;
const MAX_SHIPPING_TEXT: usize = 180;
const MAX_PAYMENT_TEXT: usize = 300;

/// What its texts are kept as.
pub const fn kind(group: Group) -> Kind {
    match group {
        Group::Categories => Kind::Category,
        Group::Collections => Kind::Collection,
        Group::Drops => Kind::Drop,
        Group::Announcements => Kind::Announcement,
        Group::Home => Kind::Block,
        Group::Menus => Kind::MenuItem,
        Group::Shipping => Kind::ShippingRate,
        Group::Payment => Kind::PaymentMethod,
    }
}

/// Keeps what notes by itself which of its translations are stale from being changed meanwhile.
pub async fn lock(tx: &mut Tx, db: &Store, group: Group) -> Result<()> {
    match group {
        Group::Menus => menus::lock(tx, db).await,
        Group::Categories
        | Group::Collections
        | Group::Drops
        | Group::Announcements
        | Group::Home
        | Group::Shipping
        | Group::Payment => Ok(()),
    }
}

/// A category as it is written.
struct Category {
    id: String,
    name: String,
    description_html: String,
}

from_row!(Category {
    id,
    name,
    description_html,
});

/// A text of a subject that forms call by its id, with the most characters it may have.
fn text(kind: Kind, id: String, subject: Subject, field: &str, original: (String, usize)) -> Text {
    Text {
        name: id.clone(),
        subject,
        kind,
        subject_id: id,
        field: field.to_owned(),
        original: original.0,
        most: original.1,
        stored: None,
    }
}

/// A name, and the description that belongs to it.
fn name_and_description(
    kind: Kind,
    id: String,
    (name_of, name): (Subject, (String, usize)),
    (description_of, description): (Subject, (String, usize)),
) -> [Text; 2] {
    let described = Text {
        name: format!("{id}:{DESCRIPTION}"),
        ..text(kind, id.clone(), description_of, DESCRIPTION, description)
    };
    [text(kind, id, name_of, NAME, name), described]
}

pub async fn categories(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = Sql::new("SELECT id, name, description_html FROM categories ORDER BY position, name");
    let all: Vec<Category> = all.fetch_all_as(&mut **tx).await?;
    let texts = all.into_iter().flat_map(|category| {
        let described = Subject::CategoryText(category.name.clone());
        name_and_description(
            Kind::Category,
            category.id,
            (Subject::Category, (category.name, MAX_CATEGORY)),
            (described, (category.description_html, MAX_DESCRIPTION)),
        )
    });
    Ok(texts.collect())
}

pub async fn collections(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = collections::all(tx).await?.into_iter();
    let texts = all.flat_map(|one| {
        let described = Subject::CategoryText(one.name.clone());
        name_and_description(
            Kind::Collection,
            one.id,
            (Subject::Collection, (one.name, MAX_CATEGORY)),
            (described, (one.description_html, MAX_DESCRIPTION)),
        )
    });
    Ok(texts.collect())
}

/// Also of drafts: a drop is announced in all languages at once.
pub async fn drops(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = drops::all(tx).await?.into_iter();
    let texts = all.flat_map(|one| {
        let described = Subject::CategoryText(one.title.clone());
        name_and_description(
            Kind::Drop,
            one.id,
            (Subject::Drop, (one.title, MAX_TITLE)),
            (described, (one.text_html, MAX_DESCRIPTION)),
        )
    });
    Ok(texts.collect())
}

pub async fn announcements(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = announcement::all(tx).await?.into_iter();
    let texts = all.map(|one| {
        let original = (one.text, MAX_TEXT);
        text(
            Kind::Announcement,
            one.id,
            Subject::Announcement,
            TEXT,
            original,
        )
    });
    Ok(texts.collect())
}

/// Of what shoppers see, not of the draft.
pub async fn home(tx: &mut Tx) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    let blocks = home::published(tx).await?;
    for (number, mut placed) in (1..).zip(blocks) {
        let id = placed.id;
        texts.extend(
            OwnText::all_of(&mut placed.block)
                .into_iter()
                .map(|own| Text {
                    name: format!("{id}:{}", own.field),
                    subject: Subject::Block(number, own.part),
                    kind: Kind::Block,
                    subject_id: id.clone(),
                    original: own.text.clone(),
                    field: own.field,
                    most: own.most,
                    stored: None,
                }),
        );
    }
    Ok(texts)
}

pub async fn menus(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = menus::originals(&mut **tx).await?.into_iter();
    let texts = all.map(|item| {
        let original = (item.label, MAX_LABEL);
        text(
            Kind::MenuItem,
            item.id,
            Subject::MenuItem(item.place),
            LABEL,
            original,
        )
    });
    Ok(texts.collect())
}

/// A shipping method as it is written.
struct Rate {
    id: String,
    name: String,
    description: String,
}

from_row!(Rate {
    id,
    name,
    description,
});

pub async fn shipping(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = Sql::new("SELECT id, name, description FROM shipping_rates ORDER BY position, id");
    let all: Vec<Rate> = all.fetch_all_as(&mut **tx).await?;
    let texts = all.into_iter().flat_map(|rate| {
        let described = Subject::ShippingText(rate.name.clone());
        name_and_description(
            Kind::ShippingRate,
            rate.id,
            (Subject::Shipping, (rate.name, MAX_SHIPPING)),
            (described, (rate.description, MAX_SHIPPING_TEXT)),
        )
    });
    Ok(texts.collect())
}

/// What the owner says of payment methods.
pub async fn payment(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = methods::store::read(tx).await?.all.into_iter();
    let texts = all.flat_map(|one| {
        let described = Subject::PaymentText(match one.name.is_empty() {
            true => one.method.clone(),
            false => one.name.clone(),
        });
        name_and_description(
            Kind::PaymentMethod,
            one.method,
            (Subject::Payment, (one.name, MAX_SHIPPING)),
            (described, (one.description, MAX_PAYMENT_TEXT)),
        )
    });
    Ok(texts.collect())
}
