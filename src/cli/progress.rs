//! How far a run is: a bar with rate and time left on a terminal, plain lines elsewhere.

use std::{
    io::IsTerminal as _,
    sync::atomic::{AtomicUsize, Ordering},
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::workspace::Outcome;

use super::talk::line_err;

const STYLE: &str = "{bar:30} {pos}/{len} 份，每秒 {per_sec:.1}，已用 {elapsed}，还要 {eta}　{msg}";

/// Told from several threads.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    total: usize,
    done: AtomicUsize,
}

impl Progress {
    pub(super) fn new(total: usize) -> Self {
        let bar = (total > 1 && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX));
            // A template that does not parse leaves indicatif's own style.
            if let Ok(style) = ProgressStyle::with_template(STYLE) {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, total, done: AtomicUsize::new(0) }
    }

    /// One more is finished.
    pub(super) fn done(&self, outcome: &Outcome) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match &self.bar {
            Some(bar) => {
                bar.set_message(outcome.slug.clone());
                bar.inc(1);
                if !outcome.is_good() {
                    bar.suspend(|| line_err(&outcome.line));
                }
            }
            None if self.total > 1 => line_err(&format!("[{done}/{}] {}", self.total, outcome.line)),
            None => line_err(&outcome.line),
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
