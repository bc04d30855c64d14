//! PostgreSQL reached by TLS: believed with the right authority and name, refused with others.

use crate::{beffroi, free_port, said};
use std::process::Output;
use storage::{Database, values};
use testkit::run;
use testkit::tls::TlsPostgres;

fn check(url: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    beffroi(folder.path())
        .arg("check")
        .env("BEFFROI_DATABASE", url)
        .output()
        .unwrap()
}

#[test]
fn a_database_is_believed_by_its_authority_and_name_only() {
    let server = TlsPostgres::start(free_port());
    let (good, wrong) = (server.authority(), server.stranger());
    let (good, wrong) = (good.display(), wrong.display());
    let url = server.url("127.0.0.1", &format!("sslmode=verify-full&sslrootcert={good}"));
    let checked = check(&url);
    assert!(
        checked.status.success() && said(&checked).contains("base PostgreSQL : elle répond"),
        "{}",
        said(&checked)
    );
    assert!(run(is_sealed(&url)), "the connection is by TLS");

    let refused = [
        // Another authority, the system's authorities, and a name that the certificate does not bear.
        server.url("127.0.0.1", &format!("sslmode=verify-full&sslrootcert={wrong}")),
        server.url("127.0.0.1", "sslmode=verify-full"),
        server.url("localhost", &format!("sslmode=verify-full&sslrootcert={good}")),
    ];
    for url in refused {
        let checked = check(&url);
        assert_eq!(checked.status.code(), Some(1), "{url}: {}", said(&checked));
        for expected in ["n’a pas été jointe par TLS", "sslrootcert=", "Un point est à corriger."] {
            assert!(
                said(&checked).contains(expected),
                "{url}: {expected}: {}",
                said(&checked)
            );
        }
    }
    let checked = check(&server.url("127.0.0.1", "sslmode=verify-full&sslrootcert=/nowhere/ca.pem"));
    assert!(
        said(&checked).contains("le certificat d’autorité /nowhere/ca.pem"),
        "{}",
        said(&checked)
    );
}

async fn is_sealed(url: &str) -> bool {
    let database = Database::open_postgres(url, 1).await.unwrap();
    let mut connection = database.connection(false).await.unwrap();
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    connection.fetch_one(sql, values![]).await.unwrap().get("ssl").unwrap()
}
