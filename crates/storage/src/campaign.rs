//! Campaigns, their parties, people and products; scope, rules and accounts stand beside.

mod content;
mod load;

use crate::session::{SqlSession, padded, placeholders};
use crate::{engine::Value, values};
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::authorisation::SignerRole;
use domain::campaign::CampaignState;
use domain::ids::{
    AssetId, CallId, CampaignId, GrantId, OrganisationId, ParticipantId, PartyId, PersonId, ProductId, ProgrammeId,
    RulesId, TestAccountId, VersionId,
};
use domain::party::{Party, PersonPart};
use domain::scope::RulesOfEngagement;
use std::collections::HashSet;
use use_cases::ports::{
    AssetRow, CallChoice, CampaignDraftRow, CampaignFrame, CampaignLine, CampaignPerson, CampaignRecord, Campaigns,
    PartyRecord, Reader, Stored, TestAccountRow, TestedDeployment,
};

pub(crate) use load::{LINE, line, party};

#[async_trait]
impl Campaigns for SqlSession {
    async fn campaign_frame(&mut self, programme: ProgrammeId) -> Stored<Option<Loaded<CampaignFrame>>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM programme WHERE id = $1", values![programme])
            .await?;
        row.map(|row| Ok(Loaded::from_row(load::frame(&row)?, row.get("revision")?)))
            .transpose()
    }

    async fn campaign_frame_by_slug(&mut self, slug: &str) -> Stored<Option<Loaded<CampaignFrame>>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM programme WHERE slug = $1", values![slug])
            .await?;
        row.map(|row| Ok(Loaded::from_row(load::frame(&row)?, row.get("revision")?)))
            .transpose()
    }

    async fn campaign(&mut self, id: CampaignId, reader: &Reader) -> Stored<Option<Loaded<CampaignRecord>>> {
        let sql = "SELECT * FROM campaign WHERE id = $1";
        let rows: Vec<_> = self.sql.fetch_optional(sql, values![id]).await?.into_iter().collect();
        Ok(load::campaigns(self, &rows, reader, None).await?.pop())
    }

    async fn campaigns_of(
        &mut self,
        ids: &[CampaignId],
        reader: &Reader,
        person: PersonId,
    ) -> Stored<Vec<Loaded<CampaignRecord>>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (list, size) = placeholders(1, ids.len());
        let values = padded(ids, size).into_iter().map(Value::from).collect();
        let sql = format!("SELECT * FROM campaign WHERE id IN ({list})");
        let rows = self.sql.fetch_built(sql, values).await?;
        load::campaigns(self, &rows, reader, Some(person)).await
    }

    async fn campaign_people(&mut self, id: CampaignId, now: Timestamp) -> Stored<Vec<(PersonId, PersonPart)>> {
        let sql = "SELECT p.person_id, p.part FROM campaign_person p JOIN role_grant g ON g.id = p.grant_id
             WHERE p.campaign_id = $1 AND p.until_at IS NULL AND g.from_at <= $2 AND (g.until_at IS NULL OR g.until_at > $2)
             ORDER BY p.from_at, p.id";
        let rows = self.sql.fetch(sql, values![id, now]).await?;
        rows.iter()
            .map(|row| Ok((row.get("person_id")?, row.code("part", PersonPart::from_code)?)))
            .collect()
    }

    async fn campaigns_hunted(&mut self, ids: &[CampaignId], now: Timestamp) -> Stored<HashSet<CampaignId>> {
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        let (list, size) = placeholders(2, ids.len());
        let mut values = values![now];
        values.extend(padded(ids, size).into_iter().map(Value::from));
        let sql = format!(
            "SELECT DISTINCT p.campaign_id FROM campaign_person p JOIN role_grant g ON g.id = p.grant_id
             WHERE p.campaign_id IN ({list}) AND p.part = 'hunter' AND p.until_at IS NULL
               AND g.from_at <= $1 AND (g.until_at IS NULL OR g.until_at > $1)"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(|row| row.get("campaign_id")).collect()
    }

    async fn take_campaign(&mut self, id: CampaignId, reader: &Reader) -> Stored<Option<Loaded<CampaignRecord>>> {
        let sql = "UPDATE campaign SET revision = revision + 1 WHERE id = $1 RETURNING *";
        let rows: Vec<_> = self.sql.fetch_optional(sql, values![id]).await?.into_iter().collect();
        Ok(load::campaigns(self, &rows, reader, None).await?.pop())
    }

    async fn insert_campaign(&mut self, d: &CampaignDraftRow, by: Option<PersonId>, at: Timestamp) -> Stored<()> {
        let c = &d.campaign;
        self.sql
            .execute(
                "INSERT INTO campaign (id, programme_id, call_id, kind, name, summary, state, announced, opens_at, closes_at, rules_id,
                     prohibitions, stop_contact, restitution_shared, recording_days, last_report, last_finding, revision, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0, 1, $16, $17)",
                values![
                    c.id, c.programme, d.call, c.kind.code(), &c.name, &d.summary, c.state.code(), c.state.is_announced(), c.window.opens_at,
                    c.window.closes_at, c.rules, &d.prohibitions, &d.stop_contact, c.restitution_shared, d.recording_days, by, at,
                ],
            )
            .await?;
        Ok(())
    }

    async fn update_campaign(&mut self, d: &CampaignDraftRow) -> Stored<()> {
        let c = &d.campaign;
        self.sql
            .execute_one(
                "UPDATE campaign SET call_id = $2, kind = $3, name = $4, summary = $5, opens_at = $6, closes_at = $7,
                     prohibitions = $8, stop_contact = $9, restitution_shared = $10, recording_days = $11 WHERE id = $1",
                values![
                    c.id,
                    d.call,
                    c.kind.code(),
                    &c.name,
                    &d.summary,
                    c.window.opens_at,
                    c.window.closes_at,
                    &d.prohibitions,
                    &d.stop_contact,
                    c.restitution_shared,
                    d.recording_days,
                ],
            )
            .await
    }

    async fn set_campaign_state(
        &mut self,
        id: CampaignId,
        state: CampaignState,
        suspended_at: Option<Timestamp>,
        suspension: Option<Vec<u8>>,
    ) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE campaign SET state = $2, suspended_at = $3, suspension_sealed = $4, announced = (announced OR $5) WHERE id = $1",
                values![id, state.code(), suspended_at, suspension, state.is_announced()],
            )
            .await
    }

    async fn set_campaign_target(&mut self, id: CampaignId, url: Option<Vec<u8>>) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE campaign SET target_url_sealed = $2 WHERE id = $1",
                values![id, url],
            )
            .await
    }

    async fn set_campaign_rules(&mut self, id: CampaignId, rules: RulesId) -> Stored<()> {
        self.sql
            .execute_one("UPDATE campaign SET rules_id = $2 WHERE id = $1", values![id, rules])
            .await
    }

    async fn campaigns_about(
        &mut self,
        organisations: &[OrganisationId],
        programmes: &[ProgrammeId],
        person: PersonId,
    ) -> Stored<Vec<CampaignLine>> {
        let (list, size) = placeholders(2, organisations.len());
        let mut values: Vec<Value> = vec![person.into()];
        let known = if organisations.is_empty() {
            &[OrganisationId(uuid::Uuid::nil())]
        } else {
            organisations
        };
        values.extend(padded(known, size).into_iter().map(Value::from));
        let (observed, size) = placeholders(values.len() + 1, programmes.len());
        let known = if programmes.is_empty() {
            &[ProgrammeId(uuid::Uuid::nil())]
        } else {
            programmes
        };
        values.extend(padded(known, size).into_iter().map(Value::from));
        let sql = format!(
            "SELECT {LINE} FROM campaign c JOIN programme p ON p.id = c.programme_id
             WHERE c.id IN (SELECT k.id FROM programme o JOIN campaign k ON k.programme_id = o.id WHERE o.owner_id IN ({list})
                UNION SELECT k.id FROM campaign k WHERE k.programme_id IN ({observed})
                UNION SELECT campaign_id FROM campaign_party WHERE until_at IS NULL AND organisation_id IN ({list})
                UNION SELECT campaign_id FROM campaign_join WHERE ended_at IS NULL AND state IN ('joined', 'proposed') AND organisation_id IN ({list})
                UNION SELECT campaign_id FROM authorisation WHERE ended_at IS NULL AND organisation_id IN ({list})
                UNION SELECT campaign_id FROM campaign_person WHERE until_at IS NULL AND person_id = $1)
             ORDER BY c.opens_at DESC, c.id LIMIT 200"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(line).collect()
    }

    async fn campaigns_of_programme(&mut self, programme: ProgrammeId) -> Stored<Vec<CampaignLine>> {
        let sql = format!(
            "SELECT {LINE} FROM campaign c JOIN programme p ON p.id = c.programme_id
             WHERE c.programme_id = $1 ORDER BY c.opens_at DESC, c.id LIMIT 200"
        );
        let rows = self.sql.fetch_built(sql, values![programme]).await?;
        rows.iter().map(line).collect()
    }

    async fn set_campaign_product(
        &mut self,
        campaign: CampaignId,
        product: ProductId,
        version: Option<VersionId>,
        signers: &[(SignerRole, OrganisationId)],
    ) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO campaign_product (campaign_id, product_id, version_id, duplicate) VALUES ($1, $2, $3, FALSE)
                 ON CONFLICT (campaign_id, product_id) DO UPDATE SET version_id = excluded.version_id",
                values![campaign, product, version],
            )
            .await?;
        self.remove_signers(campaign, product).await?;
        for (role, organisation) in signers {
            self.sql
                .execute(
                    "INSERT INTO campaign_signer (campaign_id, product_id, signer_role, organisation_id)
                     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                    values![campaign, product, role.code(), *organisation],
                )
                .await?;
        }
        Ok(())
    }

    async fn note_duplicate(&mut self, campaign: CampaignId, product: ProductId) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE campaign_product SET duplicate = TRUE WHERE campaign_id = $1 AND product_id = $2",
                values![campaign, product],
            )
            .await
    }

    async fn explain_duplicate(&mut self, campaign: CampaignId, product: ProductId, reason: &[u8]) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE campaign_product SET duplicate_reason_sealed = $3 WHERE campaign_id = $1 AND product_id = $2",
                values![campaign, product, reason],
            )
            .await
    }

    async fn remove_campaign_product(&mut self, campaign: CampaignId, product: ProductId) -> Stored<()> {
        self.remove_signers(campaign, product).await?;
        self.sql
            .execute_one(
                "DELETE FROM campaign_product WHERE campaign_id = $1 AND product_id = $2",
                values![campaign, product],
            )
            .await
    }

    async fn tested_deployments(&mut self, campaign: CampaignId) -> Stored<Vec<TestedDeployment>> {
        let rows = self
            .sql
            .fetch(
                "SELECT d.organisation_id, d.product_id, d.label, d.state, v.version FROM deployment d
                 JOIN campaign_product cp ON cp.product_id = d.product_id AND cp.campaign_id = $1
                 JOIN campaign_party y ON y.organisation_id = d.organisation_id AND y.campaign_id = $1
                     AND y.part = 'beneficiary' AND y.until_at IS NULL
                 LEFT JOIN product_version v ON v.id = d.version_id
                 WHERE d.until_at IS NULL AND d.refused_at IS NULL ORDER BY d.organisation_id, d.product_id, d.label LIMIT 1000",
                values![campaign],
            )
            .await?;
        rows.iter().map(load::tested_deployment).collect()
    }

    async fn call_choices(&mut self, programme: ProgrammeId) -> Stored<Vec<CallChoice>> {
        let sql = "SELECT id, title FROM call WHERE programme_id = $1 ORDER BY created_at DESC, id LIMIT 100";
        let rows = self.sql.fetch(sql, values![programme]).await?;
        rows.iter()
            .map(|row| {
                Ok(CallChoice {
                    id: row.get("id")?,
                    title: row.get("title")?,
                })
            })
            .collect()
    }

    async fn confirmed_candidates(&mut self, call: CallId) -> Stored<Vec<OrganisationId>> {
        let sql = "SELECT DISTINCT organisation_id FROM candidacy WHERE call_id = $1 AND state = 'confirmed'
                   ORDER BY organisation_id LIMIT 1000";
        let rows = self.sql.fetch(sql, values![call]).await?;
        rows.iter().map(|row| row.get("organisation_id")).collect()
    }

    async fn party(&mut self, id: PartyId) -> Stored<Option<Loaded<PartyRecord>>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT y.*, c.announced, c.revision FROM campaign_party y JOIN campaign c ON c.id = y.campaign_id
                 WHERE y.id = $1 AND y.until_at IS NULL",
                values![id],
            )
            .await?;
        row.map(|row| {
            let record = PartyRecord {
                party: party(&row)?,
                announced: row.get("announced")?,
            };
            Ok(Loaded::from_row(record, row.get("revision")?))
        })
        .transpose()
    }

    async fn insert_party(&mut self, p: &Party) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO campaign_party (id, campaign_id, organisation_id, part, from_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT DO NOTHING",
                values![p.id, p.campaign, p.organisation, p.kind.code(), p.from],
            )
            .await?;
        Ok(())
    }

    async fn end_party(&mut self, id: PartyId, at: Timestamp) -> Stored<()> {
        let sql = "UPDATE campaign_party SET until_at = $2 WHERE id = $1 AND until_at IS NULL";
        self.sql.execute_one(sql, values![id, at]).await
    }

    async fn commit_party(&mut self, id: PartyId, by: PersonId, grant: Option<GrantId>, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE campaign_party SET committed_at = $4, committed_by = $2, committed_grant = $3
                 WHERE id = $1 AND committed_at IS NULL AND until_at IS NULL",
                values![id, by, grant, at],
            )
            .await
    }

    async fn parties_to_commit(&mut self, organisations: &[OrganisationId]) -> Stored<Vec<(Party, CampaignLine)>> {
        if organisations.is_empty() {
            return Ok(Vec::new());
        }
        let (list, size) = placeholders(1, organisations.len());
        let values = padded(organisations, size).into_iter().map(Value::from).collect();
        let sql = format!(
            "SELECT {LINE}, y.id AS party_id, y.campaign_id, y.organisation_id, y.part, y.from_at, y.until_at, y.committed_at
             FROM campaign_party y JOIN campaign c ON c.id = y.campaign_id JOIN programme p ON p.id = c.programme_id
             WHERE y.organisation_id IN ({list}) AND y.until_at IS NULL AND y.committed_at IS NULL
                 AND c.state IN ('planned', 'ready') AND y.part <> 'observer' ORDER BY c.opens_at, y.id LIMIT 200"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| {
                let mut party = load::party_under(row, "party_id")?;
                party.committed_at = None;
                Ok((party, line(row)?))
            })
            .collect()
    }

    async fn insert_participant(&mut self, p: &CampaignPerson) -> Stored<()> {
        let who = &p.participant;
        self.sql
            .execute(
                "INSERT INTO campaign_person (id, campaign_id, person_id, organisation_id, part, grant_id, from_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
                values![
                    who.id,
                    who.campaign,
                    who.person,
                    p.organisation,
                    who.part.code(),
                    p.grant,
                    who.from
                ],
            )
            .await?;
        Ok(())
    }

    async fn end_participant(&mut self, id: ParticipantId, at: Timestamp) -> Stored<()> {
        let sql = "UPDATE campaign_person SET until_at = $2 WHERE id = $1 AND until_at IS NULL";
        self.sql.execute_one(sql, values![id, at]).await
    }

    async fn suspend_participant(
        &mut self,
        id: ParticipantId,
        at: Option<Timestamp>,
        reason: Option<Vec<u8>>,
    ) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE campaign_person SET suspended_at = $2, suspension_sealed = $3 WHERE id = $1 AND until_at IS NULL",
                values![id, at, reason],
            )
            .await
    }

    async fn insert_rules(&mut self, rules: &RulesOfEngagement, by: Option<PersonId>, at: Timestamp) -> Stored<()> {
        content::insert_rules(self, rules, by, at).await
    }

    async fn rules(&mut self, id: RulesId) -> Stored<Option<RulesOfEngagement>> {
        content::rules(self, id).await
    }

    async fn rules_of_programme(&mut self, programme: ProgrammeId) -> Stored<Vec<(RulesOfEngagement, Timestamp)>> {
        content::rules_of_programme(self, programme).await
    }

    async fn accept_rules(
        &mut self,
        rules: RulesId,
        campaign: CampaignId,
        person: PersonId,
        at: Timestamp,
    ) -> Stored<()> {
        content::accept_rules(self, rules, campaign, person, at).await
    }

    async fn insert_asset(&mut self, asset: &AssetRow, at: Timestamp) -> Stored<()> {
        content::insert_asset(self, asset, at).await
    }

    async fn end_asset(&mut self, campaign: CampaignId, id: AssetId, at: Timestamp) -> Stored<()> {
        content::end_asset(self, campaign, id, at).await
    }

    async fn scope_assets(&mut self, campaign: CampaignId) -> Stored<Vec<AssetRow>> {
        content::scope_assets(self, campaign).await
    }

    async fn insert_test_account(&mut self, account: &TestAccountRow, at: Timestamp) -> Stored<()> {
        content::insert_test_account(self, account, at).await
    }

    async fn test_accounts(&mut self, campaign: CampaignId) -> Stored<Vec<TestAccountRow>> {
        content::test_accounts(self, campaign).await
    }

    async fn hand_test_account(&mut self, id: TestAccountId, to: PersonId, at: Timestamp) -> Stored<()> {
        content::hand_test_account(self, id, to, at).await
    }

    async fn end_test_account(&mut self, campaign: CampaignId, id: TestAccountId, at: Timestamp) -> Stored<()> {
        content::end_test_account(self, campaign, id, at).await
    }
}

impl SqlSession {
    async fn remove_signers(&mut self, campaign: CampaignId, product: ProductId) -> Stored<()> {
        self.sql
            .execute(
                "DELETE FROM campaign_signer WHERE campaign_id = $1 AND product_id = $2",
                values![campaign, product],
            )
            .await?;
        Ok(())
    }
}
