//! What is asked and answered.
//!
//! In: requests that the guard let pass. Out: what stands on the board, files made on demand, news as events.
//! Never knows: files on disk; a name that is not on the board does not exist.

use std::{convert::Infallible, pin::Pin, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Path, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{
        IntoResponse as _, Response,
        sse::{Event, KeepAlive, KeepAliveStream, Sse},
    },
    routing::get,
};
use serde::Deserialize;
use serde_json::json;
use tokio_stream::{Stream, StreamExt as _, wrappers::WatchStream};

use crate::{
    compile::{Format, artifacts},
    source::{FileId, Span},
};

use super::{
    board::{Board, Shown},
    guard, origin,
};

type Desk = State<Arc<Board>>;

/// All there is.
pub(super) fn router(board: Arc<Board>, port: u16) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/events", get(front_events))
        .route("/{slug}/", get(page))
        .route("/{slug}/events", get(events))
        .route("/{slug}/why", get(why))
        .route("/{slug}/{name}", get(file))
        .with_state(board)
        .layer(middleware::from_fn(move |request: Request, next: Next| guarded(port, request, next)))
}

/// Refuses what the guard refuses; the rest leaves with headers that keep it here.
async fn guarded(port: u16, request: Request, next: Next) -> Response {
    let refusal = guard::refusal(port, request.method(), request.uri(), request.headers());
    let mut response = match refusal {
        Some((status, words)) => (status, words).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("cache-control", "no-store"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn typed(kind: &'static str, body: impl Into<axum::body::Body>) -> Response {
    ([(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

fn html(text: &str) -> Response {
    typed("text/html; charset=utf-8", text.to_owned())
}

fn absent() -> Response {
    (StatusCode::NOT_FOUND, "这里没有这个页面。").into_response()
}

async fn front(State(board): Desk) -> Response {
    html(&board.front())
}

async fn page(State(board): Desk, Path(slug): Path<String>) -> Response {
    board.get(&slug).map_or_else(absent, |shown| html(&shown.page))
}

/// The files of a publication under their published names, and the findings.
async fn file(State(board): Desk, Path((slug, name)): Path<(String, String)>) -> Response {
    let Some(shown) = board.get(&slug) else { return absent() };
    if name == "findings.html" {
        return html(&shown.report);
    }
    match Format::ALL.iter().find(|format| format.file_name(&slug) == name) {
        Some(Format::Html) => html(&shown.page),
        Some(Format::Markdown) => made(board, shown, Format::Markdown, "text/markdown; charset=utf-8").await,
        Some(Format::Pdf) => made(board, shown, Format::Pdf, "application/pdf").await,
        None => absent(),
    }
}

/// A file made now, from the compilation behind the page.
async fn made(board: Arc<Board>, shown: Arc<Shown>, format: Format, kind: &'static str) -> Response {
    let making = tokio::task::spawn_blocking(move || {
        let (Some(assets), Some(document)) = (board.assets(), shown.behind.document.as_ref()) else {
            return Err(Vec::new());
        };
        let behind = &shown.behind;
        let place = behind.profile.as_ref().map_or(Span::start_of(FileId(0)), |profile| profile.span);
        let files = artifacts(document, &behind.slug, &[format], &assets.theme(), &behind.sources, place);
        files
            .map(|files| files.into_iter().next().map(|file| file.bytes).unwrap_or_default())
            .map_err(|found| found.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect())
    });
    match making.await {
        Ok(Ok(bytes)) => typed(kind, bytes),
        Ok(Err(found)) => (StatusCode::CONFLICT, format!("现在排不出来。\n{}", found.join("\n"))).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "没有做出来。").into_response(),
    }
}

#[derive(Deserialize)]
struct Asked {
    figure: String,
}

async fn why(State(board): Desk, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(shown) = board.get(&slug) else { return absent() };
    match origin::origin(&shown.behind, &asked.figure) {
        Ok(origin) => typed("application/json", serde_json::to_vec(&origin).unwrap_or_default()),
        Err(words) => (StatusCode::NOT_FOUND, words).into_response(),
    }
}

type News = Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>;
type Events = Sse<KeepAliveStream<News>>;

/// Tells a server from the one before it, whose versions began at the same number.
fn boot() -> u32 {
    std::process::id()
}

/// For whoever measures; tenths are enough.
fn milliseconds(span: Duration) -> String {
    format!("{}.{}", span.as_millis(), span.subsec_micros() / 100 % 10)
}

/// The state at once, then at every change.
fn stream(board: &Arc<Board>, state: impl Fn(&Board) -> serde_json::Value + Send + 'static) -> Events {
    let rounds = WatchStream::new(board.listen());
    let board = Arc::clone(board);
    let events = rounds.map(move |_| Ok(Event::default().data(state(&board).to_string())));
    let news: News = Box::pin(events);
    Sse::new(news).keep_alive(KeepAlive::default())
}

async fn front_events(State(board): Desk) -> Events {
    stream(&board, |board| json!({ "boot": boot(), "page": board.round() }))
}

async fn events(State(board): Desk, Path(slug): Path<String>) -> Response {
    if board.get(&slug).is_none() {
        return absent();
    }
    let state = move |board: &Board| match board.get(&slug) {
        Some(shown) => json!({
            "boot": boot(),
            "page": shown.page_version,
            "report": shown.report_version,
            "current": shown.current,
            "summary": shown.summary,
            "took": { "compiled": milliseconds(shown.compiling), "made": milliseconds(shown.making) },
        }),
        None => json!({}),
    };
    stream(&board, state).into_response()
}
