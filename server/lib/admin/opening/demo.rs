//! A demonstration: a shop that is complete, and says on its pages what it is.

use app::{
    locale::Locale,
    seller::Seller,
    sentences::{Sentence, Written},
    shop::Opening,
};

use super::store;
use crate::{
    audit_log::{self, COMMAND_LINE},
    clock::Clock,
    db::Tx,
    error::Result,
    home,
    settings::{demo_rates, opening, seller, sentences},
    store::{ChangeSet, Store},
    translations::{self, Change, Kind, NAME, digest},
};

/// Makes a new shop without orders a demonstration, with a seller, sentences and how long shipping takes
/// where it has none. Any other shop stays what it is.
pub async fn begin(db: &Store, clock: &dyn Clock) -> Result<()> {
    let now = clock.now();
    let mut tx = db.begin().await?;
    if store::has_order(&mut tx).await?
        || !opening::turn(&mut tx, Opening::Preparing, Opening::Demo).await?
    {
        return Ok(());
    }
    home::say_standard_words(&mut tx).await?;
    demo_rates::promise(&mut tx).await?;
    name_in_german(&mut tx, db, now).await?;
    let stored = seller::read(&mut *tx).await?;
    if stored.seller == Seller::default() {
        seller::write(&mut tx, stored.version, &example()).await?;
    }
    let written = sentences::read(&mut *tx).await?;
    if written.0.is_empty() {
        for sentence in said() {
            sentences::write(&mut tx, &sentence).await?;
        }
    }
    audit_log::record(
        &mut tx,
        now,
        COMMAND_LINE,
        "opening.change",
        ("settings", "shop"),
        Some(serde_json::json!({ "opening": Opening::Preparing })),
        Some(serde_json::json!({ "opening": Opening::Demo })),
    )
    .await?;
    let mut changes = ChangeSet::default();
    changes.everything();
    changes.commit(tx, db).await?;
    Ok(())
}

/// Takes away what a demonstration said that its owner has not made their own.
pub async fn end(tx: &mut Tx) -> Result<()> {
    let stored = seller::read(&mut **tx).await?;
    let own = without_example(&stored.seller);
    if stored.seller != own {
        seller::write(tx, stored.version, &own).await?;
    }
    let stored = sentences::read(&mut **tx).await?;
    for mut example in said() {
        if stored.written(example.sentence, example.language) == Some(example.text.as_str()) {
            // One without words is none.
            example.text.clear();
            sentences::write(tx, &example).await?;
        }
    }
    demo_rates::forget(tx).await?;
    home::say_no_words(tx).await
}

/// Its shipping methods, as far as they are not translated.
async fn name_in_german(tx: &mut Tx, db: &Store, now: i64) -> Result<()> {
    let named = demo_rates::named(tx).await?;
    let ids: Vec<_> = named.iter().map(|rate| rate.id.as_str()).collect();
    let known = translations::of(db, Kind::ShippingRate, &ids, Locale::De).await?;
    let missing = named
        .iter()
        .filter(|rate| known.text(&rate.id, NAME).is_none());
    let changes: Vec<_> = missing
        .map(|rate| Change {
            subject_id: rate.id.clone(),
            field: NAME.to_owned(),
            text: rate.german.to_owned(),
            source_digest: digest(&rate.name),
            sort_key: String::new(),
            stale: false,
        })
        .collect();
    translations::set(tx, Kind::ShippingRate, Locale::De, now, &changes).await
}

/// Nobody: addresses that are kept free for examples.
fn example() -> Seller {
    let text = |text: &str| text.to_owned();
    Seller {
        name: text("Holdfast (demonstration)"),
        street: text("Example Street 1"),
        postal_code: text("00000"),
        city: text("Example"),
        country: text("DE"),
        email: text("contact@example.com"),
        ..Seller::default()
    }
}

/// What its owner has written of a seller.
fn without_example(seller: &Seller) -> Seller {
    let example = example();
    if *seller == example {
        return Seller::default();
    }
    let own = |said: &str, example: &str| match said == example {
        true => String::new(),
        false => said.to_owned(),
    };
    Seller {
        name: own(&seller.name, &example.name),
        street: own(&seller.street, &example.street),
        postal_code: own(&seller.postal_code, &example.postal_code),
        city: own(&seller.city, &example.city),
        email: own(&seller.email, &example.email),
        // An owner may well be where the example is.
        ..seller.clone()
    }
}

/// What the goods of the demo catalogue are like.
fn said() -> Vec<Written> {
    let written = |sentence, language, text: &str| Written {
        sentence,
        language,
        text: text.to_owned(),
    };
    vec![
        written(
            Sentence::About,
            Locale::En,
            "A holdfast is the root that anchors kelp to the rock. We sell goods that hold on just \
             as well.",
        ),
        written(
            Sentence::About,
            Locale::De,
            "Holdfast heißt die Wurzel, mit der sich Seetang am Fels festhält. Was wir verkaufen, \
             hält genauso gut.",
        ),
    ]
}
