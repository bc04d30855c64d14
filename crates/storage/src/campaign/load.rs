//! How a campaign's rows become a record.

use crate::engine::{Row, Value};
use crate::join::{RUNS, TIED};
use crate::session::{SqlSession, padded, placeholders};
use authorization::Loaded;
use domain::Timestamp;
use domain::authorisation::{Authorisation, SignerRole};
use domain::campaign::{Campaign, CampaignKind, CampaignState};
use domain::ids::{CampaignId, OrganisationId, PersonId, ProductId, ProgrammeId};
use domain::join::JoinState;
use domain::party::{Participant, Party, PartyKind, PersonPart};
use domain::programme::NoticeKind;
use domain::time::Window;
use std::collections::HashMap;
use use_cases::ports::{
    CampaignFrame, CampaignLine, CampaignPerson, CampaignProduct, CampaignRecord, Reader, StoreError, Stored,
    TestedDeployment,
};

/// The columns of a campaign in a list, with `c` the campaign and `p` its programme.
pub(crate) const LINE: &str = "c.id, c.name, p.name AS programme_name, p.notice_kind, c.state, c.opens_at, c.closes_at";

pub(crate) fn line(row: &Row) -> Stored<CampaignLine> {
    Ok(CampaignLine {
        id: row.get("id")?,
        name: row.get("name")?,
        programme: row.get("programme_name")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        state: row.code("state", CampaignState::from_code)?,
        opens_at: row.get("opens_at")?,
        closes_at: row.get("closes_at")?,
    })
}

pub(super) fn frame(row: &Row) -> Stored<CampaignFrame> {
    Ok(CampaignFrame {
        programme: row.get("id")?,
        owner: row.get("owner_id")?,
        slug: row.get("slug")?,
        name: row.get("name")?,
        legal_basis: row.get("legal_basis")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
    })
}

pub(crate) fn party(row: &Row) -> Stored<Party> {
    party_under(row, "id")
}

pub(super) fn party_under(row: &Row, id: &str) -> Stored<Party> {
    Ok(Party {
        id: row.get(id)?,
        campaign: row.get("campaign_id")?,
        organisation: row.get("organisation_id")?,
        kind: row.code("part", PartyKind::from_code)?,
        committed_at: row.get("committed_at")?,
        from: row.get("from_at")?,
        until: row.get("until_at")?,
    })
}

/// Reads a person of a campaign: the part ends with the role that it rests on.
fn person(row: &Row) -> Stored<CampaignPerson> {
    let (from, role_from): (Timestamp, Timestamp) = (row.get("from_at")?, row.get("role_from")?);
    let ends: [Option<Timestamp>; 2] = [row.get("until_at")?, row.get("role_until")?];
    Ok(CampaignPerson {
        participant: Participant {
            id: row.get("id")?,
            campaign: row.get("campaign_id")?,
            person: row.get("person_id")?,
            part: row.code("part", PersonPart::from_code)?,
            from: from.max(role_from),
            until: ends.into_iter().flatten().min(),
            suspended_at: row.get("suspended_at")?,
        },
        organisation: row.get("organisation_id")?,
        grant: row.get("grant_id")?,
        suspension: row.get("suspension_sealed")?,
    })
}

pub(super) fn tested_deployment(row: &Row) -> Stored<TestedDeployment> {
    let version: Option<String> = row.get("version")?;
    let state: String = row.get("state")?;
    Ok(TestedDeployment {
        organisation: row.get("organisation_id")?,
        product: row.get("product_id")?,
        version: version.unwrap_or_default(),
        label: row.get("label")?,
        confirmed: state == "confirmed",
    })
}

fn entity(row: &Row) -> Stored<Campaign> {
    Ok(Campaign {
        id: row.get("id")?,
        programme: row.get("programme_id")?,
        kind: row.code("kind", CampaignKind::from_code)?,
        name: row.get("name")?,
        window: Window {
            opens_at: row.get("opens_at")?,
            closes_at: row.get("closes_at")?,
        },
        state: row.code("state", CampaignState::from_code)?,
        suspended_at: row.get("suspended_at")?,
        rules: row.get("rules_id")?,
        restitution_shared: row.get("restitution_shared")?,
        revision: row.get("revision")?,
    })
}

