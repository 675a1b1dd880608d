use saha_domain::Hlc;

use super::{Clock, FieldClocks};

fn at(version: i64) -> Clock {
    Clock::new(version, Hlc::new(version, 0), 1)
}

#[test]
fn a_write_touches_what_it_holds_and_what_holds_it_and_no_neighbour() {
    let mut clocks = FieldClocks::all(at(1));
    clocks.set("lines/a/price", at(3));
    clocks.set("lines/ab", at(5));
    clocks.set("lines.x", at(7));
    clocks.set("lines0", at(8));
    let newest = |path: &str| clocks.newest(path).version();
    assert_eq!(["lines", "lines/a", "lines/a/price", "lines/a/price/x"].map(newest), [5, 3, 3, 3]);
    assert_eq!(["lines/ab/price", "lines/b", "line", "lines/a/pri"].map(newest), [5, 1, 1, 1]);
}

#[test]
fn a_write_of_the_whole_forgets_the_writes_of_its_parts() {
    let mut clocks = FieldClocks::all(at(1));
    for (version, path) in (2..).zip(["lines/a/price", "lines/a/net", "lines/b", "lines0"]) {
        clocks.set(path, at(version));
    }
    clocks.set("lines/a", at(9));
    assert_eq!(
        ["lines/a/price", "lines/a", "lines/b", "lines0"].map(|path| clocks.own(path).map(Clock::version)),
        [None, Some(9), Some(4), Some(5)]
    );
    assert_eq!(clocks.len(), 3);
}
