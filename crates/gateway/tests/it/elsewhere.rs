//! Targets elsewhere: found by name, with addresses that are never reached.

use std::collections::HashMap;
use std::net::IpAddr;

use gateway::link::Upstream;
use tokio_util::sync::CancellationToken;

use crate::rig::{Make, Names, Rig};
use crate::tls::acceptor;
use crate::world::PUBLIC;

fn names(pairs: &[(&'static str, &str)]) -> Names {
    let parse = |(name, address): &(&'static str, &str)| (*name, address.parse::<IpAddr>().unwrap());
    Names(pairs.iter().map(parse).collect::<HashMap<_, _>>())
}

#[tokio::test]
async fn a_name_leads_to_its_target_unless_its_address_is_forbidden() {
    let rig = Rig::make(Make {
        names: names(&[
            ("here.example", "127.0.0.1"),
            ("metadata.example", "169.254.169.254"),
            ("mapped.example", "::ffff:169.254.169.254"),
            ("inside.example", "::ffff:127.0.0.1"),
        ]),
        ..Make::default()
    })
    .await;
    rig.opens().await;
    let port = rig.target.port();
    let table = [
        ("here.example", true, "HTTP/1.1 200"),
        ("127.0.0.1", true, "HTTP/1.1 200"),
        ("here.example", false, "beffroi-refusal: target-forbidden\r\n"),
        ("127.0.0.1", false, "beffroi-refusal: target-forbidden\r\n"),
        ("[::1]", false, "beffroi-refusal: target-forbidden\r\n"),
        ("inside.example", false, "beffroi-refusal: target-forbidden\r\n"),
        ("metadata.example", true, "beffroi-refusal: target-forbidden\r\n"),
        ("mapped.example", true, "beffroi-refusal: target-forbidden\r\n"),
        ("169.254.169.254", true, "beffroi-refusal: target-forbidden\r\n"),
        ("fd00:ec2::254", true, "beffroi-refusal: target-forbidden\r\n"),
        ("0.0.0.0", true, "beffroi-refusal: target-forbidden\r\n"),
        ("nobody.example", true, "beffroi-refusal: target-unreachable\r\n"),
    ];
    for (number, (host, private, expected)) in table.into_iter().enumerate() {
        rig.change(|words| {
            words.targets[0].fingerprint = format!("print-{number}");
            words.targets[0].upstream = Upstream::Url {
                host: host.into(),
                port,
                tls: false,
                private,
            };
        });
        rig.answers("abc", expected).await;
    }
    rig.change(|words| words.targets[0].upstream = Upstream::Address("169.254.169.254:80".parse().unwrap()));
    rig.answers("abc", "beffroi-refusal: target-forbidden\r\n").await;
}

#[tokio::test]
async fn a_target_elsewhere_is_asked_by_tls_and_its_name_is_checked() {
    let rig = Rig::make(Make {
        names: names(&[(PUBLIC, "127.0.0.1"), ("www.other.example", "127.0.0.1")]),
        ..Make::default()
    })
    .await;
    let stop = CancellationToken::new();
    let target = crate::upstream::start(stop.clone(), Some(acceptor())).await;
    let _stop = stop.drop_guard();
    let lead = |host: &str| {
        rig.change(|words| {
            words.targets[0].upstream = Upstream::Url {
                host: host.into(),
                port: target.port(),
                tls: true,
                private: true,
            };
        });
    };
    lead(PUBLIC);
    rig.opens().await;
    lead("www.other.example");
    rig.answers("abc", "beffroi-refusal: target-unreachable\r\n").await;
}
