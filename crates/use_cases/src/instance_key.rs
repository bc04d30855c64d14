//! The instance key's rotation: data keys are wrapped anew, contents stay as they are.

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::{Acting, Actor};
use sealing::{DataKey, Holder};
use serde_json::json;

/// Wraps every data key anew under the current instance key; gives how many there were.
pub struct RewrapKeys;

impl UseCase for RewrapKeys {
    type Output = usize;

    async fn run(&self, unit: &mut Unit) -> Outcome<usize> {
        let Actor::System(installer) = unit.actor else {
            return Err(Error::NotFound);
        };
        let current = i64::from(unit.app.keys.current().id());
        let mut rewrapped = 0;
        for row in unit.store.all_keys().await? {
            let Some(wrapped) = row.wrapped.filter(|_| row.instance_key_id != current) else {
                continue;
            };
            let holder = Holder {
                kind: &row.holder_kind,
                id: row.holder_id,
            };
            let nonce = unit.app.chance.nonce();
            let wrapped = DataKey::rewrap(&wrapped, row.id, holder, &unit.app.keys, nonce)?;
            unit.store.rewrap_key(row.id, &wrapped, current).await?;
            rewrapped += 1;
        }
        if rewrapped > 0 {
            let entry = NewEntry {
                stream_kind: "platform",
                stream_id: uuid::Uuid::nil(),
                kind: "platform.key_rotated",
                log: Log::Sealed,
                holder: KeyHolder::Instance,
                body: json!({"instance_key": current, "data_keys": rewrapped}),
            };
            unit.record(&Acting::System(installer), entry).await?;
        }
        Ok(rewrapped)
    }
}

/// Says whether the instance keys at hand open what the database holds.
pub struct KeysFit;

impl UseCase for KeysFit {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        let rows = unit.store.all_keys().await?;
        Ok(rows.into_iter().all(|row| {
            let holder = Holder {
                kind: &row.holder_kind,
                id: row.holder_id,
            };
            row.wrapped
                .is_none_or(|wrapped| DataKey::unwrap(&wrapped, row.id, holder, &unit.app.keys).is_ok())
        }))
    }
}
