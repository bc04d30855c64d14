//! A PostgreSQL that is reached by TLS, with a certificate of an authority of its own.

use crate::cluster::{Cluster, folder};
use std::path::PathBuf;
use std::process::Command;

/// What signs and is signed, with the `openssl` program.
const MAKE: &str = r#"
set -eu
key="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
for authority in ca stranger; do
    openssl req -x509 $key -keyout $authority.key -out $authority.pem -days 2 -subj "/CN=$authority" \
        -addext "basicConstraints=critical,CA:TRUE"
done
openssl req $key -keyout server.key -out server.csr -subj "/CN=127.0.0.1"
printf 'subjectAltName=IP:127.0.0.1\n' >names
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem
chmod 600 server.key
"#;

/// A PostgreSQL that speaks TLS on this machine, under the name `127.0.0.1` only.
pub struct TlsPostgres {
    folder: PathBuf,
    port: u16,
    _cluster: Cluster,
}

impl TlsPostgres {
    /// Makes the certificates and starts it on a port.
    ///
    /// # Panics
    /// Where PostgreSQL or the `openssl` program is missing.
    #[must_use]
    pub fn start(port: u16) -> Self {
        let folder = folder();
        let made = Command::new("sh").args(["-c", MAKE]).current_dir(&folder).output();
        let made = made.expect("a shell starts");
        assert!(
            made.status.success(),
            "this test needs openssl (apt-get install openssl): {}",
            String::from_utf8_lossy(&made.stderr)
        );
        let at = folder.display();
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c ssl=on -c ssl_cert_file={at}/server.pem -c ssl_key_file={at}/server.key"
        );
        let cluster = Cluster::launch(folder.clone(), &options);
        Self {
            folder,
            port,
            _cluster: cluster,
        }
    }

    /// Gives the address of its database under a name of the server, with further parameters.
    #[must_use]
    pub fn url(&self, host: &str, parameters: &str) -> String {
        format!("postgres://beffroi@{host}:{}/postgres?{parameters}", self.port)
    }

    /// Gives the certificate of the authority that signed the server's.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }
    /// Gives the certificate of an authority that signed nothing.
    #[must_use]
    pub fn stranger(&self) -> PathBuf {
        self.folder.join("stranger.pem")
    }
}
