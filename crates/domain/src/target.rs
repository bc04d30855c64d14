//! Targets: where a product can be tested, what may be asked of it, and the leases that lead to it.

use crate::access::{AccessFacts, Denied, may_reach_target};
use crate::campaign::CampaignState;
use crate::coded;
use crate::ids::{CampaignId, LeaseId, PersonId, ProductId, TargetId};
use crate::instance::InstancePurpose;
use crate::refusals;
use crate::time::Timestamp;

coded! {
    /// What a target runs on.
    pub enum TargetEngine {
        /// A test environment that somebody else keeps, reached by its address.
        External = "external",
        /// Containers that the platform starts, away from production.
        Container = "container",
    }
}

coded! {
    /// What a target is for.
    pub enum TargetPurpose {
        /// Hunters are led to it: it is part of what is signed, counted and kept standing.
        Hunt = "hunt",
        /// Replays of retests alone start a clean copy of it: see [`crate::corrected`].
        Retest = "retest",
    }
}

coded! {
    /// Who works on one instance of a target.
    pub enum Sharing {
        /// One instance for everybody.
        Shared = "shared",
        /// One instance for each person.
        Own = "own",
    }
}

impl Sharing {
    /// Says which instance serves a person: what it is for, and whose it is where it is theirs alone.
    #[must_use]
    pub const fn serves(self, person: PersonId) -> (InstancePurpose, Option<PersonId>) {
        match self {
            Self::Shared => (InstancePurpose::Shared, None),
            Self::Own => (InstancePurpose::Own, Some(person)),
        }
    }
}

/// Where a product can be tested, as everybody of the campaign knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its identifier.
    pub id: TargetId,
    /// The campaign it serves.
    pub campaign: CampaignId,
    /// The product that runs on it.
    pub product: ProductId,
    /// What it is for.
    pub purpose: TargetPurpose,
    /// What it runs on.
    pub engine: TargetEngine,
    /// Who works on one instance.
    pub sharing: Sharing,
    /// Since when it is stopped, where it is.
    pub stopped_at: Option<Timestamp>,
    /// When it was taken out of the campaign.
    pub ended_at: Option<Timestamp>,
}

/// A person's way to a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Its identifier.
    pub id: LeaseId,
    /// The target it leads to.
    pub target: TargetId,
    /// The campaign of the target.
    pub campaign: CampaignId,
    /// Who holds it.
    pub person: PersonId,
    /// The first label of its host name; it names the lease and opens nothing.
    pub label: String,
    /// When it was made.
    pub from: Timestamp,
    /// When it was given back or taken.
    pub ended_at: Option<Timestamp>,
}

refusals! {
    /// Why an address cannot be that of a target.
    pub enum AddressProblem {
        /// It does not begin with `https://` or `http://`.
        Scheme = "scheme",
        /// Its host is no name of the DNS (RFC 1035) and no address.
        Host = "host",
        /// Its port is no number between 1 and 65535.
        Port = "port",
        /// It goes on after the port: a target is a whole host.
        Path = "path",
        /// It holds a name or a password, which addresses show to whoever reads them.
        Credentials = "credentials",
    }
}

/// Where a test environment answers, read from its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// Whether it is asked by TLS.
    pub tls: bool,
    /// The name or address of its host, in lower case.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl Upstream {
    /// Reads an address such as `https://recette.example:8443`.
    ///
    /// # Errors
    /// [`AddressProblem`] with the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, AddressProblem> {
        let text = text.trim();
        let (tls, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err(AddressProblem::Scheme),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#']) {
            return Err(AddressProblem::Path);
        }
        if rest.contains('@') {
            return Err(AddressProblem::Credentials);
        }
        let (host, port) = split_port(rest)?;
        let host = host.to_ascii_lowercase();
        if !is_host(&host) {
            return Err(AddressProblem::Host);
        }
        let port = port.unwrap_or(if tls { 443 } else { 80 });
        Ok(Self { tls, host, port })
    }

    /// Gives the authority as browsers write it: the port only where it is not the usual one.
    #[must_use]
    pub fn authority(&self) -> String {
        match (self.tls, self.port) {
            (true, 443) | (false, 80) => self.host.clone(),
            (_, port) => format!("{}:{port}", self.host),
        }
    }
}

fn split_port(text: &str) -> Result<(&str, Option<u16>), AddressProblem> {
    // An IPv6 address stands between brackets (RFC 3986 §3.2.2), and its colons are no port.
    let after = text.rfind(']').unwrap_or(0);
    let Some(colon) = text[after..].rfind(':').map(|at| at + after) else {
        return Ok((text, None));
    };
    let digits = &text[colon + 1..];
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let port = digits.parse::<u16>().ok().filter(|port| plain && *port > 0);
    let port = port.ok_or(AddressProblem::Port)?;
    Ok((&text[..colon], Some(port)))
}

