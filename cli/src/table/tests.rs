use super::*;

fn table() -> Table {
    let mut table = Table::new(&[Align::Left, Align::Left, Align::Right], 1);
    table.row(["C1".into(), "Işıl Büfe".into(), "5".into()]);
    table.row(["C22".into(), "Gökkuşağı Şarküteri".into(), "1.250".into()]);
    table
}

#[test]
fn turkish_letters_stay_in_line() {
    assert_eq!(table().lines(None), ["C1   Işıl Büfe                5", "C22  Gökkuşağı Şarküteri  1.250"]);
}

#[test]
fn the_flexible_column_gives_way() {
    let lines = table().lines(Some(24));
    assert_eq!(lines, ["C1   Işıl Büfe         5", "C22  Gökkuşağı Ş…  1.250"]);
    assert!(lines.iter().all(|line| measure_text_width(line) <= 24));
}

#[test]
fn long_text_is_broken_at_spaces() {
    assert_eq!(wrap("bir iki üç dört", 8), ["bir iki", "üç dört"]);
    assert!(wrap("  ", 8).is_empty());
}