/// Reads everything that belongs to the rows of some campaigns, with the reader's organisations among those who
/// joined, and of their people all or only one: as many statements for one campaign as for many.
pub(super) async fn campaigns(
    session: &mut SqlSession,
    rows: &[Row],
    reader: &Reader,
    only: Option<PersonId>,
) -> Stored<Vec<Loaded<CampaignRecord>>> {
    let campaigns = rows.iter().map(entity).collect::<Stored<Vec<Campaign>>>()?;
    if campaigns.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<CampaignId> = campaigns.iter().map(|campaign| campaign.id).collect();
    let programmes: Vec<ProgrammeId> = campaigns.iter().map(|campaign| campaign.programme).collect();
    let mut frames = HashMap::new();
    for row in session
        .fetch_in("SELECT * FROM programme WHERE id", &programmes, "")
        .await?
    {
        frames.insert(row.get::<ProgrammeId>("id")?, frame(&row)?);
    }
    let mut parties: HashMap<CampaignId, Vec<Party>> = HashMap::new();
    let sql = "SELECT * FROM campaign_party WHERE until_at IS NULL AND campaign_id";
    for row in session.fetch_in(sql, &ids, " ORDER BY from_at, id").await? {
        parties.entry(row.get("campaign_id")?).or_default().push(party(&row)?);
    }
    let mut people: HashMap<CampaignId, Vec<CampaignPerson>> = HashMap::new();
    for row in parts(session, &ids, only).await? {
        people.entry(row.get("campaign_id")?).or_default().push(person(&row)?);
    }
    let mut authorisations: HashMap<CampaignId, Vec<Authorisation>> = HashMap::new();
    for one in crate::authorisation::current(session, &ids).await? {
        authorisations.entry(one.campaign).or_default().push(one);
    }
    let mut joined = joined(session, &ids, reader).await?;
    let mut products = products(session, &ids).await?;
    let mut accepted = accepted(session, &ids, only).await?;
    let records = rows.iter().zip(campaigns).map(|(row, campaign)| {
        let (id, revision) = (campaign.id, campaign.revision);
        let joined = joined.remove(&id).unwrap_or_default();
        let frame = frames.get(&campaign.programme).cloned();
        let record = CampaignRecord {
            frame: frame.ok_or_else(|| StoreError::Corrupt("a campaign without a programme".to_owned()))?,
            call: row.get("call_id")?,
            summary: row.get("summary")?,
            announced: row.get("announced")?,
            prohibitions: row.get("prohibitions")?,
            stop_contact: row.get("stop_contact")?,
            recording_days: row.get("recording_days")?,
            target_url: row.get("target_url_sealed")?,
            suspension: row.get("suspension_sealed")?,
            parties: parties.remove(&id).unwrap_or_default(),
            people: people.remove(&id).unwrap_or_default(),
            joined: joined.joined,
            brought: joined.brought,
            products: products.remove(&id).unwrap_or_default(),
            authorisations: authorisations.remove(&id).unwrap_or_default(),
            rules_accepted: accepted.remove(&id).unwrap_or_default(),
            campaign,
        };
        Ok(Loaded::from_row(record, revision))
    });
    records.collect()
}

/// Which of the reader's organisations run, confirmed, what a campaign tests, and joined it, or were brought in or
/// asked by the group that answers for them.
#[derive(Default)]
struct JoinedBy {
    joined: Vec<OrganisationId>,
    brought: Vec<OrganisationId>,
}

async fn joined(
    session: &mut SqlSession,
    ids: &[CampaignId],
    reader: &Reader,
) -> Stored<HashMap<CampaignId, JoinedBy>> {
    let mut joined: HashMap<CampaignId, JoinedBy> = HashMap::new();
    if reader.organisations.is_empty() {
        return Ok(joined);
    }
    let (own, size) = placeholders(1, reader.organisations.len());
    let mut values: Vec<Value> = padded(&reader.organisations, size)
        .into_iter()
        .map(Value::from)
        .collect();
    let (list, size) = placeholders(values.len() + 1, ids.len());
    values.extend(padded(ids, size).into_iter().map(Value::from));
    let sql = format!(
        "SELECT j.campaign_id, j.organisation_id, j.state, {TIED} AS tied FROM campaign_join j
         WHERE j.campaign_id IN ({list}) AND j.organisation_id IN ({own}) AND j.state IN ('joined', 'proposed')
           AND j.ended_at IS NULL AND {RUNS} ORDER BY j.asked_at, j.id"
    );
    for row in session.sql.fetch_built(sql, values).await? {
        let of = joined.entry(row.get("campaign_id")?).or_default();
        let organisation = row.get("organisation_id")?;
        if row.code("state", JoinState::from_code)? == JoinState::Joined {
            of.joined.push(organisation);
        }
        if row.get("tied")? {
            of.brought.push(organisation);
        }
    }
    Ok(joined)
}

