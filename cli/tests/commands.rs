//! The binary as a shell meets it: exit codes, languages, JSON.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test may panic")]

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use saha::{
    bad_link::{BadLink, Fault, Plan},
    server_process::ServerProcess,
};
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_saha");

fn saha(data: &Path, args: &[&str]) -> Output {
    saha_with_input(data, args, "")
}

fn saha_with_input(data: &Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(BINARY);
    command.arg("--data").arg(data).args(args).env("LC_ALL", "C.UTF-8").env("SAHA_ZONE", "Europe/Istanbul");
    command.env_remove("SAHA_ADMIN_TOKEN").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn ends_with(output: &Output, code: i32) -> String {
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "stdout:\n{stdout}\nstderr:\n{stderr}");
    format!("{stdout}{stderr}")
}

fn istanbul() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/istanbul")
}

#[test]
fn an_empty_phone_says_what_is_missing() {
    let data = tempfile::tempdir().unwrap();
    for (args, code) in [
        (&["--help"][..], 0),
        (&["--version"], 0),
        (&["visit", "--help"], 0),
        (&[], 2),
        (&["fly"], 2),
        (&["sale", "C1", "P1=x"], 2),
        (&["call", "C1", "--duration", "3"], 2),
        (&["status"], 0),
        (&["customers"], 0),
        (&["outbox"], 0),
        (&["targets"], 5),
        (&["sync"], 5),
        (&["customers", "add", "--name", "X"], 5),
        (&["visit", "check-in", "C0024"], 6),
        (&["visit", "check-out"], 6),
        (&["completions", "bash"], 0),
        (&["login", "--server", "http://example.com", "--user", "x", "--password-stdin"], 2),
        (&["login", "--server", "http://127.0.0.1:1", "--user", "x", "--password-stdin"], 3),
        (&["login", "--server", "https://127.0.0.1:1", "--user", "x"], 2),
        (&["import", "all", "nowhere", "--token", "x"], 2),
    ] {
        let said = ends_with(&saha(data.path(), args), code);
        assert!(!said.contains('\u{1b}'), "{args:?} paints where no terminal is: {said}");
    }
}

#[test]
fn both_languages_are_spoken() {
    let data = tempfile::tempdir().unwrap();
    let turkish = ends_with(&saha(data.path(), &["--lang", "tr", "targets"]), 5);
    assert!(turkish.contains("oturum açılmamış"), "{turkish}");
    let english = ends_with(&saha(data.path(), &["--lang=en", "targets"]), 5);
    assert!(english.contains("nobody is signed in"), "{english}");
    let wrong = ends_with(&saha(data.path(), &["--lang", "tr", "fly"]), 2);
    assert!(wrong.contains("“fly” diye bir komut yok") && wrong.contains("Kullanım:"), "{wrong}");
}

#[test]
fn json_is_one_document_for_failures_too() {
    let data = tempfile::tempdir().unwrap();
    let output = saha(data.path(), &["--json", "targets"]);
    ends_with(&output, 5);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["error"]["code"], "not_signed_in");
    assert_eq!(document["error"]["exit_code"], 5);
}

/// Runs with its standard output going there.
fn saha_into(data: &Path, args: &[&str], stdout: Stdio) -> Output {
    let mut command = Command::new(BINARY);
    command.arg("--data").arg(data).args(args).env("LC_ALL", "C.UTF-8").env("SAHA_ZONE", "Europe/Istanbul");
    command.stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped()).output().unwrap()
}

#[test]
fn a_reader_who_went_away_changes_no_exit_code() {
    let data = tempfile::tempdir().unwrap();
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        Stdio::from(writer)
    };
    for (args, code) in [(&["status"][..], 0), (&["--json", "targets"], 5), (&["--help"], 0)] {
        let output = saha_into(data.path(), args, closed());
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_can_not_be_written_is_a_failure() {
    let data = tempfile::tempdir().unwrap();
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
    for (args, code) in
        [(&["status"][..], 1), (&["--json", "status"], 1), (&["--json", "targets"], 5), (&["--help"], 1)]
    {
        let output = saha_into(data.path(), args, full());
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stderr));
    }
    let said = text(&saha_into(data.path(), &["--lang", "tr", "status"], full()).stderr);
    assert!(said.contains("sonuç yazılamadı"), "{said}");
}

