//! `/admin/jobs/{id}`: what long work would change, how far it is, and what it did.

use app::{
    identity::Role,
    locale::locale,
    ui::{
        banner::{Banner, Heard, Tone},
        breadcrumbs::{breadcrumbs, crumb},
        date::time,
        field::error_line,
        form::{Form, PageField},
        icon::{Icon, icon},
        pagination::steps,
        path::path_part,
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::admin::{
    frame::{Section, admin_page, refusal_banner},
    jobs::{
        choices::{choices, has_choices},
        ports::jobs,
        text::Text,
        types::{
            FieldChange, JobKind, JobRow, JobState, JobView, PriceMark, RowKind,
            UntrackedQuantities,
        },
    },
};

const START: &str = "/api/admin/jobs/start";

#[component]
pub fn AdminJobPage() -> impl IntoView {
    let id = path_part("id");
    let after = use_query_map()
        .get_untracked()
        .get_str("after")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let jobs = jobs();
    let data = async move { jobs.job(&id, after).await };
    admin_page(Role::Admin, data, move |_, job| {
        let title = job.summary.words.clone();
        Section::Products.page(title, page(job, after))
    })
}

fn page(job: JobView, after: i64) -> AnyView {
    let text = Text::from(locale());
    let here = format!("/admin/jobs/{}", job.summary.id);
    let back = (after > 0).then(|| here.clone());
    let onward = job.next.map(|next| format!("{here}?after={next}"));
    let moving = job.summary.state.is_moving();
    // Without script the page loads itself again; with it, only what has changed is put in.
    let again =
        moving.then(|| view! { <noscript><meta http-equiv="refresh" content="2"/></noscript> });
    let title = job.summary.words.clone();
    let rows = table(&job);
    view! {
        {again}
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/products", text.products()), &title)}
            <h1 class="admin-title">{title}</h1>
        </div>
        <div class="stack" id="job" data-moving=moving.then_some("1")>
            {refusal_banner()} {state(&job)} {rows} {steps(back, onward)}
        </div>
        <script type="module" src="/admin-assets/job.js"></script>
    }
    .into_any()
}

fn state(job: &JobView) -> AnyView {
    let text = Text::from(locale());
    match job.summary.state {
        JobState::Preparing => progress(job, text.preparing()),
        JobState::Running => progress(job, text.running_means()),
        JobState::Ready => ready(job),
        JobState::Done => done(job),
        JobState::Failed => failed(job),
    }
}

fn progress(job: &JobView, words: &'static str) -> AnyView {
    let text = Text::from(locale());
    let (done, total) = (job.summary.done, job.summary.total.max(1));
    let label = match job.summary.state {
        JobState::Preparing => text.products_read(done),
        JobState::Ready | JobState::Running | JobState::Done | JobState::Failed => {
            text.products_done(&done.to_string(), job.summary.total)
        }
    };
    // How many there are is not known before the file is read.
    let bar = match job.summary.state {
        JobState::Preparing => {
            view! { <progress class="meter" aria-label=text.progress()></progress> }.into_any()
        }
        JobState::Ready | JobState::Running | JobState::Done | JobState::Failed => view! {
            <progress
                class="meter"
                aria-label=text.progress()
                max=total.to_string()
                value=done.to_string()
            ></progress>
        }
        .into_any(),
    };
    let again = format!("/admin/jobs/{}", job.summary.id);
    view! {
        <section class="panel" aria-live="polite">
            <p><strong>{label}</strong></p>
            {bar}
            <p class="muted">{words}</p>
            <p><a class="link" href=again>{text.refresh()}</a></p>
        </section>
    }
    .into_any()
}

/// The counts of a file, as far as they are not zero.
fn counts(job: &JobView) -> String {
    let (counts, text) = (&job.counts, Text::from(locale()));
    let words: [fn(Text, &str) -> String; 3] =
        [Text::count_new, Text::count_changed, Text::count_unchanged];
    let parts: Vec<String> = [counts.created, counts.updated, counts.unchanged]
        .into_iter()
        .zip(words)
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| words(text, &count.to_string()))
        .collect();
    match parts.is_empty() {
        true => text.no_products().to_owned(),
        false => text.products_counted(&parts.join(", ")),
    }
}

fn ready(job: &JobView) -> AnyView {
    let text = Text::from(locale());
    let is_import = job.summary.kind == JobKind::Import;
    let words = match is_import {
        true => text.nothing_yet_import(&counts(job)),
        false => text.nothing_yet_bulk(job.summary.total),
    };
    let carts = (job.in_carts > 0)
        .then(|| view! { <p class="field-hint">{text.in_carts(job.in_carts)}</p> });
    let nothing = is_import && job.counts.created + job.counts.updated == 0;
    let start = (!nothing || has_choices(job)).then(|| {
        let form = Form::of(START);
        let apply = (!nothing).then(|| {
            let (value, words) = match (is_import, job.counts.bad > 0) {
                (false, _) => ("", text.apply()),
                (true, false) => ("", text.import()),
                (true, true) => ("skip", text.import_and_skip()),
            };
            view! {
                <button class="btn btn-primary" type="submit" name="bad_rows" value=value>
                    {words}
                </button>
            }
        });
        view! {
            <form class="stack" id="start" action=START method="post">
                <PageField/>
                <input type="hidden" name="id" value=job.summary.id.clone()/>
                {choices(job, &form)} {free_tick(job, &form)} {apply}
            </form>
        }
    });
    view! {
        {warnings(job)}
        <section class="panel stack">
            <p><strong>{words}</strong></p>
            {carts} {start}
            <form action="/api/admin/jobs/discard" method="post">
                <PageField/>
                <input type="hidden" name="id" value=job.summary.id.clone()/>
                <button class="btn" type="submit">{text.discard()}</button>
            </form>
        </section>
    }
    .into_any()
}

/// What needs a look before anybody says yes.
fn warnings(job: &JobView) -> AnyView {
    let (counts, text) = (&job.counts, Text::from(locale()));
    let mut warnings = Vec::new();
    if counts.bad > 0 {
        warnings.push(text.bad_rows(counts.bad));
    }
    let sold_out = counts.sold_out_words();
    // Once it is chosen what becomes of them, nothing is left to say of them.
    let is_open =
        job.choices.untracked == UntrackedQuantities::Ignore && job.choices.untracked_units == 0;
    if !sold_out.is_empty() && (counts.sold_out > 0 || is_open) {
        warnings.push(sold_out.join(" "));
    }
    if counts.made_free > 0 {
        warnings.push(text.prices_zero(&counts.made_free.to_string()));
    }
    if counts.remarks > 0 {
        warnings.push(text.cells_corrected(counts.remarks));
    }
    let banner = |words: String| {
        view! {
            <Banner tone=Tone::Warning sign=Icon::Alert>
                <p>{words}</p>
            </Banner>
        }
    };
    warnings.into_iter().map(banner).collect_view().into_any()
}

/// A change that makes something free asks for one more yes.
fn free_tick(job: &JobView, form: &Form) -> Option<AnyView> {
    if job.made_free == 0 {
        return None;
    }
    let words = Text::from(locale()).yes_make_free(job.made_free);
    let error = form.error("make_free");
    Some(
        view! {
            <div class="field">
                <label class="check">
                    <input
                        type="checkbox"
                        id="make_free"
                        name="make_free"
                        value=job.made_free.to_string()
                        aria-invalid=error.is_some().then_some("true")
                        aria-describedby=error.is_some().then_some("make_free-error")
                    />
                    <span>{words}</span>
                </label>
                {error_line("make_free", error)}
            </div>
        }
        .into_any(),
    )
}

fn done(job: &JobView) -> AnyView {
    let text = Text::from(locale());
    let words = match job.summary.kind {
        JobKind::Import => format!("{}.", counts(job)),
        JobKind::Bulk => text.products_changed(job.summary.done - job.skipped),
    };
    let skipped = (job.skipped > 0).then(|| view! { <p>{text.products_skipped(job.skipped)}</p> });
    let undo = job.can_undo.then(|| {
        view! {
            <form action="/api/admin/jobs/undo" method="post">
                <PageField/>
                <input type="hidden" name="id" value=job.summary.id.clone()/>
                <button class="btn" type="submit">
                    {icon(Icon::Return)}
                    {text.undo()}
                </button>
            </form>
        }
    });
    let (actor, at) = (job.summary.actor.clone(), job.summary.created_at);
    view! {
        <Banner tone=Tone::Good sign=Icon::Check heard=Heard::Soon title=text.done()>
            <p>{words}</p>
            {skipped}
            <p class="muted">{actor} ", " {time(at)}</p>
            <div class="row">
                {undo} <a class="btn" href="/admin/products">{text.all_products()}</a>
            </div>
        </Banner>
    }
    .into_any()
}

fn failed(job: &JobView) -> AnyView {
    let text = Text::from(locale());
    let so_far = match job.summary.done {
        0 => text.nothing_was_changed().to_owned(),
        done => text.already_changed(done),
    };
    let note = job.note.clone();
    view! {
        <Banner tone=Tone::Bad sign=Icon::Alert heard=Heard::AtOnce title=text.not_completed()>
            <p>{note}</p>
            <p>{so_far}</p>
        </Banner>
    }
    .into_any()
}

fn table(job: &JobView) -> AnyView {
    if job.rows.is_empty() {
        return ().into_any();
    }
    let text = Text::from(locale());
    let rows: Vec<_> = job.rows.iter().map(row).collect();
    stacked_table(
        text.what_changes(),
        [
            Head::new(text.product()),
            Head::new(text.kind()),
            Head::new(text.changes()),
        ],
        rows,
    )
}

fn row(row: &JobRow) -> AnyView {
    let text = Text::from(locale());
    let title = match &row.product_id {
        Some(id) => {
            let href = format!("/admin/products/{id}");
            view! { <a class="cell-link" href=href>{row.title.clone()}</a> }.into_any()
        }
        None => view! { <strong>{row.title.clone()}</strong> }.into_any(),
    };
    let (class, words) = match (row.skipped, row.kind) {
        (true, _) => ("badge badge-warn", text.skipped()),
        (_, RowKind::Change | RowKind::Update) => ("badge badge-accent", text.change()),
        (_, RowKind::Create) => ("badge badge-good", text.badge_new()),
        (_, RowKind::Bad) => ("badge badge-bad", text.bad_row()),
        (_, RowKind::Remark) => ("badge badge-outline", text.note()),
    };
    let changes: Vec<_> = row.changes.iter().map(change).collect();
    view! {
        <tr>
            <td class="cell-first">{title}</td>
            <td data-label=text.kind()><span class=class>{words}</span></td>
            <td class="cell-wide" data-label=text.changes()><ul class="changes">{changes}</ul></td>
        </tr>
    }
    .into_any()
}

/// One field before and after.
pub fn change(change: &FieldChange) -> AnyView {
    let text = Text::from(locale());
    let field = (!change.field.is_empty())
        .then(|| view! { <span class="muted">{format!("{}: ", change.field)}</span> });
    let before =
        (!change.before.is_empty()).then(|| view! { <del>{change.before.clone()}</del> " → " });
    let after = match change.after.as_str() {
        "" => view! { <em>{text.nothing()}</em> }.into_any(),
        after => view! { <span>{after.to_owned()}</span> }.into_any(),
    };
    let mark = (change.mark == PriceMark::Free)
        .then(|| view! { " " <span class="badge badge-warn">{text.free()}</span> });
    view! { <li>{field} {before} {after} {mark}</li> }.into_any()
}
