//! Each key of the table does what the table says.

use deskops_ui::grid::{Effect, Event, Leave, Mode, RowId, RowState, Tone};
use deskops_ui::key::{Action, KeyPress};

use crate::world::*;

#[test]
fn a_day_of_twelve_rows_is_sixty_seven_presses() {
    let figures = [
        "128.45", "96.2", "74.835", "60.5", "41.25", "210.3", "88.6", "132.2", "97.79", "84.1",
        "80.2", "9.5",
    ];
    let mut sheet = full_day();
    let mut n_presses = 0;
    let mut written = 0;
    for figure in figures {
        for c in figure.chars() {
            n_presses += 1;
            sheet.types(&c.to_string());
        }
        n_presses += 1;
        written += crate::world::written(&sheet.keys("Enter")).len();
    }
    assert_eq!(
        (figures.concat().len(), n_presses),
        (55, 67),
        "each figure costs its digits and one Enter"
    );
    assert_eq!(written, 12, "each row is written when its figure is kept");
    assert_eq!(sheet.sum("qtyTon").unwrap().shown(), "1,103.925");
    assert_eq!(sheet.n_entered(), 12);
}

#[test]
fn typing_replaces_and_enter_goes_down_the_column() {
    let mut sheet = full_day();
    assert_eq!(sheet.cursor, spot(0, QUANTITY), "the day begins in its first quantity");
    sheet.types("12.5");
    assert_eq!(sheet.shows(0, QUANTITY), "", "nothing is kept before Enter");
    let effects = sheet.keys("Enter");
    assert_eq!(effects, [Effect::Write(RowId(0))]);
    assert_eq!((sheet.shows(0, QUANTITY), sheet.cursor), ("12.500", spot(1, QUANTITY)));
    sheet.keys("Up");
    sheet.types("7");
    sheet.keys("Enter");
    assert_eq!(sheet.shows(0, QUANTITY), "7.000");
}

#[test]
fn enter_passes_empty_cells_by_and_stays_in_the_last_row() {
    let mut sheet = day(3);
    assert_eq!(written(&sheet.keys("Enter Enter")), [0; 0]);
    assert_eq!(sheet.cursor, spot(2, QUANTITY));
    sheet.types("4");
    sheet.keys("Enter");
    assert_eq!((sheet.shows(2, QUANTITY), sheet.cursor), ("4.000", spot(2, QUANTITY)));
    assert_eq!(sheet.message().unwrap().text, "This is the last row.");
}

#[test]
fn shift_enter_goes_up() {
    let mut sheet = day(3);
    sheet.at(2, QUANTITY);
    sheet.types("4");
    sheet.keys("Shift+Enter");
    assert_eq!((sheet.shows(2, QUANTITY), sheet.cursor), ("4.000", spot(1, QUANTITY)));
    sheet.keys("Shift+Enter Shift+Enter");
    assert_eq!(sheet.cursor, spot(0, QUANTITY));
}

#[test]
fn tab_goes_through_all_cells_that_are_typed_and_then_leaves() {
    let mut sheet = day(2);
    let mut seen = vec![sheet.cursor];
    let mut last = Vec::new();
    for _ in 0..6 {
        last = sheet.keys("Tab");
        seen.push(sheet.cursor);
    }
    let expected = [
        (0, QUANTITY),
        (0, OPERATION),
        (0, NOTES),
        (1, QUANTITY),
        (1, OPERATION),
        (1, NOTES),
        (1, NOTES),
    ];
    assert_eq!(seen, expected.map(|(row, column)| spot(row, column)));
    assert_eq!(last, [Effect::Leave(Leave::Forward)]);
    for _ in 0..5 {
        sheet.keys("Shift+Tab");
    }
    assert_eq!(sheet.cursor, spot(0, QUANTITY));
    assert_eq!(sheet.keys("Shift+Tab"), [Effect::Leave(Leave::Backward)]);
}

#[test]
fn tab_keeps_what_is_typed_also_when_it_leaves() {
    let mut sheet = day(1);
    sheet.at(0, NOTES);
    sheet.types("wet");
    assert_eq!(sheet.keys("Tab"), [Effect::Write(RowId(0)), Effect::Leave(Leave::Forward)]);
    assert_eq!(sheet.shows(0, NOTES), "wet");
}

#[test]
fn arrows_move_and_stop_at_the_edges() {
    let mut sheet = day(3);
    sheet.keys("Left Left Up");
    assert_eq!(sheet.cursor, spot(0, MATERIAL));
    sheet.keys("Right Down Down Down Down");
    assert_eq!(sheet.cursor, spot(2, QUANTITY));
    sheet.is_rtl = true;
    sheet.keys("Left");
    assert_eq!(sheet.cursor, spot(2, OPERATION), "Left and Right change places from right to left");
}

