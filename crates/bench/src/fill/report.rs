//! Reports of a block's campaigns.

use super::Block;
use super::campaign::Stage;
use super::people::{Persona, hunter, hunters_of};
use super::{search, vulnerability, words};
use crate::row;
use crate::rows::Written;
use crate::seals::Seal;
use crate::size::{
    CAMPAIGNS, DAY, HUNTING, Kind, REPORTS, VULNERABILITIES, campaign_of, id, organisation, products_of,
};
use domain::ids::CampaignId;
use use_cases::vault::KeyHolder;
use uuid::Uuid;

/// Gives the place among its campaign's reports of the one that established a vulnerability.
pub fn verified_place(product: u64, n: u64) -> u64 {
    let among = products_of(campaign_of(product)).iter().position(|one| *one == product);
    u64::try_from(among.unwrap_or_default()).unwrap_or_default() * VULNERABILITIES + n
}

/// Gives the report that established a vulnerability.
pub fn verified(block: u64, product: u64, n: u64) -> Uuid {
    id(
        Kind::Report,
        block,
        campaign_of(product) * REPORTS + verified_place(product, n),
    )
}

/// Gives which hunter of the block wrote a campaign's `n`th report.
pub fn reporter(campaign: u64, n: u64) -> u64 {
    let place = usize::try_from(n % HUNTING).unwrap_or_default();
    hunters_of(campaign).nth(place).unwrap_or_default()
}

/// Adds the reports of a block.
pub async fn fill(block: &mut Block<'_>) -> Written<()> {
    for campaign in 0..CAMPAIGNS {
        if Stage::of(campaign) == Stage::Planned {
            continue;
        }
        let holder = KeyHolder::Campaign(CampaignId(id(Kind::Campaign, block.number, campaign)));
        let next = block.next_key();
        let seal = Seal::new(block.app, &mut block.rows, holder, next).await?;
        for product in products_of(campaign) {
            let product = id(Kind::Product, block.number, product);
            search::shard(&mut block.rows, product, holder).await?;
        }
        for n in 0..REPORTS {
            report(block, campaign, n, &seal).await?;
        }
    }
    Ok(())
}

/// State of a report that established nothing: what still waits is in campaigns that go on.
const fn state(stage: Stage, n: u64) -> &'static str {
    match (stage, n % 10) {
        (_, 0..3) => "duplicate",
        (_, 3..5) => "informative",
        (Stage::Open | Stage::Verifying, 5..8) => "submitted",
        (Stage::Open | Stage::Verifying, 8) => "in_verification",
        (Stage::Open | Stage::Verifying, _) => "needs_information",
        (_, 5..7) => "out_of_scope",
        _ => "not_reproduced",
    }
}

async fn report(block: &mut Block<'_>, campaign: u64, n: u64, seal: &Seal<'_>) -> Written<()> {
    let number = block.number;
    let tested = products_of(campaign);
    let many = u64::try_from(tested.len()).unwrap_or_default();
    let report = id(Kind::Report, number, campaign * REPORTS + n);
    let is_verified = n < many * VULNERABILITIES;
    let among = usize::try_from(if is_verified { n / VULNERABILITIES } else { n % many }).unwrap_or_default();
    let product = tested[among];
    let stage = Stage::of(campaign);
    let state = if is_verified { "verified" } else { state(stage, n) };
    let closed = !is_verified && !matches!(state, "submitted" | "in_verification" | "needs_information");
    let at = stage.window(campaign).0 + DAY + i64::try_from(n).unwrap_or_default() * 1_000_000;
    let verifier = Persona::Verifier.person(number);
    let original = (state == "duplicate").then(|| verified(number, product, n % VULNERABILITIES));
    let place = vulnerability::place(product, n % VULNERABILITIES);
    let text = serde_json::json!({"steps": words::text(2), "impact": words::text(1), "proof": words::text(1)});
    let title = words::title(campaign * REPORTS + n);
    let said = search::Said {
        kind: "report",
        title: &title,
        text: &words::text(4),
    };
    let holder = KeyHolder::Campaign(CampaignId(id(Kind::Campaign, number, campaign)));
    search::keep(
        &mut block.rows,
        seal,
        report,
        id(Kind::Product, number, product),
        holder,
        &said,
    )
    .await?;
    let row = row![
        report,
        id(Kind::Campaign, number, campaign),
        id(Kind::Product, number, product),
        hunter(number, reporter(campaign, n)),
        organisation(number, 2),
        i64::try_from(n + 1).unwrap_or_default(),
        state,
        seal.text("report", "title_sealed", report, &title),
        seal.text("report", "contents_sealed", report, &text.to_string()),
        seal.text("report", "cwe_sealed", report, "89"),
        seal.text(
            "report",
            "vector_sealed",
            report,
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N"
        ),
        91_i64,
        original,
        is_verified.then(|| id(Kind::Vulnerability, number, place)),
        closed.then_some(state),
        closed.then_some(verifier),
        closed.then_some(at + 3 * DAY),
        1_i64,
        at,
        at,
        at + 2 * DAY
    ];
    let into = "report (id, campaign_id, product_id, reporter_id, reporter_organisation_id, number, state, title_sealed, \
                contents_sealed, cwe_sealed, vector_sealed, score, original_id, vulnerability_id, closed_state, closed_by, \
                closed_at, revision, created_at, submitted_at, state_at)";
    block.rows.add(into, row).await?;
    let comment = id(Kind::Comment, number, campaign * REPORTS + n);
    let row = row![
        comment,
        "report",
        report,
        1_i64,
        "shared",
        verifier,
        "verifier",
        seal.text("comment", "body_sealed", comment, &words::text(1)),
        at + DAY
    ];
    let into = "comment (id, subject_kind, subject_id, seq, audience, author_id, author_role, body_sealed, at)";
    block.rows.add(into, row).await
}
