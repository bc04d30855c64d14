//! A bundle beside the recordings it says it comes from, for who holds the campaign's secret.

use blake3::Hasher;

use super::Bundle;
use crate::archive::Archive;
use crate::bodies::{Bodies, Inline};
use crate::collect::{Message, Part, Recorded};
use crate::find::{Place, exchange_at};
use crate::reader::ReadError;
use crate::record::SegmentRecord;

/// Gives the places of the exchanges that are not in the recordings as the bundle tells; none of a bundle that
/// is true. A redacted bundle can only be compared with what was left out of it in mind.
pub fn unlike(bundle: &Bundle, archive: &mut Archive, records: &[SegmentRecord]) -> Result<Vec<Place>, ReadError> {
    let mut unlike = Vec::new();
    for (place, told) in &bundle.exchanges {
        let recorded = exchange_at(archive, records, *place)?;
        let same = match recorded {
            Some(recorded) => is_same(told, &recorded, archive)?,
            None => false,
        };
        if !same {
            unlike.push(*place);
        }
    }
    Ok(unlike)
}

fn is_same(told: &Recorded, recorded: &Recorded, archive: &mut Archive) -> Result<bool, ReadError> {
    let bare = |exchange: &Recorded| {
        let mark = |part: &Part| Part {
            contents: Vec::new(),
            ..*part
        };
        Recorded {
            request_body: mark(&exchange.request_body),
            response_body: mark(&exchange.response_body),
            messages: exchange
                .messages
                .iter()
                .map(|message| Message {
                    part: mark(&message.part),
                    ..*message
                })
                .collect(),
            ..exchange.clone()
        }
    };
    Ok(bare(told) == bare(recorded) && digests(told, &mut Inline)? == digests(recorded, archive)?)
}

/// The digests of all bytes of an exchange, part by part.
fn digests(exchange: &Recorded, bodies: &mut dyn Bodies) -> Result<Vec<blake3::Hash>, ReadError> {
    let messages = exchange.messages.iter().map(|message| &message.part);
    [&exchange.request_body, &exchange.response_body]
        .into_iter()
        .chain(messages)
        .map(|part| {
            let mut hasher = Hasher::new();
            bodies.copy(part, &mut hasher)?;
            Ok(hasher.finalize())
        })
        .collect()
}
