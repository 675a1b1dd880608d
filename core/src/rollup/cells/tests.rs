use super::*;

fn measures(count: i64, amount_minor: i64, duration_ms: i64) -> Measures {
    Measures { count, amount_minor, duration_ms }
}

fn cells(of: &[(CellKey, Measures)]) -> Cells {
    let mut cells = Cells::default();
    for (key, measures) in of {
        cells.add(*key, *measures);
    }
    cells
}

#[test]
fn what_was_packed_is_unpacked() {
    let numbers = [0, 1, -1, 63, 64, -64, -65, 8_191, 8_192, 1 << 40, i64::MAX, i64::MIN];
    for number in numbers {
        let packed = cells(&[([1, 2, 300, 0], measures(1, number, 9)), ([7, 7, 7, 7], measures(number, 1, number))]);
        assert_eq!(Cells::unpack(&packed.pack()), Some(packed), "{number}");
    }
    assert_eq!(Cells::unpack(&[]), Some(Cells::default()));
}

#[test]
fn a_cell_of_few_takes_few_bytes() {
    assert_eq!(cells(&[([5, 6, 7, 8], measures(3, 0, 900_000))]).pack().len(), 9);
}

#[test]
fn bytes_that_are_no_cells_are_damage_and_not_a_wrong_sum() {
    let packed = cells(&[([1, 2, 3, 4], measures(1, 1_000, 0))]).pack();
    for length in 1..packed.len() {
        assert_eq!(Cells::unpack(&packed[..length]), None, "{length}");
    }
    assert_eq!(Cells::unpack(&[0xff; 80]), None);
}

#[test]
fn a_cell_that_becomes_zero_is_gone() {
    let mut cells = cells(&[([1, 1, 1, 1], measures(1, 500, 0)), ([2, 1, 1, 1], measures(1, 0, 0))]);
    cells.add([1, 1, 1, 1], measures(-1, -500, 0));
    assert_eq!(cells.iter().count(), 1);
    cells.add([2, 1, 1, 1], measures(-1, 0, 0));
    assert!(cells.is_empty());
}

#[test]
fn a_sum_is_of_the_cells_that_have_every_word_asked_for() {
    let cells = cells(&[
        ([1, 1, 1, 1], measures(1, 0, 0)),
        ([1, 2, 1, 1], measures(10, 0, 0)),
        ([2, 2, 1, 1], measures(100, 0, 0)),
    ]);
    assert_eq!(cells.sum([None; 4]).count, 111);
    assert_eq!(cells.sum([None, Some(2), None, None]).count, 110);
    assert_eq!(cells.sum([Some(1), Some(2), None, None]).count, 10);
    assert_eq!(cells.sum([Some(3), None, None, None]).count, 0);
}
