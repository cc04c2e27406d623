//! What the store answers shows in the rows, and never in what is being typed.

use deskops_ui::grid::{News, Problem, RowId, RowState};

use crate::world::*;

fn saved(row: u32) -> News {
    News::Saved { row: RowId(row), at: "10:42".to_owned() }
}

#[test]
fn a_row_goes_from_blank_over_draft_and_saving_to_saved_here() {
    let mut sheet = day(2);
    let mut words = vec![sheet.rows[0].state.word()];
    sheet.types_down(&["5"]);
    words.push(sheet.rows[0].state.word());
    sheet.told(News::Saving(RowId(0)));
    words.push(sheet.rows[0].state.word());
    sheet.told(saved(0));
    words.push(sheet.rows[0].state.word());
    assert_eq!(words, ["", "Draft", "Saving", "Saved here"]);
    assert_eq!(sheet.rows[0].state.detail(), Some("10:42"));
    sheet.at(0, QUANTITY);
    sheet.keys("Delete");
    assert_eq!(sheet.rows[0].state, RowState::Draft, "until the store has taken it out");
    sheet.told(News::Blank(RowId(0)));
    assert_eq!(sheet.rows[0].state, RowState::Blank);
}

#[test]
fn an_answer_never_touches_what_is_typed() {
    let mut sheet = day(2);
    sheet.types_down(&["5"]);
    sheet.keys("Up");
    sheet.types("77");
    sheet.told(saved(0));
    let stored = News::Stored {
        row: RowId(0),
        texts: vec![("qtyTon".to_owned(), "9.000".to_owned())],
        gone: false,
        state: RowState::Sent,
    };
    assert!(!sheet.told(stored.clone()), "other contents wait while the cell is open");
    sheet.told(News::Refused {
        row: RowId(0),
        problems: vec![("qtyTon".to_owned(), Problem::new("E-NUM", "Too much."))],
    });
    assert_eq!(sheet.edit().unwrap().text, "77");
    sheet.keys("Enter");
    assert_eq!((sheet.shows(0, QUANTITY), sheet.n_problems()), ("77.000", 0));
    assert!(sheet.told(stored));
    assert_eq!(sheet.shows(0, QUANTITY), "9.000");
}

#[test]
fn a_refusal_marks_its_cells_until_they_are_mended() {
    let mut sheet = day(2);
    sheet.types_down(&["5"]);
    sheet.told(News::Refused {
        row: RowId(0),
        problems: vec![("qtyTon".to_owned(), Problem::new("E-NUM", "The site makes at most 4 t."))],
    });
    assert_eq!((sheet.n_problems(), &sheet.rows[0].state), (1, &RowState::Draft));
    assert_eq!(
        sheet.message().unwrap().text,
        "Quantity (t), row 1, G1: The site makes at most 4 t."
    );
    sheet.told(saved(0));
    assert_eq!(
        (sheet.n_problems(), sheet.rows[0].state.word()),
        (0, "Saved here"),
        "taken after all"
    );
}

#[test]
fn a_refusal_of_the_whole_row_is_its_state() {
    let mut sheet = day(2);
    sheet.types_down(&["5"]);
    sheet.told(News::Refused {
        row: RowId(0),
        problems: vec![("day".to_owned(), Problem::new("E-DATE", "This day is in the future."))],
    });
    assert_eq!(sheet.rows[0].state, RowState::Refused("This day is in the future.".to_owned()));
    sheet.keys("Up Down Up");
    assert_eq!(sheet.message().unwrap().text, "Row 1: This day is in the future.");
}

#[test]
fn a_row_with_a_problem_stays_a_draft_whatever_is_answered() {
    let mut sheet = day(2);
    sheet.types_down(&["5"]);
    sheet.at(0, QUANTITY);
    sheet.types_down(&["abc"]);
    sheet.told(saved(0));
    assert_eq!(sheet.rows[0].state, RowState::Draft);
}

#[test]
fn news_of_unknown_rows_are_not_taken() {
    assert!(!day(2).told(saved(99)));
}