/// Gives the open parts of the people of campaigns, or of one of them.
async fn parts(session: &mut SqlSession, ids: &[CampaignId], only: Option<PersonId>) -> Stored<Vec<Row>> {
    let (whose, values) = of_person(only, "p.person_id");
    let (list, size) = placeholders(values.len() + 1, ids.len());
    let sql = format!(
        "SELECT p.*, g.from_at AS role_from, g.until_at AS role_until FROM campaign_person p
         JOIN role_grant g ON g.id = p.grant_id
         WHERE p.until_at IS NULL{whose} AND p.campaign_id IN ({list}) ORDER BY p.from_at, p.id"
    );
    session.sql.fetch_built(sql, with_ids(values, ids, size)).await
}

/// Gives who accepted the rules that each campaign follows now, all or only one person.
async fn accepted(
    session: &mut SqlSession,
    ids: &[CampaignId],
    only: Option<PersonId>,
) -> Stored<HashMap<CampaignId, Vec<PersonId>>> {
    let mut accepted: HashMap<CampaignId, Vec<PersonId>> = HashMap::new();
    let (whose, values) = of_person(only, "a.person_id");
    let (list, size) = placeholders(values.len() + 1, ids.len());
    let sql = format!(
        "SELECT a.campaign_id, a.person_id FROM rules_acceptance a JOIN campaign c ON c.id = a.campaign_id
         WHERE a.rules_id = c.rules_id{whose} AND a.campaign_id IN ({list}) ORDER BY a.at, a.person_id"
    );
    for row in session.sql.fetch_built(sql, with_ids(values, ids, size)).await? {
        let of = accepted.entry(row.get("campaign_id")?).or_default();
        of.push(row.get("person_id")?);
    }
    Ok(accepted)
}

fn of_person(only: Option<PersonId>, column: &str) -> (String, Vec<Value>) {
    match only {
        Some(person) => (format!(" AND {column} = $1"), vec![person.into()]),
        None => (String::new(), Vec::new()),
    }
}

fn with_ids(mut values: Vec<Value>, ids: &[CampaignId], size: usize) -> Vec<Value> {
    values.extend(padded(ids, size).into_iter().map(Value::from));
    values
}

async fn products(session: &mut SqlSession, ids: &[CampaignId]) -> Stored<HashMap<CampaignId, Vec<CampaignProduct>>> {
    let sql = "SELECT * FROM campaign_signer WHERE campaign_id";
    let order = " ORDER BY product_id, signer_role, organisation_id";
    let mut signers: HashMap<CampaignId, Vec<Row>> = HashMap::new();
    for row in session.fetch_in(sql, ids, order).await? {
        signers.entry(row.get("campaign_id")?).or_default().push(row);
    }
    let sql =
        "SELECT cp.campaign_id, cp.product_id, cp.version_id, cp.duplicate, cp.duplicate_reason_sealed, d.name, d.slug,
            d.vendor_id, v.version FROM campaign_product cp
        JOIN product d ON d.id = cp.product_id LEFT JOIN product_version v ON v.id = cp.version_id
        WHERE cp.campaign_id";
    let mut products: HashMap<CampaignId, Vec<CampaignProduct>> = HashMap::new();
    for row in session
        .fetch_in(sql, ids, " ORDER BY d.name_sort, cp.product_id")
        .await?
    {
        let id = row.get("campaign_id")?;
        let signers = signers.get(&id).map(Vec::as_slice).unwrap_or_default();
        products.entry(id).or_default().push(product(&row, signers)?);
    }
    Ok(products)
}

fn product(row: &Row, signers: &[Row]) -> Stored<CampaignProduct> {
    let id: ProductId = row.get("product_id")?;
    let version_name: Option<String> = row.get("version")?;
    let (mut owners, mut hosts) = (Vec::new(), Vec::new());
    for signer in signers {
        if signer.get::<ProductId>("product_id")? == id {
            match signer.code("signer_role", SignerRole::from_code)? {
                SignerRole::Owner => owners.push(signer.get("organisation_id")?),
                SignerRole::Host => hosts.push(signer.get("organisation_id")?),
                SignerRole::Vendor => {}
            }
        }
    }
    Ok(CampaignProduct {
        product: id,
        name: row.get("name")?,
        slug: row.get("slug")?,
        version: row.get("version_id")?,
        version_name: version_name.unwrap_or_default(),
        vendor: row.get("vendor_id")?,
        owners,
        hosts,
        duplicate: row.get("duplicate")?,
        duplicate_reason: row.get("duplicate_reason_sealed")?,
    })
}
