//! The recipes of the applications.

use domain::{Recipe, RecipeLimits};

/// The host names under which the applications know themselves.
pub const TOWN_HALL: &str = "www.mairie.example";
pub const PRACTICE: &str = "exercice.example";
/// The password of the account that the town hall certifies for testing.
pub const PASSWORD: &str = "un mot de passe assez long";

pub const NAMES: [&str; 3] = ["wordpress", "vulnserver", "corrected"];

const WORDPRESS: &str = r#"
version = "6.1.9"
entry = { service = "web", port = 8080 }

[services.web]
image = "wordpress"
command = ["start-wordpress"]
user = "33:33"
tmpfs = { "/tmp" = "64 MiB", "/var/lib/wordpress/wp-content/uploads" = "16 MiB" }
after = ["db"]
health = { http = "/wp-login.php", host = "www.mairie.example", every = "1 s", within = "180 s" }
resources = { memory = "512 MiB", cpu = 1, processes = 64 }

[services.web.environment]
DB_HOST = "db"
DB_NAME = "wordpress"
DB_USER = "wordpress"
DB_PASSWORD = "seulement-ici"
SECRET = "seulement-ici-aussi"
PUBLIC_URL = "https://www.mairie.example"
AGENT_PASSWORD = "un mot de passe assez long"

[services.db]
image = "mariadb"
command = ["start-mariadb"]
environment = { DB_NAME = "wordpress", DB_USER = "wordpress", DB_PASSWORD = "seulement-ici" }
tmpfs = { "/tmp" = "32 MiB" }
volumes = [{ name = "data", at = "/var/lib/mysql", size = "1 GiB" }]
health = { tcp = 3306, every = "1 s", within = "180 s" }
resources = { memory = "512 MiB", cpu = 1, processes = 64 }
"#;

const VULNSERVER: &str = r#"
version = "VERSION"
entry = { service = "web", port = 8080 }
[services.web]
image = "vulnserver"
command = ["python3", "/opt/vulnserver/PROGRAM.py", "0.0.0.0", "8080"]
health = { http = "/", every = "500 ms", within = "60 s" }
resources = { memory = "128 MiB", cpu = 1, processes = 64 }
"#;

fn text(name: &str) -> String {
    match name {
        "wordpress" => WORDPRESS.to_owned(),
        "vulnserver" => VULNSERVER.replace("PROGRAM", "vulnserver").replace("VERSION", "1"),
        _ => VULNSERVER.replace("PROGRAM", "corrected").replace("VERSION", "2"),
    }
}

/// Gives a recipe whose images are named by `digest`.
pub fn recipe(name: &str, digest: impl Fn(&str) -> String) -> String {
    ["wordpress", "mariadb", "vulnserver"]
        .iter()
        .fold(text(name), |text, image| {
            text.replace(
                &format!("image = \"{image}\""),
                &format!("image = \"{}\"", digest(image)),
            )
        })
}

/// Fails unless a recipe can be declared.
pub fn reads(name: &str) {
    let recipe = recipe(name, |_| format!("sha256:{}", "0".repeat(64)));
    let read = Recipe::parse(&recipe, &RecipeLimits::default());
    assert!(read.is_ok(), "{name}: {read:?}");
}
