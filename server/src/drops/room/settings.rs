//! What the owner sets of a waiting room.

use app::{
    drops::room::{
        AdminRoom, MAX_MINUTES, MAX_PER_MINUTE, MIN_MINUTES, RoomBinding, RoomForm, RoomSwitch,
    },
    error::{FieldError, ShopError, ShopResult},
    identity::Account,
};
use serde_json::{Value, json};

use super::store;
use crate::{
    admission::{
        estimate::Counts,
        flow::{Bucket, TICKET},
        place::Secret,
    },
    db::{Columns, FromColumn, Sql, Tx, from_row},
    drops::{DropService, said},
    error::{Error, Result},
    store::Store,
};

impl FromColumn for RoomSwitch {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        Ok(match bool::from_column(row, column)? {
            true => Self::On,
            false => Self::Off,
        })
    }
}

/// What is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RoomSettings {
    switch: RoomSwitch,
    binding: RoomBinding,
    per_minute: i64,
    minutes: i64,
}

from_row!(RoomSettings {
    switch: "is_on",
    binding,
    per_minute,
    minutes,
});

impl RoomSettings {
    fn summary(self) -> Value {
        json!({
            "room": self.switch.as_str(), "bound_to": self.binding.as_str(),
            "per_minute": self.per_minute, "minutes": self.minutes,
        })
    }
}

fn checked(form: &RoomForm) -> ShopResult<RoomSettings> {
    let mut wrong = Vec::new();
    let mut number = |field: &str, typed: &str, least: i64, most: i64| {
        let number: Option<i64> = typed.trim().parse().ok();
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = said().number_from_to(&least.to_string(), &most.to_string());
            wrong.push(FieldError {
                field: field.to_owned(),
                message,
            });
        }
        number.unwrap_or(least)
    };
    let per_minute = number("per_minute", &form.per_minute, 1, MAX_PER_MINUTE);
    let minutes = number("minutes", &form.minutes, MIN_MINUTES, MAX_MINUTES);
    let (switch, binding) = (
        RoomSwitch::parse(&form.switch),
        RoomBinding::parse(&form.binding),
    );
    let fields = [("switch", switch.is_none()), ("binding", binding.is_none())];
    for (field, is_wrong) in fields {
        if is_wrong {
            wrong.push(FieldError {
                field: field.to_owned(),
                message: said().choose_one().to_owned(),
            });
        }
    }
    match (switch, binding) {
        (Some(switch), Some(binding)) if wrong.is_empty() => Ok(RoomSettings {
            switch,
            binding,
            per_minute,
            minutes,
        }),
        _ => Err(ShopError::fields(wrong)),
    }
}

/// A room, on or off, with what its editor says of it.
struct RoomForEditor {
    set: RoomSettings,
    secret: String,
    /// Of those who came before the start.
    tickets: i64,
    admitted_to: i64,
    let_in: i64,
}

from_row!(RoomForEditor {
    set: row,
    secret,
    tickets,
    admitted_to,
    let_in,
});

/// The room of a drop for its editor, on or off.
pub async fn admin_room(db: &Store, drop_id: &str) -> Result<AdminRoom> {
    let mut sql = Sql::new(
        "SELECT is_on, binding, per_minute, minutes, secret, tickets, admitted_to, let_in \
         FROM drop_rooms WHERE drop_id = ",
    );
    sql.text(drop_id);
    let room: Option<RoomForEditor> = sql.fetch_optional_as(db.reader()).await?;
    let Some(room) = room else {
        return Ok(AdminRoom::default());
    };
    let late = store::buckets(db.reader(), db.dialect(), [drop_id]).await?;
    let early = Bucket {
        bucket: 0,
        tickets: room.tickets,
    };
    let buckets: Vec<Bucket> = std::iter::once(early)
        .chain(late.into_values().flatten())
        .collect();
    let secret = Secret::of_hex(&room.secret);
    let secret =
        secret.ok_or_else(|| Error::Invariant("a waiting room has no secret".to_owned()))?;
    Ok(AdminRoom {
        switch: room.set.switch,
        binding: room.set.binding,
        per_minute: room.set.per_minute,
        minutes: room.set.minutes,
        waiting: Counts::of(&buckets).waiting(room.admitted_to),
        let_in: room.let_in / TICKET,
        commitment: secret.commitment(),
    })
}

async fn stored(tx: &mut Tx, drop_id: &str) -> Result<Option<RoomSettings>> {
    let mut sql =
        Sql::new("SELECT is_on, binding, per_minute, minutes FROM drop_rooms WHERE drop_id = ");
    sql.text(drop_id);
    sql.fetch_optional_as(&mut **tx).await
}

/// The secret is drawn once: what was published of it holds.
async fn write(tx: &mut Tx, drop_id: &str, set: RoomSettings) -> Result<()> {
    let is_on: i64 = match set.switch {
        RoomSwitch::On => 1,
        RoomSwitch::Off => 0,
    };
    sqlx::query(
        "INSERT INTO drop_rooms (drop_id, is_on, binding, per_minute, minutes, secret, mix) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (drop_id) DO UPDATE SET \
         is_on = excluded.is_on, binding = excluded.binding, per_minute = excluded.per_minute, \
         minutes = excluded.minutes",
    )
    .bind(drop_id)
    .bind(is_on)
    .bind(set.binding.as_str())
    .bind(set.per_minute)
    .bind(set.minutes)
    .bind(Secret::random().hex())
    .bind("0".repeat(32))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Turns on a room that gives a place to everybody who asks, for a drop that is rehearsed: nobody reads codes there.
pub async fn open_to_all(tx: &mut Tx, drop_id: &str, per_minute: i64, minutes: i64) -> Result<()> {
    let set = RoomSettings {
        switch: RoomSwitch::On,
        binding: RoomBinding::Nobody,
        per_minute,
        minutes,
    };
    write(tx, drop_id, set).await
}

impl DropService {
    pub(in crate::drops) async fn change_room(
        &self,
        actor: &Account,
        id: &str,
        form: &RoomForm,
    ) -> ShopResult<()> {
        let mut locked = self.begin(id, &[]).await?;
        let set = checked(form)?;
        let before = stored(&mut locked.tx, id).await?;
        write(&mut locked.tx, id, set).await?;
        let change = (before.map(RoomSettings::summary), Some(set.summary()));
        self.finish(locked, actor, "drop.room", change).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let form = RoomForm {
            switch: "on".to_owned(),
            binding: "mailbox".to_owned(),
            per_minute: " 300 ".to_owned(),
            minutes: "10".to_owned(),
        };
        let set = checked(&form).unwrap();
        assert_eq!((set.per_minute, set.minutes), (300, 10));
        for (per_minute, minutes) in [("0", "1"), ("100001", "61"), ("", "x")] {
            let refused = checked(&RoomForm {
                per_minute: per_minute.to_owned(),
                minutes: minutes.to_owned(),
                ..form.clone()
            });
            let fields: Vec<String> = refused
                .unwrap_err()
                .fields
                .into_iter()
                .map(|wrong| wrong.field)
                .collect();
            assert_eq!(fields, ["per_minute", "minutes"]);
        }
        let refused = checked(&RoomForm::default()).unwrap_err();
        assert_eq!(refused.fields.len(), 4);
    }
}
