//! Bodies as they were before compression, as far as a limit lets them grow.

use std::io::Read;

use crate::entry::Head;

/// How a body is compressed (RFC 9110 §8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Not at all.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 1950; some send RFC 1951 by this name.
    Deflate,
    /// RFC 8878.
    Zstd,
    /// In a way that is not decompressed here, or in several.
    Other,
}

impl Encoding {
    /// Reads the field `Content-Encoding` of a head.
    pub fn of(head: &Head) -> Self {
        let values: Vec<&[u8]> = head
            .fields
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("content-encoding"))
            .map(|(_, value)| value.trim_ascii())
            .collect();
        match values.as_slice() {
            [] => Self::Plain,
            [value] => Self::named(value),
            _ => Self::Other,
        }
    }

    fn named(value: &[u8]) -> Self {
        match value.to_ascii_lowercase().as_slice() {
            b"" | b"identity" => Self::Plain,
            b"gzip" | b"x-gzip" => Self::Gzip,
            b"deflate" => Self::Deflate,
            b"zstd" => Self::Zstd,
            _ => Self::Other,
        }
    }
}

/// A body as it was before compression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Its bytes, as far as they could be had; nothing for a compression that is not known.
    pub bytes: Vec<u8>,
    /// Whether these are all of them.
    pub whole: bool,
}

/// Decompresses a body into at most so many bytes; what is broken gives what came before.
pub fn decoded(encoding: Encoding, body: &[u8], limit: usize) -> Decoded {
    match encoding {
        Encoding::Plain => read(body, limit),
        Encoding::Gzip => read(flate2::read::MultiGzDecoder::new(body), limit),
        Encoding::Deflate if has_zlib_head(body) => read(flate2::read::ZlibDecoder::new(body), limit),
        Encoding::Deflate => read(flate2::read::DeflateDecoder::new(body), limit),
        Encoding::Zstd => match zstd::stream::read::Decoder::with_buffer(body) {
            Ok(mut decoder) => {
                // What RFC 8878 §3.1.1.1.2 asks decoders to support, and no more.
                let bounded = decoder.window_log_max(23);
                bounded.map_or(NOTHING, |()| read(decoder, limit))
            }
            Err(_) => NOTHING,
        },
        Encoding::Other => NOTHING,
    }
}

/// Whether bytes begin as RFC 1950 §2.2 says.
fn has_zlib_head(body: &[u8]) -> bool {
    body.first_chunk()
        .is_some_and(|head: &[u8; 2]| head[0] & 15 == 8 && u16::from_be_bytes(*head).is_multiple_of(31))
}

const NOTHING: Decoded = Decoded {
    bytes: Vec::new(),
    whole: false,
};

fn read(source: impl Read, limit: usize) -> Decoded {
    let mut bytes = Vec::new();
    let ended = source.take(limit as u64 + 1).read_to_end(&mut bytes).is_ok();
    let whole = ended && bytes.len() <= limit;
    bytes.truncate(limit);
    Decoded { bytes, whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    proptest! {
        #[test]
        fn bodies_come_back(body: Vec<u8>, cut in 0usize..20) {
            let zstd = zstd::bulk::compress(&body, 1).unwrap();
            for (encoding, sent) in [
                (Encoding::Plain, body.clone()),
                (Encoding::Gzip, gzip(&body)),
                (Encoding::Deflate, deflate(&body)),
                (Encoding::Zstd, zstd),
            ] {
                prop_assert_eq!(decoded(encoding, &sent, body.len()), Decoded { bytes: body.clone(), whole: true });
                let least = decoded(encoding, &sent, body.len().saturating_sub(cut));
                prop_assert_eq!(least.whole, cut == 0 || body.is_empty());
                prop_assert!(body.starts_with(&least.bytes));
            }
        }

        #[test]
        fn no_bytes_make_it_panic(body: Vec<u8>) {
            for encoding in [Encoding::Gzip, Encoding::Deflate, Encoding::Zstd, Encoding::Other] {
                prop_assert!(decoded(encoding, &body, 1000).bytes.len() <= 1000);
            }
        }
    }

    #[test]
    fn a_bomb_gives_no_more_than_the_limit() {
        let bomb = gzip(&vec![0; 30 << 20]);
        assert!(bomb.len() < 200_000);
        let read = decoded(Encoding::Gzip, &bomb, 1 << 20);
        assert_eq!((read.bytes.len(), read.whole), (1 << 20, false));
    }
}
