//! Importing what a test made elsewhere found, and the list of what was imported.

use super::file::{FindingLine, FindingsPreview, Most, Tested, parse};
use super::{FindingText, compared, open};
use crate::campaign::{entry, mail_one, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, FindingRecord};
use crate::search::Text;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{DecideFinding, ImportFindings, ListFindings, ReadFinding};
use authorization::{Actor, PersonActor};
use domain::finding::{Finding, FindingState, takes_findings};
use domain::ids::{CampaignId, FindingId, PersonId, ProductId};
use domain::party::PartyKind;
use domain::report::Rating;
use domain::role::{GrantScope, Role};
use domain::{NoticeKind, Timestamp};
use serde_json::json;

/// The most verifiers that one mail goes to.
const VERIFIERS: usize = 50;

/// A finding in a list.
#[derive(Clone, Debug)]
pub struct FindingsRow {
    /// The finding.
    pub id: FindingId,
    /// Its number within the campaign.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// Which test found it.
    pub source: String,
    /// The product's name.
    pub product: String,
    /// How severe it says to be.
    pub rating: Option<Rating>,
    /// Where it stands.
    pub state: FindingState,
    /// When it was imported.
    pub imported_at: Timestamp,
}

/// What was imported into a campaign.
#[derive(Clone, Debug)]
pub struct FindingsList {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its name.
    pub name: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// The names of its products.
    pub products: Vec<String>,
    /// The findings of the page.
    pub lines: Vec<FindingsRow>,
    /// The number after which the next page begins.
    pub next: Option<i64>,
    /// Whether the reader may import, now.
    pub may_import: bool,
    /// Lines that one file may have.
    pub most: usize,
}

/// Lists what was imported into a campaign.
#[derive(Clone, Copy, Debug)]
pub struct ListFindingsOf {
    /// The campaign.
    pub campaign: CampaignId,
    /// Only those above this number.
    pub after: i64,
}

impl UseCase for ListFindingsOf {
    type Output = FindingsList;

    async fn run(&self, unit: &mut Unit) -> Outcome<FindingsList> {
        let found = unit.store.campaign(self.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<ListFindings, _>(found)?;
        let page = i64::try_from(unit.app.settings.limits.page_lines).unwrap_or(50);
        let mut records = unit.store.findings(self.campaign, self.after, page + 1).await?;
        let more = records.len() > usize::try_from(page).unwrap_or(usize::MAX);
        records.truncate(usize::try_from(page).unwrap_or(usize::MAX));
        let mut lines = Vec::new();
        for found in records {
            let Ok(one) = unit.permit::<ReadFinding, _>(found) else {
                continue;
            };
            let text = open(unit, &one).await?;
            lines.push(FindingsRow {
                id: one.finding.id,
                number: one.finding.number,
                title: text.title,
                source: text.source,
                product: one.product_name.clone(),
                rating: one.rating,
                state: one.finding.state,
                imported_at: one.finding.imported_at,
            });
        }
        Ok(FindingsList {
            campaign: self.campaign,
            name: proof.campaign.name.clone(),
            notice: proof.frame.notice,
            products: proof.products.iter().map(|one| one.name.clone()).collect(),
            next: lines.last().map(|line| line.number).filter(|_| more),
            lines,
            may_import: unit.may::<ImportFindings, CampaignRecord>(&proof) && takes_findings(proof.state_at(unit.now)),
            most: unit.app.settings.limits.findings,
        })
    }
}

/// Reads a file: what is new, and what was imported already.
async fn resolve(unit: &mut Unit, record: &CampaignRecord, source: &str, text: &str) -> Outcome<FindingsPreview> {
    let limits = &unit.app.settings.limits;
    let most = Most {
        lines: limits.findings,
        title: limits.title,
        text: limits.text,
    };
    let tested = record.products.iter();
    let products: Vec<Tested> = tested
        .map(|one| Tested {
            id: one.product,
            name: one.name.clone(),
            slug: one.slug.clone(),
        })
        .collect();
    let mut preview = parse(text, source, &products, most);
    let mut known: Vec<(ProductId, FindingText)> = Vec::new();
    for found in unit.store.findings(record.campaign.id, 0, i64::MAX).await? {
        let one = found.peek();
        known.push((one.finding.product, compared(unit, one).await?));
    }
    for line in std::mem::take(&mut preview.lines) {
        let same = |(product, text): &(ProductId, FindingText)| *product == line.product && *text == line.text;
        if known.iter().any(same) {
            preview.known += 1;
        } else {
            known.push((line.product, line.text.clone()));
            preview.lines.push(line);
        }
    }
    Ok(preview)
}

fn source(unit: &Unit, typed: &str) -> Outcome<String> {
    let mut fields = Fields::new();
    let source = fields.required("source", typed, unit.app.settings.limits.title);
    fields.done()?;
    Ok(source)
}

fn refuse_over(record: &CampaignRecord, now: Timestamp) -> Outcome<()> {
    if takes_findings(record.state_at(now)) {
        Ok(())
    } else {
        Err(Error::Conflict("error-campaign-over"))
    }
}

/// Shows what an import would do; nothing is stored.
pub struct PreviewFindings {
    /// The campaign.
    pub campaign: CampaignId,
    /// Which test found it: who made it, and when.
    pub source: String,
    /// The file's text.
    pub text: String,
}

impl UseCase for PreviewFindings {
    type Output = FindingsPreview;

