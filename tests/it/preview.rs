//! `gen serve` as a browser sees it, without one.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    fonts::{POSTSCRIPT, fonts_of, renamed},
    workspace::{Workspace, copy, talk},
};

const PATIENCE: Duration = Duration::from_secs(60);
const SLUG: &str = "huzhu-2024-budget";
const LEDGER: &str = "data/huzhu-2024-budget/ledgers/expenditure.yaml";

/// A running preview; it ends with the value.
struct Preview {
    child: Child,
    /// `127.0.0.1:4848`.
    host: String,
}

impl Preview {
    fn of(workspace: &Workspace) -> Self {
        Self::with(workspace, &[])
    }

    fn with(workspace: &Workspace, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gen"))
            .args(["serve", "--port", "0"])
            .args(options)
            .current_dir(workspace.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let host = address.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(host.starts_with("127.0.0.1:"), "{address}");
        Self { child, host }
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        // A preview that never answers must fail a test, not hang it.
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        BufReader::new(stream)
    }

    /// Status and everything that was sent, the head included.
    fn get(&self, path: &str) -> (u16, String) {
        answer(self.ask("GET", path, &self.host))
    }

    /// The first state of a disclosure that meets a condition, from its events.
    fn state(&self, slug: &str, met: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let events = self.ask("GET", &format!("/{slug}/events"), &self.host);
        let start = Instant::now();
        for line in events.lines() {
            let line = line.unwrap();
            if let Some(data) = line.strip_prefix("data: ") {
                let state: serde_json::Value = serde_json::from_str(data).unwrap();
                if met(&state) {
                    return state;
                }
            }
            assert!(start.elapsed() < PATIENCE, "{slug} never came to that state");
        }
        panic!("the events ended");
    }

    /// Ends it; what it said on standard error.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut talk = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut talk).unwrap();
        talk
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn received(mut stream: BufReader<TcpStream>) -> Vec<u8> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    bytes
}

fn answer(stream: BufReader<TcpStream>) -> (u16, String) {
    let text = String::from_utf8_lossy(&received(stream)).into_owned();
    (text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0), text)
}

#[test]
fn a_broken_source_leaves_the_last_good_page_and_mending_it_brings_a_new_one() {
    let workspace = Workspace::with(SLUG);
    let good = workspace.read(LEDGER);
    let preview = Preview::of(&workspace);
    let page = format!("/{SLUG}/index.html");
    let (status, before) = preview.get(&page);
    assert_eq!(status, 200);
    assert!(before.contains("data-role=\"document\"") && before.contains("class=\"table\""));

    workspace.write(LEDGER, &format!("{good}\n  - {{function: [\n"));
    let broken = preview.state(SLUG, |state| state["summary"]["errors"] != 0);
    assert_eq!(broken["current"], false);
    // Heads carry the time of the answer; the page itself stays.
    let body = |answer: &str| answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    assert_eq!(body(&preview.get(&page).1), body(&before), "the last good page stays");
    let (_, findings) = preview.get(&format!("/{SLUG}/findings.html"));
    assert!(findings.contains(&format!("{LEDGER}:")), "{findings}");

    workspace.write(LEDGER, &good);
    let mended = preview.state(SLUG, |state| state["summary"]["errors"] == 0);
    assert_eq!((&mended["current"], &mended["page"]), (&serde_json::json!(true), &serde_json::json!(1)));
}

#[test]
fn what_cannot_be_read_stands_before_what_follows_from_it() {
    let workspace = Workspace::with(SLUG);
    let good = workspace.read(LEDGER);
    let preview = Preview::of(&workspace);
    // The last line, so that the order of places would put it last.
    let (before, after) = good.rsplit_once("amount: ").unwrap();
    workspace.write(LEDGER, &format!("{before}amount: x{after}"));
    preview.state(SLUG, |state| state["summary"]["errors"].as_u64() > Some(1));
    let (_, findings) = preview.get(&format!("/{SLUG}/findings.html"));
    let place = |code: &str| findings.find(&format!(">{code}")).unwrap_or_else(|| panic!("{code}: {findings}"));
    assert!(place("S015 ") < place("A0"), "{findings}");
}