#[test]
fn up_and_down_keep_what_is_typed_unless_the_caret_has_the_arrows() {
    let mut sheet = day(3);
    sheet.types("5");
    sheet.keys("Down");
    assert_eq!((sheet.shows(0, QUANTITY), sheet.cursor), ("5.000", spot(1, QUANTITY)));
    sheet.keys("F2");
    assert_eq!(
        sheet.action(&KeyPress::named("Down").unwrap()),
        None,
        "after F2 the arrows are the caret's"
    );
    sheet.keys("F2");
    assert_eq!(
        sheet.action(&KeyPress::named("Down").unwrap()),
        Some(Action::Step(deskops_ui::key::Way::Down))
    );
    assert_eq!(
        sheet.action(&KeyPress::named("Left").unwrap()),
        None,
        "Left is always the caret's in an open cell"
    );
}

#[test]
fn jumps_go_to_the_edge_of_what_is_entered() {
    let mut sheet = full_day();
    sheet.types_down(&["1", "2", "3", "", "", "6"]);
    sheet.keys("Ctrl+Home");
    assert_eq!(sheet.cursor, spot(0, MATERIAL));
    sheet.keys("Right Ctrl+Down");
    assert_eq!(sheet.cursor, spot(2, QUANTITY));
    sheet.keys("Ctrl+Down");
    assert_eq!(sheet.cursor, spot(5, QUANTITY));
    sheet.keys("Ctrl+Down");
    assert_eq!(sheet.cursor, spot(13, QUANTITY));
    sheet.keys("Ctrl+Up Ctrl+Left");
    assert_eq!(sheet.cursor, spot(5, MATERIAL));
    sheet.keys("Ctrl+Right");
    assert_eq!(sheet.cursor, spot(5, OPERATION));
}

#[test]
fn home_end_and_screens() {
    let mut sheet = full_day();
    sheet.page_rows = 5;
    sheet.keys("End");
    assert_eq!(sheet.cursor, spot(0, STATE));
    sheet.keys("Home PageDown");
    assert_eq!(sheet.cursor, spot(5, MATERIAL));
    sheet.keys("PageDown PageDown");
    assert_eq!(sheet.cursor, spot(13, MATERIAL));
    sheet.keys("PageUp");
    assert_eq!(sheet.cursor, spot(8, MATERIAL));
    sheet.keys("Ctrl+End");
    assert_eq!(sheet.cursor, spot(13, STATE));
}

#[test]
fn selections_grow_and_tell_their_facts() {
    let mut sheet = full_day();
    sheet.types_down(&["128.45", "96.2", "74.835"]);
    sheet.at(0, QUANTITY);
    assert_eq!(sheet.facts(), None);
    sheet.keys("Shift+Down Shift+Down");
    assert_eq!(sheet.facts().unwrap().to_string(), "Count 3 · Sum 299.485 t · Average 99.828 t");
    assert_eq!(sheet.cursor, spot(0, QUANTITY), "the cursor stays in the first cell");
    sheet.keys("Shift+Space");
    assert!(sheet.selected().holds(spot(2, STATE)) && sheet.selected().holds(spot(0, MATERIAL)));
    sheet.keys("Esc Ctrl+Space");
    assert_eq!(
        (sheet.selected().first(), sheet.selected().last()),
        (spot(0, QUANTITY), spot(13, QUANTITY))
    );
    sheet.keys("Ctrl+A");
    assert_eq!(
        (sheet.selected().first(), sheet.selected().last()),
        (spot(0, MATERIAL), spot(13, STATE))
    );
    sheet.keys("Down");
    assert_eq!(sheet.selection, None, "moving drops the selection");
}

#[test]
fn escape_is_a_ladder() {
    let mut sheet = day(3);
    sheet.at(0, OPERATION);
    sheet.types("scr");
    assert!(sheet.edit().unwrap().list.is_some());
    sheet.keys("Esc");
    assert!(sheet.edit().unwrap().list.is_none(), "first the list");
    sheet.keys("Esc");
    assert_eq!(
        (sheet.shows(0, OPERATION), &sheet.mode),
        ("CRU-PRO", &Mode::Move),
        "then what is typed"
    );
    sheet.keys("Shift+Down");
    assert_eq!(sheet.keys("Esc"), []);
    assert_eq!(sheet.selection, None, "then the selection");
    assert_eq!(sheet.keys("Esc"), [Effect::Leave(Leave::Toolbar)]);
}

