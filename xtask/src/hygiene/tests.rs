use super::*;

fn found(path: &str, text: &str) -> Vec<String> {
    let known = ["README.md", "docs/glossary.md", "docs/adr/0001-one.md", "core/src/lib.rs"];
    let paths = known.iter().map(|&path| path.to_owned()).collect();
    let line = |finding: Finding| format!("{}: {}", finding.line, finding.what);
    check(path, text, &paths, &BTreeSet::from(["core/src/testing".to_owned()])).into_iter().map(line).collect()
}

/// Puts the slash in front only here, so that this file keeps the rule itself.
fn absolute(path: &str) -> String {
    format!("/{path}")
}

#[test]
fn a_path_of_one_machine_is_found() {
    for path in ["work/main/x.rs", "root/.cargo", "home/ayşe/saha", "Users/ali/saha"] {
        assert_eq!(found("a.toml", &format!("x\npath = \"{}\"", absolute(path))).len(), 1, "{path}");
    }
}

#[test]
fn a_path_that_any_machine_has_is_left() {
    for path in ["see tests/home/a", "https://example.org/home/a", "~/home/a", "/home/<name>/saha", "/homes/x"] {
        assert_eq!(found("a.md", path), Vec::<String>::new(), "{path}");
    }
    assert_eq!(found("a.md", &absolute("root")), Vec::<String>::new(), "a name alone");
}

#[test]
fn shipped_code_must_not_panic() {
    for call in [
        "x.unwrap();",
        "get(\"https://x\").unwrap()",
        "x.expect(\"y\");",
        "x.expect(&y);",
        "panic!(\"y\")",
        "todo!()",
        "unimplemented!()",
    ] {
        assert_eq!(found("core/src/store.rs", call).len(), 1, "{call}");
    }
}

#[test]
fn tests_tools_comments_and_gentler_calls_may_say_so() {
    assert!(found("core/src/store/tests.rs", "x.unwrap()").is_empty());
    assert!(found("core/src/tests/store.rs", "x.unwrap()").is_empty());
    assert!(found("xtask/src/main.rs", "x.unwrap()").is_empty());
    assert!(found("core/src/store.rs", "    /// x.unwrap()\n    a(); // never .unwrap()").is_empty());
    assert!(found("core/src/store.rs", "x.unwrap_or_default().expect_one(); stage.expect(false, y)").is_empty());
}

#[test]
fn a_module_declared_for_tests_is_no_shipped_code() {
    assert!(found("core/src/testing.rs", "x.unwrap()").is_empty());
    assert!(found("core/src/testing/clock.rs", "x.unwrap()").is_empty());
    assert_eq!(found("core/src/testing_ground.rs", "x.unwrap()").len(), 1);
}

#[test]
fn a_test_module_is_found_by_its_declaration() {
    let text = "#[cfg(test)]\n#[allow(x)]\npub(crate) mod samples;\nmod real;\n#[cfg(test)]\nuse x::y;";
    assert_eq!(rules::test_modules("core/src/records.rs", text), ["core/src/records/samples"]);
    assert_eq!(rules::test_modules("core/src/lib.rs", text), ["core/src/samples"]);
    assert_eq!(rules::test_modules("core/src/sync/mod.rs", text), ["core/src/sync/samples"]);
}

#[test]
fn an_inline_test_module_is_found() {
    let inline = "2: tests sit in a sibling file: `#[cfg(test)] mod tests;`";
    assert_eq!(found("tests/src/lib.rs", "#[cfg(test)]\nmod tests {\n}"), [inline]);
    assert_eq!(found("a.rs", "#[cfg(test)] #[allow(x)]\npub(crate) mod cases {"), [inline]);
    assert_eq!(found("a.rs", "#[cfg(test)] mod tests {").len(), 1);
}

#[test]
fn a_sibling_test_file_and_other_modules_are_left() {
    assert!(found("a.rs", "#[cfg(test)]\nmod tests;\n\nmod real {\n}").is_empty());
    assert!(found("a.rs", "#[cfg(test)]\nfn model() {\n}\nmod real {").is_empty());
}

#[test]
fn a_dead_link_is_found_with_its_line() {
    assert_eq!(found("docs/a.md", "one\n[x](gone.md)"), ["2: dead link: gone.md"]);
    assert_eq!(found("docs/a.md", "[x]: ../gone.md"), ["1: dead link: ../gone.md"]);
    assert_eq!(found("README.md", "[x](../README.md)"), ["1: dead link: ../README.md"]);
}

#[test]
fn a_link_to_what_is_there_is_left() {
    let text = "[a](glossary.md#words) [b](adr/) [c](../README.md \"title\") [d](/core/src/lib.rs) [e](..)\n\
                [f](https://example.org/x) [g](#here) [h](mailto:a@example.org) `[i](gone)`\n\
                ```\n[j](gone.md)\n```";
    assert_eq!(found("docs/a.md", text), Vec::<String>::new());
}
