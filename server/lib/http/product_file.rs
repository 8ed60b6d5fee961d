//! Product files: up from a browser, and down to it.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use app::{
    error::{ErrorKind, ShopError},
    locale::locale,
    visitor::Visitor,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, State},
    http::header,
    response::IntoResponse,
};
use desk::admin::jobs::{import_page::IMPORT, text::Text};
use futures_util::{StreamExt, stream};
use serde_json::json;
use tokio::sync::mpsc;

use super::{
    file_form::{FileForm, Place, Sender, Taken, is_there},
    page,
    state::{HttpState, Reply},
    visitor::admin,
};
use crate::{
    error::{Error, Result},
    jobs::MAX_FILE_BYTES,
    product_files::export::export_in_parts,
};

/// The page of the form.
const HERE: &str = "/admin/import";
const FORM: FileForm = FileForm {
    action: IMPORT,
    list: HERE,
};
/// Largest upload, in bytes: a file and what is around it.
pub const MAX_UPLOAD: usize = MAX_FILE_BYTES + 64 * 1024;
/// Parts of an export that may wait for a slow reader.
const WAITING: usize = 4;

/// `POST /api/admin/import`, multipart: `file`. Changes nothing yet: what it would change is found
/// out in the background.
pub async fn import(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let sender = Sender::of(&request);
    let taken = take(&state, sender.visitor.as_ref(), request).await;
    let place = is_there(&taken).then(|| Place::of(HERE.to_owned()));
    let taken = taken.map(|id| Taken {
        location: format!("/admin/jobs/{id}"),
        told: json!({ "id": id }),
    });
    FORM.answer(&state, sender, place, taken).await
}

async fn take(
    state: &HttpState,
    visitor: Option<&Visitor>,
    request: Request<Body>,
) -> Result<String, ShopError> {
    let actor = admin(state, visitor).await?;
    let text = Text::from(locale());
    let unreadable = || ShopError::field("file", text.upload_unreadable());
    let mut form = Multipart::from_request(request, state)
        .await
        .map_err(|_| ShopError::new(ErrorKind::Invalid, text.upload_multipart()))?;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("products.csv").to_owned();
        let bytes = field.bytes().await.map_err(|_| unreadable())?;
        if bytes.is_empty() {
            break;
        }
        if bytes.len() > MAX_FILE_BYTES {
            return Err(unreadable());
        }
        let jobs = &state.services.jobs;
        return jobs.take_file(&actor, &name, bytes.to_vec()).await;
    }
    Err(ShopError::field("file", text.csv_file_wanted()))
}

/// `GET /admin/export.csv`: the whole catalogue, sent as it is read.
pub async fn export(State(state): State<HttpState>, request: Request<Body>) -> Reply {
    let visitor = request.extensions().get::<Visitor>().cloned();
    if let Err(error) = admin(&state, visitor.as_ref()).await {
        return page::refused(&state, request, error).await;
    }
    let (sender, receiver) = mpsc::channel::<Result<Bytes, std::io::Error>>(WAITING);
    tokio::spawn(async move {
        if let Err(error) = send(&state, &sender).await {
            tracing::warn!(%error, "an export failed");
            // The file is to end in the middle rather than look whole.
            let _ = sender.send(Err(std::io::Error::other("failed"))).await;
        }
    });
    let parts = stream::unfold(receiver, |mut receiver| async move {
        let part = receiver.recv().await?;
        Some((part, receiver))
    });
    // What compresses an answer looks once more after its end.
    let parts = parts.fuse();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"products.csv\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(parts)).into_response()
}

/// What was written and is yet to be sent.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        self.0
            .lock()
            .map(|mut bytes| std::mem::take(&mut *bytes))
            .unwrap_or_default()
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut written = self
            .0
            .lock()
            .map_err(|_| std::io::Error::other("a writer panicked"))?;
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn send(
    state: &HttpState,
    sender: &mpsc::Sender<Result<Bytes, std::io::Error>>,
) -> Result<()> {
    let written = Written::default();
    let services = &state.services;
    let (waiting, out) = (written.clone(), sender.clone());
    export_in_parts(
        &services.db.for_staff(),
        written.clone(),
        &services.settings.now().await?.currency,
        move || Box::pin(pass_on(waiting.take(), out.clone())),
    )
    .await?;
    pass_on(written.take(), sender.clone()).await
}

async fn pass_on(
    bytes: Vec<u8>,
    sender: mpsc::Sender<Result<Bytes, std::io::Error>>,
) -> Result<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    let gone = |_| Error::Io(std::io::Error::other("the reader went away"));
    sender.send(Ok(bytes.into())).await.map_err(gone)
}
