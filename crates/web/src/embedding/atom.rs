//! Results as Atom feeds (RFC 4287).

use super::answer::{Outside, Readers, with_headers, written};
use crate::sharing::words;
use crate::shell::{Answer, Page};
use addresses::{embedding as at, sharing};
use askama::Template;
use axum::extract::Path;
use domain::Timestamp;
use use_cases::embedding::{ReadMembersOutside, ViewPublicFrame};
use use_cases::ports::{OutcomeCampaign, OutcomeRow, SharingCase};
use use_cases::read;
use use_cases::sharing::TestedProduct;
use uuid::Uuid;

const ATOM: &str = "application/atom+xml; charset=utf-8";
/// Names the identifiers of entries that are no row of their own.
const ENTRIES: Uuid = Uuid::from_u128(0x6265_6666_726f_6900_8000_6174_6f6d_2d31);

#[derive(Template)]
#[template(path = "embedding/feed.xml", escape = "html")]
struct Feed {
    lang: &'static str,
    id: String,
    title: String,
    subtitle: String,
    updated: String,
    author: String,
    rights: String,
    own: String,
    page: String,
    version: &'static str,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    updated: String,
    published: String,
    category: &'static str,
    page: String,
    summary: String,
}

/// Gives a text as XML 1.0 takes it: without the characters that no document may hold.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}')))
        .collect()
}

fn named(name: &str) -> String {
    Uuid::new_v5(&ENTRIES, name.as_bytes()).urn().to_string()
}

/// Puts a feed together; one without entries was last changed when its programme was published.
fn feed(
    outside: &Outside,
    (page, programme): (&Page, &OutcomeRow),
    (kind, own, shown): (&'static str, String, String),
    entries: Vec<(Timestamp, Entry)>,
) -> Feed {
    let newest = entries.iter().map(|(at, _)| *at).max();
    let updated = newest.or(programme.published_at).unwrap_or(Timestamp(0));
    Feed {
        lang: page.lang,
        id: named(&format!("{kind}/{}", programme.id)),
        title: clean(&page.title),
        subtitle: page.notice.clone().unwrap_or_default(),
        updated: i18n::iso(updated.0),
        author: clean(&programme.owner_name),
        rights: page.t(match kind {
            "members" => "embedding-feed-members-readers",
            _ => "embedding-feed-public-readers",
        }),
        own: outside.own_url(&own),
        page: outside.url(&shown),
        version: page.version,
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}

fn advisory(outside: &Outside, page: &Page, case: &SharingCase) -> (Timestamp, Entry) {
    let correction = case.correction();
    let mut summary = format!(
        "{} – {}",
        words::severity(page, &case.band),
        words::correction(page, &correction)
    );
    if let Some(version) = case.fixed_in() {
        summary = format!("{summary} – {}", page.t1("sharing-members-version", "version", version));
    }
    let entry = Entry {
        id: case.id.0.urn().to_string(),
        title: clean(&words::dated(page, case)),
        updated: i18n::iso(case.changed_at().0),
        published: i18n::iso(case.phase_at.0),
        category: case.band.code(),
        page: outside.url(&format!("/failles/{}", case.id)),
        summary: clean(&with_notice(page, &summary)),
    };
    (case.changed_at(), entry)
}

fn tested(
    outside: &Outside,
    page: &Page,
    of: (&OutcomeRow, &OutcomeCampaign),
    product: &TestedProduct,
) -> (Timestamp, Entry) {
    let (programme, campaign) = of;
    let mut lines = vec![words::summary(page, product)];
    for version in &product.fixed_versions {
        lines.push(page.t1("sharing-members-version", "version", version));
    }
    let worst = product.counts.iter().find(|(_, count)| *count > 0);
    let entry = Entry {
        id: named(&format!("tested/{}/{}", campaign.id, product.id)),
        title: clean(&format!("{} – {}", words::heading(page, product), campaign.name)),
        updated: i18n::iso(product.changed_at.0),
        published: i18n::iso(campaign.closes_at.0),
        category: worst.map_or("none", |(band, _)| band.code()),
        page: outside.url(&sharing::members(&programme.slug)),
        summary: clean(&with_notice(page, &lines.join(" "))),
    };
    (product.changed_at, entry)
}

/// Adds the notice of a programme to what an entry says, which readers may show alone.
fn with_notice(page: &Page, text: &str) -> String {
    match &page.notice {
        Some(notice) => format!("{text} – {notice}"),
        None => text.to_owned(),
    }
}

/// Gives everybody a feed of a programme's public advisories.
pub async fn public(outside: Outside, Path(slug): Path<String>) -> Answer {
    let visitor = &outside.0;
    let view = read(&visitor.context, ViewPublicFrame { slug })
        .await
        .map_err(|e| visitor.problem(e))?;
    let programme = &view.results.programme;
    let page = visitor
        .page(visitor.ta("embedding-feed-public", &[("name", programme.name.clone().into())]))
        .with_notice(programme.notice);
    let mut entries: Vec<_> = view
        .results
        .advisories
        .iter()
        .map(|case| advisory(&outside, &page, case))
        .collect();
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let places = (
        "public",
        at::public_atom(&programme.slug),
        sharing::public(&programme.slug),
    );
    let feed = feed(&outside, (&page, programme), places, entries);
    Ok(with_headers(written(visitor, ATOM, &feed)?, Readers::Everybody, &[]))
}

/// Gives members a feed of what was tested and how it ended.
pub async fn members(outside: Outside, Path((slug, token)): Path<(String, String)>) -> Answer {
    let visitor = &outside.0;
    let command = ReadMembersOutside {
        slug,
        token: token.clone(),
    };
    let view = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let programme = &view.members.programme;
    let page = visitor
        .page(visitor.ta("embedding-feed-members", &[("name", programme.name.clone().into())]))
        .with_notice(programme.notice);
    let mut entries = Vec::new();
    for (campaign, products) in &view.members.campaigns {
        for product in products.iter().filter(|product| product.ended && product.total > 0) {
            entries.push(tested(&outside, &page, (programme, campaign), product));
        }
    }
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let places = (
        "members",
        at::members_atom(&programme.slug, &token),
        sharing::members(&programme.slug),
    );
    let feed = feed(&outside, (&page, programme), places, entries);
    Ok(with_headers(written(visitor, ATOM, &feed)?, Readers::Members, &[]))
}