#[test]
fn delete_empties_the_selected_cells_in_one_step() {
    for key in ["Delete", "Backspace"] {
        let mut sheet = day(3);
        sheet.types_down(&["1", "2", "3"]);
        sheet.at(0, QUANTITY);
        let effects = sheet.keys(&format!("Shift+Down {key}"));
        assert_eq!(written(&effects), [0, 1]);
        assert_eq!(sheet.column(QUANTITY), ["", "", "3.000"]);
        assert!(sheet.selection.is_some(), "the selection stays");
        sheet.keys("Ctrl+Z");
        assert_eq!(sheet.column(QUANTITY), ["1.000", "2.000", "3.000"]);
    }
}

#[test]
fn f2_and_double_click_open_the_cell_as_it_is() {
    let mut sheet = day(2);
    sheet.types_down(&["1204.1"]);
    sheet.step(Event::DoubleClick(spot(0, QUANTITY)));
    assert_eq!(sheet.edit().unwrap().text, "1204.100", "not grouped, so that it can be changed");
    sheet.step(Event::Input("1204.15".to_owned()));
    sheet.keys("Ctrl+Enter");
    assert_eq!(
        (sheet.shows(0, QUANTITY), sheet.cursor, &sheet.mode),
        ("1204.150", spot(0, QUANTITY), &Mode::Move)
    );
}

#[test]
fn fill_down_copies_the_first_row_or_the_cell_above() {
    let mut sheet = day(4);
    sheet.types_down(&["5"]);
    assert_eq!(written(&sheet.keys("Ctrl+D")), [1]);
    assert_eq!(sheet.shows(1, QUANTITY), "5.000");
    sheet.keys("Shift+Down Shift+Down");
    assert_eq!(written(&sheet.keys("Ctrl+D")), [2, 3]);
    assert_eq!(sheet.column(QUANTITY), ["5.000"; 4]);
    sheet.keys("Ctrl+Z");
    assert_eq!(sheet.column(QUANTITY), ["5.000", "5.000", "", ""]);
    sheet.at(2, QUANTITY);
    sheet.keys("Ctrl+'");
    assert_eq!(sheet.shows(2, QUANTITY), "5.000");
    sheet.at(0, QUANTITY);
    sheet.keys("Ctrl+D");
    assert_eq!(sheet.message().unwrap().text, "There is no row above to copy from.");
}

#[test]
fn duplicate_makes_another_row_with_the_caret_in_its_quantity() {
    let mut sheet = day(3);
    sheet.types_down(&["5"]);
    sheet.at(0, NOTES);
    sheet.types("night");
    sheet.keys("Enter");
    sheet.at(0, NOTES);
    assert_eq!(written(&sheet.keys("Ctrl+Shift+D")), [3]);
    assert_eq!(sheet.rows.len(), 4);
    assert_eq!((sheet.rows[1].key.subject.as_str(), sheet.rows[1].key.line), ("G1", 2));
    assert_eq!(
        (sheet.shows(1, QUANTITY), sheet.shows(1, NOTES), sheet.shows(1, MATERIAL)),
        ("", "night", "Gravel 1")
    );
    assert!(sheet.edit().is_some_and(|edit| edit.text.is_empty()));
    sheet.types("7");
    sheet.keys("Enter");
    assert_eq!((sheet.shows(1, QUANTITY), sheet.cursor), ("7.000", spot(2, QUANTITY)));
    sheet.keys("Up Ctrl+Shift+D Esc");
    assert_eq!(sheet.rows[2].key.line, 3, "the next line of that subject");
    assert_eq!(written(&sheet.keys("Ctrl+Z")), [4], "the page is told of a row that is gone");
    assert_eq!(sheet.row(RowId(4)), None);
    sheet.keys("Ctrl+Shift+D Esc");
    assert_eq!(sheet.rows[1 + 1].id, RowId(5), "a name is never given twice");
}

