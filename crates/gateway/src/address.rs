//! Which addresses a target elsewhere may have: a name that somebody else decides on must not lead
//! into the gateway's own machine and networks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

/// What an address means for a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// On the internet.
    Public,
    /// On this machine or in a private network: reached only when that was allowed.
    Private,
    /// Metadata of a hosting service, link-local, multicast, unspecified or reserved: never reached.
    Never,
}

/// Where hosting services answer with the secrets of a machine, beside the link-local addresses.
const METADATA: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V6(Ipv6Addr::new(0xFD00, 0xEC2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xFD20, 0xCE, 0, 0, 0, 0, 0, 0x254)),
];

/// Says what an address means; one that carries another within it (RFC 4291 §2.5.5, 6052, 3056, 4380)
/// means the stricter of both.
pub fn range(address: IpAddr) -> Range {
    if METADATA.contains(&address) {
        return Range::Never;
    }
    match address {
        IpAddr::V4(address) => range_v4(address),
        IpAddr::V6(address) => range_v6(address),
    }
}

/// Says whether an address may be reached, this machine and private networks too when that is allowed.
pub fn may_reach(address: IpAddr, private: bool) -> bool {
    match range(address) {
        Range::Public => true,
        Range::Private => private,
        Range::Never => false,
    }
}

/// Says whether an address is one of this machine's own, however public: what is sent there would leave from it.
/// Asking sends nothing.
pub fn is_own(address: IpAddr) -> bool {
    let from: IpAddr = match address {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let asked = UdpSocket::bind((from, 0)).and_then(|socket| {
        socket.connect((address, 9))?;
        socket.local_addr()
    });
    asked.is_ok_and(|local| local.ip() == address)
}

/// The special ranges of IPv4 (RFC 6890, IANA's registry).
fn range_v4(address: Ipv4Addr) -> Range {
    match address.octets() {
        [0, ..] | [169, 254, ..] | [192, 0, 0, _] | [192, 88, 99, _] | [224..=255, ..] => Range::Never,
        [10 | 127, ..] | [172, 16..=31, ..] | [192, 168, ..] | [100, 64..=127, ..] => Range::Private,
        // Benchmarks and examples: nobody's on the internet.
        [198, 18 | 19, ..] | [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Range::Private,
        _ => Range::Public,
    }
}

/// The special ranges of IPv6 (IANA's registry).
fn range_v6(address: Ipv6Addr) -> Range {
    if address == Ipv6Addr::LOCALHOST {
        return Range::Private;
    }
    if let Some(within) = embedded(address) {
        let carried = range(IpAddr::V4(within));
        // A translator that is not ours could be anywhere: what it hides is at least not public.
        return if carried == Range::Public {
            Range::Private
        } else {
            carried
        };
    }
    match address.segments() {
        [0xFE80..=0xFEFF, ..] | [0xFF00..=0xFFFF, ..] | [0x100, 0, 0, 0, ..] | [0, ..] => Range::Never,
        [0xFC00..=0xFDFF, ..] | [0x2001, 0xDB8, ..] | [0x3FFF, ..=0xFFF, ..] => Range::Private,
        [0x2000..=0x3FFF, ..] => Range::Public,
        _ => Range::Never,
    }
}

/// The IPv4 address that an IPv6 address carries: mapped, compatible, NAT64, 6to4, Teredo.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let from = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xFFFF, high, low] if (high, low) != (0, 0) => Some(from(high, low)),
        [0x64, 0xFF9B, 0 | 1, _, _, _, high, low] | [0x2002, high, low, ..] => Some(from(high, low)),
        [0x2001, 0, _, _, _, _, high, low] => Some(from(!high, !low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_this_machines_own_is_known_without_a_list() {
        assert!(is_own(Ipv4Addr::LOCALHOST.into()));
        assert!(!is_own(Ipv4Addr::new(1, 1, 1, 1).into()));
        assert!(
            !is_own(Ipv4Addr::new(203, 0, 113, 9).into()),
            "whether or not a way leads there"
        );
    }

    #[test]
    fn each_address_is_in_its_range() {
        let table = [
            (
                Range::Public,
                "1.1.1.1 193.48.10.4 172.15.0.1 172.32.0.1 100.128.0.1 2001:660::1 2a01:e0a::1",
            ),
            (
                Range::Private,
                "127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1",
            ),
            (
                Range::Private,
                "198.18.0.1 203.0.113.9 ::1 fc00::1 fd12:3456::1 2001:db8::1 3fff::1",
            ),
            (
                Range::Private,
                "::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::10.0.0.1 2002:7f00:1::1 ::ffff:1.1.1.1",
            ),
            (
                Range::Never,
                "0.0.0.0 0.1.2.3 169.254.169.254 169.254.170.2 224.0.0.1 255.255.255.255 240.0.0.1",
            ),
            (Range::Never, "100.100.100.200 168.63.129.16 192.0.0.192 192.88.99.1"),
            (
                Range::Never,
                ":: fe80::1 feb0::1 fec0::1 ff02::1 fd00:ec2::254 fd20:ce::254 100::1 4000::1",
            ),
            (
                Range::Never,
                "::ffff:169.254.169.254 ::169.254.169.254 64:ff9b::169.254.169.254 64:ff9b:1::a9fe:a9fe",
            ),
            (
                Range::Never,
                "2002:a9fe:a9fe::1 2001:0:1:2:3:4:5601:5601 ::ffff:0.0.0.1",
            ),
        ];
        for (expected, addresses) in table {
            for text in addresses.split(' ') {
                assert_eq!(range(text.parse().unwrap()), expected, "{text}");
            }
        }
    }

    #[test]
    fn private_addresses_are_reached_by_leave_only_and_others_never() {
        let reach = |text: &str| {
            let address = text.parse().unwrap();
            (may_reach(address, false), may_reach(address, true))
        };
        assert_eq!(reach("1.1.1.1"), (true, true));
        assert_eq!(reach("10.0.0.1"), (false, true));
        assert_eq!(reach("169.254.169.254"), (false, false));
    }

    proptest! {
        #[test]
        fn an_address_within_another_is_never_more_open(bits: u32, prefix in 0..4usize) {
            let [a, b] = [(bits >> 16) as u16, bits as u16];
            let within = [
                Ipv6Addr::new(0, 0, 0, 0, 0, 0xFFFF, a, b),
                Ipv6Addr::new(0x64, 0xFF9B, 0, 0, 0, 0, a, b),
                Ipv6Addr::new(0x2002, a, b, 0, 0, 0, 0, 1),
                Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, !a, !b),
            ][prefix];
            let plain = IpAddr::V4(Ipv4Addr::from_bits(bits));
            for private in [false, true] {
                prop_assert!(!may_reach(IpAddr::V6(within), private) || may_reach(plain, private));
            }
        }
    }
}
