//! Targets, leases and segments.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CampaignId, CertificateId, InstanceId, LeaseId, PersonId, ProductId, TargetId};
use domain::instance::{InstanceProblem, InstancePurpose, InstanceState};
use domain::refusal::RecorderState;
use domain::target::{Lease, Sharing, Target, TargetEngine, TargetPurpose};
use use_cases::ports::{
    CertificateRow, InstanceRow, LeaseRow, RecorderRow, SegmentRow, StoreError, Stored, TargetRow, Targets,
};
use uuid::Uuid;

pub(crate) fn target(row: &Row) -> Stored<TargetRow> {
    Ok(TargetRow {
        target: Target {
            id: row.get("id")?,
            campaign: row.get("campaign_id")?,
            product: row.get("product_id")?,
            purpose: row.code("purpose", TargetPurpose::from_code)?,
            engine: row.code("engine", TargetEngine::from_code)?,
            sharing: row.code("sharing", Sharing::from_code)?,
            stopped_at: row.get("stopped_at")?,
            ended_at: row.get("ended_at")?,
        },
        settings: row.get("settings_sealed")?,
        fingerprint: row.get("fingerprint_sealed")?,
        certified_by: row.get("certified_by")?,
        created_at: row.get("created_at")?,
    })
}

pub(crate) fn lease(row: &Row) -> Stored<LeaseRow> {
    Ok(LeaseRow {
        lease: Lease {
            id: row.get("id")?,
            target: row.get("target_id")?,
            campaign: row.get("campaign_id")?,
            person: row.get("person_id")?,
            label: row.get("label")?,
            from: row.get("from_at")?,
            ended_at: row.get("ended_at")?,
        },
        token_hash: bytes32(row, "token_hash")?,
        renewed_at: row.get("renewed_at")?,
    })
}

pub(crate) fn segment(row: &Row) -> Stored<SegmentRow> {
    let exchanges: Option<i64> = row.get("exchanges")?;
    let counts = match exchanges {
        None => None,
        Some(exchanges) => Some((
            exchanges,
            row.get::<Option<i64>>("messages")?.unwrap_or_default(),
            row.get::<Option<i64>>("bytes")?.unwrap_or_default(),
        )),
    };
    Ok(SegmentRow {
        campaign: row.get("campaign_id")?,
        sequence: row.get("sequence")?,
        size: row.get("size")?,
        digest: bytes32(row, "digest")?,
        previous: bytes32(row, "previous")?,
        first_at: row.get("first_at")?,
        last_at: row.get("last_at")?,
        counts,
    })
}

fn instance(row: &Row) -> Stored<InstanceRow> {
    Ok(InstanceRow {
        id: row.get("id")?,
        campaign: row.get("campaign_id")?,
        target: row.get("target_id")?,
        purpose: row.code("purpose", InstancePurpose::from_code)?,
        person: row.get("person_id")?,
        state: row.code("state", InstanceState::from_code)?,
        endpoint: row.get("endpoint_sealed")?,
        problem: row.maybe_code("problem", InstanceProblem::from_code)?,
        from: row.get("from_snapshot_id")?,
        created_at: row.get("created_at")?,
        since: row.get("since")?,
    })
}

fn certificate(row: &Row) -> Stored<CertificateRow> {
    Ok(CertificateRow {
        id: row.get("id")?,
        lease: row.get("lease_id")?,
        fingerprint: row.get("fingerprint_sealed")?,
        registered_at: row.get("registered_at")?,
    })
}

fn bytes32(row: &Row, column: &str) -> Stored<[u8; 32]> {
    let bytes: Vec<u8> = row.get(column)?;
    let wrong = |_| StoreError::Corrupt(format!("{column} is not 32 bytes long"));
    bytes.try_into().map_err(wrong)
}

#[async_trait]
impl Targets for SqlSession {
    async fn insert_target(&mut self, t: &TargetRow) -> Stored<()> {
        let of = &t.target;
        self.sql
            .execute(
                "INSERT INTO target (id, campaign_id, product_id, purpose, engine, sharing, settings_sealed,
                     fingerprint_sealed, certified_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                values![
                    of.id,
                    of.campaign,
                    of.product,
                    of.purpose.code(),
                    of.engine.code(),
                    of.sharing.code(),
                    &t.settings,
                    &t.fingerprint,
                    t.certified_by,
                    t.created_at
                ],
            )
            .await?;
        Ok(())
    }

