//! Bodies as they were before compression, as far as a limit lets them grow.

use std::borrow::Cow;
use std::io::Read;

use crate::message::{Answer, field};

/// The longest body that is read for values and differences, in bytes.
pub(crate) const READ: usize = 4 << 20;

/// The body of an answer, decompressed (RFC 9110 §8.4) where its compression is known and it is short enough,
/// else as it passed.
pub(crate) fn plain(answer: &Answer) -> Cow<'_, [u8]> {
    let body = answer.body.as_slice();
    let encoding = field(&answer.fields, "content-encoding").unwrap_or_default();
    let read = match encoding.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => bounded(flate2::read::MultiGzDecoder::new(body)),
        "deflate" => {
            bounded(flate2::read::ZlibDecoder::new(body)).or_else(|| bounded(flate2::read::DeflateDecoder::new(body)))
        }
        "zstd" => zstd::stream::read::Decoder::with_buffer(body)
            .ok()
            .and_then(|mut decoder| {
                // What RFC 8878 §3.1.1.1.2 asks decoders to support, and no more.
                decoder.window_log_max(23).ok()?;
                bounded(decoder)
            }),
        _ => None,
    };
    read.map_or(Cow::Borrowed(body), Cow::Owned)
}

fn bounded(source: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(READ as u64 + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= READ).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    fn answer(encoding: &str, body: Vec<u8>) -> Answer {
        Answer {
            status: 200,
            fields: vec![("content-encoding".into(), encoding.into())],
            body,
            cut: false,
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    proptest! {
        #[test]
        fn bodies_come_back(body: Vec<u8>) {
            prop_assert_eq!(plain(&answer("GZIP", gzip(&body))).into_owned(), body.clone());
            let zstd = zstd::bulk::compress(&body, 1).unwrap();
            prop_assert_eq!(plain(&answer("zstd", zstd)).into_owned(), body.clone());
            prop_assert_eq!(plain(&answer("br", body.clone())).into_owned(), body);
        }

        #[test]
        fn no_bytes_make_it_panic(body: Vec<u8>, encoding in prop::sample::select(vec!["gzip", "deflate", "zstd", ""])) {
            prop_assert!(plain(&answer(encoding, body)).len() <= READ);
        }
    }

    #[test]
    fn a_bomb_stays_as_it_is() {
        let bomb = gzip(&vec![0; 30 << 20]);
        assert_eq!(plain(&answer("gzip", bomb.clone())).into_owned(), bomb);
        let bomb = zstd::bulk::compress(&vec![0; 30 << 20], 1).unwrap();
        assert_eq!(plain(&answer("zstd", bomb.clone())).into_owned(), bomb);
    }

    #[test]
    fn a_window_that_would_take_much_memory_is_not_opened() {
        let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
        encoder.window_log(27).unwrap();
        encoder.include_contentsize(false).unwrap();
        let text: Vec<u8> = (0..1_000_000u32).flat_map(u32::to_be_bytes).collect();
        encoder.write_all(&text).unwrap();
        let wide = encoder.finish().unwrap();
        assert_eq!(plain(&answer("zstd", wide.clone())).into_owned(), wide);
    }
}
