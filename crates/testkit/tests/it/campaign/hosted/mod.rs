//! Hunts on products that were not written here, hosted for real: `proofs/hosted-applications` runs them, in namespaces of
//! their own in which Podman holds the images.

mod clock;
mod ground;
mod judge;
mod recipes;
mod scanners;
mod vulnserver;
mod wordpress;

/// Runs a hunt to its end, on threads enough for a gateway, a driver and a browser.
fn proof(hunt: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(hunt);
}

#[test]
#[ignore = "needs images and namespaces: proofs/hosted-applications"]
fn hunt_on_the_site_of_a_town_hall() {
    proof(wordpress::hunt());
}

#[test]
#[ignore = "needs images and namespaces: proofs/hosted-applications"]
fn hunt_on_what_is_vulnerable_on_purpose() {
    proof(vulnserver::hunt());
}

#[test]
fn their_recipes_read() {
    for name in recipes::NAMES {
        recipes::reads(name);
    }
}
