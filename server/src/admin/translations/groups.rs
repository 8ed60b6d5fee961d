//! The texts of what is translated on a page of its own. Nothing is stored of them yet.

use app::{
    announcement::types::MAX_TEXT,
    catalog::limits::{MAX_CATEGORY, MAX_DESCRIPTION},
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

pub async fn categories(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = Sql::new("SELECT id, name, description_html FROM categories ORDER BY position, name");
    let all: Vec<Category> = all.fetch_all_as(&mut **tx).await?;
    let mut texts = Vec::new();
    for category in all {
        let text = Text {
            name: format!("{}:{DESCRIPTION}", category.id),
            subject: Subject::CategoryText(category.name.clone()),
            kind: Kind::Category,
            subject_id: category.id.clone(),
            field: DESCRIPTION.to_owned(),
            original: category.description_html,
            most: MAX_DESCRIPTION,
            stored: None,
        };
        let name = Text {
            name: category.id.clone(),
            subject: Subject::Category,
            kind: Kind::Category,
            subject_id: category.id,
            field: NAME.to_owned(),
            original: category.name,
            most: MAX_CATEGORY,
            stored: None,
        };
        texts.extend([name, text]);
    }
    Ok(texts)
}

pub async fn collections(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = collections::all(tx).await?.into_iter();
    let texts = all.flat_map(|one| {
        let text = Text {
            name: format!("{}:{DESCRIPTION}", one.id),
            subject: Subject::CategoryText(one.name.clone()),
            kind: Kind::Collection,
            subject_id: one.id.clone(),
            field: DESCRIPTION.to_owned(),
            original: one.description_html,
            most: MAX_DESCRIPTION,
            stored: None,
        };
        let name = Text {
            name: one.id.clone(),
            subject: Subject::Collection,
            kind: Kind::Collection,
            subject_id: one.id,
            field: NAME.to_owned(),
            original: one.name,
            most: MAX_CATEGORY,
            stored: None,
        };
        [name, text]
    });
    Ok(texts.collect())
}

pub async fn announcements(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = announcement::all(tx).await?.into_iter();
    let texts = all.map(|one| Text {
        name: one.id.clone(),
        subject: Subject::Announcement,
        kind: Kind::Announcement,
        subject_id: one.id,
        field: TEXT.to_owned(),
        original: one.text,
        most: MAX_TEXT,
        stored: None,
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
    let texts = all.map(|item| Text {
        name: item.id.clone(),
        subject: Subject::MenuItem(item.place),
        kind: Kind::MenuItem,
        subject_id: item.id,
        field: LABEL.to_owned(),
        original: item.label,
        most: MAX_LABEL,
        stored: None,
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
        let text = Text {
            name: format!("{}:{DESCRIPTION}", rate.id),
            subject: Subject::ShippingText(rate.name.clone()),
            kind: Kind::ShippingRate,
            subject_id: rate.id.clone(),
            field: DESCRIPTION.to_owned(),
            original: rate.description,
            most: MAX_SHIPPING_TEXT,
            stored: None,
        };
        let name = Text {
            name: rate.id.clone(),
            subject: Subject::Shipping,
            kind: Kind::ShippingRate,
            subject_id: rate.id,
            field: NAME.to_owned(),
            original: rate.name,
            most: MAX_SHIPPING,
            stored: None,
        };
        [name, text]
    });
    Ok(texts.collect())
}

/// What the owner says of payment methods.
pub async fn payment(tx: &mut Tx) -> Result<Vec<Text>> {
    let all = methods::store::read(tx).await?.all.into_iter();
    let texts = all.flat_map(|one| {
        let text = Text {
            name: format!("{}:{DESCRIPTION}", one.method),
            subject: Subject::PaymentText(match one.name.is_empty() {
                true => one.method.clone(),
                false => one.name.clone(),
            }),
            kind: Kind::PaymentMethod,
            subject_id: one.method.clone(),
            field: DESCRIPTION.to_owned(),
            original: one.description,
            most: MAX_PAYMENT_TEXT,
            stored: None,
        };
        let name = Text {
            name: one.method.clone(),
            subject: Subject::Payment,
            kind: Kind::PaymentMethod,
            subject_id: one.method,
            field: NAME.to_owned(),
            original: one.name,
            most: MAX_SHIPPING,
            stored: None,
        };
        [name, text]
    });
    Ok(texts.collect())
}
