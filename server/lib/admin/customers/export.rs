//! All that is kept of a customer, for them to have: what [`super::erase`] would find. Nothing in it
//! opens anything: no hashes, no secrets, no tokens of sessions, payments or orders.

use app::{
    checkout::types::Draft,
    identity::{Account, Role},
    locale::Locale,
    orders::types::Order,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Who, mails};
use crate::{
    account::{addresses, links::Purpose, store},
    audit_log,
    cart::personal,
    db::{FromRow, Sql, from_row},
    error::{Error, Result},
    feature::{self, Person},
    orders::{
        details,
        read::{self, Key},
    },
    outbox::MailState,
    store::Store,
};

pub async fn export(db: &Store, now: i64, actor: &Account, who: &Who, id: &str) -> Result<String> {
    let ids = ids(db, who).await?;
    let person = who.person(&ids);
    let mut orders = Vec::new();
    for id in &ids {
        if let Some(order) = read::order(db, Key::Id(id)).await? {
            orders.push(of_order(db, &order).await?);
        }
    }
    let (mut account, mut book, mut sessions) = (Value::Null, vec![], vec![]);
    if let Some(own) = &who.account {
        account = json!({
            "id": own.id, "name": who.name, "email": who.email, "created_at": own.created_at,
            "is_verified": own.is_verified,
            "language": store::language(db, &own.id).await?.map(Locale::code),
            "second_factor_since": super::second_factor_since(db, &own.id).await?,
            "networks": of_networks(db, &own.id).await?,
        });
        book = addresses::list(db, &own.id).await?;
        sessions = of_sessions(db, &own.id).await?;
    }
    let mut whole = json!({
        "times": "milliseconds since 1970, UTC",
        "amounts": "minor units of the order's currency",
        "exported_at": now,
        "email": who.email,
        "account": account,
        "addresses": book,
        "sessions": sessions,
        "checkouts": of_checkouts(db, &person).await?,
        "orders": orders,
        "mails": of_mails(db, who, &ids).await?,
        "links": of_links(db, who).await?,
        "invitations": of_invitations(db, who).await?,
    });
    for feature in feature::all() {
        if let Some(part) = feature.export(db, &person).await? {
            whole[feature.name()] = part;
        }
    }
    let mut tx = db.begin().await?;
    audit_log::record(
        &mut tx,
        now,
        &actor.email,
        "customer.export",
        subject(who, id),
        None,
        Some(json!({ "orders": ids.len() })),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(serde_json::to_string_pretty(&whole)?)
}

/// What an entry in the log names a customer by: never an address.
pub fn subject<'a>(who: &'a Who, id: &'a str) -> (&'static str, &'a str) {
    match &who.account {
        Some(account) => ("account", &account.id),
        None => ("order", id),
    }
}

async fn ids(db: &Store, who: &Who) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT o.id FROM orders o WHERE");
    who.push_theirs(&mut sql);
    sql.push(" ORDER BY o.created_at, o.id");
    sql.fetch_values(db.reader()).await
}

async fn of_order(db: &Store, order: &Order) -> Result<Value> {
    let mut value = serde_json::to_value(order)?;
    if let Some(fields) = value.as_object_mut() {
        fields.remove("token");
        // In what it was placed with.
        fields.remove("particulars");
        let placed_with = details::of_order(db, &order.id).await?;
        fields.insert("placed_with".to_owned(), json!(placed_with));
        let mut sql = Sql::new("SELECT text FROM order_events WHERE kind = 'note' AND order_id = ");
        sql.text(&order.id).push(" ORDER BY at, id");
        let notes: Vec<String> = sql.fetch_values(db.reader()).await?;
        fields.insert("notes".to_owned(), json!(notes));
    }
    Ok(value)
}

async fn of_sessions(db: &Store, account_id: &str) -> Result<Vec<Value>> {
    let mut sql = Sql::new(
        "SELECT device, created_at, last_seen_at, expires_at, confirmed_at FROM sessions \
         WHERE account_id = ",
    );
    sql.text(account_id).push(" ORDER BY created_at");
    told::<Session>(db, sql).await
}

#[derive(Serialize)]
struct Session {
    device: String,
    created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
    /// When a code of the second factor was last entered.
    confirmed_at: Option<i64>,
}

from_row!(Session {
    device,
    created_at,
    last_seen_at,
    expires_at,
    confirmed_at,
});

