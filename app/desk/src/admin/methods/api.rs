//! `/api/admin/methods/…`. The function asks for the role itself; to others it does not exist.

use std::collections::BTreeMap;

use app::{error::ShopError, reply::go_to, visitor::confirmed_admin};
use leptos::prelude::*;

use super::{
    page::HERE,
    ports::{MethodsForm, method_admin},
    types::{MethodForm, MethodsSaved},
};

/// Saves the payment methods that are named, as `methods[stripe][position]` and so on; others stay as they
/// are. `version` is that of the methods the form was made from: if they were changed since, nothing is saved.
#[server(endpoint = "admin/methods/save")]
pub async fn save_methods(
    #[server(default)] version: String,
    #[server(default)] methods: BTreeMap<String, MethodForm>,
) -> Result<MethodsSaved, ShopError> {
    let actor = confirmed_admin()?;
    let form = MethodsForm { version, methods };
    let saved = method_admin().save(&actor, form).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}
