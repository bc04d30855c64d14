//! The search box: what the reader may see, by words, each kind of thing apart.

use super::{find_in, reach};
use crate::campaign::{self, CampaignSummary};
use crate::error::{Error, FieldError, Outcome};
use crate::organisation::{self, Among};
use crate::perform::UseCase;
use crate::ports::{ProductRecord, TextKind};
use crate::programme::{self, ProgrammeLine};
use crate::register;
use crate::report::{self, ReportFound};
use crate::unit::Unit;
use crate::vulnerability::{self, VulnerabilityLine};
use domain::ids::{ProductId, ReportId, VulnerabilityId};
use domain::organisation::Organisation;
use domain::search::{Part, SEARCH_MAX, Typed, Unsearchable, answers};
use uuid::Uuid;

/// Answers of each kind where all kinds are shown.
const OF_EACH: usize = 5;
/// Answers that are read beside those shown, where some of them turn out not to be the reader's.
const SPARE: usize = 10;

/// Searches what the reader may see.
#[derive(Clone, Debug)]
pub struct Search {
    /// What was typed.
    pub text: String,
    /// Only this kind of thing, and more of it.
    pub part: Option<Part>,
    /// Only what is about this product.
    pub product: Option<ProductId>,
}

/// The answers of one kind.
#[derive(Clone, Debug)]
pub struct Group<T> {
    /// The best answers.
    pub lines: Vec<T>,
    /// Whether there are others.
    pub more: bool,
}

impl<T> Default for Group<T> {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            more: false,
        }
    }
}

impl<T> Group<T> {
    fn of(mut lines: Vec<T>, most: usize) -> Self {
        let more = lines.len() > most;
        lines.truncate(most);
        Self { lines, more }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Reports, the most alike first.
    pub reports: Group<ReportFound>,
    /// Vulnerabilities, the most alike first.
    pub vulnerabilities: Group<VulnerabilityLine>,
    /// The reader's campaigns, the latest first.
    pub campaigns: Group<CampaignSummary>,
    /// Programmes, by name.
    pub programmes: Group<ProgrammeLine>,
    /// Products of the catalogue, by name.
    pub products: Group<ProductRecord>,
    /// Organisations of the directory.
    pub organisations: Group<Organisation>,
    /// The product that was chosen.
    pub product: Option<ProductRecord>,
}

impl UseCase for Search {
    type Output = Results;

    async fn run(&self, unit: &mut Unit) -> Outcome<Results> {
        unit.person()?;
        let typed = Typed::read(&self.text).map_err(refused)?;
        let mut results = Results::default();
        if let Some(id) = self.product {
            results.product = unit.store.products(&[id]).await?.pop();
        }
        if let Some(most) = self.most(unit, Part::Reports) {
            results.reports = self.reports(unit, &typed, most).await?;
        }
        if let Some(most) = self.most(unit, Part::Vulnerabilities) {
            results.vulnerabilities = self.vulnerabilities(unit, &typed, most).await?;
        }
        if self.product.is_some() {
            return Ok(results);
        }
        if let Some(most) = self.most(unit, Part::Campaigns) {
            results.campaigns = Group::of(campaign::found(unit, &typed, most + 1).await?, most);
        }
        if let Some(most) = self.most(unit, Part::Programmes) {
            results.programmes = Group::of(programme::found_by_words(unit, &typed, most + 1).await?, most);
        }
        if let Some(most) = self.most(unit, Part::Products) {
            results.products = Group::of(register::suggested(unit, &self.text, limit(most)).await?, most);
        }
        if let Some(most) = self.most(unit, Part::Organisations) {
            let found = organisation::suggested(unit, &self.text, &Among::default(), limit(most)).await?;
            results.organisations = Group::of(found, most);
        }
        Ok(results)
    }
}

impl Search {
    /// Gives how many answers of a kind are shown; none where another kind was chosen.
    fn most(&self, unit: &Unit, part: Part) -> Option<usize> {
        match self.part {
            None => Some(OF_EACH),
            Some(only) if only == part => Some(unit.app.settings.limits.page_lines),
            Some(_) => None,
        }
    }

    async fn reports(&self, unit: &mut Unit, typed: &Typed, most: usize) -> Outcome<Group<ReportFound>> {
        if typed.query.is_empty() {
            return Ok(Group::default());
        }
        let open = reach::reports(unit, self.product).await?;
        let ids: Vec<ReportId> = best(&open, typed, TextKind::Report, most).map(ReportId).collect();
        let (lines, more) = report::found(unit, &ids, most).await?;
        Ok(Group { lines, more })
    }

    async fn vulnerabilities(&self, unit: &mut Unit, typed: &Typed, most: usize) -> Outcome<Group<VulnerabilityLine>> {
        if typed.query.is_empty() {
            return Ok(Group::default());
        }
        let open = reach::vulnerabilities(unit, self.product).await?;
        let found = best(&open, typed, TextKind::Vulnerability, most);
        let ids: Vec<VulnerabilityId> = found.map(VulnerabilityId).collect();
        let (lines, more) = vulnerability::first_lines(unit, &ids, most).await?;
        Ok(Group { lines, more })
    }
}

/// Gives the texts of a kind that answer a search, the most alike first.
fn best(open: &[super::Opened], typed: &Typed, kind: TextKind, most: usize) -> impl Iterator<Item = Uuid> {
    let found = find_in(open, &typed.query, &[kind], most + SPARE);
    let best = found.first().map_or(0.0, |one| one.likeness);
    found
        .into_iter()
        .filter(move |one| answers(one.likeness, best))
        .map(|one| one.id)
}

/// Gives how many lines are read to show so many, and to know whether there are others.
fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1)
}

fn refused(why: Unsearchable) -> Error {
    let (message, detail) = match why {
        Unsearchable::TooLong => ("error-too-long", Some(SEARCH_MAX.to_string())),
        Unsearchable::NoText => ("error-search-no-text", None),
        Unsearchable::SaysNothing => ("error-search-says-nothing", None),
    };
    Error::Invalid(vec![FieldError {
        field: "q".to_owned(),
        message,
        detail,
    }])
}
