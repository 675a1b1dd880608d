use super::*;

#[test]
fn the_closing_line_of_the_comparison_is_read() {
    let line = "scenario results: 2 differences in 14 scenarios, rust, kotlin";
    assert_eq!(closing(line), Some(Compared { scenarios: 14, differences: 2 }));
    assert_eq!(closing("a-day.json: kotlin, step 3: 1 instead of 2"), None);
}

#[test]
fn the_line_names_the_languages_that_agree() {
    let equal = Compared { scenarios: 14, differences: 0 };
    assert_eq!(equal.line(&["Kotlin", "Swift"]), "14 scenarios equal in Rust, Kotlin, Swift");
    let other = Compared { scenarios: 1, differences: 1 };
    assert_eq!(other.line(&["Kotlin"]), "1 scenario, 1 difference");
}
