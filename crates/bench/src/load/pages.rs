//! The pages that people go through, each as their role has them.

use super::crowd::{Guest, Part};
use crate::size::{Kind, PRODUCTS, REPORTS, RUN, VULNERABILITIES, campaign_of, id, organisation, product_of};
use uuid::Uuid;

/// A page: what it is called in the figures, and its address.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it is.
    pub kind: &'static str,
    /// Where it is.
    pub path: String,
}

/// Says whether a product was tested, so that vulnerabilities of it are known: two campaigns are still to come.
pub fn was_tested(product: u64) -> bool {
    !matches!(campaign_of(product), 6 | 7)
}

/// Gives the products that a commune runs and that were tested.
pub fn run_by(commune: u64) -> impl Iterator<Item = u64> {
    (0..RUN)
        .map(move |k| product_of(commune, k))
        .filter(|one| was_tested(*one))
}

/// Gives a vulnerability of a product.
pub fn vulnerability(block: u64, product: u64, n: u64) -> Uuid {
    id(Kind::Vulnerability, block, product * VULNERABILITIES + n)
}

/// Gives the address of a product's sheet.
pub fn product(block: u64, product: u64) -> String {
    format!("/catalogue/logiciel-{block:03}-{product:02}")
}

/// Gives the pages that somebody goes through, from their desk on, again and again.
pub fn of(guest: &Guest) -> Vec<Page> {
    let mut pages = vec![Page {
        kind: "desk",
        path: "/bureau".to_owned(),
    }];
    let mut page = |kind, path: String| pages.push(Page { kind, path });
    let block = guest.block;
    let programme = format!("/programmes/programme-{block:03}");
    let campaign = format!("/campagnes/{}", id(Kind::Campaign, block, guest.place % 3));
    let report = |n: u64| format!("/signalements/{}", id(Kind::Report, block, n));
    let own = guest.commune();
    match guest.part {
        Part::Officer => {
            page("what concerns me", format!("/organisations/{own}/situations"));
            for product in run_by(guest.place).take(3) {
                let one = vulnerability(block, product, 7);
                page("one that concerns me", format!("/organisations/{own}/situations/{one}"));
            }
            page(
                "what concerns me, by risk",
                format!("/organisations/{own}/situations?tri=risk&quoi=exposed"),
            );
            page("what we run", format!("/organisations/{own}/deploiements"));
            page("vulnerabilities", "/failles".to_owned());
            page("what concerns me, CSV", format!("/organisations/{own}/situations.csv"));
        }
        Part::Hunter => {
            page("own reports", "/signalements".to_owned());
            for report in guest.found() {
                page("own report", format!("/signalements/{report}"));
            }
            page("a campaign", campaign);
        }
        Part::Signatory => page("what we run", format!("/organisations/{own}/deploiements")),
        Part::Contact => {
            let made = || guest.vendor() * 10..guest.vendor() * 10 + 10;
            page("vendor's vulnerabilities", "/editeur".to_owned());
            for tested in made().filter(|one| was_tested(*one)).take(3) {
                page(
                    "a vulnerability",
                    format!("/failles/{}", vulnerability(block, tested, 3)),
                );
            }
            let sold = product(block, guest.vendor() * 10 + 1);
            page("who runs it", format!("{sold}/deploiements"));
        }
        Part::Verifier => {
            page("queue", "/verification".to_owned());
            for n in 0..4 {
                page("a report", report(n * REPORTS + 40 + guest.place % 60));
            }
            page("queue, by severity", "/verification?tri=gravite&etat=all".to_owned());
            page("vulnerabilities", "/failles".to_owned());
        }
        Part::Organiser => {
            let shared = vulnerability(block, guest.place % 18, 7);
            page("campaigns", "/campagnes".to_owned());
            page("a campaign", campaign);
            page("queue", "/verification".to_owned());
            page("a report", report(40 + guest.place % 60));
            page("vulnerabilities", "/failles".to_owned());
            page("sharing", format!("/failles/{shared}/partage"));
            page("positions", format!("/failles/{shared}/situations"));
            page("programme", programme.clone());
            page("group", format!("/organisations/{}/groupe", organisation(block, 0)));
        }
        Part::Member => {
            page("members' page", format!("{programme}/membres"));
            page("results elsewhere", format!("{programme}/integration"));
        }
        Part::Pilot => {
            page("campaigns", "/campagnes".to_owned());
            page("a campaign", format!("/campagnes/{}", id(Kind::Campaign, block, 0)));
            page("a report", report(40 + guest.number % 60));
        }
        Part::Observer => page("vulnerabilities", "/failles".to_owned()),
        Part::Supervisor | Part::Administrator => page("directory", "/organisations?nom=fontenay".to_owned()),
    }
    page("search", "/recherche?q=injection+dossiers".to_owned());
    page("catalogue", "/catalogue".to_owned());
    page("a product", product(block, guest.number % PRODUCTS));
    page("public results", format!("{programme}/public"));
    pages
}
