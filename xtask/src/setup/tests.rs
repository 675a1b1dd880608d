use super::*;

fn cache_with(variables: &[(&str, &str)]) -> Result<PathBuf> {
    cache_in(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
}

#[test]
fn the_more_special_folder_wins() {
    let all = [("HOME", "/h"), ("XDG_CACHE_HOME", "/x"), ("SAHA_CACHE", "/s")];
    assert_eq!(cache_with(&all).unwrap(), PathBuf::from("/s"));
    assert_eq!(cache_with(&all[..2]).unwrap(), PathBuf::from("/x/saha"));
    assert_eq!(cache_with(&all[..1]).unwrap(), PathBuf::from("/h/.cache/saha"));
}

#[test]
fn a_relative_or_empty_folder_is_ignored() {
    let cache = cache_with(&[("HOME", "/h"), ("XDG_CACHE_HOME", "cache"), ("SAHA_CACHE", "")]);
    assert_eq!(cache.unwrap(), PathBuf::from("/h/.cache/saha"));
}

#[test]
fn without_any_folder_the_error_names_the_variable() {
    assert!(cache_with(&[]).unwrap_err().to_string().contains("SAHA_CACHE"));
}

#[test]
fn only_the_pinned_version_counts() {
    assert!(is_version("cargo-deny 0.20.2\n", &CARGO_DENY));
    assert!(!is_version("cargo-deny 0.20.20\n", &CARGO_DENY));
    assert!(!is_version("", &CARGO_DENY));
}
