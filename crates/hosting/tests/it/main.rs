//! Targets on a real engine: each test starts Podman in namespaces of its own, which take everything with them.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod external;
mod isolation;
mod life;
mod limits;
mod machine;
mod namespace;
mod sweep;
mod tools;
mod volumes;

/// Declares a test that runs as root on a machine of its own: network, mounts and processes.
#[macro_export]
macro_rules! own_machine {
    ($(#[$doc:meta])* async fn $name:ident($machine:ident) $body:block) => {
        $(#[$doc])*
        #[test]
        fn $name() {
            let name = concat!(module_path!(), "::", stringify!($name));
            $crate::machine::run(name, async |$machine: $crate::machine::Machine| $body);
        }
    };
}
