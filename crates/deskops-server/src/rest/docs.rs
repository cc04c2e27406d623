//! The document as a page that needs no network and no script.

use std::fmt::Write as _;

use serde_json::Value as Json;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2421;background:#fff}code,pre{font:13px/1.5 ui-monospace,monospace;background:#eef2f0;border-radius:3px;padding:.1em .3em}pre{padding:.7em 1em;overflow:auto}h2{margin-top:2.5rem;border-bottom:1px solid #c4cecb}h3{margin:1.6rem 0 .3rem;font-size:1rem}table{border-collapse:collapse;width:100%}td:first-child{width:14rem}td,th{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #e2e8e6}summary{cursor:pointer}.verb{display:inline-block;min-width:5em;font-weight:700;color:#0b6b4f}nav a{margin-right:1em;white-space:nowrap}@media(prefers-color-scheme:dark){body{color:#e3eae7;background:#151b19}code,pre{background:#232c29}.verb{color:#5fd0a8}a{color:#7ab8ff}td,th,h2{border-color:#37423f}}";

/// The page of a document.
pub(crate) fn page(document: &Json) -> String {
    let mut page = Page(String::new());
    let about = document["info"]["description"].as_str().unwrap_or_default();
    for part in about.split("\n\n") {
        page.add(&format!("<p>{}</p>", words(part)));
    }
    page.add("<p>For programs: <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p><nav>");
    let tags: Vec<&Json> = document["tags"].as_array().into_iter().flatten().collect();
    for tag in &tags {
        let name = text(&tag["name"]);
        page.add(&format!("<a href=\"#{0}\">{0}</a> ", escape(name)));
    }
    page.add("</nav>");
    for tag in tags {
        let name = text(&tag["name"]);
        page.add(&format!("<h2 id=\"{0}\">{0}</h2>", escape(name)));
        page.add(&format!("<p>{}</p>", words(text(&tag["description"]))));
        for (path, method, operation) in operations(document) {
            if text(&operation["tags"][0]) == name {
                page.operation(document, path, method, operation);
            }
        }
    }
    page.add("<h2 id=\"bodies\">Bodies</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        page.schema(name, schema);
    }
    let title = text(&document["info"]["title"]);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title} over HTTP</title><style>{STYLE}</style></head><body><h1>{title} over HTTP</h1>{}</body></html>",
        page.0
    )
}

fn operations(document: &Json) -> impl Iterator<Item = (&String, &String, &Json)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        item.as_object().into_iter().flatten().map(move |(method, of)| (path, method, of))
    })
}

struct Page(String);

impl Page {
    fn add(&mut self, html: &str) {
        self.0.push_str(html);
    }

    fn operation(&mut self, document: &Json, path: &str, method: &str, operation: &Json) {
        let verb = method.to_ascii_uppercase();
        let (path, summary) = (escape(path), words(text(&operation["summary"])));
        self.add(&format!(
            "<h3><span class=\"verb\">{verb}</span><code>{path}</code></h3><p>{summary}</p>"
        ));
        if operation["tags"][0] == "Commands" {
            return;
        }
        self.add("<table>");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let needed = if parameter["required"] == true { " (needed)" } else { "" };
            let row = (text(&parameter["name"]), text(&parameter["description"]));
            self.row(&format!("{}{needed}", row.0), row.1);
        }
        for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
            let pointer = text(&answer["$ref"]).trim_start_matches('#');
            let answer =
                document.pointer(pointer).filter(|_| !pointer.is_empty()).unwrap_or(answer);
            self.row(status, text(&answer["description"]));
        }
        self.add("</table>");
        let sent = &operation["requestBody"]["content"]["application/json"];
        if let Some(example) = sent.get("example") {
            let schema = text(&sent["schema"]["$ref"]).rsplit('/').next().unwrap_or_default();
            let example = escape(&format!("{example:#}"));
            self.add(&format!(
                "<details><summary>Sent: <a href=\"#{schema}\">{schema}</a></summary><pre>{example}</pre></details>"
            ));
        }
    }

    fn row(&mut self, name: &str, what: &str) {
        let (name, what) = (escape(name), words(what));
        // Writing to a string cannot fail.
        let _ = write!(self.0, "<tr><td><code>{name}</code></td><td>{what}</td></tr>");
    }

    fn schema(&mut self, name: &str, schema: &Json) {
        self.add(&format!("<h3 id=\"{0}\">{0}</h3><table>", escape(name)));
        let needed = schema["required"].as_array();
        for (field, of) in schema["properties"].as_object().into_iter().flatten() {
            let is_needed = needed.is_some_and(|needed| needed.iter().any(|it| it == field));
            let mark = if is_needed { "" } else { " (may be left out)" };
            let mut what = text(&of["description"]).to_owned();
            for limit in [
                "type",
                "enum",
                "exclusiveMinimum",
                "minimum",
                "maximum",
                "maxLength",
                "default",
                "$ref",
            ] {
                if let Some(value) = of.get(limit) {
                    let _ = write!(what, " · {limit} `{value}`");
                }
            }
            self.row(&format!("{field}{mark}"), &what);
        }
        self.add("</table>");
    }
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Words in which names stand between backticks.
fn words(text: &str) -> String {
    let parts = escape(text);
    let mut html = String::new();
    for (at, part) in parts.split('`').enumerate() {
        if at % 2 == 1 {
            let _ = write!(html, "<code>{part}</code>");
        } else {
            html.push_str(part);
        }
    }
    html
}
