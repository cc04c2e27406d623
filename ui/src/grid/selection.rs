//! What is selected, and the facts about it that Excel also shows: count, sum, average.
//!
//! Sums are integer sums; the average is rounded half away from zero in the last decimal shown.

use deskops_domain::text::{parse_fixed, show_fixed};

use super::sheet::{Sheet, Spot};

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The corner where it began.
    pub from: Spot,
    /// The corner that moves.
    pub to: Spot,
    /// Whether its moving corner must be seen.
    pub grows: bool,
}

impl Range {
    /// Its corner towards the first row and column.
    #[must_use]
    pub fn first(&self) -> Spot {
        Spot { row: self.from.row.min(self.to.row), column: self.from.column.min(self.to.column) }
    }

    /// Its corner towards the last row and column.
    #[must_use]
    pub fn last(&self) -> Spot {
        Spot { row: self.from.row.max(self.to.row), column: self.from.column.max(self.to.column) }
    }

    /// Whether a place lies in it.
    #[must_use]
    pub fn holds(&self, spot: Spot) -> bool {
        let (first, last) = (self.first(), self.last());
        (first.row..=last.row).contains(&spot.row)
            && (first.column..=last.column).contains(&spot.column)
    }
}

/// A sum of a column, or of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// In the smallest unit: kilograms where tons have three decimals.
    pub raw: i64,
    /// How many decimals it is read with.
    pub decimals: u32,
    /// Its unit; empty where several were added.
    pub unit: &'static str,
}

impl Total {
    /// For reading: `1,103.925`.
    #[must_use]
    pub fn shown(&self) -> String {
        show_fixed(self.raw, self.decimals)
    }

    /// For reading, with its unit: `1,103.925 t`.
    #[must_use]
    pub fn shown_with_unit(&self) -> String {
        format!("{} {}", self.shown(), self.unit).trim_end().to_owned()
    }
}

/// What the status line says about the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Cells with something in them.
    pub count: usize,
    /// The sum of its numbers, where it has some.
    pub sum: Option<Total>,
    /// Their average.
    pub average: Option<Total>,
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Count {}", self.count)?;
        if let Some(sum) = self.sum {
            write!(f, " · Sum {}", sum.shown_with_unit())?;
        }
        self.average.map_or(Ok(()), |average| write!(f, " · Average {}", average.shown_with_unit()))
    }
}

impl Sheet {
    /// The selected rectangle; the cell under the cursor where nothing else is selected.
    #[must_use]
    pub fn selected(&self) -> Range {
        self.selection.unwrap_or(Range { from: self.cursor, to: self.cursor, grows: false })
    }

    /// The sum of a column: deleted rows and cells with a problem do not count.
    #[must_use]
    pub fn sum(&self, key: &str) -> Option<Total> {
        let column = self.column_idx(key)?;
        let (unit, decimals) = self.columns[column].number()?;
        let raws = (0..self.rows.len()).filter_map(|row| self.raw(Spot { row, column }));
        Some(Total { raw: raws.fold(0, i64::saturating_add), decimals, unit })
    }

    /// The facts about the selection; none while it is a single cell.
    #[must_use]
    pub fn facts(&self) -> Option<Facts> {
        let range = self.selection.filter(|range| range.from != range.to)?;
        let (first, last) = (range.first(), range.last());
        let numbers = self
            .columns
            .iter()
            .enumerate()
            .filter(|(column, _)| (first.column..=last.column).contains(column));
        let kinds: Vec<(usize, &'static str, u32)> = numbers
            .filter_map(|(place, column)| {
                column.number().map(|(unit, decimals)| (place, unit, decimals))
            })
            .collect();
        let decimals = kinds.iter().map(|(_, _, decimals)| *decimals).max().unwrap_or_default();
        let unit = kinds.first().map_or("", |(_, unit, _)| *unit);
        let unit = if kinds.iter().all(|(_, other, _)| *other == unit) { unit } else { "" };
        let (mut count, mut n_numbers, mut raw) = (0, 0_i64, 0_i64);
        for row in first.row..=last.row.min(self.rows.len().saturating_sub(1)) {
            let is_filled = |column: usize| {
                self.cell(Spot { row, column }).is_some_and(|cell| !cell.text.is_empty())
            };
            count += (first.column..=last.column).filter(|column| is_filled(*column)).count();
            for (column, _, own_decimals) in &kinds {
                if let Some(number) = self.raw(Spot { row, column: *column }) {
                    n_numbers += 1;
                    raw = raw
                        .saturating_add(number.saturating_mul(10_i64.pow(decimals - own_decimals)));
                }
            }
        }
        let total = |raw| Total { raw, decimals, unit };
        // An average may need more decimals than its numbers: three heads in two rows are 1.5.
        let average_decimals = decimals.max(3);
        let fine = raw.saturating_mul(10_i64.pow(average_decimals - decimals));
        Some(Facts {
            count,
            sum: (n_numbers > 0).then(|| total(raw)),
            average: (n_numbers > 0).then(|| Total {
                raw: rounded(fine, n_numbers),
                decimals: average_decimals,
                unit,
            }),
        })
    }

    /// The number in a cell, in the smallest unit of its column.
    fn raw(&self, spot: Spot) -> Option<i64> {
        let (_, decimals) = self.columns.get(spot.column)?.number()?;
        let cell = self.cell(spot)?;
        if self.rows[spot.row].gone || cell.problem.is_some() {
            return None;
        }
        parse_fixed(&cell.text, decimals).ok()
    }
}

/// Divides, rounding half away from zero.
fn rounded(sum: i64, n: i64) -> i64 {
    let (whole, rest) = (sum / n, (sum % n).abs());
    if rest >= n - rest { whole + sum.signum() } else { whole }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn an_average_is_rounded_half_away_from_zero() {
        assert_eq!(
            [
                rounded(5, 2),
                rounded(-5, 2),
                rounded(4, 3),
                rounded(-4, 3),
                rounded(5, 3),
                rounded(0, 7)
            ],
            [3, -3, 1, -1, 2, 0]
        );
    }
}
