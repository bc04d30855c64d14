//! What a campaign holds: rules, scope, test accounts.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use domain::Timestamp;
use domain::ids::{AssetId, CampaignId, PersonId, ProgrammeId, RulesId, TestAccountId};
use domain::scope::{AssetKind, RulesOfEngagement};
use use_cases::ports::{AssetRow, Stored, TestAccountRow};

fn rules_of(row: &Row) -> Stored<RulesOfEngagement> {
    Ok(RulesOfEngagement {
        id: row.get("id")?,
        programme: row.get("programme_id")?,
        version: row.get("version")?,
        text: row.get("text")?,
    })
}

fn asset(row: &Row) -> Stored<AssetRow> {
    Ok(AssetRow {
        id: row.get("id")?,
        campaign: row.get("campaign_id")?,
        product: row.get("product_id")?,
        kind: row.code("kind", AssetKind::from_code)?,
        inside: row.get("inside")?,
        value: row.get("value_sealed")?,
        note: row.get("note_sealed")?,
    })
}

fn account(row: &Row) -> Stored<TestAccountRow> {
    Ok(TestAccountRow {
        id: row.get("id")?,
        campaign: row.get("campaign_id")?,
        product: row.get("product_id")?,
        label: row.get("label_sealed")?,
        secret: row.get("secret_sealed")?,
        handed_to: row.get("handed_to")?,
        handed_at: row.get("handed_at")?,
    })
}

pub(super) async fn insert_rules(
    s: &mut SqlSession,
    r: &RulesOfEngagement,
    by: Option<PersonId>,
    at: Timestamp,
) -> Stored<()> {
    s.sql
        .execute(
            "INSERT INTO rules_of_engagement (id, programme_id, version, text, created_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            values![r.id, r.programme, r.version, &r.text, by, at],
        )
        .await?;
    Ok(())
}

pub(super) async fn rules(s: &mut SqlSession, id: RulesId) -> Stored<Option<RulesOfEngagement>> {
    let row = s
        .sql
        .fetch_optional("SELECT * FROM rules_of_engagement WHERE id = $1", values![id])
        .await?;
    row.as_ref().map(rules_of).transpose()
}

pub(super) async fn rules_of_programme(
    s: &mut SqlSession,
    programme: ProgrammeId,
) -> Stored<Vec<(RulesOfEngagement, Timestamp)>> {
    let sql = "SELECT * FROM rules_of_engagement WHERE programme_id = $1 ORDER BY version DESC LIMIT 100";
    let rows = s.sql.fetch(sql, values![programme]).await?;
    rows.iter()
        .map(|row| Ok((rules_of(row)?, row.get("created_at")?)))
        .collect()
}

pub(super) async fn accept_rules(
    s: &mut SqlSession,
    rules: RulesId,
    campaign: CampaignId,
    person: PersonId,
    at: Timestamp,
) -> Stored<()> {
    s.sql
        .execute(
            "INSERT INTO rules_acceptance (rules_id, campaign_id, person_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            values![rules, campaign, person, at],
        )
        .await?;
    Ok(())
}

pub(super) async fn insert_asset(s: &mut SqlSession, a: &AssetRow, at: Timestamp) -> Stored<()> {
    s.sql
        .execute(
            "INSERT INTO scope_asset (id, campaign_id, product_id, kind, inside, value_sealed, note_sealed, position, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            values![a.id, a.campaign, a.product, a.kind.code(), a.inside, &a.value, a.note.clone(), at.0, at],
        )
        .await?;
    Ok(())
}

pub(super) async fn end_asset(s: &mut SqlSession, campaign: CampaignId, id: AssetId, at: Timestamp) -> Stored<()> {
    s.sql
        .execute_one(
            "UPDATE scope_asset SET ended_at = $3 WHERE id = $1 AND campaign_id = $2 AND ended_at IS NULL",
            values![id, campaign, at],
        )
        .await
}

pub(super) async fn scope_assets(s: &mut SqlSession, campaign: CampaignId) -> Stored<Vec<AssetRow>> {
    let sql = "SELECT * FROM scope_asset WHERE campaign_id = $1 AND ended_at IS NULL ORDER BY position, id LIMIT 1000";
    let rows = s.sql.fetch(sql, values![campaign]).await?;
    rows.iter().map(asset).collect()
}

pub(super) async fn insert_test_account(s: &mut SqlSession, a: &TestAccountRow, at: Timestamp) -> Stored<()> {
    s.sql
        .execute(
            "INSERT INTO test_account (id, campaign_id, product_id, label_sealed, secret_sealed, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            values![a.id, a.campaign, a.product, &a.label, &a.secret, at],
        )
        .await?;
    Ok(())
}

pub(super) async fn test_accounts(s: &mut SqlSession, campaign: CampaignId) -> Stored<Vec<TestAccountRow>> {
    let sql =
        "SELECT * FROM test_account WHERE campaign_id = $1 AND ended_at IS NULL ORDER BY created_at, id LIMIT 2000";
    let rows = s.sql.fetch(sql, values![campaign]).await?;
    rows.iter().map(account).collect()
}

pub(super) async fn hand_test_account(
    s: &mut SqlSession,
    id: TestAccountId,
    to: PersonId,
    at: Timestamp,
) -> Stored<()> {
    s.sql
        .execute_one(
            "UPDATE test_account SET handed_to = $2, handed_at = $3 WHERE id = $1 AND handed_to IS NULL AND ended_at IS NULL",
            values![id, to, at],
        )
        .await
}

pub(super) async fn end_test_account(
    s: &mut SqlSession,
    campaign: CampaignId,
    id: TestAccountId,
    at: Timestamp,
) -> Stored<()> {
    s.sql
        .execute_one(
            "UPDATE test_account SET ended_at = $3 WHERE id = $1 AND campaign_id = $2 AND ended_at IS NULL",
            values![id, campaign, at],
        )
        .await
}
