//! How a campaign's rows become a record.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use authorization::Loaded;
use domain::authorisation::SignerRole;
use domain::campaign::{Campaign, CampaignKind, CampaignState};
use domain::ids::{CampaignId, OrganisationId, ProductId, RulesId};
use domain::party::{Participant, Party, PartyKind, PersonPart};
use domain::programme::NoticeKind;
use domain::time::Window;
use use_cases::ports::{
    CampaignFrame, CampaignLine, CampaignPerson, CampaignProduct, CampaignRecord, Reader, Stored, TestedDeployment,
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

fn person(row: &Row) -> Stored<CampaignPerson> {
    Ok(CampaignPerson {
        participant: Participant {
            id: row.get("id")?,
            campaign: row.get("campaign_id")?,
            person: row.get("person_id")?,
            part: row.code("part", PersonPart::from_code)?,
            from: row.get("from_at")?,
            until: row.get("until_at")?,
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

/// Reads everything that belongs to a campaign's row, with the reader's organisations among those who joined.
pub(super) async fn campaign(session: &mut SqlSession, row: &Row, reader: &Reader) -> Stored<Loaded<CampaignRecord>> {
    let campaign = entity(row)?;
    let id = campaign.id;
    let frame_row = session
        .sql
        .fetch_one("SELECT * FROM programme WHERE id = $1", values![campaign.programme])
        .await?;
    let parties =
        "SELECT * FROM campaign_party WHERE campaign_id = $1 AND until_at IS NULL ORDER BY from_at, id LIMIT 1000";
    let people =
        "SELECT * FROM campaign_person WHERE campaign_id = $1 AND until_at IS NULL ORDER BY from_at, id LIMIT 5000";
    let revision = campaign.revision;
    let record = CampaignRecord {
        frame: frame(&frame_row)?,
        call: row.get("call_id")?,
        summary: row.get("summary")?,
        prohibitions: row.get("prohibitions")?,
        stop_contact: row.get("stop_contact")?,
        target_url: row.get("target_url_sealed")?,
        suspension: row.get("suspension_sealed")?,
        parties: session
            .sql
            .fetch(parties, values![id])
            .await?
            .iter()
            .map(party)
            .collect::<Stored<_>>()?,
        people: session
            .sql
            .fetch(people, values![id])
            .await?
            .iter()
            .map(person)
            .collect::<Stored<_>>()?,
        joined: joined(session, id, reader).await?,
        products: products(session, id).await?,
        authorisations: crate::authorisation::current(session, id).await?,
        rules_accepted: accepted(session, id, campaign.rules).await?,
        campaign,
    };
    Ok(Loaded::from_row(record, revision))
}

/// Lists which of the reader's organisations joined and still run, confirmed, what is tested.
async fn joined(session: &mut SqlSession, id: CampaignId, reader: &Reader) -> Stored<Vec<OrganisationId>> {
    if reader.organisations.is_empty() {
        return Ok(Vec::new());
    }
    let (own, size) = placeholders(2, reader.organisations.len());
    let mut values = values![id];
    values.extend(padded(&reader.organisations, size).into_iter().map(Value::from));
    let sql = format!(
        "SELECT j.organisation_id FROM campaign_join j
         WHERE j.campaign_id = $1 AND j.organisation_id IN ({own}) AND j.state = 'joined' AND j.ended_at IS NULL
           AND {} ORDER BY j.asked_at, j.id",
        crate::join::RUNS
    );
    let rows = session.sql.fetch_built(sql, values).await?;
    rows.iter().map(|row| row.get("organisation_id")).collect()
}

async fn accepted(
    session: &mut SqlSession,
    id: CampaignId,
    rules: Option<RulesId>,
) -> Stored<Vec<domain::ids::PersonId>> {
    let sql = "SELECT person_id FROM rules_acceptance WHERE rules_id = $1 AND campaign_id = $2 ORDER BY at LIMIT 5000";
    match rules {
        None => Ok(Vec::new()),
        Some(rules) => {
            let rows = session.sql.fetch(sql, values![rules, id]).await?;
            rows.iter().map(|row| row.get("person_id")).collect()
        }
    }
}

async fn products(session: &mut SqlSession, id: CampaignId) -> Stored<Vec<CampaignProduct>> {
    let rows = session
        .sql
        .fetch(
            "SELECT cp.product_id, cp.version_id, cp.duplicate, cp.duplicate_reason_sealed, d.name, d.slug, d.vendor_id, v.version FROM campaign_product cp
             JOIN product d ON d.id = cp.product_id LEFT JOIN product_version v ON v.id = cp.version_id
             WHERE cp.campaign_id = $1 ORDER BY d.name_sort, cp.product_id LIMIT 200",
            values![id],
        )
        .await?;
    let signers = session
        .sql
        .fetch(
            "SELECT * FROM campaign_signer WHERE campaign_id = $1 ORDER BY product_id, signer_role, organisation_id LIMIT 2000",
            values![id],
        )
        .await?;
    rows.iter().map(|row| product(row, &signers)).collect()
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
