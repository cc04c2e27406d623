//! Records of several days gathered into one row: the weeks and months of an export.
//!
//! A pure fold over records that come oldest first. It holds the rows of one week or month at a
//! time, never the records. What of a record is kept apart, summed or carried over is said by the
//! rules in its definition; nothing here knows a module.

use std::collections::{BTreeMap, VecDeque};

use crate::choice::Granularity;
use crate::day::Day;
use crate::entry::{Entry, Moment};
use crate::field::{Kind, Rule, Shape, Value};
use crate::record::Record;

/// Days that follow each other, the first and the last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Span {
    /// The day, week or month that a day is in, whole. Weeks begin on the weekday `week_start`,
    /// Monday 1 to Sunday 7.
    #[must_use]
    pub fn around(day: Day, granularity: Granularity, week_start: u32) -> Self {
        match granularity {
            Granularity::Daily => Self { from: day, to: day },
            Granularity::Weekly => {
                let from = day.first_of_week(week_start);
                Self { from, to: from.plus(6) }
            }
            Granularity::Monthly => Self { from: day.first_of_month(), to: day.last_of_month() },
        }
    }

    /// The part of it that lies in a range.
    #[must_use]
    pub fn within(self, range: Self) -> Self {
        Self { from: self.from.max(range.from), to: self.to.min(range.to) }
    }
}

/// What a gathered row tells of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What its records have in common.
    By,
    /// Their sum.
    Sum,
    /// The sum of its products with the field at this place.
    Product(usize),
    /// What the first record says.
    First,
    /// What the last record says.
    Last,
}

/// A field that a gathered row tells something of.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// The field.
    pub shape: &'static Shape,
    /// What is told of it.
    pub part: Part,
    /// Its place among the fields of the record.
    at: usize,
}

impl Told {
    /// Its heading: its label, or what its sum is called.
    #[must_use]
    pub fn label(&self) -> &'static str {
        let summed = self.shape.rules.iter().find_map(|rule| match rule {
            Rule::Summed(label) => Some(*label),
            _ => None,
        });
        summed.unwrap_or(self.shape.label)
    }

    /// Whether sums of it may be added to each other.
    #[must_use]
    pub fn is_summed(&self) -> bool {
        matches!(self.part, Part::Sum | Part::Product(_))
    }

    fn of<R: Record>(at: usize, shape: &'static Shape) -> Option<Self> {
        let says = |rule| shape.rules.contains(&rule);
        let part = if shape.is_key() || says(Rule::Apart) {
            Part::By
        } else if shape.is_total() {
            Part::Sum
        } else if says(Rule::Opens) {
            Part::First
        } else if says(Rule::Closes) {
            Part::Last
        } else {
            shape
                .rules
                .iter()
                .find_map(|rule| match rule {
                    Rule::Each(of) => R::shapes().position(|shape| shape.name == *of),
                    _ => None,
                })
                .map(Part::Product)?
        };
        Some(Self { shape, part, at })
    }

    /// What one record adds.
    fn value(&self, values: &[Value]) -> Value {
        let own = values.get(self.at).cloned().unwrap_or(Value::Empty);
        match (self.part, &own) {
            (Part::Product(of), Value::Int(raw)) => match values.get(of) {
                Some(Value::Int(count)) => Value::Int(raw * count),
                _ => Value::Empty,
            },
            _ => own,
        }
    }

    /// The place of a value among others of the field: choices as they are offered.
    fn rank(&self, value: &Value) -> Value {
        match (self.shape.kind, value) {
            (Kind::Choice(choices, _), Value::Text(code)) => {
                let at = choices.iter().position(|choice| choice.code == code);
                at.and_then(|at| i64::try_from(at).ok()).map_or_else(|| value.clone(), Value::Int)
            }
            _ => value.clone(),
        }
    }
}

/// What gathered rows of a kind of record tell, in field order.
#[must_use]
pub fn told<R: Record>() -> Vec<Told> {
    R::shapes().enumerate().filter_map(|(at, shape)| Told::of::<R>(at, shape)).collect()
}

/// Records of one week or month that have in common what is kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The days that it is of: a week or month, cut at the ends of the range, and where stock was
    /// set anew in between, so that opening and movements always make the closing.
    pub span: Span,
    /// One value for each of [`told`]: kilograms, hundredths of an hour, counts, codes. A sum is
    /// empty where no record has the amount (weights that are pending).
    pub values: Vec<Value>,
    /// How many records.
    pub records: u64,
    /// On how many different days.
    pub days: u64,
    /// When any of them was last changed or deleted.
    pub touched: Moment,
    last_day: Day,
}

