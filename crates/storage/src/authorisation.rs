//! Authorisations to test.

use crate::campaign::{LINE, line};
use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::authorisation::{Authorisation, SignerRole};
use domain::ids::{AuthorisationId, BlobId, CampaignId, OrganisationId, PersonId};
use use_cases::ports::{AuthorisationRecord, Authorisations, CampaignLine, Stored};

fn entity(row: &Row, id: &str) -> Stored<Authorisation> {
    let hash: Vec<u8> = row.get("text_hash")?;
    Ok(Authorisation {
        id: row.get(id)?,
        campaign: row.get("campaign_id")?,
        signer_role: row.code("signer_role", SignerRole::from_code)?,
        organisation: row.get("organisation_id")?,
        text_hash: <[u8; 32]>::try_from(hash).ok(),
        blob: row.get("blob_id")?,
        signed_at: row.get("signed_at")?,
        expires_at: row.get("expires_at")?,
        revoked_at: row.get("revoked_at")?,
        revision: row.get("revision")?,
    })
}

/// Gives a campaign's authorisations that were not replaced.
pub(crate) async fn current(session: &mut SqlSession, campaigns: &[CampaignId]) -> Stored<Vec<Authorisation>> {
    let head = "SELECT * FROM authorisation WHERE ended_at IS NULL AND campaign_id";
    let rows = session.fetch_in(head, campaigns, " ORDER BY signer_role, id").await?;
    rows.iter().map(|row| entity(row, "id")).collect()
}

impl SqlSession {
    async fn authorisation_record(&mut self, row: &Row) -> Stored<AuthorisationRecord> {
        let authorisation = entity(row, "id")?;
        let sql = "SELECT p.id, p.owner_id FROM campaign c JOIN programme p ON p.id = c.programme_id WHERE c.id = $1";
        let programme = self.sql.fetch_one(sql, values![authorisation.campaign]).await?;
        let pilots = "SELECT organisation_id FROM campaign_party
                      WHERE campaign_id = $1 AND part = 'pilot' AND until_at IS NULL ORDER BY id LIMIT 100";
        let pilots = self.sql.fetch(pilots, values![authorisation.campaign]).await?;
        Ok(AuthorisationRecord {
            programme: programme.get("id")?,
            owner: programme.get("owner_id")?,
            pilots: pilots
                .iter()
                .map(|row| row.get("organisation_id"))
                .collect::<Stored<_>>()?,
            text: row.get("text_sealed")?,
            means: row.get("means")?,
            signatory: row.get("signatory_sealed")?,
            signed_by: row.get("signed_by")?,
            revoked_by: row.get("revoked_by")?,
            revocation: row.get("revocation_sealed")?,
            requested_at: row.get("requested_at")?,
            until: row.get("expires_at")?,
            ended_at: row.get("ended_at")?,
            authorisation,
        })
    }
}

#[async_trait]
impl Authorisations for SqlSession {
    async fn authorisation(&mut self, id: AuthorisationId) -> Stored<Option<Loaded<AuthorisationRecord>>> {
        let Some(row) = self
            .sql
            .fetch_optional("SELECT * FROM authorisation WHERE id = $1", values![id])
            .await?
        else {
            return Ok(None);
        };
        let record = self.authorisation_record(&row).await?;
        Ok(Some(Loaded::from_row(record, row.get("revision")?)))
    }

    async fn take_authorisation(&mut self, id: AuthorisationId) -> Stored<Option<Loaded<AuthorisationRecord>>> {
        let sql = "UPDATE authorisation SET revision = revision + 1 WHERE id = $1 RETURNING *";
        let Some(row) = self.sql.fetch_optional(sql, values![id]).await? else {
            return Ok(None);
        };
        let record = self.authorisation_record(&row).await?;
        Ok(Some(Loaded::from_row(record, row.get("revision")?)))
    }

    async fn insert_authorisation(&mut self, r: &AuthorisationRecord) -> Stored<()> {
        let a = &r.authorisation;
        self.sql
            .execute(
                "INSERT INTO authorisation (id, campaign_id, signer_role, organisation_id, text_sealed, text_hash, requested_at,
                     expires_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
                values![
                    a.id, a.campaign, a.signer_role.code(), a.organisation, &r.text, a.text_hash.unwrap_or_default(),
                    r.requested_at, r.until,
                ],
            )
            .await?;
        Ok(())
    }

    async fn sign_authorisation(
        &mut self,
        id: AuthorisationId,
        means: &str,
        blob: Option<BlobId>,
        signatory: Vec<u8>,
        by: PersonId,
        at: Timestamp,
    ) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE authorisation SET means = $2, blob_id = $3, signatory_sealed = $4, signed_by = $5, signed_at = $6
                 WHERE id = $1 AND signed_at IS NULL AND ended_at IS NULL",
                values![id, means, blob, signatory, by, at],
            )
            .await
    }

    async fn revoke_authorisation(
        &mut self,
        id: AuthorisationId,
        reason: Vec<u8>,
        by: PersonId,
        at: Timestamp,
    ) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE authorisation SET revocation_sealed = $2, revoked_by = $3, revoked_at = $4
                 WHERE id = $1 AND signed_at IS NOT NULL AND revoked_at IS NULL",
                values![id, reason, by, at],
            )
            .await
    }

    async fn end_authorisation(&mut self, id: AuthorisationId, at: Timestamp) -> Stored<()> {
        let sql = "UPDATE authorisation SET ended_at = $2, revision = revision + 1 WHERE id = $1 AND ended_at IS NULL";
        self.sql.execute_one(sql, values![id, at]).await
    }

    async fn authorisations_of(&mut self, campaign: CampaignId) -> Stored<Vec<AuthorisationRecord>> {
        let sql = "SELECT * FROM authorisation WHERE campaign_id = $1
                   ORDER BY ended_at DESC NULLS FIRST, signer_role, requested_at DESC, id LIMIT 500";
        let mut records = Vec::new();
        for row in self.sql.fetch(sql, values![campaign]).await? {
            records.push(self.authorisation_record(&row).await?);
        }
        Ok(records)
    }

    async fn authorisations_to_sign(
        &mut self,
        organisations: &[OrganisationId],
    ) -> Stored<Vec<(Authorisation, CampaignLine)>> {
        if organisations.is_empty() {
            return Ok(Vec::new());
        }
        let (list, size) = placeholders(1, organisations.len());
        let values = padded(organisations, size).into_iter().map(Value::from).collect();
        let sql = format!(
            "SELECT {LINE}, a.id AS authorisation_id, a.campaign_id, a.signer_role, a.organisation_id, a.text_hash, a.blob_id,
                 a.signed_at, a.expires_at, a.revoked_at, a.revision
             FROM authorisation a JOIN campaign c ON c.id = a.campaign_id JOIN programme p ON p.id = c.programme_id
             WHERE a.organisation_id IN ({list}) AND a.ended_at IS NULL AND a.signed_at IS NULL
                 AND c.state IN ('planned', 'ready', 'open', 'suspended') ORDER BY c.opens_at, a.id LIMIT 200"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| Ok((entity(row, "authorisation_id")?, line(row)?)))
            .collect()
    }
}