    async fn targets(&mut self, campaign: CampaignId) -> Stored<Vec<TargetRow>> {
        let sql = "SELECT * FROM target WHERE campaign_id = $1 AND purpose = 'hunt' AND ended_at IS NULL
             ORDER BY created_at, id LIMIT 100";
        let rows = self.sql.fetch(sql, values![campaign]).await?;
        rows.iter().map(target).collect()
    }

    async fn stop_target(&mut self, campaign: CampaignId, id: TargetId, at: Option<Timestamp>) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE target SET stopped_at = $3 WHERE id = $1 AND campaign_id = $2 AND ended_at IS NULL",
                values![id, campaign, at],
            )
            .await
    }

    async fn end_target(&mut self, campaign: CampaignId, id: TargetId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE target SET ended_at = $3 WHERE id = $1 AND campaign_id = $2 AND ended_at IS NULL",
                values![id, campaign, at],
            )
            .await?;
        self.sql
            .execute(
                "DELETE FROM lease_certificate WHERE lease_id IN (SELECT id FROM target_lease WHERE target_id = $1)",
                values![id],
            )
            .await?;
        self.sql
            .execute(
                "UPDATE target_lease SET ended_at = $2 WHERE target_id = $1 AND ended_at IS NULL",
                values![id, at],
            )
            .await?;
        Ok(())
    }

    async fn product_has_target(&mut self, campaign: CampaignId, product: ProductId) -> Stored<bool> {
        let sql = "SELECT id FROM target
             WHERE campaign_id = $1 AND product_id = $2 AND purpose = 'hunt' AND ended_at IS NULL LIMIT 1";
        Ok(self
            .sql
            .fetch_optional(sql, values![campaign, product])
            .await?
            .is_some())
    }

    async fn insert_target_instance(&mut self, i: &InstanceRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO target_instance (id, campaign_id, target_id, purpose, person_id, state, endpoint_sealed, problem,
                     created_at, since, from_snapshot_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                values![
                    i.id,
                    i.campaign,
                    i.target,
                    i.purpose.code(),
                    i.person,
                    i.state.code(),
                    i.endpoint.clone(),
                    i.problem.map(InstanceProblem::code),
                    i.created_at,
                    i.since,
                    i.from
                ],
            )
            .await?;
        Ok(())
    }

    async fn move_instance(&mut self, i: &InstanceRow, before: InstanceState) -> Stored<()> {
        let ended = (i.state == InstanceState::Ended).then_some(i.since);
        self.sql
            .execute_one(
                "UPDATE target_instance SET state = $3, endpoint_sealed = $4, problem = $5, since = $6, ended_at = $7,
                     from_snapshot_id = $8
                 WHERE id = $1 AND state = $2",
                values![
                    i.id,
                    before.code(),
                    i.state.code(),
                    i.endpoint.clone(),
                    i.problem.map(InstanceProblem::code),
                    i.since,
                    ended,
                    i.from
                ],
            )
            .await
    }

    async fn target_instance(&mut self, id: InstanceId) -> Stored<Option<InstanceRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM target_instance WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(instance).transpose()
    }

    async fn instances_of(&mut self, target: TargetId) -> Stored<Vec<InstanceRow>> {
        let sql = "SELECT * FROM target_instance WHERE target_id = $1 AND ended_at IS NULL ORDER BY created_at, id LIMIT 10000";
        let rows = self.sql.fetch(sql, values![target]).await?;
        rows.iter().map(instance).collect()
    }

    async fn target_instances(&mut self) -> Stored<Vec<InstanceRow>> {
        let sql = "SELECT * FROM target_instance WHERE ended_at IS NULL ORDER BY created_at, id LIMIT 10000";
        let rows = self.sql.fetch(sql, values![]).await?;
        rows.iter().map(instance).collect()
    }

    async fn target(&mut self, id: TargetId) -> Stored<Option<TargetRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM target WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(target).transpose()
    }

    async fn insert_lease(&mut self, l: &LeaseRow) -> Stored<()> {
        let of = &l.lease;
        self.sql
            .execute(
                "INSERT INTO target_lease (id, campaign_id, target_id, person_id, label, token_hash, from_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    of.id,
                    of.campaign,
                    of.target,
                    of.person,
                    &of.label,
                    l.token_hash.to_vec(),
                    of.from
                ],
            )
            .await?;
        Ok(())
    }

    async fn renew_lease(&mut self, id: LeaseId, token_hash: [u8; 32], at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE target_lease SET token_hash = $2, renewed_at = $3 WHERE id = $1 AND ended_at IS NULL",
                values![id, token_hash.to_vec(), at],
            )
            .await
    }

    async fn end_lease(&mut self, id: LeaseId, at: Timestamp) -> Stored<()> {
        let sql = "UPDATE target_lease SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
        self.sql.execute_one(sql, values![id, at]).await?;
        let sql = "DELETE FROM lease_certificate WHERE lease_id = $1";
        self.sql.execute(sql, values![id]).await?;
        Ok(())
    }

    async fn end_leases(&mut self, campaign: CampaignId, at: Timestamp) -> Stored<u64> {
        let sql =
            "DELETE FROM lease_certificate WHERE lease_id IN (SELECT id FROM target_lease WHERE campaign_id = $1)";
        self.sql.execute(sql, values![campaign]).await?;
        let sql = "UPDATE target_lease SET ended_at = $2 WHERE campaign_id = $1 AND ended_at IS NULL";
        self.sql.execute(sql, values![campaign, at]).await
    }

    async fn insert_certificate(&mut self, c: &CertificateRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO lease_certificate (id, lease_id, fingerprint_sealed, registered_at) VALUES ($1, $2, $3, $4)",
                values![c.id, c.lease, &c.fingerprint, c.registered_at],
            )
            .await?;
        Ok(())
    }

    async fn delete_certificate(&mut self, lease: LeaseId, id: CertificateId) -> Stored<()> {
        let sql = "DELETE FROM lease_certificate WHERE id = $1 AND lease_id = $2";
        self.sql.execute_one(sql, values![id, lease]).await
    }

    async fn certificates_of(&mut self, lease: LeaseId) -> Stored<Vec<CertificateRow>> {
        let sql = "SELECT * FROM lease_certificate WHERE lease_id = $1 ORDER BY registered_at, id LIMIT 100";
        let rows = self.sql.fetch(sql, values![lease]).await?;
        rows.iter().map(certificate).collect()
    }

    async fn certificates_held(&mut self, campaign: CampaignId) -> Stored<Vec<CertificateRow>> {
        let sql = "SELECT c.id, c.lease_id, c.fingerprint_sealed, c.registered_at
             FROM target_lease l JOIN lease_certificate c ON c.lease_id = l.id
             WHERE l.campaign_id = $1 AND l.ended_at IS NULL ORDER BY c.registered_at, c.id LIMIT 50000";
        let rows = self.sql.fetch(sql, values![campaign]).await?;
        rows.iter().map(certificate).collect()
    }

    async fn take_duty(&mut self, duty: &'static str, holder: Uuid, now: Timestamp, until: Timestamp) -> Stored<bool> {
        let sql = "INSERT INTO duty (name, holder, until_at) VALUES ($1, $2, $4)
             ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
             WHERE duty.holder = excluded.holder OR duty.until_at <= $3";
        Ok(self.sql.execute(sql, values![duty, holder, now, until]).await? == 1)
    }

    async fn end_duty(&mut self, duty: &'static str, holder: Uuid, now: Timestamp) -> Stored<()> {
        let sql = "UPDATE duty SET until_at = $3 WHERE name = $1 AND holder = $2";
        self.sql.execute(sql, values![duty, holder, now]).await?;
        Ok(())
    }

    async fn duty(&mut self, duty: &'static str) -> Stored<Option<(Uuid, Timestamp)>> {
        let row = self
            .sql
            .fetch_optional("SELECT holder, until_at FROM duty WHERE name = $1", values![duty])
            .await?;
        row.map(|row| Ok((row.get("holder")?, row.get("until_at")?)))
            .transpose()
    }

    async fn is_leased(&mut self, campaign: CampaignId) -> Stored<bool> {
        let sql = "SELECT id FROM target_lease WHERE campaign_id = $1 AND ended_at IS NULL LIMIT 1";
        Ok(self.sql.fetch_optional(sql, values![campaign]).await?.is_some())
    }

    async fn leases_held(&mut self, campaign: CampaignId) -> Stored<Vec<LeaseRow>> {
        let sql =
            "SELECT * FROM target_lease WHERE campaign_id = $1 AND ended_at IS NULL ORDER BY from_at, id LIMIT 10000";
        let rows = self.sql.fetch(sql, values![campaign]).await?;
        rows.iter().map(lease).collect()
    }

    async fn leases_of(&mut self, campaign: CampaignId, person: PersonId) -> Stored<Vec<LeaseRow>> {
        let sql =
            "SELECT * FROM target_lease WHERE campaign_id = $1 AND person_id = $2 ORDER BY from_at, id LIMIT 1000";
        let rows = self.sql.fetch(sql, values![campaign, person]).await?;
        rows.iter().map(lease).collect()
    }

    async fn leased_campaigns(&mut self) -> Stored<Vec<CampaignId>> {
        let sql =
            "SELECT DISTINCT campaign_id FROM target_lease WHERE ended_at IS NULL ORDER BY campaign_id LIMIT 1000";
        let rows = self.sql.fetch(sql, values![]).await?;
        rows.iter().map(|row| row.get("campaign_id")).collect()
    }

    async fn note_recorder(&mut self, campaign: CampaignId, state: RecorderState, at: Timestamp) -> Stored<()> {
        let sql = "INSERT INTO recorder (campaign_id, state, since_at, told_at) VALUES ($1, $2, $3, $3)
             ON CONFLICT (campaign_id) DO UPDATE SET told_at = excluded.told_at, state = excluded.state,
                 since_at = CASE WHEN recorder.state = excluded.state THEN recorder.since_at ELSE excluded.since_at END";
        self.sql.execute(sql, values![campaign, state.code(), at]).await?;
        Ok(())
    }

    async fn recorder(&mut self, campaign: CampaignId) -> Stored<Option<RecorderRow>> {
        let sql = "SELECT * FROM recorder WHERE campaign_id = $1";
        let row = self.sql.fetch_optional(sql, values![campaign]).await?;
        let read = |row: &Row| {
            Ok(RecorderRow {
                state: row.code("state", RecorderState::from_code)?,
                since: row.get("since_at")?,
                told_at: row.get("told_at")?,
            })
        };
        row.as_ref().map(read).transpose()
    }

    async fn insert_segment(&mut self, s: &SegmentRow, at: Timestamp) -> Stored<bool> {
        let (exchanges, messages, bytes) = match s.counts {
            Some((exchanges, messages, bytes)) => (Some(exchanges), Some(messages), Some(bytes)),
            None => (None, None, None),
        };
        let changed = self
            .sql
            .execute(
                "INSERT INTO segment (campaign_id, sequence, size, digest, previous, first_at, last_at, exchanges,
                     messages, bytes, kept_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
                values![
                    s.campaign,
                    s.sequence,
                    s.size,
                    s.digest.to_vec(),
                    s.previous.to_vec(),
                    s.first_at,
                    s.last_at,
                    exchanges,
                    messages,
                    bytes,
                    at
                ],
            )
            .await?;
        Ok(changed > 0)
    }

    async fn segment(&mut self, campaign: CampaignId, sequence: i64) -> Stored<Option<SegmentRow>> {
        let sql = "SELECT * FROM segment WHERE campaign_id = $1 AND sequence = $2";
        let row = self.sql.fetch_optional(sql, values![campaign, sequence]).await?;
        row.as_ref().map(segment).transpose()
    }

    async fn last_segment(&mut self, campaign: CampaignId) -> Stored<Option<SegmentRow>> {
        let sql = "SELECT * FROM segment WHERE campaign_id = $1 ORDER BY sequence DESC LIMIT 1";
        let row = self.sql.fetch_optional(sql, values![campaign]).await?;
        row.as_ref().map(segment).transpose()
    }

    async fn segments(&mut self, campaign: CampaignId) -> Stored<Vec<SegmentRow>> {
        let sql = "SELECT * FROM segment WHERE campaign_id = $1 ORDER BY sequence LIMIT 100000";
        let rows = self.sql.fetch(sql, values![campaign]).await?;
        rows.iter().map(segment).collect()
    }
}