#[test]
fn a_wrong_command_line_is_one_document_too() {
    let data = tempfile::tempdir().unwrap();
    for (args, says) in [
        (&["--json", "fly"][..], "fly"),
        (&["visit", "--json"], "requires a subcommand"),
        (&["--json"], "requires a subcommand"),
        (&["--json", "call"], "which customer"),
        (&["--json", "--lang", "tr", "fly"], "“fly” diye bir komut yok"),
        (&["--json", "import", "all", "x"], "--token"),
        (&["--json", "sale", "list", "--date", "x"], "--date"),
    ] {
        let output = saha(data.path(), args);
        ends_with(&output, 2);
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["error"]["code"], "usage", "{args:?}");
        assert!(document["error"]["message"].as_str().unwrap().contains(says), "{args:?}: {document}");
        assert!(output.stderr.is_empty(), "{args:?}");
    }
    assert!(ends_with(&saha(data.path(), &["--json", "--help"]), 0).contains("Usage:"));
}

#[test]
fn a_lost_answer_of_an_import_is_not_said_to_have_done_nothing() {
    let data = tempfile::tempdir().unwrap();
    let server = ServerProcess::start(Path::new(BINARY), data.path(), &[]).unwrap();
    let link = BadLink::start(server.address().parse().unwrap()).unwrap();
    let url = link.url();
    let reps = istanbul().join("reps.csv");
    let import = || {
        let args = ["import", "reps", &reps.to_string_lossy(), "--server", &url, "--token-stdin"];
        saha_with_input(data.path(), &args, &format!("{}\n", server.admin_token().unwrap()))
    };
    link.set(Plan::script([Fault::LoseAnswer]));
    assert!(ends_with(&import(), 3).contains("it is not known whether the file was imported"));
    assert!(ends_with(&import(), 0).contains("0 new"), "it was imported, and again is safe");
    link.set(Plan::script([Fault::Portal]));
    assert!(ends_with(&import(), 3).contains("not known"));
    let nobody = ["import", "reps", &reps.to_string_lossy(), "--server", "http://127.0.0.1:1", "--token", "x"];
    assert!(ends_with(&saha(data.path(), &nobody), 3).contains("nothing was done there"));
    ends_with(&saha(data.path(), &["import", "reps", &reps.to_string_lossy(), "--token-stdin"]), 2);
}

#[test]
fn a_server_that_is_tested_takes_its_time_from_a_file() {
    let data = tempfile::tempdir().unwrap();
    let clock = data.path().join("now");
    std::fs::write(&clock, "1795417200000").unwrap();
    let server = ServerProcess::start(Path::new(BINARY), data.path(), &["--clock", clock.to_str().unwrap()]).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let time_ms = || {
        let info = runtime.block_on(async { reqwest::get(format!("{}/v1/info", server.url())).await?.text().await });
        serde_json::from_str::<Value>(&info.unwrap()).unwrap()["server_time_ms"].as_i64()
    };
    assert_eq!(time_ms(), Some(1_795_417_200_000));
    std::fs::write(&clock, "1798009200000").unwrap();
    assert_eq!(time_ms(), Some(1_798_009_200_000));
    ends_with(&saha(data.path(), &["serve", "--listen", "127.0.0.1:0", "--clock", "none"]), 1);
}

