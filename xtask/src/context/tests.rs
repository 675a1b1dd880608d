use std::time::{Duration, Instant};

use super::*;

#[cfg(unix)]
#[test]
fn a_child_whose_lines_are_not_wanted_any_more_is_ended() {
    let mut command = Command::new("sh");
    command.args(["-c", "echo one; exec sleep 60"]);
    let begun = Instant::now();
    let error = Context::lines(&mut command, |line| bail!("no use for {line}")).unwrap_err();
    assert_eq!(error.to_string(), "no use for one");
    assert!(begun.elapsed() < Duration::from_secs(30), "it was not waited for");
}

#[cfg(unix)]
#[test]
fn each_line_is_heard_and_the_end_is_told() {
    let mut heard = Vec::new();
    let mut command = Command::new("sh");
    command.args(["-c", "printf 'one\\r\\ntwo'; exit 3"]);
    let success = Context::lines(&mut command, |line| {
        heard.push(line.to_owned());
        Ok(())
    });
    assert!(!success.unwrap());
    assert_eq!(heard, ["one", "two"]);
}