#[test]
fn a_figure_tells_the_lines_it_rests_on() {
    let workspace = Workspace::with(SLUG);
    let preview = Preview::of(&workspace);
    let asked = |figure: &str| preview.get(&format!("/{SLUG}/why?figure={figure}"));
    let (status, told) = asked("expenditure%40%E6%9C%AC%E5%B9%B4%E9%A2%84%E7%AE%97");
    assert_eq!(status, 200);
    assert!(told.contains(&format!("{LEDGER}:")) && told.contains("\"total\":"), "{told}");
    assert_eq!(asked("nonsense").0, 404);
}

#[test]
fn files_are_made_on_demand_and_nothing_else_is_there() {
    let workspace = Workspace::with(SLUG);
    let preview = Preview::of(&workspace);
    assert!(preview.get(&format!("/{SLUG}/{SLUG}.md")).1.contains("text/markdown"));
    assert!(preview.get(&format!("/{SLUG}/{SLUG}.pdf")).1.contains("%PDF-"));
    for absent in ["/data", "/absent/", &format!("/{SLUG}/disclosure.yaml"), &format!("/{SLUG}/unit.yaml")] {
        assert_eq!(preview.get(absent).0, 404, "{absent}");
    }
    assert_eq!(preview.get("/%2e%2e/etc/passwd").0, 400);
    let (status, refused) = answer(preview.ask("GET", "/", "evil.example"));
    assert!(status == 403 && !refused.contains(SLUG), "{refused}");
    assert_eq!(answer(preview.ask("POST", "/", &preview.host)).0, 405);
    assert!(!workspace.path().join("out").exists(), "the preview writes nothing");
}

const SMALL: &str = "archives-2024-budget";
const OTHER: &str = "library-2024-budget";

/// The small disclosure, and a copy of it under another name.
fn two() -> Workspace {
    let workspace = Workspace::small();
    copy(&workspace.path().join("data").join(SMALL), &workspace.path().join("data").join(OTHER));
    workspace
}

/// Whether a page of a disclosure says something.
fn says(preview: &Preview, slug: &str, words: &str) -> bool {
    preview.get(&format!("/{slug}/")).1.contains(words)
}

#[test]
fn a_save_counts_however_an_editor_saves_and_only_for_what_it_touches() {
    let workspace = two();
    let unit = format!("data/{SMALL}/unit.yaml");
    let good = workspace.read(&unit);
    let name = good.lines().find_map(|line| line.strip_prefix("name: ")).unwrap().to_owned();
    let preview = Preview::of(&workspace);
    let shown = |version: u64| preview.state(SMALL, |state| state["page"] == version && state["current"] == true);
    // Written aside and moved into place.
    workspace.write(&format!("data/{SMALL}/.unit.yaml.new"), &good.replace(&name, "甲馆"));
    fs::rename(workspace.path().join(format!("data/{SMALL}/.unit.yaml.new")), workspace.path().join(&unit)).unwrap();
    shown(2);
    assert!(says(&preview, SMALL, "甲馆"));
    // The old one moved aside, the new one written, and written again.
    fs::rename(workspace.path().join(&unit), workspace.path().join(format!("{unit}~"))).unwrap();
    workspace.write(&unit, "");
    workspace.write(&unit, &good.replace(&name, "乙馆"));
    preview.state(SMALL, |_| says(&preview, SMALL, "乙馆"));
    assert!(!says(&preview, OTHER, "乙馆"));
    // Taken away, and brought back.
    fs::remove_file(workspace.path().join(&unit)).unwrap();
    preview.state(SMALL, |state| state["current"] == false && state["summary"]["errors"] != 0);
    assert!(says(&preview, SMALL, "乙馆"), "the last good page stays");
    workspace.write(&unit, &good);
    preview.state(SMALL, |_| says(&preview, SMALL, &name));
    let talk = preview.end();
    assert!(talk.contains(&format!("{SMALL}：")) && !talk.contains(&format!("{OTHER}：")), "{talk}");
}

