//! `gen serve`.

use std::process::{Command, Stdio};

use crate::{
    serve::{self, ServeError, Settings},
    workspace::Workspace,
};

use super::{
    Exit,
    arguments::ServeOptions,
    talk::{line_err, line_out},
};

/// Serves until the user interrupts.
pub(super) fn serve(options: &ServeOptions) -> Exit {
    let Ok(here) = std::env::current_dir() else { return Exit::Internal };
    let start = options.paths.first().filter(|path| path.is_dir()).cloned().unwrap_or(here);
    let found = Workspace::find(&start).and_then(|own| Ok((own.select(&options.paths)?, own)));
    let (slugs, workspace) = match found {
        Ok(found) => found,
        Err(error) => {
            line_err(&format!("错误：{error}"));
            return Exit::Usage;
        }
    };
    let ready = |address: &str| {
        line_out(address);
        line_err("预览已启动，只在本机；按 Ctrl-C 结束。");
        if options.open && !open(address) {
            line_err("没有打开浏览器，请自己打开上面的地址。");
        }
    };
    let settings = Settings { port: options.port };
    match serve::serve(&workspace, &slugs, options.paths.is_empty(), settings, ready, line_err) {
        Ok(()) => Exit::Fine,
        Err(error) => {
            line_err(&format!("错误：{error}"));
            match error {
                ServeError::Port { .. } => Exit::Usage,
                ServeError::Watch(_) | ServeError::System(_) => Exit::Internal,
            }
        }
    }
}

/// Asks the desktop for the user's browser.
fn open(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(target_os = "windows") {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
