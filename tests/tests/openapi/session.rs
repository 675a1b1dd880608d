//! What a live server takes and answers, each message held against the document.

use saha_tests::live::LiveCompany;
use serde_json::{Value, json};

use crate::document::Document;

const DEVICE: &str = "0198c0de-0000-7000-8000-0000000000d1";
const REQUEST: &str = "0198c0de-0000-7000-8000-0000000000ff";
const HASH: &str = "a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5";

struct Session {
    document: Document,
    company: LiveCompany,
    _folder: tempfile::TempDir,
}

/// A body, and what it is.
enum Body<'a> {
    None,
    Json(&'a Value),
    /// Not what the document asks for, or no JSON.
    Raw(&'a str),
}

impl Session {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let company = LiveCompany::start(folder.path(), |_| {}).unwrap();
        Self { document: Document::read(), company, _folder: folder }
    }

    /// Imports a file of which every line is good.
    fn import(&self, kind: &str, csv: &str) {
        assert_eq!(self.company.import(kind, csv).unwrap().problems, [], "{kind}");
    }

    /// Sends a request of an operation, and expects that status. Both bodies must be what the document says.
    fn send(&self, method: &str, template: &str, argument: &str, token: &str, body: Body<'_>, status: u16) -> Value {
        let operation = format!("/paths/{}/{}", template.replace('/', "~1"), method.to_lowercase());
        let path = template.split_once('{').map_or_else(
            || template.to_owned(),
            |(before, after)| format!("{before}{argument}{}", after.split_once('}').unwrap().1),
        );
        if let Body::Json(body) = body {
            let schema = format!("{operation}/requestBody/content/application~1json/schema");
            self.document.check(&schema, body).unwrap_or_else(|wrong| panic!("{method} {path}: {wrong}"));
        }
        let (answered, headers, text) = self.exchange(method, &path, token, &body);
        assert_eq!(answered, status, "{method} {path}: {text}");
        let response = self.document.at(&format!("{operation}/responses/{answered}"));
        for header in response.get("headers").and_then(Value::as_object).into_iter().flat_map(serde_json::Map::keys) {
            assert!(headers.contains_key(header), "{method} {path} has no {header}");
        }
        let Some(schema) = response.pointer("/content/application~1json/schema") else {
            assert_eq!(text, "", "{method} {path}");
            return Value::Null;
        };
        let answer: Value = serde_json::from_str(&text).unwrap();
        let answer_is_right = self.check_answer(schema, &answer);
        answer_is_right.unwrap_or_else(|wrong| panic!("{method} {path}: {wrong}\n{answer:#}"));
        answer
    }

    /// The schema of an answer is a reference, or a list of such.
    fn check_answer(&self, schema: &Value, answer: &Value) -> Result<(), String> {
        let name = |schema: &Value| schema["$ref"].as_str().unwrap().strip_prefix('#').unwrap().to_owned();
        match schema.get("items") {
            Some(item) => answer.as_array().unwrap().iter().try_for_each(|one| self.document.check(&name(item), one)),
            None => self.document.check(&name(schema), answer),
        }
    }

    fn exchange(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: &Body<'_>,
    ) -> (u16, reqwest::header::HeaderMap, String) {
        let url = format!("{}{path}", self.company.url());
        let mut request = reqwest::Client::new().request(method.parse().unwrap(), url);
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        let request = match body {
            Body::None => request,
            Body::Json(json) => request.header("content-type", "application/json").body(json.to_string()),
            Body::Raw(text) => request.body((*text).to_owned()),
        };
        self.company.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
            (status, headers, answer.text().await.unwrap())
        })
    }

    fn login(&self, login: &str, password: &str, device: &str, status: u16) -> Value {
        let device = json!({"id": device, "name": "telefon", "platform": "test"});
        let body = json!({"login": login, "password": password, "device": device});
        self.send("POST", "/v1/auth/login", "", "", Body::Json(&body), status)
    }

    fn sync(&self, token: &str, request: &Value, status: u16) -> Value {
        self.send("POST", "/v1/sync", "", token, Body::Json(request), status)
    }
}

