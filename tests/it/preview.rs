//! `gen serve` as a browser sees it, without one.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::workspace::Workspace;

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
        let mut child = Command::new(env!("CARGO_BIN_EXE_gen"))
            .args(["serve", "--port", "0"])
            .current_dir(workspace.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
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
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        BufReader::new(stream)
    }

    /// Status and everything that was sent, the head included.
    fn get(&self, path: &str) -> (u16, String) {
        answer(self.ask("GET", path, &self.host))
    }

    /// The first state that meets a condition, from the events of the disclosure.
    fn state(&self, met: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let events = self.ask("GET", &format!("/{SLUG}/events"), &self.host);
        for line in events.lines() {
            let line = line.unwrap();
            if let Some(data) = line.strip_prefix("data: ") {
                let state: serde_json::Value = serde_json::from_str(data).unwrap();
                if met(&state) {
                    return state;
                }
            }
        }
        panic!("the events ended");
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn answer(mut stream: BufReader<TcpStream>) -> (u16, String) {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
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
    let broken = preview.state(|state| state["summary"]["errors"] != 0);
    assert_eq!(broken["current"], false);
    // Heads carry the time of the answer; the page itself stays.
    let body = |answer: &str| answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    assert_eq!(body(&preview.get(&page).1), body(&before), "the last good page stays");
    let (_, findings) = preview.get(&format!("/{SLUG}/findings.html"));
    assert!(findings.contains(&format!("{LEDGER}:")), "{findings}");

    workspace.write(LEDGER, &good);
    let mended = preview.state(|state| state["summary"]["errors"] == 0);
    assert_eq!((&mended["current"], &mended["page"]), (&serde_json::json!(true), &serde_json::json!(1)));
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
