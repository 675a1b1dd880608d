use super::*;
use crate::{
    Lifecycle, Segment, TargetFilter, WorkCalendar,
    facts::{CubeKey, FactKind, Measures},
    records::samples::*,
};

/// A plain list of cells.
#[derive(Default)]
struct Cells(Vec<(CubeKey, RecordState, Measures)>);

impl Cells {
    fn add(
        mut self,
        kind: FactKind,
        day: &str,
        status: RecordState,
        count: i64,
        amount: Option<(i64, CurrencyCode)>,
    ) -> Self {
        let key = CubeKey {
            rep: id(100),
            date: date(day),
            kind,
            outcome: String::new(),
            segment: Segment::A,
            lifecycle: Lifecycle::Active,
            product_group: String::new(),
            currency: amount.map(|(_, c)| c),
        };
        self.0.push((key, status, Measures { count, amount_minor: amount.map_or(0, |(a, _)| a), duration_ms: 0 }));
        self
    }

    fn visits(self, day: &str, count: i64) -> Self {
        self.add(FactKind::Visit, day, RecordState::Confirmed, count, None)
    }
}

impl FactSource for Cells {
    type Error = std::convert::Infallible;

    fn days(&self, query: &FactQuery) -> Result<Vec<DaySum>, Self::Error> {
        Ok(self
            .0
            .iter()
            .filter(|(key, ..)| query.asks_for(key))
            .map(|(key, status, measures)| DaySum {
                date: key.date,
                status: *status,
                currency: key.currency,
                measures: *measures,
            })
            .collect())
    }
}

fn at(target: &Target, cells: &Cells, day: &str, hour: i32) -> Progress {
    let calendar = WorkCalendar::default_of(id(1));
    let now = LocalMoment { date: date(day), minute: hour * 60 };
    progress([target], cells, &Workdays::new(&calendar), now, Lang::En).unwrap().remove(0)
}

#[test]
fn a_month_half_done_is_shown_with_its_pace() {
    // November 2026 has 25 working days; the 16th begins after 12 of them.
    let target = target(Metric::Visits, Period::Month, &[("2026-01-01", 100)]);
    let cells = Cells::default().visits("2026-11-02", 40).visits("2026-11-16", 4);
    let progress = at(&target, &cells, "2026-11-16", 9);
    assert_eq!((progress.target_value, progress.actual, progress.remaining), (100, 44, 56));
    assert_eq!(progress.progress_bp, Some(4_400));
    assert_eq!(progress.expected, Some(48));
    assert_eq!(progress.pace_bp, Some(9_167), "44 of 48");
    assert_eq!((progress.working_days_left, progress.required_per_day), (13, Some(5)), "56 over 13 days");
    assert_eq!((progress.today_quota, progress.today_actual), (Some(5), 4), "60 over 13 days, as it stood at dawn");
}

#[test]
fn a_target_changed_within_the_month_keeps_both_values_by_working_time() {
    // 12 working days to the 14th, 13 from the 15th (a Sunday) on.
    let target = target(Metric::Visits, Period::Month, &[("2026-01-01", 100), ("2026-11-15", 50)]);
    assert_eq!(at(&target, &Cells::default(), "2026-11-20", 9).target_value, 74);
}

#[test]
fn no_target_is_not_a_reached_target() {
    let target = target(Metric::Visits, Period::Month, &[("2026-12-01", 100)]);
    let progress = at(&target, &Cells::default().visits("2026-11-02", 3), "2026-11-16", 9);
    assert_eq!((progress.target_value, progress.actual), (0, 3));
    assert_eq!((progress.progress_bp, progress.expected, progress.pace_bp), (None, None, None));
    assert_eq!((progress.required_per_day, progress.today_quota, progress.remaining), (None, None, 0));
}

#[test]
fn a_new_month_begins_at_zero_and_knows_its_target() {
    let target = target(Metric::Visits, Period::Month, &[("2026-01-01", 100)]);
    let cells = Cells::default().visits("2026-11-30", 90);
    let progress = at(&target, &cells, "2026-12-01", 8);
    assert_eq!((progress.actual, progress.target_value, progress.progress_bp), (0, 100, Some(0)));
    assert_eq!((progress.expected, progress.pace_bp), (Some(0), None), "nothing is expected before the first hour");
}

