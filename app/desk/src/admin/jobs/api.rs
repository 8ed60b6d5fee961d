//! `/api/admin/…`: many products at once, and long work. Every function
//! asks for the role itself; to others it does not exist.

use app::{
    answers::Done, catalog::limits::MAX_COUNT, error::ShopError, locale::locale, reply::go_to,
    shop::shop, visitor::admin,
};
use leptos::prelude::*;

use super::{
    bulk::{BulkAction, BulkSelection},
    ports::{BadRows, Consent, jobs},
    text::Text,
    types::{ImportChoices, JobState, RepeatedSkus, UntrackedQuantities},
};
use crate::admin::product_filter::ProductFilter;

/// What was chosen for an import.
fn read_choices(
    repeated_skus: &str,
    untracked_units: &str,
    file_quantities: &str,
) -> Result<ImportChoices, ShopError> {
    let units = match untracked_units.trim() {
        "" => Some(0),
        text => text.parse().ok(),
    };
    let untracked_units = units.filter(|units| (0..=MAX_COUNT).contains(units));
    Ok(ImportChoices {
        repeated_skus: match repeated_skus {
            "" => RepeatedSkus::default(),
            text => RepeatedSkus::parse(text).ok_or_else(|| {
                ShopError::field("repeated_skus", Text::from(locale()).choose_one())
            })?,
        },
        untracked_units: untracked_units.ok_or_else(|| {
            let words = Text::from(locale()).untracked_units_wanted();
            ShopError::field("untracked_units", words)
        })?,
        untracked: match file_quantities {
            "1" => UntrackedQuantities::Use,
            _ => UntrackedQuantities::Ignore,
        },
    })
}

/// The filter of a table's address.
fn filter(query: &str) -> ProductFilter {
    let params = leptos_router::location::RequestUrl::new(&format!("/?{query}")).parse();
    let pairs: Vec<(String, String)> = params
        .map(|url| {
            let map = url.search_params().clone();
            map.into_iter()
                .map(|(name, value)| (name.into_owned(), value))
                .collect()
        })
        .unwrap_or_default();
    ProductFilter::parse(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())))
}

/// The job that was made or begun.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct JobMade {
    pub id: String,
}

/// Works out what a change to many products would do; nothing is changed before someone has looked
/// at it. `scope` is `ticked` for the products in `ids`, or `all` for those that `query` finds.
#[server(endpoint = "admin/products/bulk")]
pub async fn plan_bulk(
    #[server(default)] ids: Vec<String>,
    #[server(default)] scope: String,
    #[server(default)] query: String,
    #[server(default)] action: String,
    #[server(default)] value: String,
) -> Result<JobMade, ShopError> {
    let actor = admin()?;
    let action = BulkAction::parse(&action, &value, &shop().settings.currency)?;
    let selection = match scope.as_str() {
        "all" => BulkSelection::Matching(filter(&query).from_start()),
        _ => BulkSelection::Ids(ids),
    };
    let id = jobs().plan(&actor, selection, action).await?;
    go_to(&format!("/admin/jobs/{id}"));
    Ok(JobMade { id })
}

/// The job, and what it does now.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct JobStarted {
    pub id: String,
    pub state: JobState,
}

/// Says yes to what a job would do. `bad_rows` is `skip` to leave out products of a file that have
/// bad rows; `make_free` is how many variants a change may make free.
///
/// With `choices` the others of a file's choices count: with other ones than it was looked at with,
/// the file is looked at again and waits for another yes. With `look` it does so in any case.
#[server(endpoint = "admin/jobs/start")]
pub async fn start_job(
    #[server(default)] id: String,
    #[server(default)] bad_rows: String,
    #[server(default)] make_free: String,
    #[server(default)] choices: String,
    #[server(default)] repeated_skus: String,
    #[server(default)] untracked_units: String,
    #[server(default)] file_quantities: String,
    #[server(default)] look: String,
) -> Result<JobStarted, ShopError> {
    let actor = admin()?;
    let jobs = jobs();
    let bad_rows = match bad_rows.as_str() {
        "skip" => BadRows::Skip,
        _ => BadRows::Refuse,
    };
    let chosen = match choices.is_empty() {
        true => None,
        false => Some(read_choices(
            &repeated_skus,
            &untracked_units,
            &file_quantities,
        )?),
    };
    let state = match (look.is_empty(), chosen) {
        (false, Some(chosen)) => jobs.look_again(&actor, &id, chosen).await?,
        _ => {
            let consent = Consent {
                bad_rows,
                made_free: make_free.trim().parse().unwrap_or(0),
                choices: chosen,
            };
            jobs.start(&actor, &id, consent).await?
        }
    };
    go_to(&format!("/admin/jobs/{id}"));
    Ok(JobStarted { id, state })
}

/// Takes back what a finished job did.
#[server(endpoint = "admin/jobs/undo")]
pub async fn undo_job(#[server(default)] id: String) -> Result<JobMade, ShopError> {
    let actor = admin()?;
    let id = jobs().undo(&actor, &id).await?;
    go_to(&format!("/admin/jobs/{id}"));
    Ok(JobMade { id })
}

#[server(endpoint = "admin/jobs/discard")]
pub async fn discard_job(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    jobs().discard(&actor, &id).await?;
    go_to("/admin/products");
    Ok(Done { ok: true })
}
