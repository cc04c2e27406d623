//! Every module: draft → record → row → record → JSON → record, whatever is in it.

use deskops_core::StoreError;
use deskops_domain::access::Caller;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::field::{Field, Kind, Rule, Shape};
use deskops_domain::modules::{ModuleVisitor, each_record};
use deskops_domain::problem::Problem;
use deskops_domain::record::Record;
use deskops_domain::text::format_fixed;
use deskops_tests::TestDesk;
use deskops_tests::desk::{SITE, TODAY};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value as Json, json};

/// A value that the field takes, by its own rules.
fn good_value(shape: &Shape, desk: &TestDesk) -> BoxedStrategy<Option<Json>> {
    let catalogue = desk.desk.catalogue();
    let rules = shape.rules;
    let least = rules.iter().find_map(|rule| match rule {
        Rule::Above(least) => Some(least + 1),
        Rule::AtLeast(least) => Some(*least),
        _ => None,
    });
    let most = rules
        .iter()
        .find_map(|rule| if let Rule::AtMost(most) = rule { Some(*most) } else { None });
    let longest = rules
        .iter()
        .find_map(|rule| if let Rule::Longest(most) = rule { Some(*most) } else { None })
        .unwrap_or(0);
    let value = match shape.kind {
        Kind::Text if shape.name == "timezone" => {
            proptest::sample::select(vec!["Asia/Riyadh", "UTC"])
                .prop_map(|zone| json!(zone))
                .boxed()
        }
        Kind::Text if shape.name == "daysOff" => {
            proptest::sample::select(vec!["5", "5,6", "7"]).prop_map(|days| json!(days)).boxed()
        }
        Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count => {
            let decimals = shape.kind.decimals().unwrap_or(0);
            let range = least.unwrap_or(0)..=most.unwrap_or(9);
            range.prop_map(move |raw| Json::String(format_fixed(raw, decimals))).boxed()
        }
        Kind::Day => Just(json!("2026-11-20")).boxed(),
        Kind::Flag => any::<bool>().prop_map(Json::Bool).boxed(),
        Kind::Text => {
            proptest::collection::vec(proptest::char::range(' ', '\u{6ff}'), 1..=longest.min(60))
                .prop_map(|chars| chars.into_iter().filter(|c| !c.is_control()).collect::<String>())
                .prop_filter("not blank", |text| !text.trim().is_empty())
                .prop_map(|text| Json::String(text.trim().to_owned()))
                .boxed()
        }
        Kind::Choice(choices, _) => {
            let codes: Vec<_> = choices.iter().map(|choice| choice.code).collect();
            proptest::sample::select(codes).prop_map(|code| json!(code)).boxed()
        }
        Kind::Code(list) => {
            let ids: Vec<_> = catalogue.items(list).iter().map(|item| item.id.clone()).collect();
            proptest::sample::select(ids).prop_map(|id| json!(id)).boxed()
        }
    };
    if shape.is_computed() {
        Just(None).boxed()
    } else if shape.is_optional {
        proptest::option::of(value).boxed()
    } else {
        value.prop_map(Some).boxed()
    }
}

/// A draft may be there already, or contradict itself in a way that only two fields show.
fn is_expected(told: &Refusal) -> bool {
    let contradicts = |problem: &Problem| match problem.path.as_str() {
        "qtyTon" | "reason" => problem.code == "E-REQUIRED",
        "hours" => problem.message.contains("together"),
        "count" | "headcount" => problem.message.contains("where there are hours"),
        "componentId" => problem.code == "E-COMPONENT",
        "notes" => problem.code == "E-REQUIRED",
        "code" => problem.code == "E-TEXT",
        "minTon" | "residueTon" => problem.code == "E-NUM",
        _ => false,
    };
    told.code == Code::DuplicateRecord || told.details.iter().all(contradicts)
}

/// What people entered in a record; the rest is computed.
fn entered<R: Record>(entry: &Entry<R>) -> Vec<Json> {
    let groups = R::groups().into_iter().map(|group| json!(entry.body.group(group)));
    groups.chain([json!(entry.body.natural_key(&entry.site, entry.date))]).collect()
}

/// How many records of a kind can stand on one day, where its key is a choice or nothing.
fn most<R: Record>() -> usize {
    let of = |shape: &Shape| match shape.kind {
        Kind::Choice(choices, _) => choices.len(),
        _ => usize::MAX,
    };
    if !R::has_natural_key() {
        return usize::MAX;
    }
    R::shapes().filter(|shape| shape.is_key()).map(of).fold(1, usize::saturating_mul)
}

struct RoundTrips(Vec<&'static str>);

impl ModuleVisitor for RoundTrips {
    fn visit<R: Record>(&mut self) {
        let desk = &TestDesk::direct();
        let values: Vec<_> =
            R::FIELDS.iter().map(|field: &Field<R>| good_value(&field.shape, desk)).collect();
        let mut runner =
            TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
        let n_saved = std::cell::Cell::new(0);
        runner
            .run(&values, |values| {
                let mut draft: Draft =
                    json!({"siteId": SITE, "date": TODAY}).as_object().unwrap().clone();
                for (shape, value) in R::shapes().zip(values) {
                    draft.extend(value.map(|value| (shape.name.to_owned(), value)));
                }
                let saved = match desk
                    .desk
                    .write(&Caller::at_this_computer(), |door| door.create::<R>(&draft))
                {
                    Ok(saved) => saved,
                    Err(StoreError::Refused(told)) if is_expected(&told) => return Ok(()),
                    Err(other) => return Err(TestCaseError::fail(format!("{draft:?}: {other:?}"))),
                };
                n_saved.set(n_saved.get() + 1);
                let stored = deskops_tests::desk::stored::<R>(&desk.desk, &saved.id);
                prop_assert_eq!(entered(&stored), entered(&saved), "row and record");
                prop_assert_eq!(&stored.stamp, &saved.stamp, "their stamps");
                let wire = serde_json::to_string(&saved).unwrap();
                let back: Entry<R> = serde_json::from_str(&wire).unwrap();
                prop_assert_eq!(&back, &saved, "JSON and record");
                Ok(())
            })
            .unwrap();
        assert!(
            n_saved.get() >= most::<R>().min(5),
            "{}: {} of 200 drafts were saved",
            R::NAME,
            n_saved.get()
        );
        self.0.push(R::NAME);
    }
}

#[test]
fn every_module_comes_back_from_row_and_wire_as_it_was_entered() {
    let mut trips = RoundTrips(Vec::new());
    each_record(&mut trips);
    assert_eq!(trips.0.len(), 23);
}