#[test]
fn the_office_ends_a_device() {
    let data = tempfile::tempdir().unwrap();
    let server = ServerProcess::start(Path::new(BINARY), data.path(), &[]).unwrap();
    let desk = ["--server", server.url(), "--token", server.admin_token().unwrap()];
    let run = |args: &[&str]| saha(data.path(), &[args, &desk[..]].concat());
    assert!(ends_with(&run(&["devices", "list"]), 0).contains("No device"));
    ends_with(&run(&["import", "all", &istanbul().to_string_lossy()]), 0);
    let login = ["login", "--server", server.url(), "--user", "ayse.yilmaz", "--password-stdin"];
    ends_with(&saha_with_input(data.path(), &login, "saha-ayse-2026\n"), 0);
    ends_with(&saha(data.path(), &["call", "C0027"]), 6);

    let listed: Value = serde_json::from_slice(&run(&["--json", "devices", "list"]).stdout).unwrap();
    let id = listed["devices"][0]["id"].as_str().unwrap();
    assert!(ends_with(&run(&["devices", "list"]), 0).contains(&id[28..]));
    for nobody in ["", "5f2a91c0", "revoke"] {
        ends_with(&run(&["devices", "revoke", nobody]), 6);
    }
    assert!(ends_with(&run(&["devices", "revoke", &id[28..]]), 0).contains("Revoked"));
    assert!(ends_with(&run(&["devices", "list"]), 0).contains("revoked 20"));
    assert!(ends_with(&saha(data.path(), &["sync"]), 5).contains("revoked"));
    ends_with(&saha(data.path(), &["devices", "list", "--server", server.url(), "--token", "wrong"]), 5);
}

#[test]
fn a_held_database_is_busy() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("phone");
    std::fs::create_dir_all(&folder).unwrap();
    let secrets = saha::secrets::TokenFile::in_folder(&folder).unwrap();
    let config = saha_core::Config::in_folder(folder.to_string_lossy());
    let held = saha_core::Saha::open(config, std::sync::Arc::new(secrets)).unwrap();
    ends_with(&saha(data.path(), &["status"]), 7);
    held.shutdown().unwrap();
    ends_with(&saha(data.path(), &["status"]), 0);
}

#[test]
fn a_day_by_hand() {
    let data = tempfile::tempdir().unwrap();
    let server = ServerProcess::start(Path::new(BINARY), data.path(), &[]).unwrap();
    let token = server.admin_token().unwrap().to_owned();
    let run = |args: &[&str]| saha(data.path(), args);
    let import = |kind: &str, file: &Path, token: &str| {
        run(&["import", kind, &file.to_string_lossy(), "--server", server.url(), "--token", token])
    };

    ends_with(&import("all", &istanbul(), "wrong"), 5);
    ends_with(&import("all", &istanbul(), &token), 0);
    let broken = istanbul().join("../broken/products-broken.csv");
    let said = ends_with(&import("products", &broken, &token), 1);
    assert!(said.contains("line 3") && said.contains("line 8"), "{said}");

    let login = ["login", "--server", server.url(), "--user", "ayse.yilmaz", "--password-stdin"];
    ends_with(&saha_with_input(data.path(), &login, "wrong\n"), 5);
    ends_with(&saha_with_input(data.path(), &login, "saha-ayse-2026\n"), 0);
    let hurried = ends_with(&run(&["sync", "--max-seconds", "0", "--max-kib", "64", "--metered"]), 0);
    assert!(hurried.contains("used up before all was done"), "{hurried}");
    ends_with(&run(&["sync"]), 0);

    ends_with(&run(&["visit", "check-in", "papatya market", "--lat", "40.9932", "--lon", "29.0544"]), 0);
    let many = ends_with(&run(&["visit", "check-in", "market"]), 6);
    assert!(many.contains("which one?") && many.contains("… and "), "{many}");
    let sold = ends_with(&run(&["sale", "C0024", "P001=24", "P018=2,5@480", "--discount", "%1"]), 0);
    assert!(sold.contains("₺"), "{sold}");
    ends_with(&run(&["sale", "C0024", "P001=1@1"]), 2);
    ends_with(&run(&["visit", "check-out", "--outcome", "order"]), 0);
    photo_of_a_visit(data.path());
    ends_with(&run(&["call", "C0027", "--duration", "3m"]), 0);
    for list in [&["visit", "list"][..], &["sale", "list"], &["call", "list"], &["targets"], &["outbox"], &["status"]] {
        ends_with(&run(list), 0);
    }

    for nothing in
        [&["customers", "edit", "", "--note", "x"][..], &["outbox", "withdraw", ""], &["sale", "cancel", " "]]
    {
        ends_with(&run(nothing), 6);
    }
    ends_with(&run(&["call", "C0024", "--disposition", "busy"]), 0);
    let calls: Value = serde_json::from_slice(&run(&["--json", "call", "list"]).stdout).unwrap();
    let mistaken = calls.pointer("/calls/1/id").unwrap().as_str().unwrap();
    ends_with(&run(&["call", "delete", mistaken]), 0);
    ends_with(&run(&["call", "delete", &mistaken[28..]]), 6);
    corrected_call(data.path());
    refused_sale(data.path(), &|file| import("products", file, &token));

    ends_with(&run(&["customers", "add", "--name", "Moda Kahvecisi", "--tax-no", "2413680077"]), 0);
    ends_with(&run(&["sync"]), 4);
    let listed = run(&["--json", "outbox"]);
    ends_with(&listed, 4);
    let document: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(document["changes"][0]["code"], "duplicate_tax_no");
    let op = document["changes"][0]["op_id"].as_str().unwrap();
    ends_with(&run(&["outbox", "fix", &op[24..], "--set", "tax_no=4213680077"]), 0);
    ends_with(&run(&["sync"]), 0);
    assert!(ends_with(&run(&["outbox"]), 0).contains("Nothing waits"));

    assert!(server.stop().unwrap());
    ends_with(&run(&["call", "C0027"]), 0);
    ends_with(&run(&["sync"]), 3);
    let status = run(&["--json", "status"]);
    let document: Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(document["diagnosis"]["code"], "failed", "{document}");
    assert!(document["next_try_ms"].is_i64(), "{document}");
    let sentence = ends_with(&run(&["--lang", "tr", "status"]), 0);
    assert!(sentence.contains("yapılan son eşitleme başarısız"), "{sentence}");
    ends_with(&run(&["logout"]), 1);
}

