//! `/admin/audit`: who changed what, newest first.

use app::{
    catalog::query::encode,
    identity::Role,
    ui::{
        date::{Zone, day_error, time},
        field::{Need, SelectField, TextField},
        pagination::steps,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    log::{COMMAND_LINE, FieldChange, LogEntry, LogFilter, LogPage, action_words},
    said,
};
use crate::admin::{
    audit_log::log::audit_log,
    frame::{Section, admin_page, nothing_here},
    product_filter::Cursor,
};

const HERE: &str = "/admin/audit";

/// What the address asks for, as it was typed; empty for what it does not.
#[derive(Debug, Clone, Default)]
struct AskedEntries {
    actor: String,
    action: String,
    subject: String,
    from: String,
    to: String,
    cursor: Option<Cursor>,
}

impl AskedEntries {
    fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        let text = |name: &str| {
            let text = query.get(name).unwrap_or_default();
            text.trim().to_owned()
        };
        let after = query.get("after").map(Cursor::After);
        Self {
            actor: text("who"),
            action: text("what"),
            subject: text("id"),
            from: text("from"),
            to: text("to"),
            cursor: after.or_else(|| query.get("before").map(Cursor::Before)),
        }
    }

    /// Days are those of `zone`.
    fn filter(&self, zone: &Zone) -> LogFilter {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let (from, until) = zone.days(&self.from, &self.to);
        LogFilter {
            actor: some(&self.actor),
            action: some(&self.action),
            subject: some(&self.subject),
            from,
            until,
            cursor: self.cursor.clone(),
        }
    }

    fn narrows(&self) -> bool {
        [
            &self.actor,
            &self.action,
            &self.subject,
            &self.from,
            &self.to,
        ]
        .iter()
        .any(|text| !text.is_empty())
    }

    /// The address of the page at a cursor, with the same filters.
    fn href(&self, cursor: Cursor) -> String {
        let (name, at) = cursor.pair();
        let pairs: Vec<_> = [
            ("who", self.actor.as_str()),
            ("what", &self.action),
            ("id", &self.subject),
            ("from", &self.from),
            ("to", &self.to),
            (name, at),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        format!("{HERE}?{}", encode(&pairs))
    }
}

/// The address of all that happened to one thing.
pub fn history_of(id: &str) -> String {
    format!("{HERE}?id={id}")
}

#[component]
pub fn AdminAuditPage() -> impl IntoView {
    let asked = AskedEntries::of_address();
    let filter = asked.filter(&Zone::of_shop());
    let port = audit_log();
    let data = async move { port.entries(&filter).await };
    admin_page(Role::Admin, data, move |_, found| {
        Section::Audit.page(said().audit_log(), page(&asked, found))
    })
}

fn page(asked: &AskedEntries, found: LogPage) -> AnyView {
    let filters = filters(asked, &found);
    let back = found.before.map(|at| asked.href(Cursor::Before(at)));
    let onward = found.after.map(|at| asked.href(Cursor::After(at)));
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{said().audit_log()}</h1>
        </div>
        {filters}
        {table(found.rows)}
        {steps(back, onward)}
    }
    .into_any()
}

fn filters(asked: &AskedEntries, found: &LogPage) -> AnyView {
    let choice = |key: &str, words: String| (key.to_owned(), words);
    let mut actors = vec![choice("", said().everyone().to_owned())];
    actors.extend(found.actors.iter().map(|who| choice(who, actor_words(who))));
    let mut actions = vec![choice("", said().all_actions().to_owned())];
    let mut kind = "";
    for action in &found.actions {
        let of = action.split('.').next().unwrap_or_default();
        if of != kind {
            actions.push(choice(of, said().all_of_kind(&said().kind(of))));
            kind = of;
        }
        actions.push(choice(action, action_words(action)));
    }
    let clear = asked
        .narrows()
        .then(|| view! { <a class="btn-text" href=HERE>{said().show_all()}</a> });
    view! {
        <form class="table-filters" role="search" action=HERE method="get">
            <SelectField name="who" label=said().who() options=actors value=asked.actor.clone()/>
            <SelectField name="what" label=said().what() options=actions value=asked.action.clone()/>
            <TextField
                name="id"
                label=said().id()
                need=Need::Unmarked
                autocomplete="off"
                value=asked.subject.clone()
            />
            <TextField
                name="from"
                label=said().first_day()
                kind="date"
                need=Need::Unmarked
                value=asked.from.clone()
                error=day_error(&asked.from)
            />
            <TextField
                name="to"
                label=said().last_day()
                kind="date"
                need=Need::Unmarked
                value=asked.to.clone()
                error=day_error(&asked.to)
            />
            <div class="row table-filters-act">
                <button class="btn" type="submit">{said().show()}</button>
                {clear}
            </div>
        </form>
    }
    .into_any()
}

