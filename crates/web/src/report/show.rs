//! A report's page, for everybody who may know of it.

use super::alike;
use super::fields::weakness_named;
use super::words::{self, SeverityTag};
use crate::shell::{Answer, Page, Visitor, html, markdown_to_html};
use addresses::report as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{AttachmentId, ReportId};
use domain::report::ReportState;
use use_cases::read;
use use_cases::replay::ReplayLine;
use use_cases::report::{AttachmentLine, Happening, ReportView, ViewReport};
use uuid::Uuid;

/// One line of the timeline: something that happened, or a comment.
pub struct Entry {
    at: domain::Timestamp,
    what: String,
    who: String,
    role: String,
    why: String,
    strong: bool,
    html: String,
    readers: String,
}

/// An act offered on the page: its name in the address and its label.
pub struct Offer {
    href: String,
    label: String,
    look: &'static str,
    /// Whether it is done in one press.
    press: bool,
}

/// A long text of the report, rendered.
struct Part {
    heading: String,
    html: String,
}

struct Tried {
    heading: String,
    tone: &'static str,
    word: String,
    by: String,
    html: String,
    attachments: Vec<use_cases::report::AttachmentLine>,
}

#[derive(Template)]
#[template(path = "report/show.html")]
struct Show {
    page: Page,
    view: ReportView,
    heading: String,
    tone: &'static str,
    state: String,
    mirror: String,
    severity: Option<SeverityTag>,
    claimed: Option<SeverityTag>,
    cwe: String,
    /// What the hunter's and the verifier's vectors say, in words.
    spelled: String,
    spelled_verified: String,
    alike: Vec<alike::Line>,
    parts: Vec<Part>,
    tried: Vec<Tried>,
    main: Option<Offer>,
    offers: Vec<Offer>,
    advice: String,
    timeline: Vec<Entry>,
    campaign_href: String,
    vulnerability_href: String,
    original_href: String,
}

impl Show {
    fn act(&self, act: &str) -> String {
        at::act(self.view.id, act)
    }

    fn file(&self, id: &AttachmentId) -> String {
        at::attachment(self.view.id, *id)
    }

    fn replay(&self, one: &ReplayLine) -> String {
        addresses::exchange::replayed(self.view.id.0, one.id)
    }

    fn replayed(&self, one: &ReplayLine) -> String {
        crate::exchange::replay_word(&self.page, one)
    }

    /// Gives the page of a file that holds recorded exchanges.
    fn exchanges(&self, file: &AttachmentLine) -> Option<String> {
        crate::exchange::link_of(self.view.id.0, file)
    }

    fn size(&self, bytes: &i64) -> String {
        i18n::bytes(self.page.lang_is, *bytes)
    }
}

