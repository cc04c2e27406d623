//! The boards of sites, added up day by day and material by material. Tons are added to tons and
//! hours to hours; nothing else is.

use std::collections::BTreeMap;

use deskops_domain::api::dashboard::{Board, Card, DayFigure, Heads, Level, ModuleDay, SiteLine};
use deskops_domain::catalogue::Catalogue;
use deskops_domain::summary::change_percent;

use super::known::Question;

/// The board of all sites, with each of them beside the others.
pub(super) fn of(boards: Vec<(Board, SiteLine)>, question: &Question<'_>) -> Board {
    let catalogue = question.catalogue;
    let (boards, sites): (Vec<Board>, Vec<SiteLine>) = boards.into_iter().unzip();
    let categories = boards.iter().flat_map(|board| &board.categories);
    let categories: Vec<&String> = categories.collect();
    let roles: Vec<&String> = boards.iter().flat_map(|board| &board.roles).collect();
    let mut sum = Board {
        categories: categories_of(catalogue, &categories),
        roles: catalogue
            .crew_roles
            .iter()
            .map(|item| item.id.clone())
            .filter(|id| roles.contains(&id))
            .collect(),
        levels: levels(&boards, catalogue),
        sites,
        ..Board::default()
    };
    for board in boards {
        for (at, card) in board.cards.iter().enumerate() {
            match sum.cards.get_mut(at) {
                Some(known) => add_card(known, card),
                None => sum.cards.push(card.clone()),
            }
        }
        for (at, day) in board.modules.iter().enumerate() {
            match sum.modules.get_mut(at) {
                Some(known) => add_module(known, *day),
                None => sum.modules.push(*day),
            }
        }
        for (at, day) in board.days.iter().enumerate() {
            let day = aligned(day, &board, &sum.categories, &sum.roles);
            match sum.days.get_mut(at) {
                Some(known) => add_day(known, &day),
                None => sum.days.push(day),
            }
        }
    }
    for card in &mut sum.cards {
        let figures = card.kg.zip(card.baseline_kg);
        card.change = figures.and_then(|(kg, baseline)| change_percent(kg, baseline));
    }
    sum
}

fn categories_of(catalogue: &Catalogue, known: &[&String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for item in &catalogue.materials {
        if known.contains(&&item.category) && !names.contains(&item.category) {
            names.push(item.category.clone());
        }
    }
    names
}

/// Both, where both are known.
fn plus(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one + other),
        (one, other) => one.or(other),
    }
}

fn add_card(sum: &mut Card, card: &Card) {
    sum.kg = plus(sum.kg, card.kg);
    sum.baseline_kg = plus(sum.baseline_kg, card.baseline_kg);
    if sum.compared_day != card.compared_day {
        sum.compared_day = None;
    }
    for (sum, kg) in sum.trend.iter_mut().zip(&card.trend) {
        *sum += kg;
    }
}

fn add_module(sum: &mut ModuleDay, day: ModuleDay) {
    sum.rows += day.rows;
    sum.is_nil &= day.is_nil;
    sum.n_missing += day.n_missing;
}

/// The day of a site in the categories and roles of all.
fn aligned(day: &DayFigure, board: &Board, categories: &[String], roles: &[String]) -> DayFigure {
    let stock = |name: &String| {
        let at = board.categories.iter().position(|own| own == name);
        at.and_then(|at| day.stock_kg.get(at)).copied().unwrap_or(0)
    };
    let heads = |role: &String| {
        let at = board.roles.iter().position(|own| own == role);
        at.and_then(|at| day.crew.get(at)).copied().unwrap_or_default()
    };
    DayFigure {
        stock_kg: categories.iter().map(stock).collect(),
        crew: roles.iter().map(heads).collect(),
        ..day.clone()
    }
}

fn add_day(sum: &mut DayFigure, day: &DayFigure) {
    sum.is_working |= day.is_working;
    sum.moved = sum.moved + day.moved;
    sum.target_kg = plus(sum.target_kg, day.target_kg);
    sum.machines = sum.machines + day.machines;
    for (sum, kg) in sum.stock_kg.iter_mut().zip(&day.stock_kg) {
        *sum += kg;
    }
    sum.stock_min_kg = plus(sum.stock_min_kg, day.stock_min_kg);
    sum.stock_max_kg = plus(sum.stock_max_kg, day.stock_max_kg);
    for (sum, heads) in sum.crew.iter_mut().zip(&day.crew) {
        let planned = plus(sum.planned, heads.planned);
        *sum = Heads { present: sum.present + heads.present, planned };
    }
}

fn levels(boards: &[Board], catalogue: &Catalogue) -> Vec<Level> {
    let mut sums: BTreeMap<&str, Level> = BTreeMap::new();
    for level in boards.iter().flat_map(|board| &board.levels) {
        match sums.get_mut(level.material_id.as_str()) {
            None => {
                sums.insert(&level.material_id, level.clone());
            }
            Some(sum) => {
                sum.kg += level.kg;
                sum.min_kg = plus(sum.min_kg, level.min_kg);
                sum.max_kg = plus(sum.max_kg, level.max_kg);
            }
        }
    }
    catalogue.materials.iter().filter_map(|item| sums.remove(item.id.as_str())).collect()
}
