//! Keeping what search compares of a text, in the transaction that changes the text.

use crate::error::{Error, Outcome};
use crate::finding::FindingText;
use crate::ports::{SearchRow, TextKind};
use crate::report::{ReportText, cwe};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use crate::vulnerability::{Layer, layers, weakness};
use domain::disclosure::Disclosure;
use domain::ids::{AssetId, CampaignId, FindingId, ProductId, ReportId, VulnerabilityId};
use domain::search::{Field, Subject, Writing};
use uuid::Uuid;

/// A text that search keeps something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// A report that was handed in.
    Report(ReportId),
    /// A vulnerability, in all its layers.
    Vulnerability(VulnerabilityId),
    /// A finding that was imported.
    Finding(FindingId),
}

impl Text {
    const fn parts(self) -> (TextKind, Uuid) {
        match self {
            Self::Report(id) => (TextKind::Report, id.0),
            Self::Vulnerability(id) => (TextKind::Vulnerability, id.0),
            Self::Finding(id) => (TextKind::Finding, id.0),
        }
    }
}

/// A text as it was read, and whose key seals what is kept of it.
struct Read {
    product: ProductId,
    holder: KeyHolder,
    writing: Writing,
}

/// Keeps what search compares of every text that the use case changed.
pub(crate) async fn keep(unit: &mut Unit) -> Outcome<()> {
    for text in std::mem::take(&mut unit.unread) {
        let read = match text {
            Text::Report(id) => report(unit, id).await,
            Text::Vulnerability(id) => vulnerability(unit, id).await,
            Text::Finding(id) => finding(unit, id).await,
        };
        match read {
            Ok(read) => write(unit, text, read).await?,
            // Whoever holds the text has none any more: nothing is kept of it either.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn write(unit: &mut Unit, text: Text, read: Read) -> Outcome<()> {
    let (kind, id) = text.parts();
    let plain = read.writing.document().to_bytes();
    let at = place("search_document", "tokens_sealed", id);
    let tokens = unit.seal(read.holder, at, &plain).await?;
    let (holder_kind, holder) = read.holder.parts();
    let row = SearchRow {
        id,
        kind,
        product: read.product,
        holder_kind: holder_kind.to_owned(),
        holder,
        tokens: Some(tokens),
    };
    Ok(unit.store.keep_document(&row).await?)
}

/// Reads a report's texts and facts as they are compared.
pub(crate) fn read_report(title: &str, text: &ReportText, subject: &Subject<'_>) -> Writing {
    let mut writing = Writing::default();
    writing.read(Field::Title, title);
    for part in [&text.steps, &text.impact, &text.proof] {
        writing.read(Field::Text, part);
    }
    writing.facts(subject);
    writing
}

/// Reads a finding's texts and facts as they are compared; `version` is the one that its campaign tests.
pub(crate) fn read_finding(text: &FindingText, version: &str) -> Writing {
    let mut writing = Writing::default();
    for (field, part) in [
        (Field::Title, &text.title),
        (Field::Text, &text.details),
        (Field::Exploit, &text.exploit),
        (Field::Measures, &text.measures),
    ] {
        writing.read(field, part);
    }
    writing.facts(&Subject {
        weakness: text.cwe,
        asset: "",
        version,
    });
    writing
}

async fn report(unit: &mut Unit, id: ReportId) -> Outcome<Read> {
    let found = unit.store.report(id).await?.ok_or(Error::NotFound)?;
    let record = found.peek().clone();
    let at = |column| place("report", column, id.0);
    let title = unit.open_text_unnoted(at("title_sealed"), &record.title).await?;
    let contents = unit.open_unnoted(at("contents_sealed"), &record.contents).await?;
    let text: ReportText = serde_json::from_slice(&contents).map_err(|e| Error::Internal(e.to_string()))?;
    let weakness = match &record.cwe {
        Some(sealed) => cwe::number(&unit.open_text_unnoted(at("cwe_sealed"), sealed).await?),
        None => None,
    };
    let (campaign, product) = (record.report.campaign, record.report.product);
    let asset = asset(unit, campaign, record.asset).await?;
    let version = unit.store.tested_version(campaign, product).await?.unwrap_or_default();
    let subject = Subject {
        weakness,
        asset: &asset,
        version: &version,
    };
    Ok(Read {
        product,
        holder: KeyHolder::Campaign(campaign),
        writing: read_report(&title, &text, &subject),
    })
}

/// Names the asset of a campaign's scope; empty where there is none.
async fn asset(unit: &mut Unit, campaign: CampaignId, asset: Option<AssetId>) -> Outcome<String> {
    let Some(asset) = asset else {
        return Ok(String::new());
    };
    let assets = unit.store.scope_assets(campaign).await?;
    match assets.into_iter().find(|row| row.id == asset) {
        Some(row) => {
            let at = place("scope_asset", "value_sealed", asset.0);
            unit.open_text_unnoted(at, &row.value).await
        }
        None => Ok(String::new()),
    }
}

async fn vulnerability(unit: &mut Unit, id: VulnerabilityId) -> Outcome<Read> {
    let found = unit
        .store
        .vulnerability(id, &unit.reader)
        .await?
        .ok_or(Error::NotFound)?;
    let record = found.peek().clone();
    let product = record.vulnerability.product;
    let mut writing = Writing::default();
    for ((layer, _), text) in layers::open(unit, id, Disclosure::Exploit).await? {
        writing.read(layer.field(), &text);
    }
    let version = match record.campaign {
        Some(campaign) => unit.store.tested_version(campaign, product).await?.unwrap_or_default(),
        None => String::new(),
    };
    writing.facts(&Subject {
        weakness: weakness::open(unit, &record).await?.cwe,
        asset: "",
        version: &version,
    });
    Ok(Read {
        product,
        holder: KeyHolder::Vulnerability(id),
        writing,
    })
}

async fn finding(unit: &mut Unit, id: FindingId) -> Outcome<Read> {
    let found = unit.store.finding(id).await?.ok_or(Error::NotFound)?;
    let record = found.peek().clone();
    let plain = unit
        .open_text_unnoted(place("finding", "contents_sealed", id.0), &record.contents)
        .await?;
    let text: FindingText = serde_json::from_str(&plain).map_err(|e| Error::Internal(e.to_string()))?;
    let (campaign, product) = (record.finding.campaign, record.finding.product);
    let version = unit.store.tested_version(campaign, product).await?.unwrap_or_default();
    Ok(Read {
        product,
        holder: KeyHolder::Campaign(campaign),
        writing: read_finding(&text, &version),
    })
}

impl Layer {
    /// Gives the field that search keeps the layer in.
    pub(crate) const fn field(self) -> Field {
        match self {
            Self::Alert => Field::Alert,
            Self::Measures => Field::Measures,
            Self::Title => Field::Title,
            Self::Details => Field::Text,
            Self::Exploit => Field::Exploit,
        }
    }
}
