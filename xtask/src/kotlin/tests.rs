use super::*;

const ANSWER: &str =
    "Apache Maven 3.8.7\nMaven home: /usr/share/maven\nJava version: 17.0.15, vendor: Debian, runtime: /usr/lib/jvm";

#[test]
fn a_maven_on_a_new_enough_java_is_enough() {
    assert_eq!(reason(ANSWER), None);
    assert_eq!(reason(&ANSWER.replace("17.0.15", "21")), None);
}

#[test]
fn an_old_java_and_no_maven_are_told_apart() {
    assert_eq!(reason(&ANSWER.replace("17.0.15", "11.0.2")).unwrap(), "Java 11 instead of 17 or newer");
    assert_eq!(reason("").unwrap(), "no Maven, or no Java 17 or newer");
}

#[test]
fn reports_are_summed_and_an_error_counts_as_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str, figures: &str| {
        let text = format!(
            "<?xml version=\"1.0\"?>\n<testsuite name=\"dev.saha.{name}\" time=\"1.5\" {figures}>\n<testcase/></testsuite>"
        );
        fs::write(folder.path().join(format!("TEST-{name}.xml")), text).unwrap();
    };
    report("A", "tests=\"5\" errors=\"1\" skipped=\"1\" failures=\"1\"");
    report("B", "tests=\"2\" errors=\"0\" skipped=\"0\" failures=\"0\"");
    fs::write(folder.path().join("A.txt"), "Tests run: 5").unwrap();
    let counts = counted(folder.path()).unwrap();
    assert_eq!(counts, Counts { passed: 4, failed: 2, ignored: 1, broken: false });
}

#[test]
fn without_reports_nothing_was_tested() {
    assert_eq!(counted(Path::new("nowhere")).unwrap(), Counts::default());
}

#[test]
fn a_property_of_a_maven_project_is_read() {
    let manifest = "<project><version> 0.1.0 </version><properties><jna.version>5.19.1</jna.version></properties>";
    assert_eq!(property(manifest, "jna.version").unwrap(), "5.19.1");
    assert_eq!(property(manifest, "version").unwrap(), "0.1.0");
    assert!(property(manifest, "kotlin.version").is_err());
}
