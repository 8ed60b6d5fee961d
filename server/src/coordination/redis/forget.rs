//! Takes the keys of a namespace away: for a rehearsal, which has one of its own.

use std::time::Duration;

use fred::{
    error::Error,
    interfaces::ClientLike,
    types::{ClusterHash, CustomCommand, Value},
};
use tokio::time::timeout;
use tokio_util::task::AbortOnDropHandle;

use super::{
    CALL, NotUp,
    address::{self, Keys},
};

/// How long it is waited for Redis.
const PATIENCE: Duration = Duration::from_secs(5);
/// Keys that are looked at in one step.
const STEP: &str = "1000";

/// Takes away all keys of a namespace; how many there were. Nobody else may use it meanwhile.
pub async fn forget(url: &str, namespace: &str) -> Result<u64, NotUp> {
    let refused = |error: address::BadAddress| NotUp(error.to_string());
    let keys = Keys::new(namespace).map_err(refused)?;
    let client = address::client(url, CALL).map_err(refused)?;
    let forgotten = timeout(PATIENCE, async {
        let _connection = AbortOnDropHandle::new(client.init().await?);
        // All share one hash tag, so one server of a cluster has them.
        let home = ClusterHash::Custom(keys.slot());
        let command = |name| CustomCommand::new_static(name, home.clone(), false);
        let (mut cursor, mut forgotten) = ("0".to_owned(), 0);
        loop {
            let words: Vec<Value> = vec![
                cursor.into(),
                "MATCH".into(),
                keys.all().into(),
                "COUNT".into(),
                STEP.into(),
            ];
            let (next, found): (String, Vec<String>) =
                client.custom(command("SCAN"), words).await?;
            if !found.is_empty() {
                let found: Vec<Value> = found.into_iter().map(Value::from).collect();
                let gone: u64 = client.custom(command("DEL"), found).await?;
                forgotten += gone;
            }
            if next == "0" {
                return Ok::<u64, Error>(forgotten);
            }
            cursor = next;
        }
    });
    match forgotten.await {
        Ok(Ok(forgotten)) => Ok(forgotten),
        Ok(Err(error)) => Err(NotUp(error.to_string())),
        Err(_) => Err(NotUp("no answer in time".to_owned())),
    }
}
