use super::*;
use proptest::prelude::*;

pub(crate) fn write(entry: &Entry, writer: &mut Writer<'_>) {
    match entry {
        Entry::Gap { since, until, reason } => writer.gap(*since, *until, *reason),
        Entry::Begin {
            exchange,
            at,
            lease,
            target,
            head,
        } => {
            let Start::Request { method, target: path } = &head.start else {
                panic!("a request begins with a request line");
            };
            let fields = head
                .fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_slice()));
            let opening = encode_opening(lease, target, (method, path, &head.version), fields);
            writer.begin(*exchange, *at, &opening);
        }
        Entry::Response { exchange, at, head } => {
            let Start::Status(status) = head.start else {
                panic!("an answer begins with a status");
            };
            let fields = head
                .fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_slice()));
            writer.response(*exchange, *at, &encode_status_head(status, &head.version, fields));
        }
        Entry::Part {
            exchange,
            side,
            contents,
        } => writer.part(*exchange, *side, contents),
        Entry::BodyEnd {
            exchange,
            side,
            at,
            length,
            kept,
            complete,
        } => writer.body_end(*exchange, *side, *at, *length, *kept, *complete),
        Entry::Message {
            exchange,
            side,
            at,
            opcode,
            length,
            kept,
        } => writer.message(*exchange, *side, *at, *opcode, *length, *kept),
        Entry::End { exchange, at, outcome } => writer.end(*exchange, *at, *outcome),
    }
}

fn any_side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Client), Just(Side::Target)]
}

fn any_fields() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    prop::collection::vec(("[a-zA-Z-]{1,12}", prop::collection::vec(any::<u8>(), 0..20)), 0..5)
}

fn any_content() -> impl Strategy<Value = Content> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..50).prop_map(Content::Inline),
        (0..u64::MAX, any::<u32>(), any::<u32>(), any::<u32>()).prop_map(|(segment, block, offset, length)| {
            Content::Stored(Location {
                segment,
                block,
                offset,
                length,
            })
        }),
    ]
}

pub(crate) fn any_entry() -> impl Strategy<Value = Entry> {
    let outcomes = prop_oneof![
        Just(Outcome::Complete),
        Just(Outcome::ClientGone),
        Just(Outcome::TargetGone),
        Just(Outcome::Stopped),
        Just(Outcome::Limited),
    ];
    let begin = (
        any::<u64>(),
        any::<i64>(),
        ".{0,8}",
        ".{0,8}",
        "[A-Z]{1,7}",
        "/.{0,30}",
        any_fields(),
    );
    prop_oneof![
        (any::<i64>(), any::<i64>()).prop_map(|(since, until)| Entry::Gap {
            since: Some(since),
            until,
            reason: GapReason::Full,
        }),
        begin.prop_map(|(exchange, at, lease, target, method, path, fields)| Entry::Begin {
            exchange,
            at,
            lease,
            target,
            head: Head {
                start: Start::Request { method, target: path },
                version: "HTTP/1.1".into(),
                fields,
            },
        }),
        (any::<u64>(), any::<i64>(), any::<u16>(), any_fields()).prop_map(|(exchange, at, status, fields)| {
            Entry::Response {
                exchange,
                at,
                head: Head {
                    start: Start::Status(status),
                    version: "HTTP/2".into(),
                    fields,
                },
            }
        }),
        (any::<u64>(), any_side(), prop::collection::vec(any_content(), 0..6)).prop_map(
            |(exchange, side, contents)| Entry::Part {
                exchange,
                side,
                contents,
            }
        ),
        (
            any::<u64>(),
            any_side(),
            any::<i64>(),
            any::<u64>(),
            any::<u64>(),
            any::<bool>()
        )
            .prop_map(|(exchange, side, at, length, kept, complete)| Entry::BodyEnd {
                exchange,
                side,
                at,
                length,
                kept,
                complete,
            }),
        (any::<u64>(), any_side(), any::<i64>(), any::<u8>(), any::<u64>()).prop_map(
            |(exchange, side, at, opcode, length)| Entry::Message {
                exchange,
                side,
                at,
                opcode,
                length,
                kept: length,
            }
        ),
        (any::<u64>(), any::<i64>(), outcomes).prop_map(|(exchange, at, outcome)| Entry::End { exchange, at, outcome }),
    ]
}

proptest! {
    #[test]
    fn entries_read_back(entries in prop::collection::vec(any_entry(), 0..12), opened: i64) {
        let mut block = Vec::new();
        let mut writer = Writer { out: &mut block, opened };
        for entry in &entries {
            write(entry, &mut writer);
        }
        let read: Result<Vec<_>, _> = Entries::new(&block, opened).collect();
        prop_assert_eq!(read, Ok(entries));
    }

    #[test]
    fn no_block_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for entry in Entries::new(&bytes, 0) {
            if entry.is_err() {
                break;
            }
        }
    }

    #[test]
    fn a_block_with_a_changed_byte_does_not_panic(
        entries in prop::collection::vec(any_entry(), 1..6), at: prop::sample::Index, byte: u8,
    ) {
        let mut block = Vec::new();
        let mut writer = Writer { out: &mut block, opened: 0 };
        for entry in &entries {
            write(entry, &mut writer);
        }
        let at = at.index(block.len());
        block[at] = byte;
        for entry in Entries::new(&block, 0) {
            if entry.is_err() {
                break;
            }
        }
    }
}
