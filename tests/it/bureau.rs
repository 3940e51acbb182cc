//! A folder of many disclosures: nothing built twice, nothing half, the same over several machines.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use disclosure::{
    compile::{Compiled, Library, compile},
    workspace::Disk,
};

use crate::workspace::{Workspace, copy, repository, talk};

const QUICK: &[&str] = &["build", "--formats", "markdown,html", "--no-sync", "--format", "short"];

/// Copies of a reference disclosure under several names.
fn bureau(units: usize) -> Workspace {
    let workspace = Workspace::empty();
    let data = workspace.path().join("data");
    copy(&repository().join("data/accounts"), &data.join("accounts"));
    for number in 1..=units {
        copy(&repository().join("data/huzhu-2024-budget"), &data.join(format!("unit-{number:02}")));
    }
    workspace
}

/// Path and content of everything published.
fn published(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(out).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            for entry in fs::read_dir(&path).unwrap() {
                let file = entry.unwrap();
                let below = format!("{name}/{}", file.file_name().to_str().unwrap());
                files.insert(below, fs::read(file.path()).unwrap());
            }
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

fn quick(workspace: &Workspace, more: &[&str]) -> String {
    let output = workspace.run(&[QUICK, more].concat());
    assert!(output.status.success(), "{}", talk(&output));
    talk(&output)
}

/// `（生成, 未变）` of the closing summary.
fn counts(talk: &str) -> (usize, usize) {
    let number = |word: &str| {
        let rest = &talk[talk.rfind(word).unwrap() + word.len()..];
        rest.trim_start().split(' ').next().unwrap().parse().unwrap()
    };
    (number("：生成 "), number("，未变 "))
}

#[test]
fn only_what_changed_is_built_again() {
    let workspace = bureau(3);
    assert_eq!(counts(&quick(&workspace, &[])), (3, 0));
    assert_eq!(counts(&quick(&workspace, &[])), (0, 3), "nothing changed");
    // Written again with the same content.
    let unit = workspace.read("data/unit-01/unit.yaml");
    workspace.write("data/unit-01/unit.yaml", &unit);
    assert_eq!(counts(&quick(&workspace, &[])), (0, 3), "the content decides");
    workspace.write("data/unit-01/unit.yaml", &format!("{unit}\n# 改\n"));
    assert_eq!(counts(&quick(&workspace, &[])), (1, 2), "a source changed");
    workspace.write("data/unit-02/texts.md", "新文件\n");
    assert_eq!(counts(&quick(&workspace, &[])), (1, 2), "a file came into a folder that was listed");
    fs::create_dir_all(workspace.path().join("templates/profiles/huzhu-budget/chapters")).unwrap();
    assert_eq!(counts(&quick(&workspace, &["--formats", "markdown"])), (3, 0), "other formats");
    fs::remove_file(workspace.path().join("out/unit-03/unit-03.md")).unwrap();
    assert_eq!(counts(&quick(&workspace, &["--formats", "markdown"])), (1, 2), "an output is missing");
    workspace.write("out/unit-03/unit-03.md", "坏");
    assert_eq!(counts(&quick(&workspace, &["--formats", "markdown"])), (1, 2), "an output is damaged");
    assert_eq!(counts(&quick(&workspace, &["--formats", "markdown", "--force"])), (3, 0));
}

#[test]
fn an_overriding_template_builds_its_users_again() {
    let workspace = bureau(1);
    quick(&workspace, &[]);
    let style = fs::read_to_string(repository().join("templates/theme/html/style.css")).unwrap();
    fs::create_dir_all(workspace.path().join("templates/theme/html")).unwrap();
    workspace.write("templates/theme/html/style.css", &format!("{style}\n/* 自定 */\n"));
    assert_eq!(counts(&quick(&workspace, &[])), (1, 0));
}

#[test]
fn what_one_unit_read_for_all_is_an_input_of_each() {
    let workspace = bureau(3);
    let chapters = "templates/profiles/huzhu-budget/chapters";
    copy(&repository().join(chapters), &workspace.path().join(chapters));
    // One process: the profile is read for the first unit only.
    assert_eq!(counts(&quick(&workspace, &["--jobs", "1"])), (3, 0));
    assert_eq!(counts(&quick(&workspace, &["--jobs", "1"])), (0, 3), "nothing changed");
    let name = fs::read_dir(workspace.path().join(chapters)).unwrap().next().unwrap().unwrap().file_name();
    let chapter = format!("{chapters}/{}", name.to_str().unwrap());
    workspace.write(&chapter, &format!("{}\n\n", workspace.read(&chapter)));
    assert_eq!(counts(&quick(&workspace, &["--jobs", "1"])), (3, 0), "a shared chapter changed");
    workspace.write("gen.yaml", "severity: {X004: 关闭}\n");
    assert_eq!(counts(&quick(&workspace, &["--jobs", "1"])), (3, 0), "gen.yaml appeared");
}

#[test]
fn a_library_gives_what_each_compilation_alone_would() {
    let disk = Disk::new(&disclosure::workspace::Workspace { root: repository() });
    let slugs = disclosure::workspace::Workspace { root: repository() }.slugs();
    let library = Library::default();
    let told = |compiled: &Compiled| {
        let document = compiled.document.as_ref().map(disclosure::backend::markdown::print);
        (document, disclosure::diagnostic::json(&compiled.diagnostics, &compiled.sources))
    };
    for slug in slugs.iter().chain(slugs.iter().rev()) {
        let (alone, shared) = (compile(&disk, slug, None), library.compile(&disk, slug, None));
        assert!(told(&alone) == told(&shared), "{slug}");
    }
}

#[test]
fn a_bad_unit_is_told_and_the_others_are_finished() {
    let workspace = bureau(3);
    workspace.write("data/unit-02/unit.yaml", "name: [\n");
    // A code that no chart of accounts has, with a name: advice.
    let ledger = "data/unit-01/ledgers/expenditure.yaml";
    let text = workspace.read(ledger);
    workspace.write(ledger, &text.replacen("30101 基本工资", "30198 某项工资", 1));
    for jobs in ["1", "2"] {
        let output = workspace.run(&[QUICK, &["--jobs", jobs, "--force"]].concat());
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(counts(&talk(&output)), (2, 0), "{}", talk(&output));
        assert!(!workspace.path().join("out/unit-02").exists());
    }
    let told = String::from_utf8(workspace.run(QUICK).stdout).unwrap();
    let places: Vec<&str> = told.lines().filter_map(|line| line.split(['/', ':']).nth(1)).collect();
    assert!(places.is_sorted(), "findings come in one order, repeated ones too: {places:?}");
    assert!(told.contains("unit-01") && told.contains("30198"), "a finding of a fresh unit is repeated: {told}");
    let output = workspace.run(&[QUICK, &["--jobs", "1", "--force", "--fail-fast"]].concat());
    assert_eq!((output.status.code(), counts(&talk(&output))), (Some(1), (1, 0)), "{}", talk(&output));
}

#[test]
fn shares_joined_are_one_run() {
    let workspace = bureau(6);
    quick(&workspace, &[]);
    let shares = ["1/4", "2/4", "3/4", "4/4"];
    for (number, share) in shares.iter().enumerate() {
        let output = workspace.run(&[QUICK, &["--shard", share, "--out", &format!("share-{number}")]].concat());
        // A share without a disclosure is a share all the same.
        assert!(output.status.success(), "{}", talk(&output));
    }
    let merged = workspace.run(&["merge", "share-0", "share-1", "share-2", "share-3", "--out", "joined"]);
    assert!(merged.status.success(), "{}", talk(&merged));
    assert_eq!(published(&workspace.path().join("joined")), published(&workspace.path().join("out")));
    assert!(workspace.run(&["verify", "joined"]).status.success());
}

#[test]
fn verify_names_what_is_damaged() {
    let workspace = bureau(2);
    quick(&workspace, &[]);
    assert!(workspace.run(&["verify"]).status.success());
    workspace.write("out/unit-01/index.html", "坏");
    workspace.write("out/unit-02/extra.txt", "多");
    fs::remove_file(workspace.path().join("out/unit-02/unit-02.md")).unwrap();
    let output = workspace.run(&["verify"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    for wanted in ["unit-01/index.html：内容与", "unit-02/unit-02.md：没有这个文件", "unit-02/extra.txt：清单里没有它"]
    {
        assert!(told.contains(wanted), "{wanted} is missing in\n{told}");
    }
}

/// The runs killed, at moments spread over a whole run; they take a quarter of a minute.
const KILLS: u64 = 100;

#[test]
fn a_killed_run_leaves_every_disclosure_old_or_new() {
    let workspace = bureau(4);
    let out = workspace.path().join("out");
    let source = workspace.read("data/unit-01/unit.yaml");
    let mut versions = Vec::new();
    let mut longest = Duration::ZERO;
    for version in 0..2 {
        set_version(&workspace, &source, version);
        let start = Instant::now();
        quick(&workspace, &["--force"]);
        longest = start.elapsed();
        versions.push(published(&out));
    }
    let mut moment = 0x2545_f491_4f6c_dd1d_u64;
    for kill in 0..KILLS {
        set_version(&workspace, &source, kill % 2);
        let mut run = Command::new(env!("CARGO_BIN_EXE_gen"))
            .args([QUICK, &["--force", "--jobs", "2"]].concat())
            .current_dir(workspace.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = longest * u32::try_from(moment >> 54).unwrap() / 1024;
        let start = Instant::now();
        while start.elapsed() < wait {
            std::thread::yield_now();
        }
        run.kill().unwrap();
        run.wait().unwrap();
        // Workers may still finish what they were at; they hold the lock until then.
        let lock = File::options().create(true).truncate(false).write(true).open(out.join(".lock")).unwrap();
        lock.lock().unwrap();
        whole(&out, &versions, kill);
    }
    quick(&workspace, &["--force"]);
    assert!(workspace.run(&["verify"]).status.success(), "the next run puts everything right");
    let left = fs::read_dir(out.join(".staging")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "staging folders are cleaned up");
}

fn set_version(workspace: &Workspace, source: &str, version: u64) {
    for number in 1..=4 {
        let text = source.replacen("name: ", &format!("name: 第{version}版"), 1);
        workspace.write(&format!("data/unit-{number:02}/unit.yaml"), &text);
    }
}

/// Every folder is exactly one of the versions. Windows exchanges no folders in one step: there one may be away until the
/// next run.
fn whole(out: &Path, versions: &[BTreeMap<String, Vec<u8>>], kill: u64) {
    let now = published(out);
    for number in 1..=4 {
        let folder = format!("unit-{number:02}/");
        let own = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
            files.iter().filter(|(path, _)| path.starts_with(&folder)).map(|(a, b)| (a.clone(), b.clone())).collect()
        };
        let away = cfg!(windows) && own(&now).is_empty();
        assert!(away || versions.iter().any(|version| own(version) == own(&now)), "kill {kill}: {folder} is half");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_every_disclosure_whole() {
    let workspace = bureau(4);
    let disk = workspace.path().join("small");
    fs::create_dir(&disk).unwrap();
    // A file system of 500 KB in a name space of its own: room for some of the units.
    let script = r#"mount -t tmpfs -o size=500k tmpfs small || exit 77
        "$0" build --formats markdown,html --out small --format short; echo "code $?" >&2
        for unit in small/unit-*; do ls "$unit" | tr '\n' ' '; (cd "$unit" && sha256sum *); done"#;
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_gen")])
        .current_dir(workspace.path())
        .output()
        .unwrap();
    assert_ne!(output.status.code(), Some(77), "this system lets nobody mount: {}", talk(&output));
    let told = talk(&output);
    assert!(told.contains("code 1") && told.contains("磁盘满了"), "{told}");
    let listed = String::from_utf8(output.stdout).unwrap();
    let whole = listed.lines().filter(|line| line.contains("index.html manifest.json unit-")).count();
    assert!((1..4).contains(&whole), "some fit, and those are whole: {listed}");
}

#[test]
fn a_second_run_waits_and_says_so() {
    let workspace = bureau(1);
    quick(&workspace, &[]);
    let lock = File::options().write(true).open(workspace.path().join("out/.lock")).unwrap();
    lock.lock().unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_gen"))
        .args(QUICK)
        .current_dir(workspace.path())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut talk = std::io::BufReader::new(run.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut talk, &mut line).unwrap();
    assert!(line.contains("正由另一次运行使用"), "{line}");
    drop(lock);
    assert!(run.wait().unwrap().success());
}