/// Says whether a text is a host: a name of the DNS, an IPv4 address, or an IPv6 one between brackets.
fn is_host(text: &str) -> bool {
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.strip_suffix(']').unwrap_or_default();
        return inner.parse::<std::net::Ipv6Addr>().is_ok();
    }
    is_host_name(text)
}

/// Says whether a text is a name of the DNS (RFC 1035 §2.3.1, with digits first as RFC 1123 allows).
#[must_use]
pub fn is_host_name(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    !text.is_empty() && text.len() <= 253 && text.split('.').all(label)
}

/// What may be asked of a target.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TargetScope {
    /// The methods; none means all.
    pub methods: Vec<String>,
    /// The beginnings of paths that may be asked; none means all.
    pub paths: Vec<String>,
    /// The beginnings of paths that may not, whatever the others say.
    pub excluded: Vec<String>,
}

impl TargetScope {
    /// Says whether a request that was recorded elsewhere may surely be sent here.
    ///
    /// The gateway reads every way in which a path may be written; here one that is not written plainly is refused wherever
    /// paths matter. `target` is the path, with its query.
    #[must_use]
    pub fn surely_admits(&self, method: &str, target: &str) -> bool {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let asked = self.methods.is_empty() || self.methods.iter().any(|one| one == method);
        if self.paths.is_empty() && self.excluded.is_empty() {
            return asked;
        }
        let unplain = path.contains(['%', '\\', ';']) || path.contains("//") || path.contains("/.");
        // `/prive/` names what stands at `/prive` too, since servers lead from one to the other; `/prive` does not name
        // `/privee`. So does the gateway read them.
        let below = |path: &str, begin: &str| {
            let rest = path.strip_prefix(begin.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let within = self.paths.is_empty() || self.paths.iter().any(|one| below(path, one));
        let lower = path.to_ascii_lowercase();
        let excluded = self.excluded.iter().any(|one| below(&lower, &one.to_ascii_lowercase()));
        asked && path.starts_with('/') && !unplain && within && !excluded
    }
}

/// The most methods, or beginnings of paths, of one target.
pub const SCOPE_LINES: usize = 100;

refusals! {
    /// Why a line of what may be asked of a target cannot be taken.
    pub enum ScopeProblem {
        /// A method is a word of capital letters (RFC 9110 §9.1).
        Method = "method",
        /// The beginning of a path starts with `/` and holds neither blank, `?` nor `#`.
        Path = "path",
        /// There are more lines than one target takes.
        TooMany = "too_many",
    }
}

/// Reads methods, separated by blanks, commas or lines.
///
/// # Errors
/// [`ScopeProblem`] with the number of the word, from one.
pub fn methods(text: &str) -> Result<Vec<String>, (usize, ScopeProblem)> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    let words: Vec<String> = words.filter(|w| !w.is_empty()).map(str::to_ascii_uppercase).collect();
    let is_method = |word: &String| word.len() <= 20 && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
    lines_of(words, is_method, ScopeProblem::Method)
}

/// Reads the beginnings of paths, one a line.
///
/// # Errors
/// [`ScopeProblem`] with the number of the path, from one.
pub fn paths(text: &str) -> Result<Vec<String>, (usize, ScopeProblem)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_path = |line: &String| {
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '?' | '#');
        line.starts_with('/') && line.len() <= 500 && line.chars().all(plain)
    };
    lines_of(lines.map(str::to_owned).collect(), is_path, ScopeProblem::Path)
}

fn lines_of(
    lines: Vec<String>,
    holds: impl Fn(&String) -> bool,
    problem: ScopeProblem,
) -> Result<Vec<String>, (usize, ScopeProblem)> {
    if let Some(at) = lines.iter().position(|line| !holds(line)) {
        return Err((at + 1, problem));
    }
    let mut kept: Vec<String> = Vec::new();
    for line in lines {
        if !kept.contains(&line) {
            kept.push(line);
        }
    }
    if kept.len() > SCOPE_LINES {
        return Err((SCOPE_LINES + 1, ScopeProblem::TooMany));
    }
    Ok(kept)
}

/// Letters and digits of a label: none that is read for another.
const LABEL: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Makes the label of a lease's host name from random bytes: 16 letters and digits, 80 bits.
#[must_use]
pub fn lease_label(random: [u8; 10]) -> String {
    let mut label = String::with_capacity(16);
    let (mut held, mut bits) = (0u32, 0);
    for byte in random {
        held = (held << 8 | u32::from(byte)) & 0xffff;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            label.push(char::from(LABEL[(held >> bits & 31) as usize]));
        }
    }
    label
}

