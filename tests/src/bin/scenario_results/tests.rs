use serde_json::json;

use super::*;

/// A run whose ids and places begin with `n`.
fn run(n: u128, port: u16) -> Value {
    let id = |k: u128| uuid::Uuid::from_u128(n << 64 | k).to_string();
    let (folder, server) = (format!("/tmp/run-{n}"), format!("http://127.0.0.1:{port}"));
    json!({
        "folder": folder, "server": server,
        "steps": [
            { "do": "account.info", "result": { "device": id(1), "server": format!("{server}/") } },
            { "do": "photos.file", "result": { "path": format!("{folder}/devices/ayse/shelf.png"), "sent_bytes": port } },
            { "do": "outbox.list", "result": [{ "field": format!("lines/{}/quantity", id(2)), "op_id": id(1) }] },
        ],
    })
}

#[test]
fn ids_places_and_sizes_do_not_count() {
    assert_eq!(plain::steps(&run(1, 4000)).unwrap(), plain::steps(&run(2, 5000)).unwrap());
    let told = plain::steps(&run(1, 4000)).unwrap();
    assert_eq!(told[2]["result"][0], json!({ "field": "lines/id-2/quantity", "op_id": "id-1" }));
}

#[test]
fn the_first_step_that_differs_is_named() {
    let first = plain::steps(&run(1, 4000)).unwrap();
    let mut other = first.clone();
    other[2]["result"][0]["op_id"] = "id-2".into();
    assert!(difference(&first, &other).unwrap().starts_with("step 3: "), "another id is another record");
    assert_eq!(difference(&first, &first[..2]).unwrap(), "2 steps instead of 3");
    assert_eq!(difference(&first, &first), None);
}

#[test]
fn a_scenario_that_one_language_left_out_is_a_difference() {
    let folder = tempfile::tempdir().unwrap();
    let folders = ["rust", "swift"].map(|language| folder.path().join(language));
    for (folder, name) in folders.iter().zip(["a-day.json", "a-night.json"]) {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join(name), run(1, 1).to_string()).unwrap();
    }
    let names = names(&folders).unwrap();
    assert_eq!(names.len(), 2);
    for name in names {
        assert_eq!(compare(&folders, &name).unwrap(), ["swift, it was not played everywhere"]);
    }
}
