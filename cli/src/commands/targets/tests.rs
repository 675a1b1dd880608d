use saha_domain::{CurrencyCode, Lifecycle, Metric, NaiveDate, catalog::Lang, period::DateRange};

use super::*;

fn target(filter: TargetFilter) -> Progress {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    Progress {
        target: uuid::Uuid::nil().into(),
        title: "Weekly visits".into(),
        metric: Metric::Visits,
        filter,
        period: Period::Week,
        range: DateRange::day(day),
        currency: None::<CurrencyCode>,
        target_value: 6,
        confirmed: 1,
        waiting: 2,
        rejected: 0,
        actual: 3,
        progress_bp: Some(5_000),
        expected: None,
        pace_bp: None,
        remaining: 3,
        required_per_day: Some(1),
        working_days_left: 3,
        today_quota: Some(1),
        today_actual: 1,
        other_currencies: Vec::new(),
    }
}

#[test]
fn bars_stand_in_one_column_with_a_filter_and_without() {
    let out = Out::new(Lang::En, false);
    let column = |target: &Progress| {
        let lines = target_lines(&out, target);
        lines.iter().find_map(|line| line.chars().position(|c| c == '█')).unwrap()
    };
    let prospects = target(TargetFilter { lifecycle: Some(Lifecycle::Prospect), ..TargetFilter::default() });
    assert_eq!(column(&target(TargetFilter::default())), column(&prospects));
}
