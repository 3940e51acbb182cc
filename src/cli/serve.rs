//! `gen serve`.

use std::process::{Command, Stdio};

use crate::{
    serve::{self, ServeError, Settings},
    workspace::{Disk, Workspace},
};

use super::{
    Exit,
    arguments::ServeOptions,
    fonts::{fonts, tell_unnamed},
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
    let fonts = match fonts(&options.font_paths) {
        Ok(fonts) => fonts,
        Err(message) => {
            line_err(&format!("错误：{message}"));
            return Exit::Usage;
        }
    };
    tell_unnamed(&fonts, &Disk::new(&workspace));
    if slugs.is_empty() {
        line_err("data/ 里还没有公开。用 gen new 新建一份，它会自己出现在预览里。");
    } else {
        line_err(&format!("正在准备 {} 份公开的预览……", slugs.len()));
    }
    let ready = |address: &str| {
        line_out(address);
        line_err("预览已启动，只有本机能打开；保存文件后网页自己更新。按 Ctrl-C 结束。");
        if options.open {
            open(address);
        }
    };
    let settings = Settings { port: options.port, fonts };
    match serve::serve(&workspace, &slugs, options.paths.is_empty(), settings, ready, line_err) {
        Ok(()) => Exit::Fine,
        Err(error) => {
            line_err(&format!("错误：{error}"));
            match error {
                ServeError::Port { .. } => Exit::Usage,
                ServeError::Watch(_) | ServeError::System(_) | ServeError::Stopped => Exit::Internal,
            }
        }
    }
}

/// Asks the desktop for the user's browser, and tells where there is none.
fn open(address: &str) {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(target_os = "windows") {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Some of these return at once and some when the browser is closed: nobody waits for them.
    std::thread::spawn(move || {
        if !command.status().is_ok_and(|status| status.success()) {
            line_err("没有打开浏览器，请自己打开上面的地址。");
        }
    });
}
