//! Programmes, their documents, members and completions.

use crate::engine::{Row, Value};
use crate::organisation::organisation;
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::date::Date;
use domain::document::{DocumentKind, DocumentSubject};
use domain::ids::{DocumentId, OrganisationId, PersonId, ProgrammeId};
use domain::organisation::Organisation;
use domain::programme::{NoticeKind, Programme, ProgrammeKind};
use use_cases::ports::{
    CompletionRow, DocumentRow, MemberRow, MembershipOffer, ProgrammeFilter, ProgrammeRecord, Programmes, StoreError,
    Stored,
};
use uuid::Uuid;

fn programme(row: &Row) -> Stored<ProgrammeRecord> {
    let settings: String = row.get("settings")?;
    Ok(ProgrammeRecord {
        programme: Programme {
            id: row.get("id")?,
            owner: row.get("owner_id")?,
            slug: row.get("slug")?,
            name: row.get("name")?,
            summary: row.get("summary")?,
            kind: row.code("kind", ProgrammeKind::from_code)?,
            legal_basis: row.get("legal_basis")?,
            notice: row.code("notice_kind", NoticeKind::from_code)?,
            settings: from_json("settings", &settings)?,
            revision: row.get("revision")?,
        },
        published_at: row.get("published_at")?,
        created_at: row.get("created_at")?,
        members: Vec::new(),
    })
}

/// Reads a column that holds JSON of our own.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Stored<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Corrupt(format!("{name}: {e}")))
}

/// Writes a value as JSON for a column.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Stored<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Failed(e.to_string()))
}

fn day(row: &Row, name: &str) -> Stored<Option<Date>> {
    let text: Option<String> = row.get(name)?;
    text.map(|text| {
        text.parse()
            .map_err(|_| StoreError::Corrupt(format!("{name} is no day")))
    })
    .transpose()
}

fn day_value(day: Option<Date>) -> Value {
    day.map(|day| day.to_string()).into()
}

fn document(row: &Row) -> Stored<DocumentRow> {
    Ok(DocumentRow {
        id: row.get("id")?,
        programme: row.get("programme_id")?,
        subject: row.code("subject_kind", DocumentSubject::from_code)?,
        subject_id: row.get("subject_id")?,
        kind: row.code("kind", DocumentKind::from_code)?,
        details: row.get("details_sealed")?,
        dated_on: day(row, "dated_on")?,
        transmitted_on: day(row, "transmitted_on")?,
        published_on: day(row, "published_on")?,
        valid_from: day(row, "valid_from")?,
        valid_until: day(row, "valid_until")?,
        public: row.get("public")?,
        blob: row.get("blob_id")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        ended_at: row.get("ended_at")?,
    })
}

fn member(row: &Row) -> Stored<MemberRow> {
    Ok(MemberRow {
        id: row.get("member_id")?,
        organisation: organisation(row)?,
        from: row.get("from_at")?,
        until: row.get("until_at")?,
        accepted_at: row.get("accepted_at")?,
    })
}

fn completion(row: &Row) -> Stored<CompletionRow> {
    Ok(CompletionRow {
        id: row.get("completion_id")?,
        programme: row.get("programme_id")?,
        organisation: organisation(row)?,
        track: row.get("track")?,
        completed_on: day(row, "completed_on")?
            .ok_or_else(|| StoreError::Corrupt("a completion has no day".to_owned()))?,
        recorded_at: row.get("recorded_at")?,
    })
}

impl SqlSession {
    async fn loaded_programme(&mut self, row: Option<Row>, at: Timestamp) -> Stored<Option<Loaded<ProgrammeRecord>>> {
        let Some(row) = row else { return Ok(None) };
        let mut record = programme(&row)?;
        let members = self
            .sql
            .fetch(
                "SELECT organisation_id FROM programme_member
                 WHERE programme_id = $1 AND accepted_at <= $2 AND (until_at IS NULL OR until_at > $2)",
                values![record.programme.id, at],
            )
            .await?;
        record.members = members
            .iter()
            .map(|row| row.get("organisation_id"))
            .collect::<Stored<_>>()?;
        let revision = record.programme.revision;
        Ok(Some(Loaded::from_row(record, revision)))
    }
}

