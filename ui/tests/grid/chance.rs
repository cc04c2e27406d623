//! What holds whatever is pressed: ten thousand random sequences of keys, mouse, paste and news.

use deskops_ui::grid::{Cell, Effect, Event, News, Problem, Row, RowId, Sheet};
use deskops_ui::key::{BINDINGS, Key, KeyPress};
use proptest::prelude::*;

use crate::world::*;

#[derive(Debug, Clone)]
enum Act {
    Happens(Event),
    Told(News),
}

fn place() -> impl Strategy<Value = deskops_ui::grid::Spot> {
    (0_usize..9, 0_usize..6).prop_map(|(row, column)| spot(row, column))
}

fn key() -> impl Strategy<Value = KeyPress> {
    let named: Vec<KeyPress> = BINDINGS
        .iter()
        .flat_map(|binding| binding.keys)
        .map(|key| KeyPress::named(key).expect("every key of the table can be pressed"))
        .collect();
    let typed = prop::sample::select("0123456789.,-ab 37٣\u{202e}".chars().collect::<Vec<char>>());
    prop_oneof![
        6 => prop::sample::select(named),
        5 => typed.prop_map(|c| KeyPress::plain(Key::Char(c))),
        2 => Just(KeyPress::plain(Key::Enter)),
    ]
}

fn news() -> impl Strategy<Value = News> {
    let row = || (0_u32..9).prop_map(RowId);
    let problems = || {
        prop::sample::select(vec!["qtyTon", "notes", "day"])
            .prop_map(|key| vec![(key.to_owned(), Problem::new("E-NUM", "No."))])
    };
    prop_oneof![
        row().prop_map(News::Saving),
        row().prop_map(|row| News::Saved { row, at: "10:42".to_owned() }),
        row().prop_map(News::Blank),
        (row(), problems()).prop_map(|(row, problems)| News::Refused { row, problems }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let blocks = vec![
        "5",
        "1\n2\n3",
        "G1\t4\nSand\t5",
        "Material\tTons\nSand\t4",
        "a\tb\tc\td\te\tf",
        "x\n1\n\n2",
        "1\t\t\n",
        "\"",
        "",
    ];
    prop_oneof![
        20 => key().prop_map(Event::Key),
        2 => (place(), any::<bool>()).prop_map(|(spot, extends)| Event::Click { spot, extends }),
        1 => place().prop_map(Event::DoubleClick),
        1 => "[0-9a-z.]{0,4}".prop_map(Event::Input),
        2 => prop::sample::select(blocks).prop_map(|block| Event::Paste(block.to_owned())),
        1 => (0_usize..4).prop_map(Event::Pick),
        1 => prop::sample::select(vec![Event::Copy, Event::Cut, Event::Blur, Event::PasteGood, Event::PasteAll, Event::PasteCancel]),
    ]
}

fn acts(with_news: bool) -> impl Strategy<Value = Vec<Act>> {
    let news_weight = u32::from(with_news);
    prop::collection::vec(
        prop_oneof![12 => event().prop_map(Act::Happens), news_weight => news().prop_map(Act::Told)],
        1..30,
    )
}

/// What is kept of a row: everything but how far it has come.
fn contents(rows: &[Row]) -> Vec<(RowId, bool, Vec<Cell>)> {
    rows.iter().map(|row| (row.id, row.gone, row.cells.clone())).collect()
}

fn start() -> Sheet {
    let mut sheet = day(7);
    sheet.rows[5] = sheet.rows[5].clone().in_state(deskops_ui::grid::RowState::Locked);
    sheet.page_rows = 3;
    sheet
}

fn stands(sheet: &Sheet) {
    assert!(
        sheet.cursor.row < sheet.rows.len() && sheet.cursor.column < sheet.columns.len(),
        "the cursor is on a cell that exists"
    );
    assert!(
        sheet.rows.iter().all(|row| row.cells.len() == sheet.columns.len()),
        "every row has its cells"
    );
    let mut ids: Vec<RowId> = sheet.rows.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), sheet.rows.len(), "no two rows have one name");
    if sheet.edit().is_some() {
        assert!(sheet.columns[sheet.cursor.column].is_typed(), "only what can be typed is open");
    }
    let (_, _, _) = (sheet.message(), sheet.facts(), sheet.sum("qtyTon"));
}

/// Every row whose contents changed, came or went.
fn changed(before: &[(RowId, bool, Vec<Cell>)], after: &[(RowId, bool, Vec<Cell>)]) -> Vec<u32> {
    let came = after.iter().filter(|row| !before.contains(row));
    let went = before.iter().filter(|row| !after.iter().any(|other| other.0 == row.0));
    let mut rows: Vec<u32> = came.chain(went).map(|row| row.0.0).collect();
    rows.sort_unstable();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_events_breaks_a_sheet_or_changes_a_row_unseen(acts in acts(true)) {
        let mut sheet = start();
        for act in acts {
            match act {
                Act::Told(news) => { sheet.told(news); }
                Act::Happens(event) => {
                    let before = contents(&sheet.rows);
                    let effects = sheet.step(event.clone());
                    let mut asked = written(&effects);
                    asked.sort_unstable();
                    let mut once = asked.clone();
                    once.dedup();
                    prop_assert_eq!(&asked, &once, "a row is asked for once, after {:?}", &event);
                    prop_assert_eq!(asked, changed(&before, &contents(&sheet.rows)), "after {:?}", event);
                    let only_copies = effects.iter().all(|effect| !matches!(effect, Effect::Copy { .. }));
                    prop_assert!(only_copies || matches!(event, Event::Copy | Event::Cut));
                }
            }
            stands(&sheet);
        }
    }

    #[test]
    fn undoing_everything_leads_back_to_the_start(acts in acts(false)) {
        let mut sheet = start();
        let first = contents(&sheet.rows);
        for act in acts {
            if let Act::Happens(event) = act {
                sheet.step(event);
            }
        }
        sheet.step(Event::Blur);
        // What was undone by chance is redone, so that redo is on the way too.
        for _ in 0..sheet.n_redo() {
            sheet.keys("Ctrl+Y");
        }
        let last = contents(&sheet.rows);
        let n_steps = sheet.n_undo();
        for _ in 0..n_steps {
            sheet.keys("Ctrl+Z");
            stands(&sheet);
        }
        prop_assert_eq!(contents(&sheet.rows), first);
        for _ in 0..n_steps {
            sheet.keys("Ctrl+Y");
        }
        prop_assert_eq!(contents(&sheet.rows), last);
    }
}
