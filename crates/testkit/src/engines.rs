//! Each test on both engines.

/// Makes two tests of one story: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! each_engine {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn story($app: $crate::TestApp) $body

            $(#[$meta])*
            #[test]
            fn sqlite() {
                $crate::run(async { story($crate::TestApp::sqlite().await).await });
            }

            $(#[$meta])*
            #[test]
            fn postgres() {
                $crate::run(async { story($crate::TestApp::postgres().await).await });
            }
        }
    )+};
}

/// Runs a test's future to its end on a runtime of its own.
///
/// # Panics
/// When the test does.
pub fn run<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts")
        .block_on(Box::pin(story))
}
