//! What a clerk does and sees at the door and on the production day sheet, in the window and in the browser alike.

use super::Page;

/// Twelve quantities of a day as a clerk types them: 55 characters.
pub const TWELVE: [&str; 12] = [
    "128.45", "96.2", "74.835", "60", "110.5", "31.2", "18.45", "95", "204.125", "12.75", "43.6",
    "88.25",
];
/// The same as they then stand in the sheet.
pub const TWELVE_SHOWN: [&str; 12] = [
    "128.450", "96.200", "74.835", "60.000", "110.500", "31.200", "18.450", "95.000", "204.125",
    "12.750", "43.600", "88.250",
];
/// What they come to.
pub const TWELVE_TONS: &str = "963.360";

/// Signs in as whoever is chosen, where the page asks for that, and waits for the work.
pub fn sign_in(page: &mut Page, password: &str) {
    if page.value("#sign-in-password").is_none() {
        return;
    }
    wait_focus(page, "sign-in-password");
    page.keys(&format!("{password}\n"));
    page.wait_for(".shell");
    page.ready();
}

/// Signs out, and in again as somebody else, by name.
pub fn sign_in_as(page: &mut Page, name: &str, password: &str) {
    if page.value("#sign-in-password").is_none() {
        page.click(".who");
        page.click(".user-menu button:last-of-type");
        page.wait_for("#sign-in-password");
        page.ready();
    }
    let choose = "const list = document.querySelector('#sign-in-name');
        list.value = arguments[0];
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return list.value";
    assert_eq!(page.js(choose, vec![name.into()]), name, "{name} is one of the names");
    page.click("#sign-in-password");
    page.keys(&format!("{password}\n"));
    page.wait_for(".shell");
    page.ready();
}

/// Waits until the element with this id has the focus.
pub fn wait_focus(page: &Page, id: &str) {
    page.wait_until(&format!("the focus on {id}"), || {
        page.js("return document.activeElement?.id", Vec::new()) == id
    });
}

/// Goes to the production day sheet by its key, and waits until a number can be typed.
pub fn open_production(page: &mut Page) {
    open_module(page, "Ctrl+2", "production");
}

/// Goes to the sheet of a module by its key, and waits until it can be typed into.
pub fn open_module(page: &mut Page, key: &str, module: &str) {
    page.chord(key);
    page.wait_for(&format!("[data-screen=\"{module}\"] [role=\"grid\"]"));
    page.ready();
    page.wait_until("the cell under the cursor to have the focus", || {
        let focused = "return document.activeElement?.closest('[role=gridcell]') !== null";
        page.js(focused, Vec::new()).as_bool() == Some(true)
    });
}

/// The quantities of the sheet from the top, empty ones as nothing.
#[must_use]
pub fn quantities(page: &Page) -> Vec<String> {
    cells(page, "quantity")
}

/// The words of state of the sheet's rows from the top.
#[must_use]
pub fn states(page: &Page) -> Vec<String> {
    cells(page, "state")
}

/// The cells of a column from the top, by the beginning of its heading in small letters.
#[must_use]
pub fn cells(page: &Page, column: &str) -> Vec<String> {
    let script = "const name = arguments[0];
        const heads = [...document.querySelectorAll('[role=grid] [role=columnheader]')];
        const at = heads.findIndex(head => head.innerText.trim().toLowerCase().startsWith(name));
        const index = heads[at]?.getAttribute('aria-colindex');
        const rows = [...document.querySelectorAll('[role=grid] [role=row]')];
        const number = row => Number(row.getAttribute('aria-rowindex'));
        return rows.sort((a, b) => number(a) - number(b))
            .map(row => row.querySelector(`[role=gridcell][aria-colindex=\"${index}\"]`))
            .filter(cell => cell && !cell.closest('.grid-foot'))
            .map(cell => cell.innerText.trim());";
    let found = page.js(script, vec![column.into()]);
    let texts = found.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

/// Waits until every row with a quantity says that it is saved here.
pub fn wait_saved(page: &Page, n_rows: usize) {
    page.wait_until(&format!("{n_rows} rows to be saved here"), || {
        states(page).iter().filter(|state| state.starts_with("Saved here")).count() == n_rows
    });
    page.ready();
}