/// Writes a digest in hexadecimal, as fingerprints are shown.
#[must_use]
pub fn fingerprint_text(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the gateway does with what comes by a lease, as far as the platform decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It passes within the window; the gateway's own clock closes it on time.
    Open,
    /// The campaign is paused, or leave to test is missing.
    Paused,
    /// The person is suspended.
    Suspended,
    /// The present rules are not accepted.
    RulesFirst,
    /// There is no way any more.
    None,
}

/// Says what becomes of a lease, whatever the hour: the gateway's clock opens and closes the window by itself.
#[must_use]
pub fn way(facts: &AccessFacts) -> Way {
    use CampaignState::{Open, Ready, Suspended, Verifying};
    if !matches!(facts.campaign, Ready | Open | Suspended | Verifying) {
        return Way::None;
    }
    let within = AccessFacts {
        inside_window: true,
        campaign: match facts.campaign {
            Ready | Verifying => Open,
            other => other,
        },
        // Once the window has closed, leave to test may have run out: what closed is the window.
        authorised: facts.authorised || facts.campaign == Verifying,
        ..*facts
    };
    match may_reach_target(&within) {
        Ok(()) => Way::Open,
        Err(Denied::PersonSuspended) => Way::Suspended,
        Err(Denied::RulesNotAccepted) => Way::RulesFirst,
        Err(Denied::CampaignSuspended | Denied::NotAuthorised) => Way::Paused,
        Err(Denied::NotAParticipant | Denied::CampaignNotOpen | Denied::OutsideWindow | Denied::ConsentMissing) => {
            Way::None
        }
    }
}

