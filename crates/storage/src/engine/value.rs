//! The values that statements take and rows give: the few types that both engines share.

use super::sqlite::SqliteRow;
use domain::Timestamp;
use rusqlite::types::Value as Cell;
use sqlx::postgres::PgRow;
use std::sync::Arc;
use use_cases::ports::StoreError;
use uuid::Uuid;

/// A value bound to a statement; a missing one keeps its type, as PostgreSQL wants.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A whole number of 64 bits.
    Int(Option<i64>),
    /// A text.
    Text(Option<String>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
    /// An identifier.
    Uuid(Option<Uuid>),
    /// A truth.
    Bool(Option<bool>),
}

macro_rules! from_value {
    ($($rust:ty => $variant:ident ($convert:expr)),* $(,)?) => {$(
        impl From<$rust> for Value {
            fn from(value: $rust) -> Self {
                Self::$variant(Some($convert(value)))
            }
        }
        impl From<Option<$rust>> for Value {
            fn from(value: Option<$rust>) -> Self {
                Self::$variant(value.map($convert))
            }
        }
    )*};
}

from_value! {
    i64 => Int(std::convert::identity),
    String => Text(std::convert::identity),
    &str => Text(str::to_owned),
    &String => Text(|text: &String| text.clone()),
    Vec<u8> => Bytes(std::convert::identity),
    &[u8] => Bytes(<[u8]>::to_vec),
    &Vec<u8> => Bytes(|bytes: &Vec<u8>| bytes.clone()),
    [u8; 32] => Bytes(|bytes: [u8; 32]| bytes.to_vec()),
    Uuid => Uuid(std::convert::identity),
    bool => Bool(std::convert::identity),
    Timestamp => Int(|at: Timestamp| at.0),
}

macro_rules! from_ids {
    ($($id:ident),* $(,)?) => {$(
        impl From<domain::ids::$id> for Value {
            fn from(id: domain::ids::$id) -> Self {
                Self::Uuid(Some(id.0))
            }
        }
        impl From<Option<domain::ids::$id>> for Value {
            fn from(id: Option<domain::ids::$id>) -> Self {
                Self::Uuid(id.map(|id| id.0))
            }
        }
        impl Field for domain::ids::$id {
            fn from_row(row: &Row, name: &str) -> Result<Self, StoreError> {
                Uuid::from_row(row, name).map(Self)
            }
        }
        impl Field for Option<domain::ids::$id> {
            fn from_row(row: &Row, name: &str) -> Result<Self, StoreError> {
                Ok(Option::<Uuid>::from_row(row, name)?.map(domain::ids::$id))
            }
        }
    )*};
}

from_ids!(
    OrganisationId,
    AffiliationId,
    PersonId,
    GrantId,
    SessionId,
    InvitationId,
    ProgrammeId,
    DocumentId,
    CallId,
    CandidacyId,
    ReceptionId,
    ProductId,
    VersionId,
    DeclaredTestId,
    DeploymentId,
    CampaignId,
    PartyId,
    ParticipantId,
    AuthorisationId,
    RulesId,
    AssetId,
    TestAccountId,
    TargetId,
    LeaseId,
    SeedId,
    SnapshotId,
    CertificateId,
    InstanceId,
    ReportId,
    CommentId,
    VulnerabilityId,
    FindingId,
    RetestId,
    BlobId,
    AttachmentId,
    EntryId,
    JobId,
);

/// A row of either engine, shared with what is kept of it.
#[derive(Clone)]
pub enum Row {
    /// Of SQLite.
    Sqlite(Arc<SqliteRow>),
    /// Of PostgreSQL.
    Postgres(Arc<PgRow>),
}

/// What a column can be read as.
pub trait Field: Sized {
    /// Reads a column by its name.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the column is missing or of another type.
    fn from_row(row: &Row, name: &str) -> Result<Self, StoreError>;
}

/// What a cell of SQLite can be read as.
trait Plain: Sized {
    /// Reads a cell that is there; nothing where it is of another type.
    fn of(cell: &Cell) -> Option<Self>;
}

impl Plain for i64 {
    fn of(cell: &Cell) -> Option<Self> {
        if let Cell::Integer(number) = cell {
            Some(*number)
        } else {
            None
        }
    }
}

impl Plain for bool {
    fn of(cell: &Cell) -> Option<Self> {
        i64::of(cell).map(|number| number != 0)
    }
}

impl Plain for String {
    fn of(cell: &Cell) -> Option<Self> {
        if let Cell::Text(text) = cell {
            Some(text.clone())
        } else {
            None
        }
    }
}

impl Plain for Vec<u8> {
    fn of(cell: &Cell) -> Option<Self> {
        if let Cell::Blob(bytes) = cell {
            Some(bytes.clone())
        } else {
            None
        }
    }
}

impl Plain for Uuid {
    fn of(cell: &Cell) -> Option<Self> {
        if let Cell::Blob(bytes) = cell {
            Self::from_slice(bytes).ok()
        } else {
            None
        }
    }
}

fn plain<T: Plain>(row: &SqliteRow, name: &str) -> Result<Option<T>, StoreError> {
    match row.cell(name) {
        None => Err(StoreError::Corrupt(format!("no column is called {name}"))),
        Some(Cell::Null) => Ok(None),
        Some(cell) => T::of(cell)
            .map(Some)
            .ok_or_else(|| StoreError::Corrupt(format!("{name} is of another type: {}", cell.data_type()))),
    }
}

fn of_postgres<'r, T>(row: &'r PgRow, name: &str) -> Result<T, StoreError>
where
    T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    sqlx::Row::try_get(row, name).map_err(|error| StoreError::Corrupt(error.to_string()))
}

macro_rules! fields {
    ($($rust:ty),* $(,)?) => {$(
        impl Field for $rust {
            fn from_row(row: &Row, name: &str) -> Result<Self, StoreError> {
                match row {
                    Row::Sqlite(row) => plain(row, name)?
                        .ok_or_else(|| StoreError::Corrupt(format!("{name} is missing"))),
                    Row::Postgres(row) => of_postgres(row, name),
                }
            }
        }
        impl Field for Option<$rust> {
            fn from_row(row: &Row, name: &str) -> Result<Self, StoreError> {
                match row {
                    Row::Sqlite(row) => plain(row, name),
                    Row::Postgres(row) => of_postgres(row, name),
                }
            }
        }
    )*};
}

fields!(i64, String, Vec<u8>, Uuid, bool);

impl Field for Timestamp {
    fn from_row(row: &Row, name: &str) -> Result<Self, StoreError> {
        i64::from_row(row, name).map(Self)
    }
}

impl Field for Option<Timestamp> {
    fn from_row(row: &Row, name: &str) -> Result<Self, StoreError> {
        Ok(Option::<i64>::from_row(row, name)?.map(Timestamp))
    }
}

impl Row {
    /// Reads a column by its name.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the column is missing or of another type.
    pub fn get<T: Field>(&self, name: &str) -> Result<T, StoreError> {
        T::from_row(self, name)
    }

    /// Reads a column that holds one of the domain's stable names.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the name is unknown.
    pub fn code<T>(&self, name: &str, from_code: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let code: String = self.get(name)?;
        from_code(&code).ok_or_else(|| StoreError::Corrupt(format!("{name} holds an unknown name")))
    }

    /// Reads a column that may hold one of the domain's stable names.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the name is unknown.
    pub fn maybe_code<T>(&self, name: &str, from_code: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        let code: Option<String> = self.get(name)?;
        code.map(|code| from_code(&code).ok_or_else(|| StoreError::Corrupt(format!("{name} holds an unknown name"))))
            .transpose()
    }
}
