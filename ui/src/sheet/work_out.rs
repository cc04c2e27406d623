//! What DeskOps works out for a day when it is asked: production from machine hours, tons from loads.
//!
//! Apart from typing, because many rows are written at once and the sheet is read anew afterwards.

use std::collections::BTreeSet;

use deskops_domain::api::Refusal;
use deskops_domain::api::loads::Estimated;
use deskops_domain::api::rates::{Applied, Apply, PreviewApply, Proposal, Propose};
use deskops_domain::catalogue::{Catalogue, List};
use deskops_domain::choice::Module;
use dioxus::prelude::*;

use super::asking::Verdict;
use super::cascade::Subject;
use super::work::Work;
use crate::desk::Tone;
use crate::face::Face;
use crate::grid::Event;
use crate::words::{plural, tons};

/// What is worked out for a kind of record, as its button says; none where nothing is.
#[must_use]
pub fn worked_out(face: &Face) -> Option<&'static str> {
    match face.module()? {
        Module::Production => Some("From hours"),
        Module::Dispatch | Module::Received => Some("Tons from loads"),
        Module::Equipment | Module::Manpower | Module::Inventory => None,
    }
}

impl Work {
    /// Works out what can be worked out for this day, and shows the day anew.
    pub fn work_out(self) {
        if worked_out(&self.face()).is_none() {
            return self.say(
                "Production is worked out from hours, and tons from loads in Dispatch and Received.",
                Tone::Plain,
            );
        }
        self.step(Event::Blur);
        let why = self.sheet.peek().closed.clone();
        if let Some(why) = why {
            return self.say(why.to_string(), Tone::Warn);
        }
        spawn(async move {
            // What is typed is counted, and stays.
            self.desk.reached().await;
            match self.ask_to_work_out().await {
                Ok(Some((words, tone))) => self.read_anew(words, tone),
                Ok(None) => self.say("Nothing was written.", Tone::Plain),
                Err(refusal) => self.say(refusal.to_string(), Tone::Bad),
            }
        });
    }

    async fn ask_to_work_out(self) -> Result<Option<(String, Tone)>, Refusal> {
        let (face, site, date, is_past) = {
            let book = self.book.peek();
            let book = book.borrow();
            (book.face.clone(), book.site.clone(), book.day, book.day < book.today)
        };
        let client = self.desk.client();
        let is_production = face.module() == Some(Module::Production);
        let mut moved = None;
        if is_past {
            let cascade = if is_production {
                client.call(PreviewApply { site_id: site.clone(), date }).await?
            } else {
                face.preview_estimate(&client, &site, date).await?
            };
            let name = worked_out(&face).unwrap_or_default().to_owned();
            let subject =
                Subject { site: site.clone(), day: date, name, title: face.title, cascade };
            match self.desk.is_meant(subject).await {
                Verdict::Make(words) => moved = words,
                Verdict::TakeBack | Verdict::Overtaken => return Ok(None),
            }
        }
        let (told, tone) = if is_production {
            let proposal = client.call(Propose { site_id: site.clone(), date }).await?;
            let applied = client.call(Apply { site_id: site, date }).await?;
            self.count_unsent(applied.unsent);
            hours_told(&proposal, &applied, &self.desk.session.peek().catalogue)
        } else {
            let estimated = face.estimate(&client, &site, date).await?;
            self.count_unsent(estimated.unsent);
            loads_told(&estimated, &self.desk.session.peek().catalogue)
        };
        let moved = moved.map(|words| format!(" {words}.")).unwrap_or_default();
        Ok(Some((format!("{told}{moved}"), tone)))
    }
}

/// What was written from machine hours, and which cards could not be used.
#[must_use]
pub fn hours_told(proposal: &Proposal, applied: &Applied, catalogue: &Catalogue) -> (String, Tone) {
    let machine = |id: &str| {
        let item = catalogue.find(List::Equipment, id);
        item.map_or_else(|| id.to_owned(), |item| item.name.clone())
    };
    let used = || proposal.lines.iter().filter(|proposed| !proposed.stays);
    let machines: BTreeSet<&str> = used()
        .flat_map(|proposed| &proposed.line.parts)
        .map(|part| part.equipment_id.as_str())
        .collect();
    let n_stay = proposal.lines.len() - used().count();
    let mut parts = Vec::new();
    if used().count() > 0 {
        parts.push(format!(
            "{} from the hours of {}",
            plural(used().count(), "line"),
            plural(machines.len(), "machine")
        ));
    }
    if n_stay > 0 {
        let verb = if n_stay == 1 { "stays" } else { "stay" };
        parts.push(format!("{} {verb}", plural(n_stay, "typed line")));
    }
    if !proposal.gone.is_empty() {
        parts.push(format!("{} without hours taken back", plural(proposal.gone.len(), "line")));
    }
    let mut sentences = if parts.is_empty() {
        vec!["No hours of a machine with a rate card are entered on this day.".to_owned()]
    } else if applied.written.is_empty() {
        vec![format!("{}: nothing changed.", parts.join(", "))]
    } else {
        vec![format!("{}.", parts.join(", "))]
    };
    let is_whole = proposal.off.is_empty() && proposal.unknown.is_empty();
    sentences.extend(proposal.off.iter().map(|off| off.words(&machine(&off.equipment_id))));
    sentences.extend(
        proposal
            .unknown
            .iter()
            .map(|id| format!("{} has no rate card that can be used.", machine(id))),
    );
    let tone = if is_whole { Tone::Plain } else { Tone::Warn };
    (sentences.join(" "), tone)
}

/// How many loads have tons now, and which cannot have any.
#[must_use]
pub fn loads_told(estimated: &Estimated, catalogue: &Catalogue) -> (String, Tone) {
    let material = |id: &str| {
        let item = catalogue.find(List::Materials, id);
        item.map_or_else(|| id.to_owned(), |item| item.name.clone())
    };
    let n_rows = |rows: u64| plural(usize::try_from(rows).unwrap_or(usize::MAX), "row");
    let without = &estimated.without_factor;
    let mut sentences = match (estimated.estimated, without.is_empty(), estimated.closed) {
        (0, true, 0) => vec!["No weight is pending on this day.".to_owned()],
        (0, ..) => Vec::new(),
        (rows, ..) => {
            vec![format!("{} estimated from loads: {}.", n_rows(rows), tons(estimated.kg))]
        }
    };
    if !without.is_empty() {
        let named: Vec<_> = without
            .iter()
            .map(|(id, rows)| format!("{} ({})", material(id), n_rows(*rows)))
            .collect();
        sentences.push(format!(
            "It is not said what a load weighs of {}. An administrator sets it under \"Tons of a load\".",
            named.join(", ")
        ));
    }
    if estimated.closed > 0 {
        sentences.push(format!("{} not changed: the day is closed.", n_rows(estimated.closed)));
    }
    let is_whole = without.is_empty() && estimated.closed == 0;
    (sentences.join(" "), if is_whole { Tone::Plain } else { Tone::Warn })
}
