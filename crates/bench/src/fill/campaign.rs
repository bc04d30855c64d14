//! Programmes and their campaigns.

use super::Block;
use super::people::{Persona, campaign_grant, hunter, hunters_of};
use super::register::VERSIONS;
use crate::row;
use crate::rows::Written;
use crate::seals::Seal;
use crate::size::{CAMPAIGNS, COMMUNES, DAY, HUNTING, Kind, NOW, commune, id, organisation, products_of, vendor};
use domain::ids::ProgrammeId;
use use_cases::vault::KeyHolder;
use uuid::Uuid;

/// Where a campaign stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Hunters are at work.
    Open,
    /// The last reports are verified.
    Verifying,
    /// It has not begun.
    Planned,
    /// It has ended.
    Closed,
}

impl Stage {
    /// Gives where the `n`th campaign of a block stands.
    pub const fn of(n: u64) -> Self {
        match n {
            0..3 => Self::Open,
            3..6 => Self::Verifying,
            6..8 => Self::Planned,
            _ => Self::Closed,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Verifying => "verifying",
            Self::Planned => "planned",
            Self::Closed => "closed",
        }
    }

    /// Gives the instants at which such a campaign opens and closes.
    pub fn window(self, n: u64) -> (i64, i64) {
        let back = i64::try_from(n).unwrap_or_default();
        let opens = match self {
            Self::Open => NOW - 10 * DAY,
            Self::Verifying => NOW - 40 * DAY,
            Self::Planned => NOW + 20 * DAY,
            Self::Closed => NOW - (60 + back * 9) * DAY,
        };
        (opens, opens + 30 * DAY)
    }
}

/// Gives the readable address of a block's programme.
pub fn slug(block: u64) -> String {
    format!("programme-{block:03}")
}

/// Adds a block's programme and campaigns.
pub async fn fill(block: &mut Block<'_>) -> Written<()> {
    let number = block.number;
    let programme = id(Kind::Programme, number, 0);
    let rules = id(Kind::Rules, number, 0);
    let since = NOW - 380 * DAY;
    let row = row![
        programme,
        organisation(number, 0),
        slug(number),
        format!("Tests partagés {number:03}"),
        "Les communes testent ensemble ce qu’elles utilisent toutes.",
        "shared_tests",
        "Délibération du 3 février 2026",
        "none",
        "{}",
        since,
        0_i64,
        1_i64,
        since
    ];
    let into = "programme (id, owner_id, slug, name, summary, kind, legal_basis, notice_kind, settings, published_at, last_call, \
                revision, created_at)";
    block.rows.add(into, row).await?;
    for n in 0..COMMUNES {
        let row = row![id(Kind::Member, number, n), programme, commune(number, n), since, since];
        let into = "programme_member (id, programme_id, organisation_id, from_at, accepted_at)";
        block.rows.add(into, row).await?;
    }
    let row = row![rules, programme, 1_i64, "Rester dans le périmètre.", since];
    block
        .rows
        .add("rules_of_engagement (id, programme_id, version, text, created_at)", row)
        .await?;
    let next = block.next_key();
    let holder = KeyHolder::Programme(ProgrammeId(programme));
    let seal = Seal::new(block.app, &mut block.rows, holder, next).await?;
    for n in 0..CAMPAIGNS {
        campaign(block, n, (programme, rules)).await?;
        parties(block, n, &seal).await?;
        people(block, n, rules).await?;
    }
    Ok(())
}

async fn campaign(block: &mut Block<'_>, n: u64, (programme, rules): (Uuid, Uuid)) -> Written<()> {
    let stage = Stage::of(n);
    let (opens, closes) = stage.window(n);
    let campaign = id(Kind::Campaign, block.number, n);
    let row = row![
        campaign,
        programme,
        "bug_bounty",
        format!("Campagne {:03}-{n:02}", block.number),
        "Trois logiciels de la scolarité.",
        stage.code(),
        true,
        opens,
        closes,
        rules,
        "Pas de déni de service.",
        "01 23 45 67 89",
        true,
        180_i64,
        107_i64,
        0_i64,
        1_i64,
        opens - 30 * DAY
    ];
    let into = "campaign (id, programme_id, kind, name, summary, state, announced, opens_at, closes_at, rules_id, prohibitions, stop_contact, \
                restitution_shared, recording_days, last_report, last_finding, revision, created_at)";
    block.rows.add(into, row).await?;
    for product in products_of(n) {
        let version = id(Kind::Version, block.number, product * VERSIONS);
        let row = row![campaign, id(Kind::Product, block.number, product), version, false];
        block
            .rows
            .add("campaign_product (campaign_id, product_id, version_id, duplicate)", row)
            .await?;
    }
    Ok(())
}

async fn parties(block: &mut Block<'_>, n: u64, seal: &Seal<'_>) -> Written<()> {
    let number = block.number;
    let campaign = id(Kind::Campaign, number, n);
    let since = Stage::of(n).window(n).0 - 20 * DAY;
    let makes = products_of(n)[0] / 10;
    let parties = [
        (organisation(number, 1), "operator"),
        (organisation(number, 2), "school"),
        (vendor(number, makes), "vendor"),
        (commune(number, 1), "pilot"),
        (commune(number, 0), "beneficiary"),
        (commune(number, n + 2), "beneficiary"),
    ];
    for (place, (of, part)) in (0..).zip(parties) {
        let party = id(Kind::Party, number, n * 10 + place);
        let into = "campaign_party (id, campaign_id, organisation_id, part, from_at, committed_at)";
        block
            .rows
            .add(into, row![party, campaign, of, part, since, since])
            .await?;
    }
    for (place, (of, role)) in (0..).zip([
        (commune(number, 0), "owner"),
        (vendor(number, makes), "host"),
        (vendor(number, makes), "vendor"),
    ]) {
        let authorisation = id(Kind::Authorisation, number, n * 10 + place);
        let row = row![
            authorisation,
            campaign,
            role,
            of,
            seal.text("authorisation", "text_sealed", authorisation, &super::words::text(4)),
            vec![7_u8; 32],
            since,
            "password",
            since,
            NOW + 60 * DAY,
            1_i64
        ];
        let into = "authorisation (id, campaign_id, signer_role, organisation_id, text_sealed, text_hash, requested_at, means, \
                    signed_at, expires_at, revision)";
        block.rows.add(into, row).await?;
    }
    Ok(())
}

async fn people(block: &mut Block<'_>, n: u64, rules: Uuid) -> Written<()> {
    let number = block.number;
    let campaign = id(Kind::Campaign, number, n);
    let since = Stage::of(n).window(n).0 - DAY;
    let into = "campaign_person (id, campaign_id, person_id, organisation_id, part, grant_id, from_at)";
    for (place, who) in (0..).zip(hunters_of(n)) {
        let participant = id(Kind::Participant, number, n * 100 + place);
        let (who, grant) = (hunter(number, who), campaign_grant(number, n, place));
        let row = row![
            participant,
            campaign,
            who,
            organisation(number, 2),
            "hunter",
            grant,
            since
        ];
        block.rows.add(into, row).await?;
        let row = row![rules, campaign, who, since];
        block
            .rows
            .add("rules_acceptance (rules_id, campaign_id, person_id, at)", row)
            .await?;
    }
    let participant = id(Kind::Participant, number, n * 100 + HUNTING);
    let (who, grant) = (Persona::Verifier.person(number), campaign_grant(number, n, 90));
    let row = row![
        participant,
        campaign,
        who,
        organisation(number, 1),
        "verifier",
        grant,
        since
    ];
    block.rows.add(into, row).await
}
