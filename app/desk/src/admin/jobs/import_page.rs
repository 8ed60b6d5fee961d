//! `/admin/import`: product files up and down.

use app::{
    identity::Role,
    locale::locale,
    ui::{
        breadcrumbs::{breadcrumbs, crumb},
        date::time,
        field::{Files, file_field, refusal_of},
        form::Form,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use crate::admin::{
    frame::{Section, admin_page},
    jobs::{
        ports::jobs,
        text::Text,
        types::{JobState, JobSummary},
    },
};

/// Where a product file is posted to.
pub const IMPORT: &str = "/api/admin/import";

#[component]
pub fn AdminImportPage() -> impl IntoView {
    let jobs = jobs();
    let data = async move { jobs.recent().await };
    admin_page(Role::Admin, data, |_, recent| {
        Section::Products.page(Text::from(locale()).import_and_export(), page(recent))
    })
}

fn page(recent: Vec<JobSummary>) -> AnyView {
    let text = Text::from(locale());
    let title = text.import_and_export();
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/products", text.products()), title)}
            <h1 class="admin-title">{title}</h1>
        </div>
        <div class="stack">
            <div class="admin-cols admin-halves">{import()} {export()}</div> {list(recent)}
        </div>
        <script type="module" src="/admin-assets/upload.js"></script>
    }
    .into_any()
}

fn import() -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(IMPORT);
    view! {
        <section class="panel" aria-labelledby="import">
            <h2 class="panel-title" id="import">{text.import()}</h2>
            {refusal_of(&form)}
            <form
                class="stack"
                action=IMPORT
                method="post"
                enctype="multipart/form-data"
                data-upload="file"
                data-uploading=text.uploading()
                data-rejected=text.upload_rejected()
                data-interrupted=text.upload_interrupted()
            >
                {file_field(&form, Files::Csv, text.csv_file(), text.csv_file_hint())}
                <p>
                    <button class="btn btn-primary" type="submit">
                        {icon(Icon::Upload)}
                        {text.preview_changes()}
                    </button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn export() -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel stack" aria-labelledby="export">
            <h2 class="panel-title" id="export">{text.export()}</h2>
            <p>{text.export_means()}</p>
            <p>
                <a class="btn" href="/admin/export.csv" download="products.csv">
                    {text.download()}
                </a>
            </p>
        </section>
    }
    .into_any()
}

fn list(recent: Vec<JobSummary>) -> AnyView {
    if recent.is_empty() {
        return ().into_any();
    }
    let text = Text::from(locale());
    let rows: Vec<_> = recent.into_iter().map(row).collect();
    view! {
        <h2 class="panel-title" id="recent">{text.recent()}</h2>
        <div class="table-wrap">
            <table class="table table-stack" aria-labelledby="recent">
                <thead>
                    <tr>
                        <th scope="col">{text.what()}</th>
                        <th scope="col">{text.state()}</th>
                        <th scope="col">{text.who()}</th>
                        <th scope="col">{text.when()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(job: JobSummary) -> AnyView {
    let text = Text::from(locale());
    let (class, words) = match job.state {
        JobState::Preparing => ("badge badge-outline", text.reading()),
        JobState::Ready => ("badge badge-warn", text.needs_review()),
        JobState::Running => ("badge badge-accent", text.running()),
        JobState::Done => ("badge badge-good", text.done()),
        JobState::Failed => ("badge badge-bad", text.failed()),
    };
    view! {
        <tr>
            <td class="cell-first">
                <a class="cell-link" href=format!("/admin/jobs/{}", job.id)>{job.words}</a>
            </td>
            <td data-label=text.state()><span class=class>{words}</span></td>
            <td data-label=text.who()>{job.actor}</td>
            <td data-label=text.when()>{time(job.created_at)}</td>
        </tr>
    }
    .into_any()
}
