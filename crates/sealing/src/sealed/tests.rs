use proptest::prelude::*;

use super::*;

const ROW: Uuid = Uuid::from_u128(11);
const PLACE: Place<'_> = Place {
    table: "report",
    column: "title",
    row: ROW,
};

fn key(id: u128, seed: u8) -> DataKey {
    DataKey::from_random(Uuid::from_u128(id), [seed; 32])
}

proptest! {
    #[test]
    fn what_is_sealed_opens_in_its_place(
        secret: [u8; 32], nonce: [u8; 24], row: u128, id: u128,
        table in "\\PC{0,12}", column in "\\PC{0,12}",
        text in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let key = DataKey::from_random(Uuid::from_u128(id), secret);
        let place = Place { table: &table, column: &column, row: Uuid::from_u128(row) };
        let sealed = key.seal(place, &text, nonce);
        prop_assert_eq!(sealed.len(), text.len() + 57);
        prop_assert_eq!(key_id_of(&sealed), Ok(key.id()));
        let opened = key.open(place, &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), &text[..]);
    }

    #[test]
    fn arbitrary_bytes_never_open_and_never_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        prop_assert!(key(1, 1).open(PLACE, &bytes).is_err());
        prop_assert!(key(1, 1).open_chunked(PLACE, &bytes).is_err());
    }

    #[test]
    fn letters_cannot_slide_from_the_table_to_the_column(text in "[a-z]{2,9}", cut in 1usize..8) {
        let cut = cut.min(text.len() - 1);
        let (table, column) = text.split_at(cut);
        let here = Place { table, column, row: ROW };
        let there = Place { table: &text, column: "", row: ROW };
        let sealed = key(1, 1).seal(here, b"text", [0; 24]);
        prop_assert_eq!(key(1, 1).open(there, &sealed).unwrap_err(), SealError::Refused);
    }
}

#[test]
fn a_value_moved_to_another_place_does_not_open() {
    let sealed = key(1, 1).seal(PLACE, b"stored script in the search box", [3; 24]);
    let elsewhere = [
        Place {
            table: "vulnerability",
            ..PLACE
        },
        Place {
            column: "summary",
            ..PLACE
        },
        Place {
            row: Uuid::from_u128(12),
            ..PLACE
        },
        Place {
            table: "reporttitle",
            column: "",
            row: ROW,
        },
    ];
    for place in elsewhere {
        assert_eq!(key(1, 1).open(place, &sealed).unwrap_err(), SealError::Refused);
    }
}

#[test]
fn a_value_under_another_key_does_not_open() {
    let sealed = key(1, 1).seal(PLACE, b"text", [3; 24]);
    let other_id = SealError::OtherKey(Uuid::from_u128(1));
    assert_eq!(key(2, 1).open(PLACE, &sealed).unwrap_err(), other_id);
    assert_eq!(key(1, 2).open(PLACE, &sealed).unwrap_err(), SealError::Refused);
    let mut renamed = sealed;
    renamed[1..17].copy_from_slice(Uuid::from_u128(2).as_bytes());
    assert_eq!(key(2, 1).open(PLACE, &renamed).unwrap_err(), SealError::Refused);
}

#[test]
fn every_flipped_byte_and_every_truncation_is_refused() {
    let key = key(1, 1);
    let sealed = key.seal(PLACE, b"a text of a report", [3; 24]);
    for at in 0..sealed.len() {
        for mask in [0x01, 0x02, 0x80, 0xFF] {
            let mut flipped = sealed.clone();
            flipped[at] ^= mask;
            assert!(key.open(PLACE, &flipped).is_err(), "byte {at} with {mask:#x}");
        }
        assert!(key.open(PLACE, &sealed[..at]).is_err(), "cut at {at}");
    }
    assert!(key.open(PLACE, &[sealed.as_slice(), &[0]].concat()).is_err());
}

#[test]
fn an_unknown_format_is_named_as_such() {
    let mut sealed = key(1, 1).seal(PLACE, b"text", [3; 24]);
    sealed[0] = 3;
    assert_eq!(key(1, 1).open(PLACE, &sealed).unwrap_err(), SealError::Format);
    assert_eq!(key_id_of(&sealed), Err(SealError::Format));
    assert_eq!(key_id_of(&[]), Err(SealError::Format));
}

#[test]
fn the_two_formats_do_not_open_each_other() {
    let key = key(1, 1);
    let mut whole = key.seal(PLACE, b"text", [3; 24]);
    let mut chunks = key.seal_chunked(PLACE, b"text", [3; 24]);
    assert_eq!(key.open_chunked(PLACE, &whole).unwrap_err(), SealError::Format);
    assert_eq!(key.open(PLACE, &chunks).unwrap_err(), SealError::Format);
    std::mem::swap(&mut whole[0], &mut chunks[0]);
    assert_eq!(key.open_chunked(PLACE, &whole).unwrap_err(), SealError::Refused);
    assert_eq!(key.open(PLACE, &chunks).unwrap_err(), SealError::Refused);
}
