//! People, grants, credentials, sessions, invitations and attempts.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::ids::{GrantId, InvitationId, OrganisationId, PersonId, SessionId};
use domain::role::{Grant, GrantScope, Role};
use use_cases::ports::{InvitationRow, People, PersonRow, SessionRow, StoreError, Stored};
use uuid::Uuid;

fn hash(row: &Row, name: &str) -> Stored<[u8; 32]> {
    let bytes: Vec<u8> = row.get(name)?;
    <[u8; 32]>::try_from(bytes).map_err(|_| StoreError::Corrupt(format!("{name} is not 32 bytes")))
}

fn person(row: &Row) -> Stored<PersonRow> {
    let email_hmac: Option<Vec<u8>> = row.get("email_hmac")?;
    Ok(PersonRow {
        id: row.get("id")?,
        pseudonym: row.get("pseudonym")?,
        name: row.get("name_sealed")?,
        email: row.get("email_sealed")?,
        email_hmac: email_hmac.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()),
        language: row.get("language")?,
        minor: row.get("minor")?,
        fictional: row.get("fictional")?,
    })
}

fn scope(row: &Row) -> Stored<GrantScope> {
    let kind: String = row.get("scope_kind")?;
    GrantScope::from_parts(&kind, row.get("scope_id")?)
        .ok_or_else(|| StoreError::Corrupt("a grant has an unknown scope".to_owned()))
}

pub(crate) fn grant(row: &Row) -> Stored<Grant> {
    Ok(Grant {
        id: row.get("id")?,
        person: row.get("person_id")?,
        organisation: row.get("organisation_id")?,
        role: row.code("role", Role::from_code)?,
        scope: scope(row)?,
        from: row.get("from_at")?,
        until: row.get("until_at")?,
    })
}

fn invitation(row: &Row) -> Stored<InvitationRow> {
    Ok(InvitationRow {
        id: row.get("id")?,
        token_hmac: hash(row, "token_hmac")?,
        organisation: row.get("organisation_id")?,
        role: row.code("role", Role::from_code)?,
        scope: scope(row)?,
        label: row.get("label")?,
        email: row.get("email_sealed")?,
        kind: row.get("kind")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        used_at: row.get("used_at")?,
        ended_at: row.get("ended_at")?,
    })
}

fn session(row: &Row) -> Stored<SessionRow> {
    Ok(SessionRow {
        id: row.get("id")?,
        token_hmac: hash(row, "token_hmac")?,
        person: row.get("person_id")?,
        device: row.get("device_sealed")?,
        created_at: row.get("created_at")?,
        seen_at: row.get("seen_at")?,
        expires_at: row.get("expires_at")?,
        ended_at: row.get("ended_at")?,
    })
}

#[async_trait]
impl People for SqlSession {
    async fn instance(&mut self) -> Stored<Option<(String, bool, Option<Timestamp>)>> {
        let row = self
            .sql
            .fetch_optional("SELECT name, demo, set_up_at FROM instance WHERE id = 1", values![])
            .await?;
        row.map(|row| Ok((row.get("name")?, row.get("demo")?, row.get("set_up_at")?)))
            .transpose()
    }

