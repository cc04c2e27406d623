//! Blocks of cells as spreadsheets put them on the clipboard, in and out.

/// Reads cells parted by tabs and line ends. A cell in quotes may hold both, and doubled quotes.
///
/// ```
/// use deskops_ui::grid::tsv::read;
/// assert_eq!(read("G1\t12.5\r\n\"two\nlines\"\t\r\n"), [["G1", "12.5"], ["two\nlines", ""]]);
/// ```
#[must_use]
pub fn read(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    let (mut is_quoted, mut is_start) = (false, true);
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            _ if is_quoted => cell.push(c),
            // A quote that nobody closes is a mark of inches, not the start of a long cell.
            '"' if is_start && closes(chars.clone()) => is_quoted = true,
            '\t' => row.push(std::mem::take(&mut cell)),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\0' => {}
            _ => cell.push(c),
        }
        is_start = matches!(c, '\t' | '\n' | '\r');
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// Whether a quote follows that ends a cell.
fn closes(mut rest: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    while let Some(c) = rest.next() {
        if c == '"' && rest.next_if_eq(&'"').is_none() {
            return matches!(rest.peek(), None | Some('\t' | '\n' | '\r'));
        }
    }
    false
}

/// Writes cells as spreadsheets read them.
#[must_use]
pub fn write(block: &[Vec<String>]) -> String {
    let line =
        |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join("\t");
    block.iter().map(line).collect::<Vec<_>>().join("\r\n")
}

fn quoted(cell: &str) -> String {
    if cell.contains(['\t', '\n', '\r']) || cell.starts_with('"') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Writes cells as an HTML table, for programs that take it rather.
#[must_use]
pub fn html(block: &[Vec<String>]) -> String {
    let mut html = String::from("<table>");
    for row in block {
        html.push_str("<tr>");
        for cell in row {
            let cell = cell
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('\n', "<br>");
            html.push_str(&format!("<td>{cell}</td>"));
        }
        html.push_str("</tr>");
    }
    html + "</table>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_line_end_makes_no_row() {
        assert_eq!(read("1\r\n2\r\n"), [["1"], ["2"]]);
        assert_eq!(read("1\n\n2"), [["1"], [""], ["2"]]);
        assert!(read("").is_empty());
    }

    #[test]
    fn quotes_hold_tabs_line_ends_and_quotes() {
        assert_eq!(
            read("\"a\tb\"\t\"c\r\nd\"\t\"say \"\"so\"\"\""),
            [["a\tb", "c\r\nd", "say \"so\""]]
        );
    }

    #[test]
    fn a_mark_of_inches_opens_no_cell() {
        assert_eq!(read("\"\t12\n3/4\"\t5\nx"), [vec!["\t12\n3/4", "5"], vec!["x"]]);
        assert_eq!(read("\"\t12\n5\t3/4\" wide"), [["\"", "12"], ["5", "3/4\" wide"]]);
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(
            html(&[vec!["<b>&".to_owned()]]),
            "<table><tr><td>&lt;b&gt;&amp;</td></tr></table>"
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(block in proptest::collection::vec(proptest::collection::vec("[a\"\t\n0-9 é]{1,6}", 3), 1..5)) {
            proptest::prop_assert_eq!(read(&write(&block)), block);
        }
    }
}