#[test]
fn an_overfulfilled_target_is_not_capped() {
    let target = target(Metric::Visits, Period::Day, &[("2026-01-01", 8)]);
    let progress = at(&target, &Cells::default().visits("2026-11-23", 12), "2026-11-23", 12);
    assert_eq!((progress.progress_bp, progress.remaining, progress.required_per_day), (Some(15_000), 0, Some(0)));
}

#[test]
fn a_free_day_asks_for_nothing() {
    let day = target(Metric::Visits, Period::Day, &[("2026-01-01", 8)]);
    let sunday = at(&day, &Cells::default().visits("2026-11-22", 1), "2026-11-22", 12);
    assert_eq!((sunday.target_value, sunday.progress_bp, sunday.today_quota), (0, None, None));
    let month = target(Metric::Visits, Period::Month, &[("2026-01-01", 100)]);
    assert_eq!(at(&month, &Cells::default(), "2026-11-22", 12).today_quota, None);
}

#[test]
fn after_closing_time_of_the_last_day_nothing_can_be_required() {
    let target = target(Metric::Visits, Period::Day, &[("2026-01-01", 8)]);
    let evening = at(&target, &Cells::default(), "2026-11-23", 19);
    assert_eq!((evening.working_days_left, evening.required_per_day, evening.today_quota), (0, None, Some(8)));
    assert_eq!(evening.remaining, 8);
}

#[test]
fn waiting_counts_and_rejected_stands_apart() {
    let target = target(Metric::Sales, Period::Day, &[("2026-01-01", 4)]);
    let cells = Cells::default()
        .add(FactKind::Sale, "2026-11-23", RecordState::Confirmed, 1, Some((100, CurrencyCode::TRY)))
        .add(FactKind::Sale, "2026-11-23", RecordState::Waiting, 2, Some((200, CurrencyCode::TRY)))
        .add(FactKind::Sale, "2026-11-23", RecordState::Refused, 1, Some((900, CurrencyCode::TRY)));
    let progress = at(&target, &cells, "2026-11-23", 12);
    assert_eq!((progress.confirmed, progress.waiting, progress.rejected, progress.actual), (1, 2, 1, 3));
}

#[test]
fn revenue_in_another_currency_is_shown_and_not_added() {
    let target = target(Metric::Revenue, Period::Day, &[("2026-01-01", 10_000)]);
    let euro = "EUR".parse().unwrap();
    let cells = Cells::default()
        .add(FactKind::SaleLine, "2026-11-23", RecordState::Waiting, 1, Some((2_500, CurrencyCode::TRY)))
        .add(FactKind::SaleLine, "2026-11-23", RecordState::Waiting, 1, Some((700, euro)));
    let progress = at(&target, &cells, "2026-11-23", 12);
    assert_eq!((progress.actual, progress.other_currencies), (2_500, vec![Money::new(700, euro)]));
}

#[test]
fn figures_that_do_not_fit_are_an_error() {
    let target = target(Metric::Revenue, Period::Month, &[("2026-01-01", i64::MAX)]);
    let cells = Cells::default().add(
        FactKind::SaleLine,
        "2026-11-23",
        RecordState::Confirmed,
        1,
        Some((i64::MAX, CurrencyCode::TRY)),
    );
    assert_eq!(at(&target, &cells, "2026-11-23", 12).progress_bp, Some(10_000), "the largest that fits");
    let tiny = super::super::records::samples::target(Metric::Revenue, Period::Month, &[("2026-11-30", 1)]);
    let calendar = WorkCalendar::default_of(id(1));
    let now = LocalMoment { date: date("2026-11-23"), minute: 720 };
    let error = progress([&tiny], &cells, &Workdays::new(&calendar), now, Lang::En).unwrap_err();
    assert_eq!(error, ProgressError::Field(overflow()));
}

