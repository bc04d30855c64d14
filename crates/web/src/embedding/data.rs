//! Results as JSON; the shapes are described in `docs/formats/`.

use super::answer::{Outside, Readers, with_headers};
use crate::shell::Answer;
use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use domain::Timestamp;
use domain::programme::NoticeKind;
use domain::severity::Severity;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use use_cases::embedding::{MembersOutside, PublicFrame, ReadMembersOutside, ViewPublicFrame};
use use_cases::ports::{OutcomeCampaign, OutcomeRow, SharingCase};
use use_cases::read;
use use_cases::sharing::TestedProduct;

/// The results of a programme that everybody may read.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicResults {
    /// The name of this format: `beffroi-public-results-1`.
    pub format: String,
    /// When it was written (RFC 3339).
    pub written_at: String,
    /// The programme.
    pub programme: Programme,
    /// The notice that follows everything of this programme; to be shown with it.
    pub notice: Option<String>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Its campaigns.
    pub campaigns: Vec<Campaign>,
    /// How many vulnerabilities of each severity are public.
    pub counts: Vec<Count>,
    /// The vulnerabilities that are public.
    pub advisories: Vec<Advisory>,
}

/// The results of a programme that its members may read.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MembersResults {
    /// The name of this format: `beffroi-members-results-1`.
    pub format: String,
    /// When it was written (RFC 3339).
    pub written_at: String,
    /// Until when the token opens it (RFC 3339).
    pub token_until: String,
    /// The member that it is read for.
    pub reader: String,
    /// The programme.
    pub programme: Programme,
    /// The notice that follows everything of this programme; to be shown with it.
    pub notice: Option<String>,
    /// Its campaigns, with what each tested.
    pub campaigns: Vec<MembersCampaign>,
}

/// A programme.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Who answers for it.
    pub owner: String,
    /// What it is.
    pub summary: String,
    /// The act it rests on.
    pub legal_basis: String,
}

/// A figure.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it counts, for example `organisations`.
    pub what: String,
    /// The number; null where it is too small to be shown.
    pub value: Option<i64>,
    /// `counted`, `declared` or `estimated`.
    pub nature: String,
}

/// A campaign.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Its name.
    pub name: String,
    /// When it opens (RFC 3339).
    pub opens_at: String,
    /// When it closes (RFC 3339).
    pub closes_at: String,
    /// Whether it has ended.
    pub ended: bool,
    /// The products that it tested, once something about them is public.
    pub products: Vec<String>,
}

/// How many vulnerabilities have a severity.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// `none`, `low`, `medium`, `high` or `critical`.
    pub severity: String,
    /// How many.
    pub count: usize,
}

/// A vulnerability that is public, or whose restitution members may read.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advisory {
    /// Its identifier.
    pub id: String,
    /// Its page; a member has to sign in there.
    pub url: String,
    /// The product.
    pub product: String,
    /// When it was opened (RFC 3339).
    pub opened_at: String,
    /// When it came to where it is shared now (RFC 3339).
    pub shared_at: String,
    /// `none`, `low`, `medium`, `high` or `critical`.
    pub severity: String,
    /// `awaited`, `announced`, `verified` or `refused`.
    pub correction: String,
    /// The version that a retest confirmed as corrected.
    pub fixed_version: Option<String>,
}

/// A campaign, as members read it.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MembersCampaign {
    /// Its name.
    pub name: String,
    /// When it opens (RFC 3339).
    pub opens_at: String,
    /// When it closes (RFC 3339).
    pub closes_at: String,
    /// Whether it has ended; nothing is told of its products before.
    pub ended: bool,
    /// The products that it tested.
    pub products: Vec<Product>,
}

/// A tested product, as members read it.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its name.
    pub name: String,
    /// The version that was tested, where one was named.
    pub version: Option<String>,
    /// How many vulnerabilities of each severity may be told.
    pub counts: Vec<Count>,
    /// How many in all.
    pub total: usize,
    /// How many are corrected and verified.
    pub fixed: usize,
    /// The versions that correct them.
    pub fixed_versions: Vec<String>,
    /// Those whose restitution, without exploit, may be read.
    pub restitution: Vec<Advisory>,
}

/// Gives the schema of each format, by the name of its file.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    let text = |schema: schemars::Schema| serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n";
    vec![
        ("public-results.schema.json", text(schema_for!(PublicResults))),
        ("members-results.schema.json", text(schema_for!(MembersResults))),
    ]
}

fn iso(at: Timestamp) -> String {
    i18n::iso(at.0)
}