#[test]
fn templates_and_the_file_of_the_workspace_are_watched() {
    let workspace = Workspace::small();
    let preview = Preview::of(&workspace);
    let chapter = "templates/profiles/small/chapters/overview.md";
    workspace.write(chapter, &format!("{}\n\n另起一段说明。\n", workspace.read(chapter)));
    preview.state(SMALL, |state| state["page"] == 2);
    assert!(says(&preview, SMALL, "另起一段说明"));
    let before = preview.state(SMALL, |_| true);
    assert_eq!(before["summary"]["errors"], 0);
    workspace.write("gen.yaml", "severity: {K002: 错误}\n");
    preview.state(SMALL, |state| state["summary"]["errors"] == 1);
    fs::remove_file(workspace.path().join("gen.yaml")).unwrap();
    preview.state(SMALL, |state| state["summary"] == before["summary"]);
}

#[test]
fn disclosures_come_and_go_while_it_runs() {
    let workspace = Workspace::small();
    let preview = Preview::of(&workspace);
    let listed = |slug: &str| preview.get("/").1.contains(&format!("{slug}/index.html"));
    assert!(listed(SMALL) && !listed(OTHER));
    let (there, away) = (workspace.path().join("data").join(OTHER), workspace.path().join(OTHER));
    copy(&workspace.path().join("data").join(SMALL), &there);
    let front = |wanted: bool| {
        for line in preview.ask("GET", "/events", &preview.host).lines() {
            if line.unwrap().starts_with("data: ") && listed(OTHER) == wanted {
                return;
            }
        }
    };
    front(true);
    preview.state(OTHER, |state| state["current"] == true && state["summary"]["errors"] == 0);
    fs::rename(&there, &away).unwrap();
    front(false);
    // Whoever looks at it keeps it, with word of what is wrong, and has it back with the folder.
    assert_eq!(preview.state(OTHER, |state| state["summary"]["errors"] != 0)["current"], false);
    fs::rename(&away, &there).unwrap();
    front(true);
    preview.state(OTHER, |state| state["current"] == true);
}

#[test]
fn a_template_that_was_missing_is_noticed_when_it_appears() {
    let workspace = Workspace::small();
    let (there, away) =
        (workspace.path().join("templates/profiles/small"), workspace.path().join("templates/elsewhere"));
    fs::rename(&there, &away).unwrap();
    let preview = Preview::of(&workspace);
    preview.state(SMALL, |state| state["summary"]["errors"] != 0);
    fs::rename(&away, &there).unwrap();
    preview.state(SMALL, |state| state["summary"]["errors"] == 0);
}

#[test]
fn a_taken_port_is_told() {
    let workspace = Workspace::small();
    let preview = Preview::of(&workspace);
    let port = preview.host.rsplit(':').next().unwrap();
    let refused = workspace.run(&["serve", "--port", port]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(talk(&refused).contains(&format!("端口 {port} 已被别的程序占用")), "{}", talk(&refused));
}

#[test]
fn the_pdf_of_the_preview_is_set_in_the_face_of_the_office() {
    let workspace = Workspace::small();
    fs::write(workspace.path().join("fang.otf"), renamed()).unwrap();
    let preview = Preview::with(&workspace, &["--font-path", "fang.otf"]);
    let answer = received(preview.ask("GET", &format!("/{SMALL}/{SMALL}.pdf"), &preview.host));
    let start = answer.windows(5).position(|piece| piece == b"%PDF-").unwrap();
    let pdf = workspace.path().join("preview.pdf");
    fs::write(&pdf, &answer[start..]).unwrap();
    let fonts = fonts_of(&pdf);
    assert!(fonts.iter().any(|font| font.contains(POSTSCRIPT)), "{fonts:?}");
}
