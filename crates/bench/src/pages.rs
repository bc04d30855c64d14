//! The pages that are measured, each as somebody of the first block sees it.

use crate::fill::{Persona, hunter};
use crate::size::{Kind, commune, id, organisation};

/// One page as one person asks for it.
pub struct Page {
    /// What it is called in the report.
    pub name: &'static str,
    /// Its address.
    pub path: String,
    /// Who asks, where they have signed in.
    pub who: Option<uuid::Uuid>,
    /// Whether what a node holds of figures is let go before each time, so that they are counted anew.
    pub anew: bool,
}

/// Gives every page that is measured.
pub fn all() -> Vec<Page> {
    let slug = "programme-000";
    let own = commune(0, 0);
    let open = id(Kind::Campaign, 0, 0);
    let shared = id(Kind::Vulnerability, 0, 7);
    let searched = "/recherche?q=injection+dossiers".to_owned();
    let as_persona = |persona: Persona| Some(persona.person(0));
    let page = |name, path: String, who| Page {
        name,
        path,
        who,
        anew: false,
    };
    let mut pages = vec![
        page("public: programme", format!("/programmes/{slug}/public"), None),
        Page {
            anew: true,
            ..page("public: figures anew", format!("/programmes/{slug}/public"), None)
        },
        page("public: frame", format!("/programmes/{slug}/public/integration"), None),
        page("public: JSON", format!("/programmes/{slug}/public.json"), None),
        page("public: Atom", format!("/programmes/{slug}/public.atom"), None),
        page("public: catalogue", "/catalogue".to_owned(), None),
        page("public: product", "/catalogue/logiciel-000-00".to_owned(), None),
        page(
            "public: directory",
            "/organisations".to_owned(),
            as_persona(Persona::Officer),
        ),
        page(
            "public: directory search",
            "/organisations?nom=fontenay".to_owned(),
            as_persona(Persona::Officer),
        ),
        page(
            "organiser: already tested?",
            "/catalogue/logiciel-000-00".to_owned(),
            as_persona(Persona::Organiser),
        ),
        page(
            "officer: already tested?",
            "/catalogue/logiciel-000-00".to_owned(),
            as_persona(Persona::Officer),
        ),
        page(
            "members' page",
            format!("/programmes/{slug}/membres"),
            as_persona(Persona::Member),
        ),
        page(
            "member: results elsewhere",
            format!("/programmes/{slug}/integration"),
            as_persona(Persona::Member),
        ),
        page(
            "organiser: programme",
            format!("/programmes/{slug}"),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: campaigns",
            "/campagnes".to_owned(),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: campaign",
            format!("/campagnes/{open}"),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: targets",
            format!("/campagnes/{open}/cibles"),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: coverage",
            format!("/campagnes/{open}/couverture"),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: group",
            format!("/organisations/{}/groupe", organisation(0, 0)),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: reports",
            "/verification".to_owned(),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: vulnerabilities",
            "/failles".to_owned(),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: sharing",
            format!("/failles/{shared}/partage"),
            as_persona(Persona::Organiser),
        ),
        page(
            "organiser: positions",
            format!("/failles/{shared}/situations"),
            as_persona(Persona::Organiser),
        ),
        page(
            "officer: what concerns me",
            format!("/organisations/{own}/situations"),
            as_persona(Persona::Officer),
        ),
        page(
            "officer: what concerns me, by risk",
            format!("/organisations/{own}/situations?tri=risk&quoi=exposed"),
            as_persona(Persona::Officer),
        ),
        page(
            "officer: what concerns me, CSV",
            format!("/organisations/{own}/situations.csv"),
            as_persona(Persona::Officer),
        ),
        page(
            "officer: one of them",
            format!("/organisations/{own}/situations/{shared}"),
            as_persona(Persona::Officer),
        ),
        page(
            "officer: deployments",
            format!("/organisations/{own}/deploiements"),
            as_persona(Persona::Officer),
        ),
        page(
            "officer: vulnerabilities",
            "/failles".to_owned(),
            as_persona(Persona::Officer),
        ),
        page(
            "vendor: its vulnerabilities",
            "/editeur".to_owned(),
            as_persona(Persona::Vendor),
        ),
        page(
            "vendor: deployments",
            "/catalogue/logiciel-000-01/deploiements".to_owned(),
            as_persona(Persona::Vendor),
        ),
        page(
            "verifier: queue",
            "/verification".to_owned(),
            as_persona(Persona::Verifier),
        ),
        page(
            "verifier: queue, by severity",
            "/verification?tri=gravite&etat=all".to_owned(),
            as_persona(Persona::Verifier),
        ),
        page(
            "verifier: vulnerabilities, by severity",
            "/failles?tri=gravite".to_owned(),
            as_persona(Persona::Verifier),
        ),
        page(
            "verifier: vulnerabilities",
            "/failles".to_owned(),
            as_persona(Persona::Verifier),
        ),
        page(
            "verifier: a report",
            format!("/signalements/{}", id(Kind::Report, 0, 95)),
            as_persona(Persona::Verifier),
        ),
        page("verifier: search", searched.clone(), as_persona(Persona::Verifier)),
        page("organiser: search", searched.clone(), as_persona(Persona::Organiser)),
        page("officer: search", searched.clone(), as_persona(Persona::Officer)),
        page("vendor: search", searched.clone(), as_persona(Persona::Vendor)),
        page("hunter: search", searched, Some(hunter(0, 0))),
        page("hunter: own reports", "/signalements".to_owned(), Some(hunter(0, 0))),
        page("hunter: desk", "/bureau".to_owned(), Some(hunter(0, 0))),
        page(
            "observer: vulnerabilities",
            "/failles".to_owned(),
            as_persona(Persona::Observer),
        ),
    ];
    let desks = [
        ("organiser: desk", Persona::Organiser),
        ("officer: desk", Persona::Officer),
        ("signatory: desk", Persona::Signatory),
        ("vendor: desk", Persona::Vendor),
        ("supervisor: desk", Persona::Supervisor),
        ("verifier: desk", Persona::Verifier),
        ("observer: desk", Persona::Observer),
        ("administrator: desk", Persona::Administrator),
        ("pilot: desk", Persona::Pilot),
        ("member: desk", Persona::Member),
    ];
    pages.extend(desks.map(|(name, persona)| page(name, "/bureau".to_owned(), as_persona(persona))));
    pages
}