/// A photo of the last visit is kept at once, waits for a sync, and is at the company after it.
fn photo_of_a_visit(data: &Path) {
    let run = |args: &[&str]| saha(data, args);
    let shot = data.join("shelf.jpg");
    std::fs::write(&shot, b"\xff\xd8\xff\xe0 a shelf").unwrap();
    let shot = shot.to_string_lossy();
    let kept = ends_with(&run(&["--lang", "tr", "visit", "photo", &shot, "--purpose", "shelf", "--note", "raf"]), 0);
    assert!(kept.contains("Papatya Market") && kept.contains("raf"), "{kept}");
    ends_with(&run(&["visit", "photo", &data.join("shelf.gif").to_string_lossy()]), 2);
    let file = || -> Value {
        let listed: Value = serde_json::from_slice(&run(&["--json", "visit", "photos"]).stdout).unwrap();
        listed.pointer("/photos/0").unwrap().clone()
    };
    assert_eq!(file().get("is_waiting"), Some(&true.into()));
    assert!(ends_with(&run(&["status"]), 0).contains("Photos to send  1"));
    assert!(ends_with(&run(&["sync"]), 0).contains("Photos: sent 1, still waiting 0."));
    assert_eq!((file().get("is_waiting"), file().get("problem")), (Some(&false.into()), Some(&Value::Null)));
    let listed = ends_with(&run(&["visit", "photos", "--fetch"]), 0);
    assert!(listed.contains("shelf") && listed.contains("blobs"), "{listed}");
}

#[test]
fn a_folder_is_one_persons_and_a_copy_of_it_is_a_new_device() {
    let (data, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = ServerProcess::start(Path::new(BINARY), data.path(), &[]).unwrap();
    let token = server.admin_token().unwrap().to_owned();
    let files = istanbul().to_string_lossy().into_owned();
    ends_with(&saha(data.path(), &["import", "all", &files, "--server", server.url(), "--token", &token]), 0);
    let sign_in = |data: &Path, name: &str, password: &str| {
        let login = ["login", "--server", server.url(), "--user", name, "--password-stdin"];
        saha_with_input(data, &login, &format!("{password}\n"))
    };
    let status = |data: &Path| -> Value { serde_json::from_slice(&saha(data, &["--json", "status"]).stdout).unwrap() };
    ends_with(&sign_in(data.path(), "ayse.yilmaz", "saha-ayse-2026"), 0);
    let other = ends_with(&sign_in(data.path(), "mehmet.kaya", "saha-mehmet-2026"), 1);
    assert!(other.contains("saha --data DIR login"), "{other}");
    let first = status(data.path());
    assert_eq!((first["login"].as_str(), first["is_signed_in"].as_bool()), (Some("ayse.yilmaz"), Some(true)));

    std::fs::create_dir(copy.path().join("phone")).unwrap();
    for entry in std::fs::read_dir(data.path().join("phone")).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), copy.path().join("phone").join(entry.file_name())).unwrap();
    }
    let second = status(copy.path());
    assert_eq!((second["login"].as_str(), second["is_signed_in"].as_bool()), (Some("ayse.yilmaz"), Some(false)));
    assert_ne!(second["device"], first["device"]);
    ends_with(&saha(copy.path(), &["sync"]), 5);
    ends_with(&sign_in(copy.path(), "ayse.yilmaz", "saha-ayse-2026"), 0);
    ends_with(&saha(copy.path(), &["sync"]), 0);
    assert_eq!(status(data.path()), first, "the first one has lost nothing");
}