fn table(rows: Vec<LogEntry>) -> AnyView {
    if rows.is_empty() {
        let words = said().no_matches();
        return nothing_here(
            said().no_entries(),
            words,
            (HERE, said().show_all_entries()),
        );
    }
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack log">
                <caption class="visually-hidden">{said().newest_first()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{said().when_and_who()}</th>
                        <th scope="col">{said().what()}</th>
                        <th scope="col">{said().difference()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The id of what there is once in a shop, such as its settings.
const THE_SHOP: &str = "shop";

/// An e-mail address, or in words who it was where nobody signed in.
fn actor_words(actor: &str) -> String {
    match actor {
        COMMAND_LINE => said().command_line().to_owned(),
        address => address.to_owned(),
    }
}

fn row(entry: LogEntry) -> AnyView {
    let subject = entry.subject;
    let kind = said().kind(&subject.kind);
    let name = match subject.title.as_str() {
        // What there is once in a shop has no name beside its kind.
        "" if subject.id == THE_SHOP => kind.to_string(),
        "" => format!("{kind} {}", subject.id.get(..8).unwrap_or(&subject.id)),
        title => title.to_owned(),
    };
    let name = match subject.href {
        Some(href) => view! { <a class="cell-link" href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let more = view! {
        <a class="log-more" href=history_of(&subject.id)>
            {said().history()}
            <span class="visually-hidden">{said().history_of(&subject.id, &kind)}</span>
        </a>
    };
    view! {
        <tr>
            <td class="cell-first">
                <span>
                    {time(entry.at)}
                    <span class="cell-sub">{actor_words(&entry.actor)}</span>
                </span>
            </td>
            <td data-label=said().what()>
                <span>
                    {action_words(&entry.action)}
                    <span class="cell-sub">{name} " · " {more}</span>
                </span>
            </td>
            <td data-label=said().difference()>{difference(entry.changes)}</td>
        </tr>
    }
    .into_any()
}

/// Changes that are seen at once; the rest is folded away.
const SHOWN: usize = 6;

fn difference(mut changes: Vec<FieldChange>) -> AnyView {
    if changes.is_empty() {
        return view! { <span class="muted">"–"</span> }.into_any();
    }
    let rest = changes.split_off(changes.len().min(SHOWN));
    let more = (!rest.is_empty()).then(|| {
        let words = said().more_changes(&rest.len().to_string());
        view! {
            <details class="fold">
                <summary>{words}</summary>
                {list(rest)}
            </details>
        }
    });
    view! { <div class="log-changes">{list(changes)} {more}</div> }.into_any()
}

fn list(changes: Vec<FieldChange>) -> impl IntoView {
    let rows: Vec<_> = changes
        .into_iter()
        .map(|change| {
            let before = change.before.map(|text| {
                view! { <del><span class="visually-hidden">{said().before()}</span>{text}</del> " " }
            });
            let after = change.after.map(|text| {
                view! { <ins><span class="visually-hidden">{said().after()}</span>{text}</ins> }
            });
            view! {
                <div>
                    <dt>{change.field}</dt>
                    <dd>{before} {after}</dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="log-list">{rows}</dl> }
}