#[test]
fn rows_are_deleted_and_brought_back() {
    let mut sheet = day(4);
    sheet.types_down(&["1", "2", "3"]);
    sheet.at(0, QUANTITY);
    assert_eq!(written(&sheet.keys("Shift+Down Ctrl+Delete")), [0, 1]);
    assert_eq!(sheet.message().unwrap().text, "2 rows deleted. Ctrl+Z undoes.");
    assert_eq!(
        (sheet.sum("qtyTon").unwrap().raw, sheet.n_entered()),
        (3_000, 1),
        "deleted rows are in no sum"
    );
    assert_eq!(sheet.rows[0].shown_state(), &RowState::Gone);
    sheet.at(0, QUANTITY);
    sheet.types("9");
    assert_eq!(sheet.mode, Mode::Move, "nobody types into a deleted row");
    assert_eq!(
        sheet.message().unwrap().text,
        "This row is deleted. Press Ctrl+Delete to bring it back."
    );
    assert_eq!(written(&sheet.keys("Ctrl+Delete")), [0]);
    assert!(!sheet.rows[0].gone);
    sheet.keys("Ctrl+Z Ctrl+Z");
    assert_eq!(sheet.sum("qtyTon").unwrap().raw, 6_000);
    sheet.at(3, QUANTITY);
    assert_eq!(written(&sheet.keys("Ctrl+Delete")), [0; 0]);
    assert_eq!(sheet.message().unwrap().text, "There is nothing to delete in this row.");
}

#[test]
fn undo_and_redo_walk_the_steps_and_show_where() {
    let mut sheet = day(3);
    sheet.types_down(&["1", "2"]);
    sheet.at(2, NOTES);
    assert_eq!(written(&sheet.keys("Ctrl+Z")), [1]);
    assert_eq!((sheet.shows(1, QUANTITY), sheet.cursor), ("", spot(1, QUANTITY)));
    assert_eq!(
        sheet.message().unwrap().text,
        "Undone: Quantity (t), row 2, AGG-3/4 2.000. Ctrl+Y does it again."
    );
    sheet.keys("Ctrl+Z");
    assert_eq!(written(&sheet.keys("Ctrl+Z")), [0; 0], "there is nothing left");
    assert_eq!(written(&sheet.keys("Ctrl+Y Ctrl+Shift+Z")), [0, 1]);
    assert_eq!(sheet.column(QUANTITY), ["1.000", "2.000", ""]);
    sheet.keys("Ctrl+Z");
    sheet.types_down(&["8"]);
    assert_eq!(sheet.n_redo(), 0, "a new step drops what was undone");
}

#[test]
fn a_hundred_steps_are_kept() {
    let mut sheet = day(150);
    sheet.types_down(&["1"; 150]);
    assert_eq!(sheet.n_undo(), 100);
}

#[test]
fn problems_are_kept_as_typed_and_found_by_key() {
    let mut sheet = day(5);
    let effects = sheet.types("1.2345").into_iter().chain(sheet.keys("Enter")).collect::<Vec<_>>();
    assert_eq!(written(&effects), [0], "a changed row is always told");
    assert_eq!((sheet.shows(0, QUANTITY), &sheet.rows[0].state), ("1.2345", &RowState::Draft));
    let message = sheet.message().unwrap();
    assert_eq!((message.tone, message.code.as_deref()), (Tone::Bad, Some("E-NUM")));
    assert_eq!(
        message.text,
        "Quantity (t), row 1, G1: 1.2345 has more than 3 decimals. Round it yourself."
    );
    sheet.keys("Down Down");
    sheet.types_down(&["abc"]);
    sheet.keys("F8");
    assert_eq!(sheet.cursor, spot(0, QUANTITY), "round the end");
    sheet.keys("F8");
    assert_eq!(sheet.cursor, spot(3, QUANTITY));
    sheet.keys("Shift+F8");
    assert_eq!(sheet.cursor, spot(0, QUANTITY));
    assert_eq!((sheet.n_problems(), sheet.sum("qtyTon").unwrap().raw), (2, 0));
    sheet.types_down(&["1.234"]);
    assert_eq!((sheet.n_problems(), sheet.rows[0].cells[QUANTITY].problem.clone()), (1, None));
}

#[test]
fn an_odd_figure_is_kept_and_told() {
    let mut sheet = day(2);
    sheet.types_down(&["1,311"]);
    assert_eq!(sheet.shows(0, QUANTITY), "1311.000");
    assert_eq!(sheet.message().unwrap().tone, Tone::Warn);
    sheet.keys("Down Up Up");
    assert_eq!(
        sheet.message().unwrap().text,
        "Quantity (t), row 1, G1: more than usual (60 to 110 t)"
    );
}

