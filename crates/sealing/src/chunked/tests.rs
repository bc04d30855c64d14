use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const PLACE: Place<'_> = Place {
    table: "file",
    column: "content",
    row: Uuid::from_u128(5),
};

fn key() -> DataKey {
    DataKey::from_random(Uuid::from_u128(1), [1; 32])
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at / 251 + at) as u8).collect()
}

fn seal(length: usize) -> Vec<u8> {
    key().seal_chunked(PLACE, &content(length), [7; 24])
}

fn refused(sealed: &[u8]) -> bool {
    key().open_chunked(PLACE, sealed) == Err(SealError::Refused)
}

#[test]
fn every_length_around_a_border_comes_back() {
    let near = [0, 1, 15, 16, 17, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 9];
    for length in near {
        let sealed = seal(length);
        let chunks = length.div_ceil(CHUNK).max(1);
        assert_eq!(sealed.len(), HEAD_LENGTH + length + chunks * TAG_LENGTH);
        assert_eq!(*key().open_chunked(PLACE, &sealed).unwrap(), content(length));
    }
}

/// Opens a sealed file in parts of a length.
fn opened_in_parts(sealed: &[u8], part: usize) -> Result<Vec<u8>, SealError> {
    let (beginning, rest) = sealed.split_at(SHORTEST.min(sealed.len()));
    let mut opener = key().chunk_opener(PLACE, beginning)?;
    let mut plain = Vec::new();
    for part in rest.chunks(part) {
        plain.extend_from_slice(&opener.take(part)?);
    }
    plain.extend_from_slice(&opener.finish()?);
    Ok(plain)
}

#[test]
fn parts_give_the_same_file_whatever_their_length() {
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 9] {
        let whole = seal(length);
        for part in [1000, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK] {
            let mut sealer = key().chunk_sealer(PLACE, [7; 24]);
            let mut sealed = Vec::new();
            for piece in content(length).chunks(part) {
                sealed.extend(sealer.take(piece));
            }
            sealed.extend(sealer.finish());
            assert_eq!(sealed, whole, "{length} in parts of {part}");
            assert_eq!(opened_in_parts(&whole, part).unwrap(), content(length));
        }
    }
}

#[test]
fn parts_of_a_file_that_was_cut_or_changed_do_not_open() {
    let whole = seal(2 * CHUNK + 9);
    for cut in [
        SHORTEST,
        SHORTEST + 5,
        HEAD_LENGTH + SEALED_CHUNK,
        HEAD_LENGTH + 2 * SEALED_CHUNK,
        whole.len() - 1,
    ] {
        assert_eq!(opened_in_parts(&whole[..cut], 1000), Err(SealError::Refused), "{cut}");
    }
    let mut swapped = whole.clone();
    swapped[HEAD_LENGTH..HEAD_LENGTH + 2 * SEALED_CHUNK].rotate_left(SEALED_CHUNK);
    assert_eq!(opened_in_parts(&swapped, 1000), Err(SealError::Refused));
    let longer = [whole, vec![0]].concat();
    assert_eq!(opened_in_parts(&longer, 1000), Err(SealError::Refused));
}

#[test]
fn chunks_cannot_be_cut_off_swapped_repeated_or_added() {
    let sealed = seal(3 * CHUNK + 10);
    let (head, body) = sealed.split_at(HEAD_LENGTH);
    let parts: Vec<&[u8]> = body.chunks(SEALED_CHUNK).collect();
    let build = |order: &[usize]| order.iter().fold(head.to_vec(), |all, at| [&all, parts[*at]].concat());
    assert!(!refused(&build(&[0, 1, 2, 3])));
    let wrong: [&[usize]; 8] = [
        &[0, 1, 2],
        &[0],
        &[1, 0, 2, 3],
        &[0, 0, 1, 2, 3],
        &[0, 2, 3],
        &[3],
        &[0, 3],
        &[0, 1, 2, 3, 3],
    ];
    for order in wrong {
        assert!(refused(&build(order)), "{order:?}");
    }
    assert!(refused(&[head, &[0; 16]].concat()));
}

#[test]
fn an_empty_chunk_after_others_is_refused_even_when_rightly_sealed() {
    let file = FileKey::new(&key(), PLACE, &[7; 24]);
    let mut sealed = seal(2 * CHUNK)[..HEAD_LENGTH].to_vec();
    for (number, piece, last) in [(0, content(CHUNK), false), (1, vec![], true)] {
        let at = ChunkAt { number, last };
        sealed.extend(encrypt(&file.key, &at.nonce(), &file.context(at), &piece));
    }
    assert!(refused(&sealed));
}

#[test]
fn chunks_of_another_file_do_not_fit_in() {
    let mut one = seal(2 * CHUNK);
    let other = key().seal_chunked(PLACE, &content(2 * CHUNK), [8; 24]);
    one[HEAD_LENGTH..HEAD_LENGTH + SEALED_CHUNK].copy_from_slice(&other[HEAD_LENGTH..HEAD_LENGTH + SEALED_CHUNK]);
    assert!(refused(&one));
}

#[test]
fn a_file_moved_to_another_place_or_key_does_not_open() {
    let sealed = seal(100);
    let row = Place {
        row: Uuid::from_u128(6),
        ..PLACE
    };
    let table = Place {
        table: "evidence",
        ..PLACE
    };
    let column = Place {
        column: "thumbnail",
        ..PLACE
    };
    for place in [row, table, column] {
        assert_eq!(key().open_chunked(place, &sealed), Err(SealError::Refused));
    }
    let other = DataKey::from_random(Uuid::from_u128(1), [2; 32]);
    assert_eq!(other.open_chunked(PLACE, &sealed), Err(SealError::Refused));
}

#[test]
fn every_flipped_byte_of_a_small_file_is_refused() {
    let sealed = seal(40);
    for at in 0..sealed.len() {
        let mut flipped = sealed.clone();
        flipped[at] ^= 0x10;
        assert!(key().open_chunked(PLACE, &flipped).is_err(), "byte {at}");
        assert!(key().open_chunked(PLACE, &sealed[..at]).is_err(), "cut at {at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_flip_or_a_cut_anywhere_in_a_large_file_is_refused(
        at in 0..HEAD_LENGTH + 2 * SEALED_CHUNK, bit in 0u8..8,
    ) {
        let mut sealed = seal(2 * CHUNK);
        prop_assert!(key().open_chunked(PLACE, &sealed[..at]).is_err());
        sealed[at] ^= 1 << bit;
        prop_assert!(key().open_chunked(PLACE, &sealed).is_err());
    }
}