impl Gathered {
    fn begin(span: Span, date: Day, values: Vec<Value>, touched: Moment) -> Self {
        Self { span, values, records: 1, days: 1, touched, last_day: date }
    }

    /// Whether a record goes on where this one's closing left off.
    fn goes_on(&self, told: &[Told], next: &[Value]) -> bool {
        let find = |values: &[Value], part| {
            let at = told.iter().position(|told| told.part == part);
            at.and_then(|at| values.get(at).cloned())
        };
        match (find(&self.values, Part::Last), find(next, Part::First)) {
            (Some(closing), Some(opening)) => closing == opening,
            _ => true,
        }
    }

    fn add(&mut self, told: &[Told], date: Day, values: Vec<Value>, touched: Moment) {
        for ((sum, value), told) in self.values.iter_mut().zip(values).zip(told) {
            match told.part {
                Part::By | Part::First => {}
                Part::Last => *sum = value,
                Part::Sum | Part::Product(_) => match (&mut *sum, value) {
                    (Value::Int(sum), Value::Int(raw)) => *sum += raw,
                    (Value::Empty, value) => *sum = value,
                    _ => {}
                },
            }
        }
        self.records += 1;
        self.days += u64::from(date != self.last_day);
        self.last_day = date;
        self.touched = self.touched.max(touched);
    }
}

/// Gathers records into weeks or months as they pass.
pub struct Gather<I> {
    entries: I,
    granularity: Granularity,
    week_start: u32,
    range: Span,
    told: Vec<Told>,
    span: Option<Span>,
    groups: BTreeMap<Vec<Value>, Vec<Gathered>>,
    ready: VecDeque<Gathered>,
    is_over: bool,
}

/// Gathers records of a range of days, which must come oldest first, by week or month and by what is
/// kept apart. Rows come by their days, then by what they are of; after an error nothing more comes.
///
/// A week begins on the weekday `week_start`, Monday 1 to Sunday 7.
pub fn gather<R: Record, E, I: Iterator<Item = Result<Entry<R>, E>>>(
    entries: I,
    granularity: Granularity,
    week_start: u32,
    range: Span,
) -> Gather<I> {
    Gather {
        entries,
        granularity,
        week_start,
        range,
        told: told::<R>(),
        span: None,
        groups: BTreeMap::new(),
        ready: VecDeque::new(),
        is_over: false,
    }
}

impl<I> Gather<I> {
    /// Takes one record in.
    fn take<R: Record>(&mut self, entry: &Entry<R>) {
        let whole = Span::around(entry.date, self.granularity, self.week_start);
        let span = whole.within(self.range);
        if self.span != Some(span) {
            self.close();
            self.span = Some(span);
        }
        let all = entry.body.values();
        let values: Vec<_> = self.told.iter().map(|told| told.value(&all)).collect();
        let by = self.told.iter().zip(&values).filter(|(told, _)| told.part == Part::By);
        let key = by.map(|(told, value)| told.rank(value)).collect();
        let touched = entry.last_touched();
        let rows = self.groups.entry(key).or_default();
        let from = match rows.last_mut() {
            Some(last) if last.goes_on(&self.told, &values) => {
                return last.add(&self.told, entry.date, values, touched);
            }
            Some(last) => {
                last.span.to = entry.date.plus(-1);
                entry.date
            }
            None => span.from,
        };
        rows.push(Gathered::begin(Span { from, ..span }, entry.date, values, touched));
    }

    /// Lets the rows of a week or month go.
    fn close(&mut self) {
        self.ready.extend(std::mem::take(&mut self.groups).into_values().flatten());
    }
}

impl<R: Record, E, I: Iterator<Item = Result<Entry<R>, E>>> Iterator for Gather<I> {
    type Item = Result<Gathered, E>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.is_over {
            match self.entries.next() {
                Some(Ok(entry)) => self.take(&entry),
                Some(Err(error)) => {
                    self.is_over = true;
                    self.groups.clear();
                    return Some(Err(error));
                }
                None => {
                    self.is_over = true;
                    self.close();
                }
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

#[cfg(test)]
mod tests;
