//! Reports, reproductions, comments and attachments.

mod facts;
mod lists;
mod notes;
mod rows;

pub(crate) use lists::AUTHORED;

use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::ids::{AttachmentId, BlobId, CampaignId, PersonId, ProductId, ReportId};
use use_cases::ports::{
    AttachmentRow, CampaignReports, CommentRow, Judge, OwnPage, ReportFilter, ReportReach, ReportRecord, Reports,
    ReproductionRow, Stored,
};
use uuid::Uuid;

#[async_trait]
impl Reports for SqlSession {
    async fn report(&mut self, id: ReportId) -> Stored<Option<Loaded<ReportRecord>>> {
        let rows = self
            .sql
            .fetch("SELECT * FROM report WHERE id = $1", values![id])
            .await?;
        Ok(self.report_records(&rows).await?.pop())
    }

    async fn reports(&mut self, ids: &[ReportId]) -> Stored<Vec<Loaded<ReportRecord>>> {
        let rows = self.fetch_in("SELECT * FROM report WHERE id", ids, "").await?;
        let mut found = self.report_records(&rows).await?;
        found.sort_by_key(|one| ids.iter().position(|id| *id == one.peek().report.id));
        Ok(found)
    }

    async fn take_report(&mut self, id: ReportId) -> Stored<Option<Loaded<ReportRecord>>> {
        let rows = self
            .sql
            .fetch(
                "UPDATE report SET revision = revision + 1 WHERE id = $1 RETURNING *",
                values![id],
            )
            .await?;
        Ok(self.report_records(&rows).await?.pop())
    }

    async fn insert_report(&mut self, report: &ReportRecord) -> Stored<()> {
        rows::insert(&mut self.sql, report).await
    }

    async fn save_report(&mut self, report: &ReportRecord, revision: i64) -> Stored<()> {
        rows::save(&mut self.sql, report, revision).await
    }

    async fn name_authors(&mut self, id: ReportId, named: &[PersonId]) -> Stored<()> {
        let rows = self
            .sql
            .fetch("SELECT person_id FROM report_author WHERE report_id = $1", values![id])
            .await?;
        for row in &rows {
            let person: PersonId = row.get("person_id")?;
            if !named.contains(&person) {
                self.sql
                    .execute(
                        "DELETE FROM report_author WHERE report_id = $1 AND person_id = $2",
                        values![id, person],
                    )
                    .await?;
            }
        }
        for (position, person) in (1_i64..).zip(named) {
            self.sql
                .execute(
                    "INSERT INTO report_author (report_id, person_id, position) VALUES ($1, $2, $3)
                     ON CONFLICT (report_id, person_id) DO NOTHING",
                    values![id, *person, position],
                )
                .await?;
        }
        Ok(())
    }

    async fn answer_naming(&mut self, id: ReportId, person: PersonId, accepted: Option<Timestamp>) -> Stored<()> {
        let sql = match accepted {
            Some(_) => {
                "UPDATE report_author SET accepted_at = $3 WHERE report_id = $1 AND person_id = $2 AND accepted_at IS NULL"
            }
            None => "DELETE FROM report_author WHERE report_id = $1 AND person_id = $2 AND accepted_at IS NULL",
        };
        let mut values = values![id, person];
        values.extend(accepted.map(crate::engine::Value::from));
        self.sql.execute_one(sql, values).await
    }

    async fn forget_unanswered(&mut self, id: ReportId) -> Stored<()> {
        self.sql
            .execute(
                "DELETE FROM report_author WHERE report_id = $1 AND accepted_at IS NULL",
                values![id],
            )
            .await?;
        Ok(())
    }

    async fn drafts_naming(&mut self, person: PersonId) -> Stored<Vec<Loaded<ReportRecord>>> {
        let rows = self
            .sql
            .fetch(
                "SELECT r.* FROM report r JOIN report_author a ON a.report_id = r.id
                 WHERE a.person_id = $1 AND a.accepted_at IS NULL AND r.state = 'draft' ORDER BY r.created_at, r.id LIMIT 50",
                values![person],
            )
            .await?;
        self.report_records(&rows).await
    }

    async fn next_report_number(&mut self, campaign: CampaignId) -> Stored<i64> {
        self.sql
            .fetch_one(
                "UPDATE campaign SET last_report = last_report + 1 WHERE id = $1 RETURNING last_report",
                values![campaign],
            )
            .await?
            .get("last_report")
    }

    async fn campaign_reports(&mut self, campaign: CampaignId) -> Stored<Option<Loaded<CampaignReports>>> {
        Ok(self.campaigns_of_reports(&[campaign]).await?.pop())
    }

    async fn campaigns_reports(&mut self, campaigns: &[CampaignId]) -> Stored<Vec<Loaded<CampaignReports>>> {
        self.campaigns_of_reports(campaigns).await
    }

    async fn campaigns_in_reach(&mut self, reach: &ReportReach, at: Timestamp) -> Stored<Vec<CampaignReports>> {
        self.campaigns_reached(reach, at).await
    }

