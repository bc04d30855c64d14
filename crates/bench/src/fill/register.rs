//! Products, their versions, and who runs them.

use super::Block;
use crate::row;
use crate::rows::Written;
use crate::size::{COMMUNES, DAY, Kind, NOW, PRODUCTS, RUN, VULNERABILITIES, commune, id, product_of, vendor};

/// Versions of a product.
pub const VERSIONS: u64 = 3;

/// Adds a block's products and deployments.
pub async fn fill(block: &mut Block<'_>) -> Written<()> {
    let number = block.number;
    for n in 0..PRODUCTS {
        let product = id(Kind::Product, number, n);
        let name = format!("Logiciel {number:03}-{n:02}");
        let row = row![
            product,
            vendor(number, n / 10),
            format!("logiciel-{number:03}-{n:02}"),
            name.clone(),
            domain::organisation::name_sort(&name),
            "Inscription, suivi et paiement en ligne.",
            i64::try_from(VULNERABILITIES).unwrap_or_default(),
            1_i64,
            NOW - 350 * DAY
        ];
        let into =
            "product (id, vendor_id, slug, name, name_sort, description, last_vulnerability, revision, created_at)";
        block.rows.add(into, row).await?;
        for word in domain::organisation::name_words(&name) {
            block
                .rows
                .add("product_word (word, product_id)", row![word, product])
                .await?;
        }
        for version in 0..VERSIONS {
            let version_id = id(Kind::Version, number, n * VERSIONS + version);
            let row = row![version_id, product, format!("{}.{version}", n % 9 + 1), NOW - 340 * DAY];
            block
                .rows
                .add("product_version (id, product_id, version, created_at)", row)
                .await?;
        }
    }
    for n in 0..COMMUNES {
        for k in 0..RUN {
            let product = product_of(n, k);
            deployment(block, (number, n), (number, product), n * (RUN + 1) + k).await?;
        }
        // One product of the first block is run all over the country.
        if number > 0 && n < 50 {
            deployment(block, (number, n), (0, 0), n * (RUN + 1) + RUN).await?;
        }
    }
    Ok(())
}

async fn deployment(block: &mut Block<'_>, of: (u64, u64), (home, n): (u64, u64), place: u64) -> Written<()> {
    let confirmed = place % 5 != 4;
    let row = row![
        id(Kind::Deployment, block.number, place),
        commune(of.0, of.1),
        id(Kind::Product, home, n),
        id(Kind::Version, home, n * VERSIONS + place % VERSIONS),
        "",
        if confirmed { "confirmed" } else { "declared" },
        NOW - 200 * DAY,
        confirmed.then_some(NOW - 190 * DAY),
        confirmed.then_some("vendor"),
        1_i64,
        NOW - 200 * DAY
    ];
    let into = "deployment (id, organisation_id, product_id, version_id, label, state, from_at, confirmed_at, confirmed_as, \
                revision, created_at)";
    block.rows.add(into, row).await
}
