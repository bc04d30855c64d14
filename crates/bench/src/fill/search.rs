//! What search keeps of the texts of a block.

use crate::row;
use crate::rows::{Rows, Written};
use crate::seals::Seal;
use domain::search::{Field, Subject, Writing};
use use_cases::vault::KeyHolder;
use uuid::Uuid;

/// A text that search keeps something of.
pub struct Said<'a> {
    /// What it is of.
    pub kind: &'static str,
    /// What it is called.
    pub title: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// Adds the shard of a holder's texts about a product.
pub async fn shard(rows: &mut Rows, product: Uuid, holder: KeyHolder) -> Written<()> {
    let (kind, holder) = holder.parts();
    let into = "search_shard (product_id, holder_kind, holder_id, last_seq)";
    rows.add(into, row![product, kind, holder, 1_i64]).await
}

/// Adds what search keeps of a text.
pub async fn keep(
    rows: &mut Rows,
    seal: &Seal<'_>,
    subject: Uuid,
    product: Uuid,
    holder: KeyHolder,
    said: &Said<'_>,
) -> Written<()> {
    let mut writing = Writing::default();
    writing.read(Field::Title, said.title);
    writing.read(Field::Text, said.text);
    writing.facts(&Subject {
        weakness: Some(89),
        ..Subject::default()
    });
    let tokens = seal.bytes(
        "search_document",
        "tokens_sealed",
        subject,
        &writing.document().to_bytes(),
    );
    let (kind, holder) = holder.parts();
    let into = "search_document (id, subject_kind, product_id, holder_kind, holder_id, seq, tokens_sealed)";
    rows.add(into, row![subject, said.kind, product, kind, holder, 1_i64, tokens])
        .await
}