    async fn list_reports(&mut self, filter: &ReportFilter) -> Stored<Vec<Loaded<ReportRecord>>> {
        let rows = lists::select(&mut self.sql, filter).await?;
        self.report_records(&rows).await
    }

    async fn count_reports(&mut self, filter: &ReportFilter) -> Stored<i64> {
        lists::count(&mut self.sql, filter).await
    }

    async fn count_waiting(
        &mut self,
        campaigns: &[CampaignId],
        judge: &Judge,
        at: Timestamp,
    ) -> Stored<Vec<(CampaignId, i64)>> {
        lists::count_waiting(&mut self.sql, campaigns, judge, at).await
    }

    async fn reports_by(&mut self, author: PersonId, page: &OwnPage) -> Stored<Vec<Loaded<ReportRecord>>> {
        let rows = lists::authored(&mut self.sql, author, page).await?;
        self.report_records(&rows).await
    }

    async fn reports_in_hand(
        &mut self,
        author: PersonId,
        closed_since: Timestamp,
    ) -> Stored<Vec<Loaded<ReportRecord>>> {
        let rows = lists::in_hand(&mut self.sql, author, closed_since).await?;
        self.report_records(&rows).await
    }

    async fn drafts_in(&mut self, reporter: PersonId, campaign: CampaignId) -> Stored<Vec<Loaded<ReportRecord>>> {
        let sql = "SELECT * FROM report WHERE reporter_id = $1 AND campaign_id = $2 AND state = 'draft'
                   ORDER BY created_at DESC, id DESC LIMIT 100";
        let rows = self.sql.fetch(sql, values![reporter, campaign]).await?;
        self.report_records(&rows).await
    }

    async fn count_drafts(&mut self, reporter: PersonId, campaign: CampaignId) -> Stored<i64> {
        self.sql
            .fetch_one(
                "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM report
                 WHERE reporter_id = $1 AND campaign_id = $2 AND state = 'draft'",
                values![reporter, campaign],
            )
            .await?
            .get("n")
    }

    async fn count_submitted(&mut self, reporter: PersonId, campaign: CampaignId, since: Timestamp) -> Stored<i64> {
        self.sql
            .fetch_one(
                "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM report
                 WHERE reporter_id = $1 AND campaign_id = $2 AND submitted_at > $3",
                values![reporter, campaign, since],
            )
            .await?
            .get("n")
    }

    async fn originals_of(&mut self, id: ReportId) -> Stored<Vec<ReportId>> {
        lists::originals(&mut self.sql, id).await
    }

    async fn earlier_reports(
        &mut self,
        product: ProductId,
        before: Timestamp,
        limit: i64,
    ) -> Stored<Vec<Loaded<ReportRecord>>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM report WHERE product_id = $1 AND submitted_at <= $2 AND state <> 'withdrawn'
                 ORDER BY submitted_at DESC, id DESC LIMIT $3",
                values![product, before, limit],
            )
            .await?;
        self.report_records(&rows).await
    }

    async fn insert_reproduction(&mut self, reproduction: &ReproductionRow) -> Stored<()> {
        notes::insert_reproduction(&mut self.sql, reproduction).await
    }

    async fn reproductions(&mut self, report: ReportId) -> Stored<Vec<ReproductionRow>> {
        notes::reproductions(&mut self.sql, report).await
    }

    async fn next_comment(&mut self, subject_kind: &str, subject: Uuid) -> Stored<i64> {
        notes::next_comment(&mut self.sql, subject_kind, subject).await
    }

    async fn insert_comment(&mut self, comment: &CommentRow) -> Stored<()> {
        notes::insert_comment(&mut self.sql, comment).await
    }

    async fn comments(&mut self, subject_kind: &str, subject: Uuid) -> Stored<Vec<CommentRow>> {
        notes::comments(&mut self.sql, subject_kind, subject).await
    }

    async fn insert_attachment(&mut self, attachment: &AttachmentRow) -> Stored<()> {
        notes::insert_attachment(&mut self.sql, attachment).await
    }

    async fn attachments(&mut self, subject_kind: &str, subject: Uuid) -> Stored<Vec<AttachmentRow>> {
        notes::attachments(&mut self.sql, subject_kind, subject).await
    }

    async fn attachment(&mut self, id: AttachmentId) -> Stored<Option<AttachmentRow>> {
        notes::attachment(&mut self.sql, id).await
    }

    async fn replace_attachment(
        &mut self,
        id: AttachmentId,
        blob: BlobId,
        name: &[u8],
        recorded: Option<Vec<u8>>,
    ) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE blob SET state = 'staged' WHERE id IN (SELECT blob_id FROM attachment WHERE id = $1)",
                values![id],
            )
            .await?;
        self.sql
            .execute_one(
                "UPDATE attachment SET blob_id = $2, name_sealed = $3, recorded_sealed = $4 WHERE id = $1",
                values![id, blob, name, recorded],
            )
            .await
    }

    async fn remove_attachment(&mut self, id: AttachmentId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE attachment SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL",
                values![id, at],
            )
            .await
    }
}
