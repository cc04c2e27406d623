//! A plot in words: a summary in sentences, one place by itself, and all of it as a table. Pure.

use deskops_domain::text::{format_fixed, show_fixed};

use super::plot::{Form, Part, Plot, Series};
use super::stand::part;
use crate::words::percent;

/// The chart in sentences.
#[must_use]
pub fn summary(plot: &Plot) -> String {
    if plot.is_empty() {
        return "Nothing was entered in these days.".into();
    }
    match plot.form {
        Form::Lying => lying(plot),
        Form::Share => share(plot),
        Form::Area => area(plot),
        Form::Grouped => flow(plot),
        Form::Stacked => stacked(plot),
    }
}

/// A figure of the plot in a sentence: exact, without zeros that say nothing.
fn said(plot: &Plot, raw: i64) -> String {
    let exact = show_fixed(raw, plot.decimals);
    let short = if exact.contains('.') {
        exact.trim_end_matches('0').trim_end_matches('.')
    } else {
        &exact
    };
    if plot.unit.is_empty() { short.to_owned() } else { format!("{short} {}", plot.unit) }
}

fn signed(plot: &Plot, raw: i64) -> String {
    if raw > 0 { format!("+{}", said(plot, raw)) } else { said(plot, raw) }
}

/// Names begin small within a sentence, unless they are codes.
fn small(name: &str) -> String {
    let is_word = name.chars().skip(1).any(char::is_lowercase);
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if is_word => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn flow(plot: &Plot) -> String {
    let told = plot.series.iter().filter(|series| series.values.iter().any(Option::is_some));
    let parts: Vec<_> = told
        .map(|series| match series.part {
            Part::Line => format!("{} {}", small(&series.name), signed(plot, series.sum())),
            _ => format!("{} {}", small(&series.name), said(plot, series.sum())),
        })
        .collect();
    let highest = highest(plot)
        .map(|(at, value)| format!("; highest {} {}", plot.slots[at].name, said(plot, value)));
    let sentence = format!("{}{}.", capital(&parts.join(", ")), highest.unwrap_or_default());
    let reached = plot.series.iter().filter_map(|series| reached(plot, series));
    [sentence].into_iter().chain(reached).collect::<Vec<_>>().join(" ")
}

/// The place with the most of the first mass, and how much that is.
fn highest(plot: &Plot) -> Option<(usize, i64)> {
    let first = plot.series.iter().find(|series| series.is_mass())?;
    let known = first.values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?)));
    known.max_by_key(|(_, value)| *value)
}

fn stacked(plot: &Plot) -> String {
    let masses = plot.series.iter().filter(|series| series.is_mass() && series.sum() != 0);
    let parts: Vec<_> = masses
        .map(|series| format!("{} {}", small(&series.name), said(plot, series.sum())))
        .collect();
    let planned = plot.series.iter().find(|series| series.part == Part::Step);
    let planned = planned
        .filter(|series| series.sum() > 0)
        .map(|series| format!("; {} {}", small(&series.name), said(plot, series.sum())));
    format!("Over {} days: {}{}.", plot.slots.len(), parts.join(", "), planned.unwrap_or_default())
}

/// How far a series came to its goal on the days that have one and are over.
fn reached(plot: &Plot, series: &Series) -> Option<String> {
    let goal = plot.series.get(series.goal?)?;
    let each = series.values.iter().zip(&goal.values).zip(&plot.slots);
    let over = each.filter(|(_, slot)| !slot.is_so_far);
    let days: Vec<(i64, i64)> =
        over.filter_map(|((value, goal), _)| Some((value.unwrap_or(0), (*goal)?))).collect();
    let under = days.iter().filter(|(value, goal)| value < goal).count();
    let made: i64 = days.iter().map(|(value, _)| value).sum();
    let target: i64 = days.iter().map(|(_, goal)| goal).sum();
    (target > 0).then(|| {
        let share = percent(part(made, target));
        let (name, count) = (small(&goal.name), days.len());
        format!("{share} of the {name} was reached; {under} of {count} under it.")
    })
}

fn share(plot: &Plot) -> String {
    let masses: Vec<&Series> = plot.series.iter().filter(|series| series.is_mass()).collect();
    let whole: i64 = masses.iter().map(|series| series.sum()).sum();
    let parts: Vec<_> = masses
        .iter()
        .map(|series| format!("{} {}", small(&series.name), percent(part(series.sum(), whole))))
        .collect();
    let words = format!("{} of {}.", capital(&parts.join(", ")), said(plot, whole));
    let planned = plot.series.iter().find(|series| series.part == Part::Told);
    let planned = planned.filter(|planned| planned.sum() > 0 && planned.sum() != whole);
    match masses.first().zip(planned) {
        Some((first, planned)) => format!(
            "{words} {} {} of {} {}: {}.",
            first.name,
            said(plot, first.sum()),
            said(plot, planned.sum()),
            small(&planned.name),
            percent(part(first.sum(), planned.sum()))
        ),
        None => words,
    }
}

