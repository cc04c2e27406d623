//! Bad values of every field of every kind of record, from the field tables themselves.

use deskops_domain::field::{Kind, Rule, Shape, number};
use deskops_domain::lists::SiteCard;
use deskops_domain::modules::{ModuleVisitor, each_module};
use deskops_domain::record::Record;
use serde_json::{Value as Json, json};

/// What is no day, wherever a day is asked for.
pub(super) const NO_DAYS: [&str; 16] = [
    "2026-02-29",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-11-31",
    "22/11/2026",
    "2026-11-22T",
    "2026-11-22T25:00:00Z",
    // Where clocks are put forward this hour does not exist; without an offset no moment is named.
    "2026-03-29T02:30:00",
    "2026-11-22 06:00",
    "2026-W47-7",
    "now",
    "1; drop table production",
    "<b>2026-11-22</b>",
    "+12026-11-22",
    "٢٠٢٦-١١-٢٢",
];
/// Texts that mean mischief where a name of a list is asked for.
const MISCHIEF: [&str; 4] = [
    "' or '1'='1",
    "1; drop table production; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
];

/// A bad value of a field; none where it is left out.
pub(super) struct Bad {
    pub field: &'static str,
    pub what: String,
    pub value: Option<Json>,
    /// Whether it is bad in a part of a record, too, and not only in a whole one.
    pub is_bad_in_part: bool,
}

/// The fields of a module, or of a site.
pub(super) fn shapes(name: &str) -> Vec<&'static Shape> {
    struct Find<'a>(&'a str, Vec<&'static Shape>);
    impl ModuleVisitor for Find<'_> {
        fn visit<R: Record>(&mut self) {
            if R::NAME == self.0 {
                self.1 = R::shapes().collect();
            }
        }
    }
    let mut find = Find(name, Vec::new());
    find.visit::<SiteCard>();
    each_module(&mut find);
    find.1
}

/// Every bad value of every field that is typed.
pub(super) fn bad(name: &str) -> Vec<Bad> {
    let typed = shapes(name).into_iter().filter(|shape| !shape.is_computed());
    typed.flat_map(values).collect()
}

fn values(shape: &'static Shape) -> Vec<Bad> {
    let bad = |what: &str, value: Option<Json>, is_bad_in_part: bool| Bad {
        field: shape.name,
        what: what.to_owned(),
        value,
        is_bad_in_part,
    };
    let mut found = vec![
        bad("a list", Some(json!([])), true),
        bad("an object", Some(json!({"$gt": ""})), true),
    ];
    if !shape.is_optional && shape.default().is_none() {
        found.push(bad("left out", None, false));
        found.push(bad("null", Some(Json::Null), true));
        found.push(bad("empty", Some(json!("")), true));
        found.push(bad("spaces", Some(json!("   ")), true));
    }
    let of_kind = match shape.kind {
        Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count => numbers(shape),
        Kind::Flag => vec![json!(2), json!("maybe"), json!("' or '1'='1")],
        Kind::Text => texts(shape),
        Kind::Day => NO_DAYS.iter().map(|day| json!(day)).collect(),
        Kind::Choice(..) | Kind::Code(_) => {
            let mut names = vec![
                json!(7),
                json!(true),
                json!("NOPE"),
                json!("x".repeat(5_000)),
                json!("A\u{0}"),
            ];
            names.extend(MISCHIEF.map(|text| json!(text)));
            names
        }
    };
    found.extend(of_kind.into_iter().map(|value| {
        let what: String = value.to_string().chars().take(40).collect();
        bad(&what, Some(value), true)
    }));
    found
}

fn numbers(shape: &Shape) -> Vec<Json> {
    let decimals = shape.kind.decimals().unwrap_or(0);
    let mut found = vec![
        json!(true),
        json!("abc"),
        json!("NaN"),
        json!("-"),
        json!("<b>1</b>"),
        json!("1; drop table production"),
        json!(1e300),
        json!("99999999999999999999999"),
    ];
    found.push(json!(format!("1.{}1", "0".repeat(decimals as usize))));
    found.extend(shape.rules.iter().filter_map(|rule| match rule {
        Rule::Above(least) => Some(number(*least, decimals)),
        Rule::AtLeast(least) => Some(number(least - 1, decimals)),
        Rule::AtMost(most) => Some(number(most + 1, decimals)),
        _ => None,
    }));
    found
}

fn texts(shape: &Shape) -> Vec<Json> {
    let mut found = vec![json!(7), json!(false), json!("a\u{0}b"), json!("\u{1b}[31m")];
    found.extend(shape.rules.iter().filter_map(|rule| match rule {
        Rule::Longest(most) => Some(json!("é".repeat(most + 1))),
        _ => None,
    }));
    found
}