/// A company with two reps, an admin, and a customer who is not Ayşe's.
fn company() -> Session {
    let session = Session::start();
    session.import("reps", "code,name\nR1,Ayşe Yılmaz\nR2,Mehmet Demir\n");
    let users = "login,password,role,rep_code\nayse,saha-ayse-2026,rep,R1\nmehmet,saha-mehmet-2026,rep,R2\nit,saha-it-2026,admin,\n";
    session.import("users", users);
    session.import(
        "customers",
        "code,name,status,segment,tax_no\nC1,Kaya Büfe,active,A,4540536920\nC2,Ada Market,active,B,\n",
    );
    session.import("assignments", "customer_code,rep_code,from,to\nC1,R2,2026-01-01,\nC2,R1,2026-01-01,\n");
    session
}

fn id(n: u32) -> String {
    format!("0198c0de-0000-7000-8000-{n:012x}")
}

fn change(n: u32, row: u32, op: &str, payload: Value) -> Value {
    let mut change = json!({"op_id": id(n), "seq": n, "attempt": 1, "kind": "customer", "id": id(row), "op": op,
        "hlc": "1795417200000-0000"});
    if !payload.is_null() {
        change["payload"] = payload;
    }
    change
}

fn prospect(row: u32, tax_no: Option<&str>) -> Value {
    json!({"id": id(row), "name": "Yeni Büfe", "lifecycle": "prospect", "segment": "unknown", "tax_no": tax_no})
}

/// The name of an externally tagged value.
fn tag(outcome: &Value) -> &str {
    outcome.as_str().or_else(|| outcome.as_object()?.keys().next().map(String::as_str)).unwrap()
}

#[test]
fn a_sign_in_and_everything_that_it_opens_are_as_the_document_says() {
    let session = company();
    session.send("GET", "/v1/info", "", "", Body::None, 200);
    let refused = session.login("ayse", "wrong", DEVICE, 401);
    assert_eq!(refused["code"], "wrong_credentials");
    let grant = session.login("ayse", "saha-ayse-2026", DEVICE, 200);
    session.login("mehmet", "saha-mehmet-2026", DEVICE, 409);
    let refresh = json!({"refresh_token": grant["refresh_token"]});
    let grant = session.send("POST", "/v1/auth/refresh", "", "", Body::Json(&refresh), 200);
    session.send("POST", "/v1/auth/refresh", "", "", Body::Json(&json!({"refresh_token": "?"})), 401);
    let token = grant["access_token"].as_str().unwrap();
    let devices = session.send("GET", "/v1/devices", "", token, Body::None, 200);
    assert_eq!(devices[0]["id"], DEVICE);
    session.send("DELETE", "/v1/devices/{id}", &id(9), token, Body::None, 404);
    session.send("DELETE", "/v1/devices/{id}", DEVICE, token, Body::None, 204);
    session.send("GET", "/v1/devices", "", token, Body::None, 403);
    session.login("ayse", "saha-ayse-2026", DEVICE, 403);
    let admin = session.login("it", "saha-it-2026", &id(2), 200);
    let devices = session.send("GET", "/v1/devices", "", admin["access_token"].as_str().unwrap(), Body::None, 200);
    assert!(devices.as_array().unwrap().iter().any(|device| device["revoked_at_ms"].is_i64()), "{devices}");
    for _ in 0..10 {
        session.login("nobody", "wrong", DEVICE, 401);
    }
    session.login("nobody", "wrong", DEVICE, 429);
}

/// A request with changes, of a device that knows nothing yet.
fn request(grant: &Value, changes: Value) -> Value {
    json!({"schema": 1, "request_id": REQUEST, "sent_at_ms": grant["server_time_ms"], "limit": 100, "changes": changes})
}

/// What each change was told.
fn outcomes(answer: &Value) -> Vec<&str> {
    answer["results"].as_array().unwrap().iter().map(|result| tag(&result["outcome"])).collect()
}

/// Whether something of that sort was pulled.
fn has_pulled(answer: &Value, field: &str) -> bool {
    answer["changes"].as_array().unwrap().iter().any(|item| item.get(field).is_some())
}