    async fn run(&self, unit: &mut Unit) -> Outcome<FindingsPreview> {
        let found = unit.store.campaign(self.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<ImportFindings, _>(found)?;
        refuse_over(&proof, unit.now)?;
        let source = source(unit, &self.source)?;
        resolve(unit, &proof, &source, &self.text).await
    }
}

/// Imports every finding of a file, or none where a line is wrong; gives how many are new.
pub struct ImportFindingsOf {
    /// The campaign.
    pub campaign: CampaignId,
    /// Which test found it: who made it, and when.
    pub source: String,
    /// The file's text.
    pub text: String,
}

impl UseCase for ImportFindingsOf {
    type Output = usize;

    async fn run(&self, unit: &mut Unit) -> Outcome<usize> {
        let proof = taken::<ImportFindings>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let source = source(unit, &self.source)?;
        let preview = resolve(unit, &proof, &source, &self.text).await?;
        if !preview.errors.is_empty() {
            return Err(Error::field("file", "finding-error-import"));
        }
        if preview.lines.is_empty() {
            return Ok(0);
        }
        let known = unit.store.findings(self.campaign, 0, i64::MAX).await?.len();
        if known + preview.lines.len() > unit.app.settings.limits.campaign_findings {
            return Err(Error::Conflict("finding-error-too-many"));
        }
        let acting = proof.acting().clone();
        let count = preview.lines.len();
        let mut last = None;
        for line in preview.lines {
            let number = unit.store.next_finding_number(self.campaign).await?;
            last = Some(keep(unit, &proof, line, number).await?);
        }
        let number = last.as_ref().map(|one| one.finding.number);
        let body = json!({"source": source, "count": count, "last": number});
        unit.record(&acting, entry(self.campaign, "campaign.findings_imported", body))
            .await?;
        if let Some(record) = last.filter(|one| one.announced) {
            for person in judges(unit, &record).await? {
                mail_one(unit, self.campaign, person, "mail.campaign-findings").await?;
            }
        }
        Ok(count)
    }
}

/// Seals a finding under the campaign and keeps it.
async fn keep(unit: &mut Unit, campaign: &CampaignRecord, line: FindingLine, number: i64) -> Outcome<FindingRecord> {
    let id = FindingId(unit.fresh_id());
    let plain = serde_json::to_vec(&line.text).map_err(|e| Error::Internal(e.to_string()))?;
    let at = place("finding", "contents_sealed", id.0);
    let contents = unit.seal(KeyHolder::Campaign(campaign.campaign.id), at, &plain).await?;
    let vendor = campaign.products.iter().find(|p| p.product == line.product);
    let record = FindingRecord {
        finding: Finding {
            id,
            campaign: campaign.campaign.id,
            product: line.product,
            number,
            state: FindingState::Waiting,
            imported_by: unit.person()?,
            imported_at: unit.now,
            vulnerability: None,
            revision: 1,
        },
        rating: line.rating,
        campaign_name: campaign.campaign.name.clone(),
        announced: campaign.campaign.state.is_announced(),
        programme: campaign.frame.programme,
        notice: campaign.frame.notice,
        owner: campaign.frame.owner,
        operators: campaign.organisations(PartyKind::Operator),
        product_name: line.product_name,
        product_vendor: vendor.map(|p| p.vendor).ok_or(Error::NotFound)?,
        contents,
        decided: None,
        decision: None,
    };
    unit.store.insert_finding(&record).await?;
    unit.read_for_search(Text::Finding(id));
    Ok(record)
}

/// Gives the verifiers who may decide a finding: by policy, with all that they belong to.
async fn judges(unit: &mut Unit, record: &FindingRecord) -> Outcome<Vec<PersonId>> {
    let scope = GrantScope::Campaign(record.finding.campaign);
    let mut grants = unit.store.grants_of_scope(scope, unit.now).await?;
    for operator in &record.operators {
        grants.extend(unit.store.grants_of_organisation(*operator, unit.now).await?);
    }
    let mut people: Vec<PersonId> = grants
        .iter()
        .filter(|grant| grant.role == Role::Verifier)
        .map(|grant| grant.person)
        .collect();
    people.sort_unstable();
    people.dedup();
    let mut judges = Vec::new();
    for person in people {
        let judge = Actor::Person(PersonActor {
            person,
            grants: unit.store.grants(person, unit.now).await?,
            under: None,
        });
        if judges.len() < VERIFIERS && unit.app.policies.would_permit::<DecideFinding, _>(&judge, record) {
            judges.push(person);
        }
    }
    Ok(judges)
}
