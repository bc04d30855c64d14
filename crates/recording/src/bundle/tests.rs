use super::*;
use crate::tests::{Story, folder, secret};
use crate::{
    Archive, Content, Disk, Effort, Filter, Inline, Leases, Limits, Order, Side, exchange_at, find, redacted_exchange,
};
use bytes::Bytes;
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

struct World {
    _place: TempDir,
    disk: Arc<dyn Disk>,
    records: Vec<SegmentRecord>,
    chosen: Vec<(Place, Recorded)>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let (place, disk) = folder();
    let limits = Limits {
        segment_bytes: 1000,
        ..Limits::default()
    };
    let story = Story::begin(disk, limits);
    for number in 0..12u8 {
        let answer: Vec<u8> = crate::tests::chance(2000).iter().map(|byte| byte ^ number).collect();
        story
            .exchange(&format!("/{number}?token=x"), b"password=1&b=2", &answer)
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(60));
    }
    let socket = story.opened("/socket");
    socket.response(101, "HTTP/1.1", [("x", b"\xFF".as_slice())]).unwrap();
    for text in ["bonjour", "", "au revoir"] {
        socket.bytes(Side::Target, &Bytes::from(text)).unwrap();
        socket.message_end(Side::Target, 1).unwrap();
    }
    drop(socket);
    let (disk, records) = story.end();
    assert!(records.len() > 2);
    let mut archive = Archive::new(Arc::clone(&disk), secret());
    let filter = Filter::of(Leases::All);
    let page = find(&mut archive, &records, &filter, Order::Oldest, None, Effort::page(100)).unwrap();
    let chosen = page.found.iter().skip(3).map(|found| {
        let whole = exchange_at(&mut archive, &records, found.place).unwrap().unwrap();
        (found.place, whole)
    });
    let chosen = chosen.collect();
    World {
        _place: place,
        disk,
        records,
        chosen,
    }
});

fn about() -> About {
    About {
        made: 5,
        creator: "Beffroi 0.1".into(),
        campaign: "été".into(),
        subject: "report 7".into(),
        redacted: false,
    }
}

fn made(limits: BundleLimits) -> Result<(Vec<u8>, [u8; 32]), BundleError> {
    let mut archive = Archive::new(Arc::clone(&WORLD.disk), secret());
    let mut writer = BundleWriter::new(Vec::new(), about(), limits);
    for (place, exchange) in &WORLD.chosen {
        writer.exchange(*place, exchange, &mut archive)?;
    }
    writer.target("print", "image sha256:12")?;
    let mut manifested = writer.manifest(&WORLD.records)?;
    manifested.proof("receipt.json", b"{}")?;
    let digest = manifested.digest();
    Ok((manifested.finish()?, digest))
}

static FILE: LazyLock<(Vec<u8>, [u8; 32])> = LazyLock::new(|| made(BundleLimits::default()).unwrap());

fn body(part: &crate::Part, bodies: &mut dyn crate::Bodies) -> Vec<u8> {
    let mut bytes = Vec::new();
    bodies.copy(part, &mut bytes).unwrap();
    bytes
}

#[test]
fn a_bundle_reads_back_and_is_like_the_recordings() {
    let (file, digest) = &*FILE;
    let bundle = read(file.as_slice(), BundleLimits::default()).unwrap();
    assert_eq!((&bundle.about, &bundle.digest), (&about(), digest));
    let described = Described {
        fingerprint: "print".into(),
        description: "image sha256:12".into(),
    };
    assert_eq!(bundle.targets, [described]);
    assert_eq!(bundle.proofs[0].name, "receipt.json");
    assert_eq!(bundle.exchanges.len(), 10);
    let mut archive = Archive::new(Arc::clone(&WORLD.disk), secret());
    for ((place, told), (expected, whole)) in bundle.exchanges.iter().zip(&WORLD.chosen) {
        assert_eq!(
            (place, &told.request, &told.responses),
            (expected, &whole.request, &whole.responses)
        );
        assert_eq!(
            body(&told.response_body, &mut Inline),
            body(&whole.response_body, &mut archive)
        );
        assert_eq!(told.messages.len(), whole.messages.len());
    }
    let socket = &bundle.exchanges[9].1;
    assert_eq!(body(&socket.messages[2].part, &mut Inline), b"au revoir");
    assert_eq!(unlike(&bundle, &mut archive, &WORLD.records).unwrap(), []);
}

#[test]
fn who_holds_the_secret_finds_an_exchange_that_was_made_up() {
    let mut bundle = read(FILE.0.as_slice(), BundleLimits::default()).unwrap();
    let mut archive = Archive::new(Arc::clone(&WORLD.disk), secret());
    bundle.exchanges[0].1.response_body.contents = vec![Content::Inline(vec![0; 2000])];
    bundle.exchanges[1].1.request.version = "HTTP/1.0".into();
    bundle.exchanges[2].0.number = 999;
    let expected: Vec<Place> = bundle.exchanges[..3].iter().map(|(place, _)| *place).collect();
    assert_eq!(unlike(&bundle, &mut archive, &WORLD.records).unwrap(), expected);
}