#[test]
fn a_filter_and_a_metric_of_the_future_are_told_apart() {
    let mut target = target(Metric::Visits, Period::Day, &[("2026-01-01", 8)]);
    target.filter = TargetFilter { segment: Some(Segment::B), ..TargetFilter::default() };
    assert_eq!(at(&target, &Cells::default().visits("2026-11-23", 3), "2026-11-23", 12).actual, 0);
    target.metric = Metric::Unknown;
    let calendar = WorkCalendar::default_of(id(1));
    let now = LocalMoment { date: date("2026-11-23"), minute: 720 };
    assert_eq!(progress([&target], &Cells::default(), &Workdays::new(&calendar), now, Lang::En), Ok(Vec::new()));
}

/// Counts how often it is asked.
struct Asked(Cells, std::cell::Cell<u32>);

impl FactSource for Asked {
    type Error = std::convert::Infallible;

    fn days(&self, query: &FactQuery) -> Result<Vec<DaySum>, Self::Error> {
        self.1.set(self.1.get() + 1);
        self.0.days(query)
    }
}

#[test]
fn targets_over_the_same_facts_ask_once_and_each_counts_its_own_period() {
    let of = |period| target(Metric::Visits, period, &[("2026-01-01", 10)]);
    let (day, week, month) = (of(Period::Day), of(Period::Week), of(Period::Month));
    let filter = TargetFilter { segment: Some(Segment::B), ..TargetFilter::default() };
    let of_others = Target { filter, ..of(Period::Month) };
    let cells = Cells::default().visits("2026-11-02", 1).visits("2026-11-16", 2).visits("2026-11-18", 4);
    let facts = Asked(cells.visits("2026-12-01", 8), 0.into());
    let calendar = WorkCalendar::default_of(id(1));
    let now = LocalMoment { date: date("2026-11-18"), minute: 600 };
    let shown = progress([&day, &week, &month, &of_others], &facts, &Workdays::new(&calendar), now, Lang::En).unwrap();
    let told: Vec<_> = shown.iter().map(|progress| (progress.period, progress.actual, progress.today_actual)).collect();
    assert_eq!(told, [(Period::Day, 4, 4), (Period::Week, 6, 4), (Period::Month, 7, 4), (Period::Month, 0, 0)]);
    assert_eq!(facts.1.get(), 2);
}

#[test]
fn a_target_not_to_be_exceeded_shows_its_headroom_and_asks_for_nothing() {
    let at_most =
        Target { direction: TargetDirection::AtMost, ..target(Metric::Calls, Period::Day, &[("2026-01-01", 8)]) };
    let calls = |count| Cells::default().add(FactKind::Call, "2026-11-23", RecordState::Waiting, count, None);
    for (count, headroom) in [(3, 5), (8, 0), (11, -3)] {
        let progress = at(&at_most, &calls(count), "2026-11-23", 12);
        assert_eq!((progress.actual, progress.remaining), (count, headroom));
        assert_eq!((progress.required_per_day, progress.today_quota), (None, None));
    }
    let sunday = at(&at_most, &Cells::default(), "2026-11-22", 12);
    assert_eq!((sunday.target_value, sunday.remaining), (0, 0), "no target");
}

#[test]
fn nothing_remains_only_once_nothing_is_open() {
    // 12 days at 100 and 13 at 101: T* is 100.52, which is shown as 101.
    let of = |direction| Target {
        direction,
        ..target(Metric::Visits, Period::Month, &[("2026-01-01", 100), ("2026-11-15", 101)])
    };
    let done = Cells::default().visits("2026-11-02", 100);
    assert_eq!(at(&of(TargetDirection::AtLeast), &done, "2026-11-20", 9).remaining, 1);
    assert_eq!(at(&of(TargetDirection::AtMost), &done, "2026-11-20", 9).remaining, 0, "half a visit can't be made");
    // 24 days at 100 and one at 110: T* is 100.4.
    let low = target(Metric::Visits, Period::Month, &[("2026-01-01", 100), ("2026-11-30", 110)]);
    let progress = at(&low, &done, "2026-11-20", 9);
    assert_eq!((progress.target_value, progress.remaining, progress.required_per_day), (100, 1, Some(1)));
}

