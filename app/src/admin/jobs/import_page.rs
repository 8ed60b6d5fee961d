//! `/admin/import`: product files up and down.

use leptos::prelude::*;

use crate::{
    admin::{
        frame::{Section, admin_page},
        jobs::{
            ports::jobs,
            types::{JobState, JobSummary},
        },
    },
    identity::Role,
    ui::{
        date::time,
        field::{error_line, refusal_of},
        form::Form,
        icon::{Icon, icon},
    },
};

/// Where a product file is posted to.
pub const IMPORT: &str = "/api/admin/import";

#[component]
pub fn AdminImportPage() -> impl IntoView {
    let jobs = jobs();
    let data = async move { jobs.recent().await };
    admin_page(Role::Admin, data, |_, recent| {
        Section::Products.page("Import and export", page(recent))
    })
}

fn page(recent: Vec<JobSummary>) -> AnyView {
    view! {
        <div class="admin-head">
            <nav class="breadcrumbs" aria-label="Breadcrumbs">
                <ol>
                    <li>
                        <a href="/admin/products">"Products"</a>
                    </li>
                    <li>
                        <span aria-current="page">"Import and export"</span>
                    </li>
                </ol>
            </nav>
            <h1 class="admin-title">"Import and export"</h1>
        </div>
        <div class="stack">
            <div class="admin-cols admin-halves">{import()} {export()}</div> {list(recent)}
        </div>
        <script type="module" src="/admin-assets/upload.js"></script>
    }
    .into_any()
}

fn import() -> AnyView {
    let form = Form::of(IMPORT);
    let error = form.error("file");
    let described = match error {
        Some(_) => "file-error file-hint",
        None => "file-hint",
    };
    view! {
        <section class="panel" aria-labelledby="import">
            <h2 class="panel-title" id="import">"Import"</h2>
            {refusal_of(&form)}
            <form
                class="stack"
                action=IMPORT
                method="post"
                enctype="multipart/form-data"
                data-upload="file"
            >
                <div class="field">
                    <label class="field-label" for="file">"CSV file"</label>
                    <input
                        class="input"
                        id="file"
                        type="file"
                        name="file"
                        accept=".csv,text/csv"
                        aria-invalid=error.is_some().then_some("true")
                        aria-describedby=described
                    />
                    <p class="field-hint" id="file-hint">
                        "In the format of Shopify’s product export, up to 64 MB. A missing column \
                         changes nothing; an empty cell clears the value. You’ll see a preview \
                         before anything changes."
                    </p>
                    {error_line("file", error)}
                </div>
                <p>
                    <button class="btn btn-primary" type="submit">
                        {icon(Icon::Upload)}
                        "Preview changes"
                    </button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn export() -> AnyView {
    view! {
        <section class="panel stack" aria-labelledby="export">
            <h2 class="panel-title" id="export">"Export"</h2>
            <p>
                "All products with their variants, prices, stock and picture addresses, in a file \
                 you can import again. Text that a spreadsheet would run as a formula is made \
                 safe."
            </p>
            <p>
                <a class="btn" href="/admin/export.csv" download="products.csv">"Download products.csv"</a>
            </p>
        </section>
    }
    .into_any()
}

fn list(recent: Vec<JobSummary>) -> AnyView {
    if recent.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = recent.into_iter().map(row).collect();
    view! {
        <h2 class="panel-title" id="recent">"Recent imports and bulk edits"</h2>
        <div class="table-wrap">
            <table class="table table-stack" aria-labelledby="recent">
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Who"</th>
                        <th scope="col">"When"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(job: JobSummary) -> AnyView {
    let (class, words) = match job.state {
        JobState::Preparing => ("badge badge-outline", "Reading"),
        JobState::Ready => ("badge badge-warn", "Needs review"),
        JobState::Running => ("badge badge-accent", "Running"),
        JobState::Done => ("badge badge-good", "Done"),
        JobState::Failed => ("badge badge-bad", "Failed"),
    };
    view! {
        <tr>
            <td class="cell-first">
                <a class="cell-link" href=format!("/admin/jobs/{}", job.id)>{job.words}</a>
            </td>
            <td data-label="State"><span class=class>{words}</span></td>
            <td data-label="Who">{job.actor}</td>
            <td data-label="When">{time(job.created_at)}</td>
        </tr>
    }
    .into_any()
}
