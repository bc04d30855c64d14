//! Leave to test: whoever has to give it for the open campaigns does, so that hunters may write.

use super::crowd::OPEN;
use crate::row;
use crate::rows::Rows;
use crate::size::{DAY, Kind, NOW, commune, id, products_of, vendor};
use authorization::SystemKind;
use domain::ids::ProgrammeId;
use testkit::TestApp;
use use_cases::perform::UseCase;
use use_cases::unit::place;
use use_cases::vault::KeyHolder;
use use_cases::{Outcome, Unit, perform};
use uuid::Uuid;

/// Where the other vendors' authorisations of a campaign begin, after those of the fill.
const OTHERS: u64 = 3;

/// Names who answers for each tested product, and adds the leave that the fill did not give: of vendors beside the first.
pub async fn give(app: &TestApp, block: u64) {
    let mut rows = Vec::new();
    for campaign in 0..OPEN {
        let tested = products_of(campaign);
        let first = tested[0] / 10;
        let mut others: Vec<u64> = tested.iter().map(|one| one / 10).filter(|one| *one != first).collect();
        others.dedup();
        for (which, n) in (OTHERS..).zip(others) {
            let authorisation = id(Kind::Authorisation, block, campaign * 10 + which);
            let programme = ProgrammeId(id(Kind::Programme, block, 0));
            let text = Text {
                programme,
                authorisation,
            };
            let sealed = perform(&app.system(SystemKind::Installer), text).await;
            rows.push((
                campaign,
                authorisation,
                vendor(block, n),
                sealed.expect("a sealed text"),
            ));
        }
    }
    let mut kept = Rows::open(app).await.expect("the database opens");
    for (campaign, authorisation, of, sealed) in rows {
        let into = "authorisation (id, campaign_id, signer_role, organisation_id, text_sealed, text_hash, requested_at, means, \
                    signed_at, expires_at, revision)";
        let (asked, ends) = (NOW - 30 * DAY, NOW + 60 * DAY);
        let campaign = id(Kind::Campaign, block, campaign);
        let hash = vec![7_u8; 32];
        let row = row![
            authorisation,
            campaign,
            "vendor",
            of,
            sealed,
            hash,
            asked,
            "password",
            asked,
            ends,
            1_i64
        ];
        kept.add(into, row).await.expect("a row is written");
    }
    for campaign in 0..OPEN {
        let host = vendor(block, products_of(campaign)[0] / 10);
        for product in products_of(campaign) {
            for (role, of) in [("owner", commune(block, 0)), ("host", host)] {
                let into = "campaign_signer (campaign_id, product_id, signer_role, organisation_id)";
                let (campaign, product) = (id(Kind::Campaign, block, campaign), id(Kind::Product, block, product));
                let row = row![campaign, product, role, of];
                kept.add(into, row).await.expect("a row is written");
            }
        }
    }
    kept.finish().await.expect("the rows are kept");
}

/// Seals the text of an authorisation by its programme's key.
struct Text {
    programme: ProgrammeId,
    authorisation: Uuid,
}

impl UseCase for Text {
    type Output = Vec<u8>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<u8>> {
        let place = place("authorisation", "text_sealed", self.authorisation);
        unit.seal(
            KeyHolder::Programme(self.programme),
            place,
            b"Nous donnons notre accord.",
        )
        .await
    }
}