/// Cuts a fingerprint to what people compare at a glance: its first twelve letters.
#[must_use]
pub fn fingerprint_short(fingerprint: &str) -> &str {
    fingerprint.get(..12).unwrap_or(fingerprint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_recorded_elsewhere_is_sent_where_it_surely_may_be() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let narrow = TargetScope {
            methods: lines(&["GET"]),
            paths: lines(&["/actes", "/aide/"]),
            excluded: lines(&["/actes/export"]),
        };
        for path in ["/actes", "/actes/1?a=%2e%2e", "/aide", "/aide/x"] {
            assert!(narrow.surely_admits("GET", path), "{path}");
            assert!(!narrow.surely_admits("POST", path), "{path}");
        }
        for path in [
            "/",
            "/actesx",
            "/actes/EXPORT",
            "/actes/export/1",
            "/actes/%65xport",
            "/actes//export",
            "/actes/./1",
            "*",
        ] {
            assert!(!narrow.surely_admits("GET", path), "{path}");
        }
        assert!(TargetScope::default().surely_admits("PROPFIND", "/%2e%2e/x"));
    }

    #[test]
    fn what_is_excluded_is_excluded_however_its_end_is_written() {
        for (excluded, path, sent) in [
            ("/prive/", "/prive", false),
            ("/prive/", "/PRIVE", false),
            ("/prive/", "/prive/", false),
            ("/prive/", "/prive?page=2", false),
            ("/prive/", "/prive/actes", false),
            ("/Prive//", "/prive", false),
            ("/prive", "/prive/actes", false),
            ("/prive", "/privee", true),
            ("/prive/", "/prives", true),
            ("/prive/", "/prive-public/x", true),
            ("/prive/", "/pri", true),
            ("/prive/", "/", true),
            ("/prive/", "/public/prive/", true),
            ("/", "/", false),
            ("/", "/prive", false),
        ] {
            let scope = TargetScope {
                excluded: vec![excluded.to_owned()],
                ..TargetScope::default()
            };
            assert_eq!(scope.surely_admits("GET", path), sent, "{excluded} {path}");
        }
    }

    #[test]
    fn addresses_of_test_environments() {
        let ok = |text: &str, tls, host: &str, port, authority: &str| {
            let read = Upstream::parse(text).unwrap();
            assert_eq!((read.tls, read.host.as_str(), read.port), (tls, host, port), "{text}");
            assert_eq!(read.authority(), authority);
        };
        ok(
            "https://Recette.Example/",
            true,
            "recette.example",
            443,
            "recette.example",
        );
        ok("http://10.0.0.4:8080", false, "10.0.0.4", 8080, "10.0.0.4:8080");
        ok("http://localhost:80", false, "localhost", 80, "localhost");
        ok(
            "https://[2001:db8::1]:8443",
            true,
            "[2001:db8::1]",
            8443,
            "[2001:db8::1]:8443",
        );
        for (text, problem) in [
            ("recette.example", AddressProblem::Scheme),
            ("ftp://recette.example", AddressProblem::Scheme),
            ("https://", AddressProblem::Host),
            ("https://a b", AddressProblem::Host),
            ("https://-a.example", AddressProblem::Host),
            ("https://[::1", AddressProblem::Host),
            ("https://[1.2.3.4]", AddressProblem::Host),
            ("https://a.example:0", AddressProblem::Port),
            ("https://a.example:+1", AddressProblem::Port),
            ("https://a.example:65536", AddressProblem::Port),
            ("https://a.example:", AddressProblem::Port),
            ("https://a.example/app", AddressProblem::Path),
            ("https://a.example?x", AddressProblem::Path),
            ("https://u:p@a.example", AddressProblem::Credentials),
        ] {
            assert_eq!(Upstream::parse(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn what_may_be_asked() {
        assert_eq!(methods("get, post\nGET"), Ok(vec!["GET".to_owned(), "POST".to_owned()]));
        assert_eq!(methods("GET P0ST"), Err((2, ScopeProblem::Method)));
        assert_eq!(paths(" /a\n\n/b/ \n/a"), Ok(vec!["/a".to_owned(), "/b/".to_owned()]));
        assert_eq!(paths("/a\nb"), Err((2, ScopeProblem::Path)));
        assert_eq!(paths("/a?x"), Err((1, ScopeProblem::Path)));
        let many: String = (0..=SCOPE_LINES).map(|n| format!("/{n}\n")).collect();
        assert_eq!(paths(&many), Err((SCOPE_LINES + 1, ScopeProblem::TooMany)));
    }

    #[test]
    fn labels_are_whole() {
        assert_eq!(lease_label([0; 10]), "a".repeat(16));
        assert_eq!(lease_label([255; 10]), "9".repeat(16));
        assert_eq!(
            lease_label([0x08, 0x42, 0x10, 0x84, 0x21, 0, 0, 0, 0, 1]),
            "bbbbbbbbaaaaaaab"
        );
        assert_eq!(fingerprint_text(&[0, 171]), "00ab");
        assert_eq!(fingerprint_short("0123456789abcdef"), "0123456789ab");
        assert_eq!(fingerprint_short("00ab"), "00ab");
    }

    fn facts(campaign: CampaignState, bits: u32) -> AccessFacts {
        let bit = |n: u32| bits & (1 << n) != 0;
        AccessFacts {
            campaign,
            authorised: bit(0),
            inside_window: bit(1),
            takes_part: bit(2),
            person_suspended: bit(3),
            rules_accepted: bit(4),
            consent_missing: bit(5),
        }
    }

    #[test]
    fn whoever_may_reach_a_target_has_a_way_and_nobody_else_within_the_window() {
        for campaign in CampaignState::ALL {
            for bits in 0..64 {
                let facts = facts(*campaign, bits);
                let may = may_reach_target(&facts).is_ok();
                if may {
                    assert_eq!(way(&facts), Way::Open, "{facts:?}");
                }
                if *campaign == CampaignState::Open && facts.inside_window {
                    assert_eq!(way(&facts) == Way::Open, may, "{facts:?}");
                }
            }
        }
    }

    #[test]
    fn what_stops_a_person_is_said() {
        let all = 0b01_0111;
        assert_eq!(way(&facts(CampaignState::Ready, all)), Way::Open);
        assert_eq!(way(&facts(CampaignState::Suspended, all)), Way::Paused);
        assert_eq!(way(&facts(CampaignState::Open, all & !1)), Way::Paused);
        assert_eq!(way(&facts(CampaignState::Open, all | 0b1000)), Way::Suspended);
        assert_eq!(way(&facts(CampaignState::Open, all & !0b1_0000)), Way::RulesFirst);
        assert_eq!(way(&facts(CampaignState::Open, all | 0b10_0000)), Way::None);
        assert_eq!(way(&facts(CampaignState::Verifying, all & !1)), Way::Open);
        for over in [CampaignState::Closed, CampaignState::Archived, CampaignState::Cancelled] {
            assert_eq!(way(&facts(over, all)), Way::None);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".{0,80}") {
            let _ = (methods(&text), paths(&text));
            if let Ok(read) = Upstream::parse(&text) {
                let again = format!("{}://{}", if read.tls { "https" } else { "http" }, read.authority());
                prop_assert_eq!(Upstream::parse(&again), Ok(read));
            }
        }
    }
}
