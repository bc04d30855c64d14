//! How bytes and records stand in frames.

/// 32 bytes as base64url.
pub(super) mod bytes32 {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::link) fn serialize<S: Serializer>(bytes: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&sealing::token_text(*bytes))
    }

    pub(in crate::link) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        sealing::token_from_text(&text).ok_or_else(|| D::Error::custom("32 bytes in base64url are expected"))
    }
}

/// The same of a secret.
pub(super) mod secret32 {
    use serde::{Deserializer, Serializer};
    use zeroize::Zeroizing;

    pub(in crate::link) fn serialize<S: Serializer>(bytes: &Zeroizing<[u8; 32]>, to: S) -> Result<S::Ok, S::Error> {
        super::bytes32::serialize(bytes, to)
    }

    pub(in crate::link) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Zeroizing<[u8; 32]>, D::Error> {
        super::bytes32::deserialize(from).map(Zeroizing::new)
    }
}

/// A record as the lines that stand beside its segment.
pub(super) mod record {
    use recording::SegmentRecord;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::link) fn serialize<S: Serializer>(record: &SegmentRecord, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&record.to_text())
    }

    pub(in crate::link) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<SegmentRecord, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        SegmentRecord::parse(&text).ok_or_else(|| D::Error::custom("the record of a segment is expected"))
    }
}

/// The same, when there is one.
pub(super) mod record_or_nothing {
    use recording::SegmentRecord;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::link) fn serialize<S: Serializer>(record: &Option<SegmentRecord>, to: S) -> Result<S::Ok, S::Error> {
        record.as_ref().map(SegmentRecord::to_text).serialize(to)
    }

    pub(in crate::link) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Option<SegmentRecord>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        let read = |text: String| {
            SegmentRecord::parse(&text).ok_or_else(|| D::Error::custom("the record of a segment is expected"))
        };
        text.map(read).transpose()
    }
}
