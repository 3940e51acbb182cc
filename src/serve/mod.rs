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
mod watch;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use crate::workspace::Workspace;

use board::Board;
use press::Press;

/// Where the search for a free port begins when none is wished for.
const FIRST_PORT: u16 = 4848;
/// How many ports are tried.
const PORTS: u16 = 20;

/// What may be chosen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Exactly this port (0: any free one); without a wish the first free one of a few.
    pub port: Option<u16>,
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
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Port { port, error } => {
                write!(out, "端口 {port} 用不了（{}）；用 --port 换一个", error.kind())
            }
            Self::Watch(error) => write!(out, "无法监视文件的变化（{error}）"),
            Self::System(error) => write!(out, "预览没有启动（{}）", error.kind()),
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
    runtime.block_on(async {
        let listener = listen(settings).await?;
        let port = listener.local_addr().map_err(ServeError::System)?.port();
        let board = Arc::new(Board::default());
        // Before the first build, so that no change falls between the two.
        let (watcher, changes) = watch::watch(&workspace.root).map_err(ServeError::Watch)?;
        let mut press = Press::new(workspace.clone(), all, Arc::clone(&board));
        for slug in slugs {
            press.add(slug);
        }
        let worker = std::thread::spawn(move || {
            let mut watcher = watcher;
            while let Some(changed) = changes.gather(&mut watcher) {
                for line in press.rebuild(&changed) {
                    news(&line);
                }
            }
        });
        ready(&format!("http://{}/", SocketAddr::from((Ipv4Addr::LOCALHOST, port))));
        let served = tokio::select! {
            served = async { axum::serve(listener, routes::router(board, port)).await } => served,
            interrupted = tokio::signal::ctrl_c() => interrupted,
        };
        // It reads only; the end of the program may cut it off.
        drop(worker);
        served.map_err(ServeError::System)
    })
}

/// Binds to loopback and nothing else.
async fn listen(settings: Settings) -> Result<tokio::net::TcpListener, ServeError> {
    let tries = settings.port.map_or(FIRST_PORT..=FIRST_PORT + PORTS, |port| port..=port);
    let mut refused = None;
    for port in tries {
        match tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = Some(ServeError::Port { port, error }),
        }
    }
    Err(refused.unwrap_or_else(|| ServeError::System(io::ErrorKind::AddrNotAvailable.into())))
}
