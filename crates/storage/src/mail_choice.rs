//! The mails that people choose: how often, and what waits to be sent together.

use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::PersonId;
use domain::mail_choice::{MailKind, MailPace};
use domain::programme::NoticeKind;
use use_cases::ports::{DigestItem, MailChoices, Stored};

#[async_trait]
impl MailChoices for SqlSession {
    async fn mail_paces(&mut self, person: PersonId) -> Stored<Vec<(MailKind, MailPace)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT kind, pace FROM mail_choice WHERE person_id = $1 ORDER BY kind",
                values![person],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.code("kind", MailKind::from_code)?,
                    row.code("pace", MailPace::from_code)?,
                ))
            })
            .collect()
    }

    async fn save_mail_pace(&mut self, person: PersonId, kind: MailKind, pace: MailPace, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO mail_choice (person_id, kind, pace, changed_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (person_id, kind) DO UPDATE SET pace = $3, changed_at = $4",
                values![person, kind.code(), pace.code(), at],
            )
            .await?;
        Ok(())
    }

    async fn insert_digest_item(&mut self, item: &DigestItem, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO mail_digest_item (id, person_id, kind, notice_kind, digest_at, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                values![
                    item.id,
                    item.person,
                    item.kind.code(),
                    item.notice.code(),
                    item.digest_at,
                    at
                ],
            )
            .await?;
        Ok(())
    }

    async fn digest_items(&mut self, person: PersonId, digest_at: Timestamp) -> Stored<Vec<DigestItem>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM mail_digest_item WHERE person_id = $1 AND digest_at = $2 ORDER BY id LIMIT 5000",
                values![person, digest_at],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(DigestItem {
                    id: row.get("id")?,
                    person: row.get("person_id")?,
                    kind: row.code("kind", MailKind::from_code)?,
                    notice: row.code("notice_kind", NoticeKind::from_code)?,
                    digest_at: row.get("digest_at")?,
                })
            })
            .collect()
    }

    async fn forget_digest(&mut self, person: PersonId, digest_at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "DELETE FROM mail_digest_item WHERE person_id = $1 AND digest_at = $2",
                values![person, digest_at],
            )
            .await?;
        Ok(())
    }
}