#[test]
fn a_sync_with_every_kind_of_answer_is_as_the_document_says() {
    let session = company();
    let grant = session.login("ayse", "saha-ayse-2026", DEVICE, 200);
    let token = grant["access_token"].as_str().unwrap();
    let mut stranger = change(8, 14, "patch", json!({"note": "x"}));
    stranger["kind"] = json!("invoice");
    let changes = json!([
        change(1, 11, "create", prospect(11, None)),
        change(2, 11, "patch", json!({"note": "kapıda bekle"})),
        change(3, 12, "create", prospect(12, Some("4540536920"))),
        change(4, 12, "patch", json!({"note": "x"})),
        change(5, 13, "patch", json!({"note": "x"})),
        change(1, 11, "create", prospect(11, None)),
        change(1, 11, "create", prospect(11, Some("4540536920"))),
        stranger
    ]);
    let answer = session.sync(token, &request(&grant, changes), 200);
    let told = outcomes(&answer);
    assert_eq!(told, ["applied", "applied", "rejected", "blocked", "need_full", "applied", "conflict", "retry"]);
    assert_eq!(answer["results"][5]["replayed"], true);
    assert!(has_pulled(&answer, "body"), "{answer}");

    // One customer goes and another one comes.
    let moved = "C2,R1,2026-01-01,2026-01-01\nC1,R2,2026-01-01,2026-01-01\nC1,R1,2026-01-02,\n";
    session.import("assignments", &format!("customer_code,rep_code,from,to\n{moved}"));
    let mut fix = change(6, 12, "create", prospect(12, None));
    fix["replaces"] = json!(id(3));
    let mut without_base = change(5, 13, "patch", json!({"note": "x"}));
    without_base["lacks_full"] = json!(true);
    let mut next = request(&grant, json!([fix, without_base]));
    next["cursor"] = answer["next_cursor"].clone();
    next["head"] = answer["head"].clone();
    let answer = session.sync(token, &next, 200);
    assert_eq!(outcomes(&answer), ["applied", "rejected"]);
    assert!(has_pulled(&answer, "left") && has_pulled(&answer, "entered"), "{answer}");

    next["cursor"] = json!("of another server");
    assert_eq!(session.sync(token, &next, 200)["history_changed"], true);
}

#[test]
fn every_refusal_of_a_sync_is_as_the_document_says() {
    let session = company();
    let grant = session.login("ayse", "saha-ayse-2026", DEVICE, 200);
    let token = grant["access_token"].as_str().unwrap();
    let raw = |token: &str, body: &str, status| session.send("POST", "/v1/sync", "", token, Body::Raw(body), status);
    raw("", "{}", 401);
    raw(token, "{}", 400);
    assert_eq!(raw(token, &" ".repeat((1 << 20) + 1), 413)["code"], "too_large");
    let many: Vec<Value> = (1..=501).map(|n| change(n, n, "delete", Value::Null)).collect();
    assert_eq!(session.sync(token, &request(&grant, json!(many)), 413)["code"], "too_many_changes");
    let mut echo = request(&grant, json!([]));
    echo["sent_at_ms"] = json!(1);
    assert_eq!(session.sync(token, &echo, 409)["code"], "stale_request");
    let admin = session.login("it", "saha-it-2026", &id(2), 200);
    session.sync(admin["access_token"].as_str().unwrap(), &echo, 403);
}

#[test]
fn what_is_said_of_files_is_as_the_document_says() {
    let session = company();
    let admin = session.login("it", "saha-it-2026", &id(2), 200);
    let admin = admin["access_token"].as_str().unwrap();
    let import = |kind: &str, token: &str, csv: &str, status| {
        session.send("POST", "/v1/import/{kind}", kind, token, Body::Raw(csv), status)
    };
    assert_eq!(import("reps", admin, "code,name\nR3,Deniz\n", 200)["created"], 1);
    let problems = &import("customers", admin, "code,name,status,segment\nC3,,active,A\n", 200)["problems"];
    assert_eq!((problems[0]["line"].as_u64(), problems[0]["column"].as_str()), (Some(2), Some("name")), "{problems}");
    import("invoices", admin, "", 400);
    let rep = session.login("ayse", "saha-ayse-2026", DEVICE, 200);
    let rep = rep["access_token"].as_str().unwrap();
    import("reps", rep, "code,name\n", 403);
    session.send("GET", "/v1/blobs/{sha256}/status", HASH, rep, Body::None, 404);
    session.send("GET", "/v1/blobs/{sha256}", HASH, rep, Body::None, 404);
    session.send("PUT", "/v1/blobs/{sha256}", HASH, rep, Body::Raw("part"), 404);
    session.send("PUT", "/v1/blobs/{sha256}", HASH, admin, Body::Raw("part"), 403);
}