#[test]
fn a_list_opens_narrows_and_is_taken() {
    let mut sheet = day(3);
    sheet.at(0, OPERATION);
    sheet.keys("Alt+Down");
    assert_eq!(
        sheet.edit().unwrap().list.as_ref().unwrap().at,
        Some(0),
        "what is chosen is marked"
    );
    sheet.keys("Down Down");
    assert_eq!(written(&sheet.keys("Enter")), [0]);
    assert_eq!(
        (sheet.shows(0, OPERATION), sheet.cursor),
        ("SCR-PRO", spot(0, NOTES)),
        "Enter in a list goes to the next cell"
    );
    sheet.at(1, OPERATION);
    sheet.types("dis");
    assert_eq!(written(&sheet.keys("Tab")), [1]);
    assert_eq!(sheet.shows(1, OPERATION), "CRU-DIS");
    sheet.at(2, OPERATION);
    sheet.types("p");
    sheet.step(Event::Pick(2));
    assert_eq!(sheet.shows(2, OPERATION), "SCR-PRO");
    sheet.at(0, OPERATION);
    sheet.types("xyz");
    sheet.keys("Enter");
    assert_eq!(
        (sheet.shows(0, OPERATION), sheet.n_problems()),
        ("xyz", 1),
        "what fits nothing is told, not replaced"
    );
}

#[test]
fn enter_keeps_what_is_typed_in_every_column_and_goes_down() {
    for (column, typed, kept) in [(QUANTITY, "5", "5.000"), (NOTES, "wet", "wet")] {
        let mut sheet = day(3);
        sheet.at(0, column);
        sheet.types(typed);
        assert_eq!(written(&sheet.keys("Enter")), [0]);
        assert_eq!((sheet.shows(0, column), sheet.cursor), (kept, spot(1, column)));
    }
}

#[test]
fn enter_in_an_open_list_takes_the_line_and_no_more() {
    let mut sheet = day(3);
    sheet.types("5");
    sheet.keys("Tab");
    sheet.types("scr");
    assert_eq!(written(&sheet.keys("Enter")), [0]);
    assert_eq!(
        (sheet.rows.len(), sheet.cursor),
        (3, spot(0, NOTES)),
        "no row is made, and the row is not left"
    );
}

#[test]
fn keys_that_are_not_the_grids_are_left_alone_but_keep_what_is_typed() {
    let mut sheet = day(2);
    for name in ["Ctrl+3", "Alt+Left", "F6", "Ctrl+S", "Ctrl+C", "Ctrl+V", "F5", "Ctrl+N"] {
        assert_eq!(sheet.action(&KeyPress::named(name).unwrap()), None, "{name}");
    }
    sheet.types("6");
    assert_eq!(written(&sheet.keys("Alt+Left")), [0]);
    assert_eq!(sheet.shows(0, QUANTITY), "6.000");
}

#[test]
fn losing_the_focus_keeps_what_is_typed() {
    let mut sheet = day(2);
    sheet.types("6");
    assert_eq!(sheet.step(Event::Blur), [Effect::Write(RowId(0))]);
    assert_eq!(sheet.step(Event::Blur), []);
    sheet.at(0, QUANTITY);
    sheet.types("8");
    sheet.step(Event::Click { spot: spot(1, NOTES), extends: false });
    assert_eq!((sheet.shows(0, QUANTITY), sheet.cursor), ("8.000", spot(1, NOTES)));
}

#[test]
fn closed_cells_say_why() {
    let mut sheet = day(2);
    sheet.at(0, MATERIAL);
    assert_eq!(
        sheet.types("x"),
        [Effect::Say(
            "Material is not typed here. Press Tab for the next cell that is.".to_owned()
        )]
    );
    sheet.rows[1].state = RowState::Locked;
    sheet.at(1, QUANTITY);
    for key in ["F2", "Delete", "Ctrl+D", "Ctrl+Delete", "Ctrl+Shift+D"] {
        assert_eq!(
            sheet.keys(key),
            [Effect::Say("This day is closed. Reopen it to change entries.".to_owned())],
            "{key}"
        );
    }
    sheet.closed = Some("All sites are shown. Choose one to type.".to_owned());
    sheet.at(0, QUANTITY);
    sheet.types("5");
    assert_eq!(
        (sheet.shows(0, QUANTITY), sheet.message().unwrap().text),
        ("", "All sites are shown. Choose one to type.".to_owned())
    );
}

#[test]
fn history_is_asked_for_the_row() {
    assert_eq!(day(2).keys("Ctrl+H"), [Effect::History(RowId(0))]);
}

#[test]
fn a_sheet_without_rows_takes_every_key() {
    let mut sheet = day(0);
    assert_eq!(sheet.keys("Tab"), [Effect::Leave(Leave::Forward)]);
    for binding in deskops_ui::key::BINDINGS {
        sheet.keys(binding.keys[0]);
        sheet.types("5");
    }
    assert_eq!(sheet.n_undo(), 0);
}