/// When the account was last signed in to from each network; which ones, only hashes tell.
async fn of_networks(db: &Store, account_id: &str) -> Result<Vec<Value>> {
    let mut sql = Sql::new("SELECT seen_at FROM account_networks WHERE account_id = ");
    sql.text(account_id).push(" ORDER BY seen_at");
    told::<Network>(db, sql).await
}

#[derive(Serialize)]
struct Network {
    seen_at: i64,
}

from_row!(Network { seen_at });

struct Checkout {
    id: String,
    draft: Draft,
    draft_at: i64,
}

from_row!(Checkout {
    id,
    draft: json,
    draft_at,
});

/// What was typed at checkouts that are no orders yet: in the account's own cart, and with the address in
/// any, unless it may be a stranger's.
async fn of_checkouts(db: &Store, person: &Person<'_>) -> Result<Vec<Value>> {
    let mut sql = Sql::new(
        "SELECT c.id, c.draft, c.draft_at FROM carts c WHERE c.draft IS NOT NULL \
         AND (c.token_hash = ",
    );
    sql.text(personal::cart_hash(person));
    if let Some(email) = person.guest_email {
        sql.push(" OR (c.email_key <> '' AND c.email_key = ")
            .text(email)
            .push(")");
    }
    sql.push(") ORDER BY c.draft_at, c.id");
    let mut checkouts = Vec::new();
    let begun: Vec<Checkout> = sql.fetch_all_as(db.reader()).await?;
    for Checkout {
        id,
        draft,
        draft_at,
    } in begun
    {
        let payment = draft
            .payment
            .map(|payment| json!({ "method": payment.method, "label": payment.label }));
        checkouts.push(json!({
            "contact": draft.contact,
            "shipping": draft.shipping,
            "payment": payment,
            "updated_at": draft_at,
            "items": personal::lines(db, "c.id", &id).await?,
        }));
    }
    Ok(checkouts)
}

async fn of_mails(db: &Store, who: &Who, orders: &[String]) -> Result<Vec<Value>> {
    let mut sql =
        Sql::new("SELECT kind, state, order_id, error, created_at, ended_at FROM mails WHERE");
    let mut connection = db.connection().await?;
    let email = who.guest_email();
    mails::push_theirs(&mut sql, &mut connection, db.dialect(), who, email, orders).await?;
    drop(connection);
    sql.push(" ORDER BY created_at, id");
    told::<Mail>(db, sql).await
}

#[derive(Serialize)]
struct Mail {
    kind: String,
    state: MailState,
    order_id: Option<String>,
    error: String,
    created_at: i64,
    ended_at: Option<i64>,
}

from_row!(Mail {
    kind,
    state,
    order_id,
    error,
    created_at,
    ended_at,
});

/// One-time links that were mailed and are not used.
async fn of_links(db: &Store, who: &Who) -> Result<Vec<Value>> {
    let mut sql = Sql::new("SELECT purpose, email, expires_at FROM mail_links WHERE account_id = ");
    let account = who.account.as_ref().map(|account| account.id.as_str());
    sql.text(account.unwrap_or_default());
    if let Some(email) = who.guest_email() {
        sql.push(" OR email = ").text(email);
    }
    sql.push(" ORDER BY expires_at, token_hash");
    told::<MailedLink>(db, sql).await
}

#[derive(Serialize)]
struct MailedLink {
    purpose: Purpose,
    email: String,
    expires_at: i64,
}

from_row!(MailedLink {
    purpose,
    email,
    expires_at,
});

/// To join the staff.
async fn of_invitations(db: &Store, who: &Who) -> Result<Vec<Value>> {
    let mut sql =
        Sql::new("SELECT role, created_at, expires_at FROM staff_invitations WHERE email = ");
    sql.text(who.guest_email().unwrap_or_default());
    told::<Invited>(db, sql).await
}

#[derive(Serialize)]
struct Invited {
    role: Role,
    created_at: i64,
    expires_at: i64,
}

from_row!(Invited {
    role,
    created_at,
    expires_at,
});

async fn told<T: FromRow + Serialize>(db: &Store, sql: Sql) -> Result<Vec<Value>> {
    let rows: Vec<T> = sql.fetch_all_as(db.reader()).await?;
    rows.iter()
        .map(|row| Ok(serde_json::to_value(row)?))
        .collect()
}