/// A call is corrected in the change that waits; what can't be read changes nothing of it.
fn corrected_call(data: &Path) {
    let run = |args: &[&str]| saha(data, args);
    let json = |args: &[&str]| -> Value { serde_json::from_slice(&run(args).stdout).unwrap() };
    let logged = json(&["--json", "call", "C0024", "--disposition", "busy"]);
    let call = logged.pointer("/call/id").unwrap();
    let waiting = json(&["--json", "outbox"]);
    let op = entry(&waiting, "/changes", "record_id", call).get("op_id").unwrap().as_str().unwrap();
    for wrong in ["duration=2", "colour=red"] {
        ends_with(&run(&["outbox", "fix", op, "--set", "note=x", "--set", wrong]), 2);
    }
    let listed = || entry(&json(&["--json", "call", "list"]), "/calls", "id", call).clone();
    assert_eq!(&listed(), logged.get("call").unwrap());
    ends_with(
        &run(&["outbox", "fix", op, "--set", "note=hat dolu", "--set", "duration=2m", "--set", "outcome=order"]),
        0,
    );
    let corrected = listed();
    let said = ["note", "duration_s", "outcome"].map(|field| corrected.get(field).unwrap().clone());
    assert_eq!(said, ["hat dolu".into(), Value::from(120), "order".into()]);
}

/// The entry of a list whose field is that.
fn entry<'a>(document: &'a Value, list: &str, field: &str, value: &Value) -> &'a Value {
    let entries = document.pointer(list).unwrap().as_array().unwrap();
    entries.iter().find(|entry| entry.get(field) == Some(value)).unwrap()
}

/// The floor rises at the office while the phone is offline; the refused sale says its lines, and a correction that can't be
/// read changes none of them.
fn refused_sale(data: &Path, import_products: &dyn Fn(&Path) -> Output) {
    let run = |args: &[&str]| saha(data, args);
    let raised = data.join("raised.csv");
    let header = "code,name,group,unit,price,currency,vat,floor_price\n";
    std::fs::write(&raised, format!("{header}P001,Lodosa Kola 1 L,icecek,adet,38.50,TRY,10,38.00\n")).unwrap();
    ends_with(&run(&["sale", "C0024", "P018=2", "P001=24@36,90"]), 0);
    ends_with(&import_products(&raised), 0);
    ends_with(&run(&["sync"]), 4);
    let listed = ends_with(&run(&["outbox"]), 4);
    assert!(listed.contains("1  ") && listed.contains("2  Lodosa Kola 1 L"), "{listed}");
    assert!(listed.contains("refused because of line 2") && listed.contains("--price LINE=PRICE"), "{listed}");
    let refused = || -> Value { serde_json::from_slice(&run(&["--json", "outbox"]).stdout).unwrap() };
    let op = refused().pointer("/changes/0/op_id").unwrap().as_str().unwrap().to_owned();
    ends_with(&run(&["outbox", "fix", &op, "--quantity", "2=12", "--price", "2=x"]), 2);
    assert!(ends_with(&run(&["outbox"]), 4).contains("24 adet"), "nothing of it was saved");
    ends_with(&run(&["outbox", "fix", &op, "--quantity", "2=12", "--price", "2=38,20"]), 0);
    ends_with(&run(&["sync"]), 0);
}
