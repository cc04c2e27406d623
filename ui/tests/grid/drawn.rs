//! How a sheet is drawn: which rows are in the page, and what readers are told of them.

use deskops_ui::grid::{Effect, Event, Grid, Sheet};
use deskops_ui::key::{Key, KeyPress};
use dioxus::prelude::*;

use crate::world::*;

#[derive(Clone)]
struct Drawn(std::rc::Rc<dyn Fn() -> Sheet>);

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        std::rc::Rc::ptr_eq(&self.0, &other.0)
    }
}

#[component]
fn Page(make: Drawn) -> Element {
    let sheet = use_signal(|| (make.0)());
    let on_effect = use_callback(|_: Effect| {});
    rsx! {
        Grid { sheet, on_effect, label: "Production of 22 Nov 2026" }
    }
}

fn html(make: impl Fn() -> Sheet + 'static) -> String {
    let mut dom =
        VirtualDom::new_with_props(Page, PageProps { make: Drawn(std::rc::Rc::new(make)) });
    dom.rebuild_in_place();
    dioxus_ssr::render(&dom)
}

fn count(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

#[test]
fn of_ten_thousand_rows_fewer_than_sixty_are_in_the_page() {
    let html = html(|| day(10_000));
    let n_rows = count(&html, "role=\"row\"");
    assert!((20..60).contains(&n_rows), "{n_rows} rows");
    assert!(
        html.contains("aria-rowcount=\"10002\"") && html.contains("aria-colcount=\"5\""),
        "readers are told of all rows"
    );
    assert!(html.contains("--grid-rows: 10000"), "the page is as high as all rows");
}

#[test]
fn the_row_with_the_cursor_is_in_the_page_wherever_it_is() {
    let html = html(|| {
        let mut sheet = day(10_000);
        sheet.keys("Ctrl+End");
        sheet
    });
    assert!(html.contains("aria-rowindex=\"10001\""));
    assert!(count(&html, "role=\"row\"") < 60);
}

#[test]
fn readers_are_told_what_stands_where() {
    let html = html(full_day);
    for part in [
        "role=\"grid\"",
        "aria-label=\"Production of 22 Nov 2026\"",
        "aria-multiselectable=\"true\"",
        "aria-describedby=\"grid-manual\"",
        "aria-rowindex=\"1\"",
        "aria-rowindex=\"2\"",
        "aria-rowindex=\"16\"",
        "aria-colindex=\"5\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(count(&html, "role=\"rowgroup\""), 3, "head, body and totals");
    assert_eq!(count(&html, "role=\"columnheader\""), 5);
    assert_eq!(count(&html, "tabindex=\"0\""), 1, "one cell can be tabbed to");
    assert_eq!(count(&html, "aria-readonly=\"true\""), 28, "material and state of 14 rows");
}

#[test]
fn an_open_cell_is_an_input_with_its_own_name() {
    let html = html(|| {
        let mut sheet = full_day();
        sheet.types("12.5");
        sheet
    });
    assert_eq!(count(&html, "<input"), 1);
    for part in [
        "aria-label=\"Quantity (t), row 1, G1\"",
        "value=\"12.5\"",
        "inputmode=\"decimal\"",
        "aria-describedby=\"grid-message\"",
    ] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn an_open_list_is_a_combobox_with_its_marked_line() {
    let html = html(|| {
        let mut sheet = full_day();
        sheet.at(0, OPERATION);
        sheet.types("scr");
        sheet
    });
    for part in [
        "role=\"combobox\"",
        "aria-expanded=\"true\"",
        "aria-controls=\"grid-0-2-input-list\"",
        "aria-activedescendant=\"grid-0-2-input-0\"",
        "role=\"listbox\"",
        "popover=\"manual\"",
        "Screen production",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(count(&html, "role=\"option\""), 1);
}

#[test]
fn problems_states_and_sums_are_words_and_marks() {
    let html = html(|| {
        let mut sheet = full_day();
        sheet.types_down(&["1,204.1", "abc", "900"]);
        sheet.at(1, QUANTITY);
        sheet
    });
    assert!(html.contains(">1,204.100<"), "grouped for reading");
    assert!(html.contains(">2,104.100<"), "the sum");
    assert_eq!(count(&html, "aria-invalid=\"true\""), 1);
    assert_eq!((count(&html, "data-mark=\"bad\""), count(&html, "data-mark=\"warn\"")), (1, 2));
    assert_eq!(count(&html, "<span>Draft</span>"), 3);
    assert!(html.contains("abc is not a number. Type tons, for example 12.5."));
}

#[test]
fn a_pasted_block_with_bad_cells_is_a_question() {
    let html = html(|| {
        let mut sheet = full_day();
        sheet.step(Event::Paste("1\nx\n3".to_owned()));
        sheet
    });
    for part in [
        "<dialog",
        "1 pasted cell cannot be kept",
        "Paste the 2 good cells",
        "Paste all and fix here",
        "Quantity (t), row 2, AGG-3/4",
    ] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn a_thousand_keys_in_ten_thousand_rows_draw_few_rows() {
    let mut sheet = day(10_000);
    for _ in 0..1_000 {
        sheet.step(Event::Key(KeyPress::plain(Key::Char('7'))));
        sheet.keys("Enter");
    }
    let same = (0..60)
        .filter(|row| {
            sheet.face(*row) == {
                sheet.keys("Down");
                sheet.face(*row)
            }
        })
        .count();
    assert_eq!(same, 60, "moving far away leaves these rows as they are");
}
