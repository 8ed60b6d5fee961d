//! What the owner sets of the waiting list of a drop, and who is on it.

use std::collections::HashMap;

use app::{
    drops::types::AdminLine,
    error::{ShopError, ShopResult},
    identity::Account,
    locale::locale,
    waiting_list::{text::Text, types::MAX_OFFER_HOURS},
};
use serde_json::{Value, json};

use super::DropService;
use crate::{
    db::{Sql, from_row},
    error::Result,
    store::Store,
};

/// Those who wait for a variant, and those who are offered one.
struct Counts {
    variant_id: String,
    waiting: i64,
    offered: i64,
}

from_row!(Counts {
    variant_id,
    waiting,
    offered,
});

pub async fn count(db: &Store, drop_id: &str, lines: &mut [AdminLine]) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT variant_id, COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS waiting, \
         COUNT(CASE WHEN state = 'offered' THEN 1 END) AS offered FROM waits WHERE drop_id = ",
    );
    sql.text(drop_id).push(" GROUP BY variant_id");
    let counts: Vec<Counts> = sql.fetch_all_as(db.reader()).await?;
    let counts: HashMap<&str, &Counts> = counts
        .iter()
        .map(|counts| (counts.variant_id.as_str(), counts))
        .collect();
    for line in lines {
        if let Some(counts) = counts.get(line.variant_id.as_str()) {
            (line.waiting, line.offered) = (counts.waiting, counts.offered);
        }
    }
    Ok(())
}

/// For how many hours a unit is kept.
pub async fn hours(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    drop_id: &str,
) -> Result<i64> {
    let mut sql = Sql::new("SELECT offer_hours FROM drops WHERE id = ");
    sql.text(drop_id);
    sql.fetch_value(read).await
}

fn checked(typed: &str) -> ShopResult<i64> {
    let hours: Option<i64> = typed.trim().parse().ok();
    hours
        .filter(|hours| (1..=MAX_OFFER_HOURS).contains(hours))
        .ok_or_else(|| {
            let words = Text::from(locale()).admin_hours_wrong(&MAX_OFFER_HOURS.to_string());
            ShopError::field("hours", words)
        })
}

fn summary(hours: i64) -> Value {
    json!({ "hours": hours })
}

impl DropService {
    pub(super) async fn change_hours(
        &self,
        actor: &Account,
        id: &str,
        typed: &str,
    ) -> ShopResult<()> {
        let mut locked = self.begin(id, &[]).await?;
        let wanted = checked(typed)?;
        let before = hours(&mut *locked.tx, id).await?;
        sqlx::query("UPDATE drops SET offer_hours = $1 WHERE id = $2")
            .bind(wanted)
            .bind(id)
            .execute(&mut *locked.tx)
            .await
            .map_err(crate::error::Error::from)?;
        let change = (Some(summary(before)), Some(summary(wanted)));
        self.finish(locked, actor, "drop.waiting_list", change)
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn hours_are_a_week_at_most() {
        assert_eq!(checked(" 4 ").unwrap(), 4);
        for wrong in ["", "x", "0", "-1", "169"] {
            let refused = checked(wrong).unwrap_err();
            assert_eq!(refused.fields[0].field, "hours");
        }
    }
}