#[test]
fn what_is_dated_after_today_is_not_done_yet() {
    let target = target(Metric::Visits, Period::Month, &[("2026-01-01", 100)]);
    let cells = Cells::default().visits("2026-11-16", 4).visits("2026-11-17", 8).add(
        FactKind::Visit,
        "2026-11-18",
        RecordState::Refused,
        1,
        None,
    );
    let monday = at(&target, &cells, "2026-11-16", 12);
    assert_eq!((monday.actual, monday.rejected, monday.today_actual), (4, 0, 4));
    assert_eq!(at(&target, &cells, "2026-11-17", 12).actual, 12);
}

#[test]
fn a_direction_or_a_filter_of_the_future_has_no_progress() {
    let of =
        |direction, filter| Target { filter, direction, ..target(Metric::Visits, Period::Day, &[("2026-01-01", 8)]) };
    let segment = TargetFilter { segment: Some(Segment::Unknown), ..TargetFilter::default() };
    let lifecycle = TargetFilter { lifecycle: Some(Lifecycle::Unknown), ..TargetFilter::default() };
    let targets = [
        of(TargetDirection::Unknown, TargetFilter::default()),
        of(TargetDirection::AtLeast, segment),
        of(TargetDirection::AtLeast, lifecycle),
    ];
    let calendar = WorkCalendar::default_of(id(1));
    let now = LocalMoment { date: date("2026-11-23"), minute: 720 };
    let cells = Cells::default().visits("2026-11-23", 3);
    assert_eq!(progress(&targets, &cells, &Workdays::new(&calendar), now, Lang::En), Ok(Vec::new()));
}

#[test]
fn other_currencies_are_in_order_and_without_zeros() {
    let target = target(Metric::Revenue, Period::Day, &[("2026-01-01", 10_000)]);
    let sold = |cells: Cells, amount_minor, code: &str| {
        let amount = Some((amount_minor, code.parse().unwrap()));
        cells.add(FactKind::SaleLine, "2026-11-23", RecordState::Waiting, 1, amount)
    };
    let cells = [(500, "USD"), (700, "GBP"), (300, "EUR"), (-700, "GBP")];
    let cells = cells.into_iter().fold(Cells::default(), |cells, (amount, code)| sold(cells, amount, code));
    let shown = at(&target, &cells, "2026-11-23", 12).other_currencies;
    let shown: Vec<_> = shown.iter().map(|money| (money.amount_minor, money.currency.code())).collect();
    assert_eq!(shown, [(300, "EUR"), (500, "USD")]);
}

#[test]
fn the_shares_of_a_record_are_its_part_of_the_progress() {
    use crate::{Record, Sale, SaleState};
    let revenue = target(Metric::Revenue, Period::Month, &[("2026-01-01", 100)]);
    let cancelled =
        Sale { state: SaleState::Cancelled, cancelled_at: Some(stamp("2026-11-25", 0)), ..sale("2026-10-30") };
    let delta = Delta::of_step(crate::facts::Facts::default(), cancelled.facts(), RecordState::Waiting);
    let on = |day: &str| question(&revenue, date(day)).map(|question| shares(&revenue, &question, &delta)).unwrap();
    let share = |day: &str, value| Share { date: date(day), state: RecordState::Waiting, value };
    assert_eq!(on("2026-10-31"), [share("2026-10-30", 3_200)]);
    assert_eq!(on("2026-11-30"), [share("2026-11-25", -3_200)]);
    assert_eq!(on("2026-11-24"), [], "what is dated later is not done yet");
    let soap = TargetFilter { product_group: Some("temizlik".into()), ..TargetFilter::default() };
    let of_soap = Target { filter: soap, ..revenue.clone() };
    let only = question(&of_soap, date("2026-10-31")).unwrap();
    assert_eq!(shares(&of_soap, &only, &delta), [share("2026-10-30", 1_000)]);
    let euro = Target { currency: "EUR".parse().ok(), ..revenue.clone() };
    let other = question(&euro, date("2026-10-31")).unwrap();
    assert_eq!(shares(&euro, &other, &delta), [], "another currency is not converted");
    assert_eq!(question(&Target { metric: Metric::Unknown, ..revenue }, date("2026-10-31")), None);
}