/// Shows a report.
pub async fn show(visitor: Visitor, Path(report): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let view = read(&visitor.context, ViewReport(ReportId(report)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(html(StatusCode::OK, &template(&visitor, view)))
}

/// Gives what a report is called on a page: its title, else its number.
pub fn heading(page: &Page, view: &ReportView) -> String {
    match (view.title.trim(), view.number) {
        ("", 0) => page.t("report-untitled"),
        ("", number) => page.t1("report-number", "number", number),
        (title, _) => title.to_owned(),
    }
}

/// Starts the page of a report, or of one act on it.
pub fn frame(visitor: &Visitor, view: &ReportView, title: impl Into<String>) -> Page {
    let list = if view.author {
        (visitor.t("report-mine-title"), at::MINE.to_owned())
    } else {
        (visitor.t("report-list-crumb"), at::queue_of(view.campaign))
    };
    visitor
        .page(title)
        .under(view.campaign_name.clone(), at::campaign(view.campaign))
        .under(list.0, list.1)
        .with_notice(view.notice)
}

fn template(visitor: &Visitor, view: ReportView) -> Show {
    let blank = visitor.page("");
    let heading = heading(&blank, &view);
    let page = frame(visitor, &view, heading.clone()).here();
    let mut offers = offers(&page, &view);
    // Both answers to a proposal stand side by side, under what is asked.
    let main = offers
        .iter()
        .position(|offer| offer.look == "main" && !view.may.confirm)
        .map(|at| offers.remove(at));
    let mirror = view
        .vulnerability
        .map(|(_, state)| page.t(&format!("report-mirror-{}", state.code().replace('_', "-"))))
        .unwrap_or_default();
    Show {
        tone: words::tone(view.state),
        state: words::state(&page, view.state),
        severity: words::severity(&page, view.rating.or(view.claimed)),
        claimed: words::severity(&page, view.claimed),
        cwe: view.cwe.map(|number| weakness_named(&page, number)).unwrap_or_default(),
        spelled: words::spelled(&page, &view.vector),
        spelled_verified: words::spelled(&page, &view.verified_vector),
        alike: alike::lines(&page, &view),
        parts: parts(&page, &view),
        tried: tried(&page, &view),
        advice: advice(&page, &view),
        timeline: timeline(&page, &view),
        campaign_href: at::campaign(view.campaign),
        vulnerability_href: view
            .vulnerability
            .map(|(id, _)| addresses::vulnerability::show(id))
            .unwrap_or_default(),
        original_href: view.original.map(|(id, _)| at::show(id)).unwrap_or_default(),
        heading,
        mirror,
        main,
        offers,
        view,
        page,
    }
}

fn parts(page: &Page, view: &ReportView) -> Vec<Part> {
    [
        ("steps", &view.text.steps),
        ("impact", &view.text.impact),
        ("proof", &view.text.proof),
    ]
    .into_iter()
    .filter(|(_, text)| !text.trim().is_empty())
    .map(|(name, text)| Part {
        heading: page.t(&format!("report-field-{name}")),
        html: markdown_to_html(text),
    })
    .collect()
}

fn tried(page: &Page, view: &ReportView) -> Vec<Tried> {
    let line = |line: &use_cases::report::ReproductionLine| {
        let place = if line.facts.on_campaign_target {
            "report-tried-on-target"
        } else {
            "report-tried-elsewhere"
        };
        let (tone, word) = if line.facts.succeeded {
            ("good", "report-tried-succeeded")
        } else {
            ("bad", "report-tried-failed")
        };
        Tried {
            heading: page.t1(place, "when", page.at(&line.facts.at)),
            tone,
            word: page.t(word),
            by: line.by.clone(),
            html: markdown_to_html(&line.text),
            attachments: line.attachments.clone(),
        }
    };
    view.reproductions.iter().map(line).collect()
}

/// Says in one sentence where things stand for this reader, and what comes next.
fn advice(page: &Page, view: &ReportView) -> String {
    if let Some(why) = view.blocked {
        return page.t(why);
    }
    let key = match view.state {
        _ if view.conflict => "report-advice-conflict",
        _ if view.may.confirm => "report-advice-second",
        _ if view.proposal.as_ref().is_some_and(|proposal| proposal.own) => "report-advice-second-own",
        ReportState::Draft => "report-advice-draft",
        ReportState::Submitted | ReportState::InVerification if view.author => "report-advice-waiting",
        ReportState::NeedsInformation if view.author => {
            return page.tn("report-advice-answer", view.times.answer_days);
        }
        ReportState::NeedsInformation => return page.tn("report-advice-asked", view.times.answer_days),
        ReportState::Submitted if view.may.claim => "report-advice-claim",
        ReportState::InVerification if view.may.verify => "report-advice-verify",
        ReportState::InVerification if view.may.judge => "report-advice-reproduce",
        ReportState::Submitted | ReportState::InVerification if view.claim.is_some() => "report-advice-claimed",
        ReportState::Appealed if view.may.decide => "report-advice-decide",
        ReportState::Appealed => "report-advice-appealed",
        ReportState::Verified if view.author => "report-advice-verified",
        ReportState::Verified if view.may.notify => "report-advice-notify",
        ReportState::Verified if view.vulnerability_open => "report-advice-follow",
        _ if view.may.appeal => return page.tn("report-advice-appeal", view.times.appeal_days),
        _ => return String::new(),
    };
    page.t(key)
}

/// Gives the acts that the reader may do, the main one marked.
fn offers(page: &Page, view: &ReportView) -> Vec<Offer> {
    let may = &view.may;
    let main_verify = may.verify;
    let all = [
        (may.confirm, "confirmer", "main", false),
        (may.confirm && may.drop, "ecarter", "quiet", false),
        (may.notify, "prevenir", "main", false),
        (view.state == ReportState::Draft && may.edit, "soumettre", "main", true),
        (may.edit, "modifier", "quiet", false),
        (may.answer, "repondre", "main", false),
        (may.reopen, "rouvrir", "main", false),
        (may.appeal, "contester", "quiet", false),
        (!may.confirm && may.drop, "ecarter", "quiet", false),
        (may.decide, "recours", "main", false),
        (
            may.claim,
            "prendre",
            if view.state == ReportState::Submitted {
                "main"
            } else {
                "quiet"
            },
            true,
        ),
        (main_verify, "verifier", "main", false),
        (
            may.judge,
            "reproduire",
            if main_verify || view.state == ReportState::Submitted {
                "quiet"
            } else {
                "main"
            },
            false,
        ),
        (may.judge, "demander", "quiet", false),
        (may.judge, "clore", "quiet", false),
        (may.judge && view.proposal.is_none(), "abusif", "quiet", false),
        (may.merge, "fusionner", "quiet", false),
        (may.resume, "reprendre", "quiet", false),
        (may.release, "liberer", "quiet", true),
        (may.withdraw, "retirer", "danger", false),
        (may.discard, "supprimer", "danger", true),
    ];
    let mut seen_main = false;
    all.into_iter()
        .filter(|(offered, ..)| *offered)
        .map(|(_, act, look, press)| {
            let look = if look == "main" && seen_main { "quiet" } else { look };
            seen_main |= look == "main";
            let told = view.vulnerability.filter(|_| act == "prevenir");
            Offer {
                href: told.map_or_else(|| at::act(view.id, act), |(id, _)| addresses::vulnerability::show(id)),
                label: page.t(&format!("report-act-{act}")),
                look,
                press,
            }
        })
        .collect()
}

fn timeline(page: &Page, view: &ReportView) -> Vec<Entry> {
    let mut all: Vec<Entry> = view.history.iter().map(|one| happening(page, one)).collect();
    all.extend(view.comments.iter().map(|comment| Entry {
        at: comment.at,
        what: String::new(),
        who: if comment.who.is_empty() {
            page.t("report-a-verifier")
        } else {
            comment.who.clone()
        },
        role: if comment.who.is_empty() {
            String::new()
        } else {
            words::role(page, &comment.role)
        },
        why: String::new(),
        strong: false,
        html: markdown_to_html(&comment.text),
        readers: page.t(if comment.internal {
            "report-comment-internal"
        } else {
            "report-comment-shared"
        }),
    }));
    all.sort_by_key(|entry| entry.at);
    all
}

fn happening(page: &Page, one: &Happening) -> Entry {
    let what = match one.state {
        Some(state) => page.t1("report-event-closed-as", "state", words::state(page, state)),
        None => page.t(&format!("report-event-{}", one.kind.code().replace('_', "-"))),
    };
    let (who, role) = match (one.who.is_empty(), one.role.as_str()) {
        (true, "") => (page.t("common-system"), String::new()),
        (true, _) => (page.t("report-a-verifier"), String::new()),
        (false, code) => (one.who.clone(), words::role(page, code)),
    };
    Entry {
        at: one.at,
        what,
        who,
        role,
        why: one.why.clone(),
        strong: one.kind.is_decision(),
        html: String::new(),
        readers: String::new(),
    }
}