#[async_trait]
impl Programmes for SqlSession {
    async fn programme(&mut self, id: ProgrammeId, at: Timestamp) -> Stored<Option<Loaded<ProgrammeRecord>>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM programme WHERE id = $1", values![id])
            .await?;
        self.loaded_programme(row, at).await
    }

    async fn programme_by_slug(&mut self, slug: &str, at: Timestamp) -> Stored<Option<Loaded<ProgrammeRecord>>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM programme WHERE slug = $1", values![slug])
            .await?;
        self.loaded_programme(row, at).await
    }

    async fn programme_for_change(
        &mut self,
        id: ProgrammeId,
        at: Timestamp,
    ) -> Stored<Option<Loaded<ProgrammeRecord>>> {
        let row = self
            .sql
            .fetch_optional(
                "UPDATE programme SET revision = revision + 1 WHERE id = $1 RETURNING *",
                values![id],
            )
            .await?;
        self.loaded_programme(row, at).await
    }

    async fn insert_programme(&mut self, p: &Programme, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO programme (id, owner_id, slug, name, summary, kind, legal_basis, notice_kind, settings, last_call, revision,
                 created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 1, $10)",
                values![
                    p.id, p.owner, &p.slug, &p.name, &p.summary, p.kind.code(), &p.legal_basis, p.notice.code(),
                    to_json(&p.settings)?, at,
                ],
            )
            .await?;
        Ok(())
    }

    async fn save_programme(&mut self, record: &ProgrammeRecord) -> Stored<()> {
        let p = &record.programme;
        self.sql
            .execute_one(
                "UPDATE programme SET slug = $2, name = $3, summary = $4, kind = $5, legal_basis = $6, notice_kind = $7,
                 settings = $8, published_at = $9 WHERE id = $1 AND revision = $10",
                values![
                    p.id, &p.slug, &p.name, &p.summary, p.kind.code(), &p.legal_basis, p.notice.code(),
                    to_json(&p.settings)?, record.published_at, p.revision,
                ],
            )
            .await
    }

    async fn list_programmes(&mut self, filter: &ProgrammeFilter) -> Stored<Vec<ProgrammeRecord>> {
        let mut values: Vec<Value> = Vec::new();
        let mut wanted = Vec::new();
        if filter.published {
            wanted.push("published_at IS NOT NULL".to_owned());
        }
        if !filter.owners.is_empty() {
            let (list, size) = placeholders(1, filter.owners.len());
            values.extend(padded(&filter.owners, size).into_iter().map(Value::from));
            wanted.push(format!("owner_id IN ({list})"));
        }
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = format!("SELECT * FROM programme WHERE ({})", wanted.join(" OR "));
        if let Some((name, id)) = &filter.after {
            values.push(name.as_str().into());
            values.push((*id).into());
            let (name, id) = (values.len() - 1, values.len());
            sql += &format!(" AND (name > ${name} OR (name = ${name} AND id > ${id}))");
        }
        values.push(filter.limit.into());
        sql += &format!(" ORDER BY name, id LIMIT ${}", values.len());
        self.sql.fetch_built(sql, values).await?.iter().map(programme).collect()
    }

    async fn insert_document(&mut self, d: &DocumentRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO document (id, programme_id, subject_kind, subject_id, kind, details_sealed, dated_on, transmitted_on,
                 published_on, valid_from, valid_until, public, blob_id, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                values![
                    d.id, d.programme, d.subject.code(), d.subject_id, d.kind.code(), &d.details, day_value(d.dated_on),
                    day_value(d.transmitted_on), day_value(d.published_on), day_value(d.valid_from),
                    day_value(d.valid_until), d.public, d.blob, d.created_by, d.created_at,
                ],
            )
            .await?;
        Ok(())
    }

    async fn document(&mut self, id: DocumentId) -> Stored<Option<DocumentRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM document WHERE id = $1 AND ended_at IS NULL", values![id])
            .await?;
        row.as_ref().map(document).transpose()
    }

    async fn documents(&mut self, subject: DocumentSubject, subject_id: Uuid) -> Stored<Vec<DocumentRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM document WHERE subject_kind = $1 AND subject_id = $2 AND ended_at IS NULL
                 ORDER BY created_at, id LIMIT 500",
                values![subject.code(), subject_id],
            )
            .await?;
        rows.iter().map(document).collect()
    }

    async fn end_document(&mut self, id: DocumentId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE document SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
                values![id, at],
            )
            .await
    }

    async fn programme_members(&mut self, programme: ProgrammeId) -> Stored<Vec<MemberRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT o.*, m.id AS member_id, m.from_at, m.until_at, m.accepted_at FROM programme_member m
                 JOIN organisation o ON o.id = m.organisation_id WHERE m.programme_id = $1
                 ORDER BY (m.until_at IS NOT NULL), o.name_sort, o.id, m.from_at LIMIT 1000",
                values![programme],
            )
            .await?;
        rows.iter().map(member).collect()
    }

    async fn insert_member(
        &mut self,
        id: Uuid,
        programme: ProgrammeId,
        organisation: OrganisationId,
        from: Timestamp,
        until: Option<Timestamp>,
    ) -> Stored<bool> {
        let rows = self
            .sql
            .execute(
                "INSERT INTO programme_member (id, programme_id, organisation_id, from_at, until_at)
                 SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (
                     SELECT 1 FROM programme_member m WHERE m.programme_id = $2 AND m.organisation_id = $3
                     AND (m.until_at IS NULL OR m.until_at > $4))
                 ON CONFLICT DO NOTHING",
                values![id, programme, organisation, from, until],
            )
            .await?;
        Ok(rows == 1)
    }

    async fn accept_member(&mut self, id: Uuid, programme: ProgrammeId, by: PersonId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE programme_member SET accepted_at = $3, accepted_by = $4
                 WHERE id = $1 AND programme_id = $2 AND accepted_at IS NULL AND (until_at IS NULL OR until_at > $3)",
                values![id, programme, at, by],
            )
            .await
    }

    async fn memberships_to_answer(
        &mut self,
        organisations: &[OrganisationId],
        at: Timestamp,
    ) -> Stored<Vec<MembershipOffer>> {
        if organisations.is_empty() {
            return Ok(Vec::new());
        }
        let (list, size) = placeholders(2, organisations.len());
        let sql = format!(
            "SELECT p.slug, p.name, o.name AS organisation FROM programme_member m
             JOIN programme p ON p.id = m.programme_id JOIN organisation o ON o.id = m.organisation_id
             WHERE m.accepted_at IS NULL AND (m.until_at IS NULL OR m.until_at > $1) AND p.published_at IS NOT NULL
             AND m.organisation_id IN ({list}) ORDER BY m.from_at, m.id LIMIT 100"
        );
        let mut values = values![at];
        values.extend(padded(organisations, size).into_iter().map(Value::from));
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(MembershipOffer {
                    slug: row.get("slug")?,
                    programme: row.get("name")?,
                    organisation: row.get("organisation")?,
                })
            })
            .collect()
    }

    async fn end_member(&mut self, id: Uuid, programme: ProgrammeId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE programme_member SET until_at = $3
                 WHERE id = $1 AND programme_id = $2 AND (until_at IS NULL OR until_at > $3)",
                values![id, programme, at],
            )
            .await
    }

    async fn completions(&mut self, programme: ProgrammeId, limit: i64) -> Stored<Vec<CompletionRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT o.*, c.id AS completion_id, c.programme_id, c.track, c.completed_on, c.recorded_at
                 FROM completion c JOIN organisation o ON o.id = c.organisation_id
                 WHERE c.programme_id = $1 ORDER BY c.track, o.name_sort, o.id LIMIT $2",
                values![programme, limit],
            )
            .await?;
        rows.iter().map(completion).collect()
    }

    async fn insert_completion(&mut self, c: &CompletionRow, by: Option<PersonId>) -> Stored<bool> {
        let rows = self
            .sql
            .execute(
                "INSERT INTO completion (id, programme_id, organisation_id, track, completed_on, recorded_by, recorded_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (programme_id, organisation_id, track) DO NOTHING",
                values![c.id, c.programme, c.organisation.id, &c.track, c.completed_on.to_string(), by, c.recorded_at],
            )
            .await?;
        Ok(rows == 1)
    }

    async fn remove_completion(
        &mut self,
        id: Uuid,
        programme: ProgrammeId,
    ) -> Stored<Option<(OrganisationId, String)>> {
        let row = self
            .sql
            .fetch_optional(
                "DELETE FROM completion WHERE id = $1 AND programme_id = $2 RETURNING organisation_id, track",
                values![id, programme],
            )
            .await?;
        row.map(|row| Ok((row.get("organisation_id")?, row.get("track")?)))
            .transpose()
    }

    async fn organisations_by_codes(&mut self, codes: &[String]) -> Stored<Vec<Organisation>> {
        let mut found = Vec::new();
        for chunk in codes.chunks(256) {
            let (list, size) = placeholders(1, chunk.len());
            let values = padded(chunk, size).into_iter().map(Value::from).collect();
            let sql = format!(
                "SELECT * FROM organisation WHERE siren IN ({list}) OR insee IN ({list}) ORDER BY name_sort, id"
            );
            for row in self.sql.fetch_built(sql, values).await? {
                found.push(organisation(&row)?);
            }
        }
        Ok(found)
    }
}