#[test]
fn limits_hold_for_writing_and_reading() {
    let few = BundleLimits {
        exchanges: 9,
        ..BundleLimits::default()
    };
    let small = BundleLimits {
        bytes: 20_000,
        ..BundleLimits::default()
    };
    for limits in [few, small] {
        assert!(matches!(made(limits), Err(BundleError::TooLarge)));
        assert!(matches!(read(FILE.0.as_slice(), limits), Err(BundleError::TooLarge)));
    }
}

#[test]
fn the_chain_may_have_no_hole() {
    let mut records = WORLD.records.clone();
    records.remove(records.len() - 2);
    let mut archive = Archive::new(Arc::clone(&WORLD.disk), secret());
    let mut writer = BundleWriter::new(Vec::new(), about(), BundleLimits::default());
    for (place, exchange) in &WORLD.chosen {
        writer.exchange(*place, exchange, &mut archive).unwrap();
    }
    assert!(matches!(writer.manifest(&records), Err(BundleError::Broken(_))));
}

#[test]
fn a_redacted_exchange_shows_no_secret() {
    let mut archive = Archive::new(Arc::clone(&WORLD.disk), secret());
    let (place, whole) = &WORLD.chosen[0];
    let shown = redacted_exchange(whole, &mut archive).unwrap();
    assert_eq!(body(&shown.request_body, &mut Inline), b"password=[redacted]&b=2");
    let mut writer = BundleWriter::new(
        Vec::new(),
        About {
            redacted: true,
            ..about()
        },
        BundleLimits::default(),
    );
    writer.exchange(*place, &shown, &mut Inline).unwrap();
    let file = writer.manifest(&WORLD.records).unwrap().finish().unwrap();
    assert!(!file.windows(7).any(|window| window == b"token=x"));
    assert!(read(file.as_slice(), BundleLimits::default()).unwrap().about.redacted);
}

#[test]
fn any_archiver_opens_a_bundle() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("bundle.tar"), &FILE.0).unwrap();
    let told = std::process::Command::new("tar")
        .args(["-xf", "bundle.tar"])
        .current_dir(place.path())
        .output()
        .unwrap();
    assert!(told.status.success() && told.stderr.is_empty(), "{told:?}");
    let manifest = std::fs::read(place.path().join("manifest.json")).unwrap();
    let manifest: form::Manifest = serde_json::from_slice(&manifest).unwrap();
    for file in manifest.files {
        let bytes = std::fs::read(place.path().join(&file.name)).unwrap();
        assert_eq!(bytes.len() as u64, file.size, "{}", file.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_changed_bundle_is_refused(at in any::<prop::sample::Index>(), mask in 1u8.., cut in any::<prop::sample::Index>()) {
        let file = &FILE.0;
        let proofs = file.windows(13).rposition(|window| window == b"proofs/receip").unwrap();
        let mut changed = file.clone();
        // What follows the manifest is not told of by it: the log's proofs prove themselves.
        changed[at.index(proofs)] ^= mask;
        // A changed manifest is another one: the log does not commit to its digest.
        let other = read(changed.as_slice(), BundleLimits::default());
        prop_assert!(other.is_err() || other.is_ok_and(|bundle| bundle.digest != FILE.1));
        let cut = cut.index(file.len());
        prop_assert!(read(&file[..cut], BundleLimits::default()).is_err());
    }

    #[test]
    fn proofs_that_come_later_change_nothing_before_them(
        proofs in prop::collection::vec(("[a-z][a-z0-9.-]{0,20}", any::<Vec<u8>>()), 0..5),
        behind in 1u8..,
    ) {
        let limits = BundleLimits::default();
        let mut again = Manifested::again(FILE.0.clone(), limits).unwrap();
        for (name, bytes) in &proofs {
            again.proof(name, bytes).unwrap();
        }
        prop_assert_eq!(again.digest(), FILE.1);
        let mut file = again.finish().unwrap();
        prop_assert!(file.starts_with(&FILE.0[..FILE.0.len() - 1024]));
        let (before, after) = (read(FILE.0.as_slice(), limits).unwrap(), read(file.as_slice(), limits).unwrap());
        let added: Vec<Attached> = proofs.into_iter().map(|(name, bytes)| Attached { name, bytes }).collect();
        prop_assert_eq!(&after.proofs[1..], added.as_slice());
        prop_assert_eq!(Bundle { proofs: before.proofs.clone(), ..after }, before);
        // Nothing stands behind the end.
        *file.last_mut().unwrap() = behind;
        prop_assert!(Manifested::again(file.clone(), limits).is_err());
        *file.last_mut().unwrap() = 0;
        file.push(0);
        prop_assert!(Manifested::again(file, limits).is_err());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        prop_assert!(read(bytes.as_slice(), BundleLimits::default()).is_err());
    }

    #[test]
    fn files_read_back_from_tar(names in prop::collection::vec("[a-z/.]{1,100}", 0..5), bytes: Vec<u8>) {
        let mut out = Vec::new();
        for name in &names {
            tar::put_head(&mut out, name, bytes.len() as u64).unwrap();
            out.extend(&bytes);
            tar::put_padding(&mut out, bytes.len() as u64).unwrap();
        }
        tar::put_end(&mut out).unwrap();
        let (mut source, mut room) = (out.as_slice(), 1 << 20);
        for name in &names {
            let next = tar::next(&mut source, &mut room).unwrap();
            prop_assert_eq!(next, Some((name.clone(), bytes.clone())));
        }
        prop_assert_eq!(tar::next(&mut source, &mut room).unwrap(), None);
    }
}
