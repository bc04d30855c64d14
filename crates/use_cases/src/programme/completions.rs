//! Completions of courses: recorded by hand or imported from a file, whole or not at all.

use super::completions_csv::{CompletionLine, Preview, parse, track_is_valid};
use super::{found, record, to_manage};
use crate::csv_file::LineError;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CompletionRow, OrganisationFilter, ProgrammeRecord};
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::ManageProgramme;
use domain::date::Date;
use domain::ids::ProgrammeId;
use domain::organisation::Organisation;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// The most completions that a page shows.
const MANY: i64 = 2000;

/// A programme's completions.
#[derive(Clone, Debug)]
pub struct CompletionsView {
    /// The programme.
    pub record: ProgrammeRecord,
    /// Its completions, by course and name.
    pub completions: Vec<CompletionRow>,
}

/// Shows a programme's completions to those who keep them.
pub struct ViewCompletions(pub String);

impl UseCase for ViewCompletions {
    type Output = CompletionsView;

    async fn run(&self, unit: &mut Unit) -> Outcome<CompletionsView> {
        let proof = found::<ManageProgramme>(unit, &self.0).await?;
        Ok(CompletionsView {
            completions: unit.store.completions(proof.programme.id, MANY).await?,
            record: proof.into_value(),
        })
    }
}

/// Records that an organisation completed a course.
#[derive(Clone, Debug)]
pub struct AddCompletion {
    /// The programme's address.
    pub slug: String,
    /// The organisation: its SIREN or INSEE code, or its name.
    pub organisation: String,
    /// The key of the course.
    pub track: String,
    /// The day it was completed, as `2026-02-03`.
    pub completed_on: String,
}

impl UseCase for AddCompletion {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, &self.slug).await?;
        let (acting, programme) = (proof.acting().clone(), proof.programme.id);
        let mut fields = Fields::new();
        let organisation = named(unit, self.organisation.trim()).await?;
        if organisation.is_none() {
            fields.add("organisation", "programme-error-organisation");
        }
        let track = self.track.trim().to_owned();
        if !track_is_valid(&track) {
            fields.add("track", "programme-error-track");
        }
        let day: Option<Date> = self.completed_on.trim().parse().ok();
        match day {
            None => fields.add("completed_on", "error-not-a-date"),
            Some(day) if day > unit.today() => fields.add("completed_on", "programme-error-completion-to-come"),
            Some(_) => {}
        }
        fields.done()?;
        let (Some(organisation), Some(completed_on)) = (organisation, day) else {
            return Err(Error::NotFound);
        };
        let row = row(unit, programme, organisation, track, completed_on);
        if !unit.store.insert_completion(&row, acting.person()).await? {
            return Err(Error::Conflict("error-already-there"));
        }
        let body = json!({"organisation": row.organisation.id, "name": row.organisation.name, "track": row.track, "completed_on": row.completed_on});
        record(unit, &acting, programme, "programme.completion_added", body).await
    }
}

/// Finds the one organisation of a code or of a whole name.
async fn named(unit: &mut Unit, text: &str) -> Outcome<Option<Organisation>> {
    let code: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let [one] = unit.store.organisations_by_codes(&[code]).await?.as_slice() {
        return Ok(Some(one.clone()));
    }
    let folded = domain::organisation::name_sort(text);
    if folded.is_empty() {
        return Ok(None);
    }
    let filter = OrganisationFilter {
        prefix: Some(folded.clone()),
        limit: 50,
        ..OrganisationFilter::default()
    };
    let all = unit.store.list_organisations(&filter).await?;
    let mut same = all
        .into_iter()
        .filter(|o| domain::organisation::name_sort(&o.name) == folded);
    Ok(same.next().filter(|_| same.next().is_none()))
}

fn row(
    unit: &Unit,
    programme: ProgrammeId,
    organisation: Organisation,
    track: String,
    completed_on: Date,
) -> CompletionRow {
    CompletionRow {
        id: unit.fresh_id(),
        programme,
        organisation,
        track,
        completed_on,
        recorded_at: unit.now,
    }
}

