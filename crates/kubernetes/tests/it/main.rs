//! The objects as people review them; and, where it is asked for, the provider against a real control plane: everything
//! but containers is real there, a kubelet is played by the test.
//!
//! ```sh
//! crates/kubernetes/bench/control-plane build /a/folder
//! BEFFROI_KUBERNETES=/a/folder cargo test -p beffroi-kubernetes -- --ignored --nocapture
//! ```
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod failures;
mod kubelet;
mod life;
mod objects;
mod plane;
mod sweep;
mod walls;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a control plane: bench/control-plane builds one"]
async fn a_real_control_plane() {
    let plane = plane::Plane::start().await;
    let kubelet = kubelet::Kubelet::start(&plane).await;
    walls::check(&plane).await;
    life::life(&plane).await;
    life::stops(&plane).await;
    walls::admission(&plane).await;
    walls::places(&plane).await;
    failures::failures(&plane).await;
    sweep::sweep(&plane).await;
    sweep::names(&plane).await;
    kubelet.stop().await;
}