fn notice(outside: &Outside, kind: NoticeKind) -> Option<String> {
    kind.is_shown().then(|| outside.0.t("common-notice-pedagogical"))
}

fn programme(outside: &Outside, row: &OutcomeRow) -> Programme {
    Programme {
        name: row.name.clone(),
        url: outside.url(&addresses::programme::programme(&row.slug)),
        owner: row.owner_name.clone(),
        summary: row.summary.clone(),
        legal_basis: row.legal_basis.clone(),
    }
}

fn counts(counts: &[(Severity, usize)]) -> Vec<Count> {
    let count = |(band, count): &(Severity, usize)| Count {
        severity: band.code().to_owned(),
        count: *count,
    };
    counts.iter().map(count).collect()
}

fn advisory(outside: &Outside, case: &SharingCase) -> Advisory {
    Advisory {
        id: case.id.to_string(),
        url: outside.url(&format!("/failles/{}", case.id)),
        product: case.product_name.clone(),
        opened_at: iso(case.opened_at),
        shared_at: iso(case.phase_at),
        severity: case.band.code().to_owned(),
        correction: case.correction().code().to_owned(),
        fixed_version: case.fixed_in().map(str::to_owned),
    }
}

fn public_results(outside: &Outside, frame: &PublicFrame) -> PublicResults {
    let results = &frame.results;
    let campaign = |campaign: &OutcomeCampaign| Campaign {
        name: campaign.name.clone(),
        opens_at: iso(campaign.opens_at),
        closes_at: iso(campaign.closes_at),
        ended: campaign.ended,
        products: campaign.products.iter().map(|(_, name, _)| name.clone()).collect(),
    };
    let figure = |figure: &use_cases::sharing::Figure| Figure {
        what: figure.what.to_owned(),
        value: figure.value,
        nature: figure.nature.code().to_owned(),
    };
    PublicResults {
        format: "beffroi-public-results-1".to_owned(),
        written_at: iso(frame.now),
        programme: programme(outside, &results.programme),
        notice: notice(outside, results.programme.notice),
        figures: results.figures.iter().map(figure).collect(),
        campaigns: results.campaigns.iter().map(campaign).collect(),
        counts: counts(&results.counts),
        advisories: results.advisories.iter().map(|case| advisory(outside, case)).collect(),
    }
}

fn product(outside: &Outside, tested: &TestedProduct) -> Product {
    Product {
        name: tested.name.clone(),
        version: Some(tested.version.clone()).filter(|version| !version.is_empty()),
        counts: counts(&tested.counts),
        total: tested.total,
        fixed: tested.fixed,
        fixed_versions: tested.fixed_versions.clone(),
        restitution: tested.restitution.iter().map(|case| advisory(outside, case)).collect(),
    }
}

fn members_results(outside: &Outside, view: &MembersOutside) -> MembersResults {
    let members = &view.members;
    let campaign = |(campaign, products): &(OutcomeCampaign, Vec<TestedProduct>)| MembersCampaign {
        name: campaign.name.clone(),
        opens_at: iso(campaign.opens_at),
        closes_at: iso(campaign.closes_at),
        ended: campaign.ended,
        products: products.iter().map(|tested| product(outside, tested)).collect(),
    };
    MembersResults {
        format: "beffroi-members-results-1".to_owned(),
        written_at: iso(view.now),
        token_until: iso(view.until),
        reader: view.organisation.clone(),
        programme: programme(outside, &members.programme),
        notice: notice(outside, members.programme.notice),
        campaigns: members.campaigns.iter().map(campaign).collect(),
    }
}

/// Gives everybody what a programme did, as JSON.
pub async fn public(outside: Outside, Path(slug): Path<String>) -> Answer {
    let visitor = &outside.0;
    let view = read(&visitor.context, ViewPublicFrame { slug })
        .await
        .map_err(|e| visitor.problem(e))?;
    let answer = Json(public_results(&outside, &view)).into_response();
    Ok(with_headers(answer, Readers::Everybody, &[]))
}

/// Gives members what was tested and how it ended, as JSON.
pub async fn members(outside: Outside, Path((slug, token)): Path<(String, String)>) -> Answer {
    let visitor = &outside.0;
    let view = read(&visitor.context, ReadMembersOutside { slug, token })
        .await
        .map_err(|e| visitor.problem(e))?;
    let answer = Json(members_results(&outside, &view)).into_response();
    Ok(with_headers(answer, Readers::Members, &[]))
}