/// Takes back a completion that was recorded by mistake.
pub struct RemoveCompletion {
    /// The programme's address.
    pub slug: String,
    /// The completion.
    pub completion: Uuid,
}

impl UseCase for RemoveCompletion {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, &self.slug).await?;
        let (acting, programme) = (proof.acting().clone(), proof.programme.id);
        let removed = unit.store.remove_completion(self.completion, programme).await?;
        let (organisation, track) = removed.ok_or(Error::NotFound)?;
        let body = json!({"organisation": organisation, "track": track});
        record(unit, &acting, programme, "programme.completion_removed", body).await
    }
}

/// Finds the organisations that the lines name, and what is recorded already.
async fn resolve(unit: &mut Unit, programme: ProgrammeId, text: &str) -> Outcome<(Preview, Vec<CompletionRow>)> {
    let mut preview = parse(text, unit.app.settings.limits.csv_lines, unit.today());
    let codes: Vec<String> = preview.lines.iter().map(|line| line.code.clone()).collect();
    let mut by_code: HashMap<String, Vec<Organisation>> = HashMap::new();
    for organisation in unit.store.organisations_by_codes(&codes).await? {
        for code in [organisation.siren.clone(), organisation.insee.clone()]
            .into_iter()
            .flatten()
        {
            by_code.entry(code).or_default().push(organisation.clone());
        }
    }
    let recorded = unit.store.completions(programme, i64::MAX).await?;
    let mut seen: Vec<(Uuid, String)> = recorded
        .iter()
        .map(|row| (row.organisation.id.0, row.track.clone()))
        .collect();
    seen.sort_unstable();
    let (mut good, mut rows) = (Vec::new(), Vec::new());
    for line in std::mem::take(&mut preview.lines) {
        match by_code.get(&line.code).map(Vec::as_slice) {
            Some([one]) => {
                let key = (one.id.0, line.track.clone());
                if let Err(at) = seen.binary_search(&key) {
                    seen.insert(at, key);
                    rows.push(row(unit, programme, one.clone(), line.track.clone(), line.completed_on));
                    good.push(CompletionLine {
                        name: one.name.clone(),
                        ..line
                    });
                } else {
                    preview.known += 1;
                }
            }
            _ => preview.errors.push(LineError {
                line: line.line,
                message: "programme-import-unknown",
                found: line.code,
            }),
        }
    }
    preview.errors.sort_by_key(|error| error.line);
    preview.lines = good;
    Ok((preview, rows))
}

/// Shows what an import would do; nothing is stored.
pub struct PreviewCompletions {
    /// The programme's address.
    pub slug: String,
    /// The file's text.
    pub text: String,
}

impl UseCase for PreviewCompletions {
    type Output = Preview;

    async fn run(&self, unit: &mut Unit) -> Outcome<Preview> {
        let proof = found::<ManageProgramme>(unit, &self.slug).await?;
        Ok(resolve(unit, proof.programme.id, &self.text).await?.0)
    }
}

/// Records every completion of a file, or none where a line is wrong; gives how many are new.
pub struct ImportCompletions {
    /// The programme's address.
    pub slug: String,
    /// The file's text.
    pub text: String,
}

impl UseCase for ImportCompletions {
    type Output = usize;

    async fn run(&self, unit: &mut Unit) -> Outcome<usize> {
        let proof = to_manage(unit, &self.slug).await?;
        let (acting, programme) = (proof.acting().clone(), proof.programme.id);
        let (preview, rows) = resolve(unit, programme, &self.text).await?;
        if !preview.errors.is_empty() {
            return Err(Error::field("file", "programme-error-import"));
        }
        keep(unit, &acting, programme, &rows).await?;
        Ok(rows.len())
    }
}

/// Keeps the rows of an import with one entry for all of them.
async fn keep(unit: &mut Unit, acting: &Acting, programme: ProgrammeId, rows: &[CompletionRow]) -> Outcome<()> {
    let mut told = Vec::new();
    for row in rows {
        unit.store.insert_completion(row, acting.person()).await?;
        told.push(json!([row.organisation.id, row.track, row.completed_on]));
    }
    let body = json!({"count": rows.len().to_string(), "completions": told});
    record(unit, acting, programme, "programme.completions_imported", body).await
}