    async fn insert_instance(&mut self, name: &str, demo: bool, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO instance (id, name, demo, created_at) VALUES (1, $1, $2, $3) ON CONFLICT (id) DO NOTHING",
                values![name, demo, at],
            )
            .await?;
        Ok(())
    }

    async fn instance_set_up(&mut self, name: &str, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE instance SET set_up_at = $1, name = $2 WHERE id = 1 AND set_up_at IS NULL",
                values![at, name],
            )
            .await
    }

    async fn person(&mut self, id: PersonId) -> Stored<Option<Loaded<PersonRow>>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM person WHERE id = $1", values![id])
            .await?;
        row.map(|row| Ok(Loaded::from_row(person(&row)?, row.get("revision")?)))
            .transpose()
    }

    async fn people(&mut self, ids: &[PersonId]) -> Stored<Vec<PersonRow>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (list, size) = placeholders(1, ids.len());
        let values = padded(ids, size).into_iter().map(Value::from).collect();
        let sql = format!("SELECT * FROM person WHERE id IN ({list})");
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(person).collect()
    }

    async fn person_by_email(&mut self, email_hmac: &[u8; 32]) -> Stored<Option<PersonRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM person WHERE email_hmac = $1", values![*email_hmac])
            .await?;
        row.as_ref().map(person).transpose()
    }

    async fn insert_person(&mut self, p: &PersonRow, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO person (id, pseudonym, name_sealed, email_sealed, email_hmac, language, minor, fictional, revision, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)",
                values![
                    p.id, &p.pseudonym, &p.name, p.email.clone(), p.email_hmac, &p.language, p.minor, p.fictional, at,
                ],
            )
            .await?;
        Ok(())
    }

    async fn set_pseudonym(&mut self, id: PersonId, pseudonym: &str) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE person SET pseudonym = $2 WHERE id = $1 AND pseudonym = ''",
                values![id, pseudonym],
            )
            .await
    }

    async fn set_language(&mut self, id: PersonId, language: &str) -> Stored<()> {
        self.sql
            .execute_one("UPDATE person SET language = $2 WHERE id = $1", values![id, language])
            .await
    }

    async fn grants(&mut self, person: PersonId, at: Timestamp) -> Stored<Vec<Grant>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM role_grant WHERE person_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
                 ORDER BY created_at, id",
                values![person, at],
            )
            .await?;
        rows.iter().map(grant).collect()
    }

    async fn grants_of_organisation(&mut self, organisation: OrganisationId, at: Timestamp) -> Stored<Vec<Grant>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM role_grant WHERE organisation_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
                 ORDER BY role, created_at, id",
                values![organisation, at],
            )
            .await?;
        rows.iter().map(grant).collect()
    }

    async fn grants_of_scope(&mut self, scope: GrantScope, at: Timestamp) -> Stored<Vec<Grant>> {
        let (kind, id) = scope.parts();
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM role_grant WHERE scope_id = $1 AND scope_kind = $2 AND from_at <= $3
                 AND (until_at IS NULL OR until_at > $3) ORDER BY role, created_at, id",
                values![id, kind, at],
            )
            .await?;
        rows.iter().map(grant).collect()
    }

    async fn grant(&mut self, id: GrantId) -> Stored<Option<Grant>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM role_grant WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(grant).transpose()
    }

    async fn count_holders(&mut self, role: Role, at: Timestamp) -> Stored<i64> {
        self.sql
            .fetch_one(
                "SELECT CAST(COUNT(DISTINCT person_id) AS BIGINT) AS n FROM role_grant
                 WHERE role = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)",
                values![role.code(), at],
            )
            .await?
            .get("n")
    }

    async fn insert_grant(&mut self, g: &Grant, by: Option<PersonId>) -> Stored<GrantId> {
        let (kind, scope) = g.scope.parts();
        self.sql
            .execute(
                "INSERT INTO role_grant (id, person_id, organisation_id, role, scope_kind, scope_id, from_at, until_at, granted_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7) ON CONFLICT DO NOTHING",
                values![g.id, g.person, g.organisation, g.role.code(), kind, scope, g.from, g.until, by],
            )
            .await?;
        self.sql
            .fetch_one(
                "SELECT id FROM role_grant WHERE person_id = $1 AND organisation_id = $2 AND role = $3
                 AND scope_kind = $4 AND scope_id = $5 ORDER BY until_at NULLS FIRST, created_at DESC LIMIT 1",
                values![g.person, g.organisation, g.role.code(), kind, scope],
            )
            .await?
            .get("id")
    }

    async fn end_grant(&mut self, grant: &Grant, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE role_grant SET until_at = $2 WHERE id = $1 AND until_at IS NOT DISTINCT FROM $3
                     AND (until_at IS NULL OR until_at > $2)",
                values![grant.id, at, grant.until],
            )
            .await
    }

    async fn credential(&mut self, person: PersonId, kind: &str) -> Stored<Option<(Uuid, Vec<u8>)>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT id, secret_sealed FROM credential WHERE person_id = $1 AND kind = $2 AND ended_at IS NULL",
                values![person, kind],
            )
            .await?;
        row.map(|row| Ok((row.get("id")?, row.get("secret_sealed")?)))
            .transpose()
    }

    async fn set_credential(
        &mut self,
        id: Uuid,
        person: PersonId,
        kind: &str,
        secret: &[u8],
        at: Timestamp,
    ) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE credential SET ended_at = $3 WHERE person_id = $1 AND kind = $2 AND ended_at IS NULL",
                values![person, kind, at],
            )
            .await?;
        self.sql
            .execute(
                "INSERT INTO credential (id, person_id, kind, secret_sealed, created_at) VALUES ($1, $2, $3, $4, $5)",
                values![id, person, kind, secret, at],
            )
            .await?;
        Ok(())
    }

    async fn insert_session(&mut self, s: &SessionRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO session (id, token_hmac, person_id, device_sealed, created_at, seen_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    s.id,
                    s.token_hmac,
                    s.person,
                    s.device.clone(),
                    s.created_at,
                    s.seen_at,
                    s.expires_at
                ],
            )
            .await?;
        Ok(())
    }

    async fn session_by_token(&mut self, token_hmac: &[u8; 32]) -> Stored<Option<SessionRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM session WHERE token_hmac = $1", values![*token_hmac])
            .await?;
        row.as_ref().map(session).transpose()
    }

    async fn sessions(&mut self, person: PersonId) -> Stored<Vec<SessionRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM session WHERE person_id = $1 AND ended_at IS NULL ORDER BY created_at DESC LIMIT 100",
                values![person],
            )
            .await?;
        rows.iter().map(session).collect()
    }

    async fn touch_session(&mut self, id: SessionId, seen_at: Timestamp, expires_at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE session SET seen_at = $2, expires_at = $3 WHERE id = $1 AND ended_at IS NULL",
                values![id, seen_at, expires_at],
            )
            .await?;
        Ok(())
    }

    async fn end_session(&mut self, id: SessionId, person: PersonId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE session SET ended_at = $3 WHERE id = $1 AND person_id = $2 AND ended_at IS NULL",
                values![id, person, at],
            )
            .await?;
        Ok(())
    }

    async fn insert_invitation(&mut self, i: &InvitationRow) -> Stored<()> {
        let (kind, scope) = i.scope.parts();
        self.sql
            .execute(
                "INSERT INTO invitation (id, token_hmac, organisation_id, role, scope_kind, scope_id, label, email_sealed,
                     kind, created_by, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                values![
                    i.id, i.token_hmac, i.organisation, i.role.code(), kind, scope, &i.label, i.email.clone(), &i.kind,
                    i.created_by, i.created_at, i.expires_at,
                ],
            )
            .await?;
        Ok(())
    }

    async fn invitation(&mut self, id: InvitationId) -> Stored<Option<InvitationRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM invitation WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(invitation).transpose()
    }

    async fn invitation_by_token(&mut self, token_hmac: &[u8; 32]) -> Stored<Option<InvitationRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM invitation WHERE token_hmac = $1", values![*token_hmac])
            .await?;
        row.as_ref().map(invitation).transpose()
    }

    async fn invitations(&mut self, organisation: OrganisationId) -> Stored<Vec<InvitationRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM invitation WHERE organisation_id = $1 ORDER BY created_at DESC, id LIMIT 1000",
                values![organisation],
            )
            .await?;
        rows.iter().map(invitation).collect()
    }

    async fn use_invitation(&mut self, id: InvitationId, by: PersonId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE invitation SET used_at = $3, used_by = $2, email_sealed = NULL
                 WHERE id = $1 AND used_at IS NULL AND ended_at IS NULL AND expires_at > $3",
                values![id, by, at],
            )
            .await
    }

    async fn end_invitation(&mut self, id: InvitationId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE invitation SET ended_at = $2, email_sealed = NULL
                 WHERE id = $1 AND used_at IS NULL AND ended_at IS NULL",
                values![id, at],
            )
            .await
    }

    async fn forget_invited(&mut self, id: InvitationId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE invitation SET email_sealed = NULL WHERE id = $1 AND expires_at <= $2",
                values![id, at],
            )
            .await?;
        Ok(())
    }

    async fn failures(&mut self, kind: &str, key: &[u8; 32], since: Timestamp) -> Stored<i64> {
        self.sql
            .fetch_one(
                "SELECT CAST(COALESCE(SUM(failures), 0) AS BIGINT) AS n FROM attempt
                 WHERE kind = $1 AND key_hmac = $2 AND window_start >= $3",
                values![kind, *key, since],
            )
            .await?
            .get("n")
    }

    async fn count_failure(&mut self, kind: &str, key: &[u8; 32], window_start: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO attempt (kind, key_hmac, window_start, failures) VALUES ($1, $2, $3, 1)
                 ON CONFLICT (kind, key_hmac, window_start) DO UPDATE SET failures = attempt.failures + 1",
                values![kind, *key, window_start],
            )
            .await?;
        Ok(())
    }

    async fn forgive_failure(&mut self, kind: &str, key: &[u8; 32], window_start: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE attempt SET failures = failures - 1
                 WHERE kind = $1 AND key_hmac = $2 AND window_start = $3 AND failures > 0",
                values![kind, *key, window_start],
            )
            .await?;
        Ok(())
    }

    async fn forget_failures(&mut self, kind: &str, key: &[u8; 32]) -> Stored<()> {
        self.sql
            .execute(
                "DELETE FROM attempt WHERE kind = $1 AND key_hmac = $2",
                values![kind, *key],
            )
            .await?;
        Ok(())
    }
}
