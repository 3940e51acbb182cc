//! Building in processes of our own: the typesetter remembers layouts for a whole process and forgets only all at
//! once, so that several disclosures side by side in one process cannot keep their memory small.
//!
//! A worker reads the job as one line of JSON, then slugs, one a line; for each it writes an outcome as one line of
//! JSON. It ends with its input. One that dies costs the disclosure it was at, and another takes its place.

use std::{
    collections::VecDeque,
    io::{self, BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crate::workspace::{Disk, Job, Outcome, Run, Workspace, said};

use super::{Exit, fonts::fonts, progress::Progress, talk::line_err};

/// What the workers of a run share.
struct Pool<'a> {
    queue: Mutex<VecDeque<&'a str>>,
    outcomes: Mutex<Vec<Outcome>>,
    stop: AtomicBool,
    job: &'a str,
    fail_fast: bool,
    progress: &'a Progress,
}

/// A running child with both ends of the talk.
struct Worker {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

/// Builds slugs with `count` workers, in whatever order they finish.
pub(super) fn run(slugs: &[String], job: &Job, count: usize, fail_fast: bool, progress: &Progress) -> Vec<Outcome> {
    let Ok(job) = serde_json::to_string(job) else {
        return slugs.iter().map(|slug| Outcome::failed(slug, "工作区的路径不是 UTF-8")).collect();
    };
    let pool = Pool {
        queue: Mutex::new(slugs.iter().map(String::as_str).collect()),
        outcomes: Mutex::default(),
        stop: AtomicBool::new(false),
        job: &job,
        fail_fast,
        progress,
    };
    thread::scope(|scope| {
        for _ in 0..count {
            scope.spawn(|| pool.serve());
        }
    });
    pool.outcomes.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Pool<'_> {
    /// Feeds one worker until nothing is left.
    fn serve(&self) {
        let mut worker: Option<Worker> = None;
        while let Some(slug) = self.next() {
            let asked = match worker.take() {
                Some(running) => Ok(running),
                None => Worker::start(self.job),
            };
            let outcome = match asked.and_then(|mut running| running.ask(slug).map(|outcome| (running, outcome))) {
                Ok((running, outcome)) => {
                    worker = Some(running);
                    outcome
                }
                Err(error) => Outcome::failed(slug, &format!("生成它的进程中断了（{}）", said(&error))),
            };
            if self.fail_fast && !outcome.is_good() {
                self.stop.store(true, Ordering::Relaxed);
            }
            self.progress.done(&outcome);
            self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).push(outcome);
        }
    }

    fn next(&self) -> Option<&str> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

impl Worker {
    fn start(job: &str) -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("worker")
            // The workers are the parallelism; threads of the typesetter inside them only cost.
            .env("RAYON_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let ends = child.stdin.take().zip(child.stdout.take());
        let (mut to, from) = ends.ok_or_else(|| io::Error::other("no pipe"))?;
        writeln!(to, "{job}")?;
        Ok(Self { child, to, from: BufReader::new(from) })
    }

    fn ask(&mut self, slug: &str) -> io::Result<Outcome> {
        writeln!(self.to, "{slug}")?;
        let mut line = String::new();
        if self.from.read_line(&mut line)? == 0 {
            let ended = self.child.wait()?;
            return Err(io::Error::other(ended.to_string()));
        }
        serde_json::from_str(&line).map_err(io::Error::other)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // The end of its input ends a worker that lives; one whose talk broke off is ended.
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _gone = self.child.kill();
            let _status = self.child.wait();
        }
    }
}

/// The worker's side.
pub(super) fn work() -> Exit {
    let mut lines = io::stdin().lock().lines();
    let Some(job) = lines.next().and_then(Result::ok).and_then(|line| serde_json::from_str::<Job>(&line).ok()) else {
        line_err("错误：worker 只由 gen build 调用。");
        return Exit::Usage;
    };
    let fonts = match fonts(&job.fonts) {
        Ok(fonts) => fonts,
        Err(message) => {
            line_err(&format!("错误：{message}"));
            return Exit::Usage;
        }
    };
    let disk = Disk::new(&Workspace { root: job.root.clone() });
    let run = Run::new(&disk, &job, fonts);
    for slug in lines.map_while(Result::ok) {
        let outcome = run.build(&slug);
        let Ok(text) = serde_json::to_string(&outcome) else { return Exit::Internal };
        let mut out = io::stdout().lock();
        if writeln!(out, "{text}").and_then(|()| out.flush()).is_err() {
            return Exit::Internal;
        }
    }
    Exit::Fine
}
