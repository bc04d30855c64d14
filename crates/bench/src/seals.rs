//! Data keys and sealed values, made as production makes them.

use crate::rows::{Rows, Written};
use crate::size::{Kind, NOW, id};
use sealing::{DataKey, Holder, Place};
use testkit::TestApp;
use use_cases::vault::KeyHolder;
use uuid::Uuid;

/// A holder's data key, whose row is written.
pub struct Seal<'a> {
    app: &'a TestApp,
    key: DataKey,
}

impl<'a> Seal<'a> {
    /// Makes the key of a holder and writes its row, wrapped by the instance key.
    pub async fn new(app: &'a TestApp, rows: &mut Rows, holder: KeyHolder, n: u64) -> Written<Self> {
        let (kind, holder_id) = holder.parts();
        let key_id = id(Kind::Key, n & 0xff, n >> 8);
        let key = DataKey::from_random(key_id, app.chance.bytes32());
        let current = app.keys.current();
        let owner = Holder { kind, id: holder_id };
        let wrapped = key.wrap(owner, current, app.chance.nonce());
        let row = crate::row![
            key_id,
            kind,
            holder_id,
            1_i64,
            wrapped,
            i64::from(current.id()),
            NOW,
            None::<i64>
        ];
        rows.add(
            "data_key (id, holder_kind, holder_id, version, wrapped_sealed, instance_key_id, created_at, destroyed_at)",
            row,
        )
        .await?;
        Ok(Self { app, key })
    }

    /// Seals a text for its place.
    pub fn text(&self, table: &'static str, column: &'static str, row: Uuid, text: &str) -> Vec<u8> {
        self.bytes(table, column, row, text.as_bytes())
    }

    /// Seals bytes for their place.
    pub fn bytes(&self, table: &'static str, column: &'static str, row: Uuid, bytes: &[u8]) -> Vec<u8> {
        let place = Place { table, column, row };
        self.key.seal(place, bytes, self.app.chance.nonce())
    }
}
