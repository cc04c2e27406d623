//! Asks axe-core what in the shown page a person with another way of reading could not use.

use serde_json::{Value, json};

use super::{Page, given};

/// A rule that the page breaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// The rule's name in axe-core.
    pub rule: String,
    /// What it asks for.
    pub help: String,
    /// The elements that break it.
    pub elements: Vec<String>,
}

/// Every rule of WCAG 2.2 A and AA, and good practice, that the shown page breaks.
///
/// # Panics
/// If axe-core is not installed or does not answer.
#[must_use]
pub fn violations(page: &Page) -> Vec<Violation> {
    let file = given("DESKOPS_NPM").join("axe-core").join("axe.min.js");
    let source = std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let is_there =
        page.js(&format!("if (!window.axe) {{ {source} }}; return typeof window.axe"), Vec::new());
    assert_eq!(is_there, json!("object"), "axe-core is loaded");
    let script = "const [tags, done] = arguments;
        window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
            .then(found => done({ violations: found.violations }), error => done({ error: String(error) }))";
    let tags = json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
    let found = page.js_later(script, vec![tags]);
    let Some(violations) = found["violations"].as_array() else {
        panic!("axe-core fails: {found}")
    };
    violations.iter().map(read).collect()
}

fn read(violation: &Value) -> Violation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let elements = violation["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| text(&node["html"]))
        .collect();
    Violation { rule: text(&violation["id"]), help: text(&violation["help"]), elements }
}
