//! The preview: pages on loopback that change while their sources are edited.
//!
//! In: a workspace, which disclosures, a port. Out: the published pages with a script that keeps them current, findings,
//! where a figure comes from, files on demand. Reads the workspace, writes nothing.
//! Never knows: finance, how a page looks inside.
//!
//! `guard` refuses, `routes` answers, `board` holds what is shown, `press` fills it, `watch` says what changed, `injection`
//! makes a published page a preview, `findings` and `origin` print what no publication holds.

mod board;
mod findings;
mod guard;
mod injection;
mod origin;
#[expect(clippy::disallowed_methods, reason = "the shell says how long a rebuild took")]
mod press;
mod routes;
#[expect(clippy::disallowed_methods, reason = "the shell waits until a save is over")]
mod watch;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use tokio::sync::oneshot;

use crate::workspace::{Workspace, said};

use board::Board;
use press::Press;

/// Where the search for a free port begins when none is wished for.
const FIRST_PORT: u16 = 4848;
/// How many ports are tried.
const PORTS: u16 = 20;

/// What may be chosen.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Exactly this port (0: any free one); without a wish the first free one of a few.
    pub port: Option<u16>,
    /// Font files beside the embedded ones, for the PDF.
    pub fonts: Vec<Vec<u8>>,
}

/// Why there is no preview.
#[derive(Debug)]
pub enum ServeError {
    /// No port could be had.
    Port {
        port: u16,
        error: io::Error,
    },
    /// The system does not tell of changes.
    Watch(notify::Error),
    System(io::Error),
    /// Pages are no longer made: a mistake of the program's.
    Stopped,
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Port { port, error } => {
                write!(out, "端口 {port} {}；用 --port 换一个，--port 0 为任一空闲端口", said(error))
            }
            Self::Watch(error) => write!(out, "无法监视文件的变化（{error}）"),
            Self::System(error) => write!(out, "预览没有启动（{}）", said(error)),
            Self::Stopped => out.write_str("程序出了错，预览不再更新，已结束；请重新运行"),
        }
    }
}

/// Shows the disclosures until the user interrupts. `ready` gets the address once pages can be asked for, `news` a line
/// for each rebuild.
///
/// # Errors
/// [`ServeError`] where the preview cannot start or breaks off.
pub fn serve(
    workspace: &Workspace,
    slugs: &[String],
    all: bool,
    settings: Settings,
    ready: impl FnOnce(&str),
    news: impl Fn(&str) + Send + 'static,
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::System)?;
    let served = runtime.block_on(async {
        let listener = listen(settings.port).await?;
        let port = listener.local_addr().map_err(ServeError::System)?.port();
        // Before the first build, so that no change falls between the two.
        let (watcher, changes) = watch::watch(&workspace.root).map_err(ServeError::Watch)?;
        let board = Arc::new(Board::default());
        let press = Press::new(workspace.clone(), all, settings.fonts, Arc::clone(&board));
        let (made, first) = oneshot::channel();
        let (alive, stopped) = oneshot::channel();
        let slugs = slugs.to_vec();
        std::thread::spawn(move || {
            // Dropped with the thread, however it ends.
            let _alive: oneshot::Sender<()> = alive;
            work(press, &slugs, made, (watcher, changes), news);
        });
        let serving = async {
            if first.await.is_ok() {
                ready(&format!("http://{}/", SocketAddr::from((Ipv4Addr::LOCALHOST, port))));
            }
            axum::serve(listener, routes::router(board, port)).await
        };
        tokio::select! {
            // An interrupt counts from the beginning.
            biased;
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(ServeError::System),
            _ = stopped => Err(ServeError::Stopped),
            served = serving => served.map_err(ServeError::System),
        }
    });
    // It reads only; the end of the program may cut anything off.
    runtime.shutdown_background();
    served
}

/// Makes all pages, then again what a change touches.
fn work(
    mut press: Press,
    slugs: &[String],
    made: oneshot::Sender<()>,
    (mut watcher, changes): (notify::RecommendedWatcher, watch::Changes),
    news: impl Fn(&str),
) {
    for slug in slugs {
        press.add(slug);
    }
    press.list();
    if made.send(()).is_err() {
        return;
    }
    while let Some(changed) = changes.gather(&mut watcher) {
        for line in press.rebuild(&changed) {
            news(&line);
        }
    }
}

/// Binds to loopback and nothing else.
async fn listen(wish: Option<u16>) -> Result<tokio::net::TcpListener, ServeError> {
    let tries = wish.map_or(FIRST_PORT..=FIRST_PORT + PORTS, |port| port..=port);
    let mut refused = None;
    for port in tries {
        match tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = Some(ServeError::Port { port, error }),
        }
    }
    Err(refused.unwrap_or_else(|| ServeError::System(io::ErrorKind::AddrNotAvailable.into())))
}