fn area(plot: &Plot) -> String {
    let Some(last) = plot.slots.len().checked_sub(1) else { return String::new() };
    let at = |series: &&Series| series.values[last].map(|value| (small(&series.name), value));
    let masses = || plot.series.iter().filter(|series| series.is_mass());
    let parts: Vec<_> = masses()
        .filter_map(|series| at(&series))
        .map(|(name, value)| format!("{name} {}", said(plot, value)))
        .collect();
    let together: i64 = masses().filter_map(|series| series.values[last]).sum();
    let mut words = format!(
        "{}: {}; together {}.",
        plot.slots[last].long,
        parts.join(", "),
        said(plot, together)
    );
    for limit in plot.series.iter().filter(|series| !series.is_mass()) {
        if let Some(value) = limit.values[last] {
            words += &format!(" {} {}.", limit.name, said(plot, value));
        }
    }
    words
}

fn lying(plot: &Plot) -> String {
    let Some(bars) = plot.series.iter().find(|series| series.is_mass()) else {
        return String::new();
    };
    let first = bars.values.first().copied().flatten().unwrap_or(0);
    let most = plot.slots.first().map(|slot| format!("Most: {} {}.", slot.long, said(plot, first)));
    let goal = bars.goal.and_then(|goal| plot.series.get(goal));
    let under = goal.map(|goal| {
        let each = plot.slots.iter().zip(bars.values.iter().zip(&goal.values));
        let names: Vec<_> = each
            .filter(|(_, (value, goal))| goal.is_some_and(|goal| value.unwrap_or(0) < goal))
            .map(|(slot, _)| slot.long.clone())
            .collect();
        match names.len() {
            0 => " None is below its minimum.".to_owned(),
            _ => format!(" Below the minimum: {}.", names.join(", ")),
        }
    });
    most.unwrap_or_default() + &under.unwrap_or_default()
}

/// The figures of one place, by name; shares with their part of a hundred.
#[must_use]
pub fn place(plot: &Plot, slot: usize) -> Vec<(String, String)> {
    let at = |series: &Series| series.values.get(slot).copied().flatten();
    let whole: i64 = plot.series.iter().filter(|series| series.is_mass()).filter_map(at).sum();
    let told = plot.series.iter().filter_map(|series| {
        let raw = at(series)?;
        let exact = amount(plot, raw);
        let words = match (plot.form, series.part) {
            (Form::Share, Part::Mass) => format!("{} ({exact})", percent(part(raw, whole))),
            (_, Part::Line) if raw > 0 => format!("+{exact}"),
            _ => exact,
        };
        Some((series.name.clone(), words))
    });
    told.collect()
}

/// One place in a sentence, for readers.
#[must_use]
pub fn sentence(plot: &Plot, slot: usize) -> String {
    let Some(named) = plot.slots.get(slot) else { return String::new() };
    let figures: Vec<_> =
        place(plot, slot).into_iter().map(|(name, words)| format!("{name} {words}")).collect();
    let figures =
        if figures.is_empty() { "nothing entered".to_owned() } else { figures.join(", ") };
    let so_far = if named.is_so_far { " so far" } else { "" };
    format!("{}{so_far}: {figures}", named.long)
}

fn amount(plot: &Plot, raw: i64) -> String {
    crate::words::amount(raw, plot.decimals, plot.unit)
}

/// The figures as they are pasted into a sheet: one line a place, days as files have them.
#[must_use]
pub fn tsv(plot: &Plot) -> String {
    let unit = if plot.unit.is_empty() { String::new() } else { format!(" ({})", plot.unit) };
    let first = if plot.slots.iter().any(|slot| slot.day.is_some()) { "Day" } else { "Name" };
    let heads = plot.series.iter().map(|series| format!("{}{unit}", series.name));
    let mut lines =
        vec![[first.to_owned()].into_iter().chain(heads).collect::<Vec<_>>().join("\t")];
    for (at, slot) in plot.slots.iter().enumerate() {
        let name = slot.day.map_or_else(|| slot.name.clone(), |day| day.to_string());
        let cells = plot.series.iter().map(|series| {
            let raw = series.values.get(at).copied().flatten();
            raw.map(|raw| format_fixed(raw, plot.decimals)).unwrap_or_default()
        });
        lines.push([name].into_iter().chain(cells).collect::<Vec<_>>().join("\t"));
    }
    lines.join("\r\n") + "\r\n"
}

