use super::*;

/// Every command with its path, hidden ones aside.
fn commands(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
    found.push((path.to_owned(), command.clone()));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        commands(sub, format!("{path} {}", sub.get_name()).trim(), found);
    }
}

fn all(lang: Lang) -> Vec<(String, Command)> {
    let mut found = Vec::new();
    commands(&localized_command(lang), "", &mut found);
    found
}

#[test]
fn every_command_and_every_argument_has_a_turkish_text() {
    for (path, command) in all(Lang::En) {
        let page = turkish::page(&path).unwrap_or_else(|| panic!("no Turkish page for `{path}`"));
        assert_eq!(page.after.is_some(), command.get_after_help().is_some(), "examples of `{path}`");
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let id = arg.get_id().as_str();
            assert!(turkish::argument(&path, id).is_some(), "no Turkish help for `{path}` {id}");
            for name in arg.get_value_names().unwrap_or_default().iter().filter(|_| arg.get_action().takes_values()) {
                assert_ne!(values::turkish(name), name.as_str(), "no Turkish word for {name}");
            }
        }
    }
}

#[test]
fn turkish_help_has_no_english_words_of_claps_own() {
    for (path, mut command) in all(Lang::Tr) {
        let help = format!("{}{}", command.render_help(), command.render_long_help());
        for english in [
            "Usage",
            "Options",
            "Commands",
            "Arguments",
            "OPTIONS",
            "COMMAND",
            "Print",
            "default:",
            "possible",
            "help of",
        ] {
            assert!(!help.contains(english), "`{path}`: {english} in\n{help}");
        }
    }
}

#[test]
fn help_fits_into_a_hundred_columns_and_the_start_page_into_eighty() {
    for lang in [Lang::En, Lang::Tr] {
        for (path, mut command) in all(lang) {
            let limit = if path.is_empty() { 80 } else { 100 };
            for line in command.render_help().to_string().lines() {
                assert!(line.chars().count() <= limit, "`{path}`: {line}");
            }
        }
    }
}

#[test]
fn the_command_line_is_sound() {
    for lang in [Lang::En, Lang::Tr] {
        let parse = |line: &str| localized_command(lang).try_get_matches_from(line.split(' '));
        for line in [
            "saha customers",
            "saha customers ihlamur kafe --limit 5",
            "saha customers add --name X --tax-no 1",
            "saha visit check-in C1 --lat -1.5 --lon 2",
            "saha visit photo a.jpg --purpose shelf",
            "saha visit photos 5f2a91c0 --fetch",
            "saha call C1 --disposition no-answer --json",
            "saha call list --date 2026-11-24",
            "saha call delete 5f2a91c0",
            "saha sale C1 P1=2 P2=3 --discount 5% --discount %2",
            "saha sale list",
            "saha sale edit A1 1 --price 2,5",
            "saha outbox",
            "saha sync --max-seconds 30 --max-kib 500 --metered",
            "saha outbox fix 1234 --set tax_no=1 --set name=X",
            "saha import all dir --server http://127.0.0.1:1 --token x",
            "saha import all dir --token-stdin",
            "saha devices list --token x",
            "saha devices revoke 5f2a91c0 --server http://127.0.0.1:1 --token-stdin",
            "saha --lang tr --data d demo --seed 3 --keep e",
        ] {
            assert!(parse(line).is_ok(), "{line}: {}", parse(line).unwrap_err());
        }
        for line in [
            "saha",
            "saha fly",
            "saha visit",
            "saha sale",
            "saha visit check-in C1 --lat 1",
            "saha login",
            "saha devices",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
        localized_command(lang).debug_assert();
    }
}