#[cfg(test)]
mod tests {
    use deskops_domain::day::Day;

    use super::super::plot::{Cue, Ink, Slot};
    use super::*;

    fn mass(name: &str, values: &[i64]) -> Series {
        Series::mass(name, Ink::C1, Cue::Solid, values.iter().copied().map(Some).collect())
    }

    fn plot(form: Form, series: Vec<Series>) -> Plot {
        let first = Day::parse("2026-11-13").unwrap();
        let count = i64::try_from(series[0].values.len()).unwrap();
        let slots = (0..count).map(|at| Slot::of_day(first.plus(at), false)).collect();
        Plot { form, unit: "t", decimals: 3, slots, series }
    }

    #[test]
    fn a_flow_is_told_with_its_sums_its_difference_and_its_highest_day() {
        let net = vec![Some(90_000), Some(2_190_000)];
        let all = plot(
            Form::Grouped,
            vec![
                mass("Received", &[27_090_000, 1_310_000]),
                mass("Dispatched", &[27_000_000, -880_500]),
                Series::line("Net", Part::Line, net),
            ],
        );
        assert_eq!(
            summary(&all),
            "Received 28,400 t, dispatched 26,119.5 t, net +2,280 t; highest 13 Nov 27,090 t."
        );
        assert_eq!(
            sentence(&all, 1),
            "Sat 14 Nov 2026: Received 1,310.000 t, Dispatched \u{2212}880.500 t, Net +2,190.000 t"
        );
    }

    #[test]
    fn a_target_is_told_with_what_was_reached_and_the_days_under_it() {
        let mut made = mass("Production", &[900_000, 1_100_000, 77_000]);
        made.goal = Some(1);
        let goal = vec![Some(1_000_000), Some(1_000_000), None];
        let all = plot(Form::Grouped, vec![made, Series::line("Target", Part::Step, goal)]);
        let words = summary(&all);
        assert!(words.contains("target 2,000 t; highest 14 Nov 1,100 t."), "{words}");
        assert!(words.contains("100.00 % of the target was reached; 1 of 2 under it."), "{words}");
    }

    #[test]
    fn shares_and_stocks_are_told_in_their_own_way() {
        let all = plot(Form::Share, vec![mass("Running", &[3_000]), mass("Down", &[1_000])]);
        assert_eq!(summary(&all), "Running 75.00 %, down 25.00 % of 4 t.");
        assert_eq!(place(&all, 0)[1], ("Down".into(), "25.00 % (1.000 t)".into()));
        let all = plot(
            Form::Area,
            vec![
                mass("Fine", &[1, 5_000]),
                Series::line("Minimum", Part::Limit, vec![None, Some(4_000)]),
            ],
        );
        assert_eq!(summary(&all), "Sat 14 Nov 2026: fine 5 t; together 5 t. Minimum 4 t.");
        let mut bars = mass("Stock", &[9_000, 1_000]);
        bars.goal = Some(1);
        let limits = Series::line("Minimum", Part::Limit, vec![Some(10), Some(2_000)]);
        let mut all = plot(Form::Lying, vec![bars, limits]);
        all.slots = vec![Slot::named("G1"), Slot::named("S1")];
        assert_eq!(summary(&all), "Most: G1 9 t. Below the minimum: S1.");
    }

    #[test]
    fn nothing_is_told_too() {
        assert_eq!(
            summary(&plot(Form::Area, vec![mass("x", &[0])])),
            "Nothing was entered in these days."
        );
        let mut all = plot(Form::Grouped, vec![mass("Received", &[0])]);
        all.series[0].values[0] = None;
        all.slots[0].is_so_far = true;
        assert_eq!(sentence(&all, 0), "Fri 13 Nov 2026 so far: nothing entered");
    }

    #[test]
    fn the_data_goes_to_a_sheet_as_plain_numbers() {
        let mut all =
            plot(Form::Grouped, vec![mass("Received", &[1_310_000, -5]), mass("Net", &[1, 2])]);
        all.series[1].values[1] = None;
        assert_eq!(
            tsv(&all),
            "Day\tReceived (t)\tNet (t)\r\n2026-11-13\t1310.000\t0.001\r\n2026-11-14\t-0.005\t\r\n"
        );
    }
}
