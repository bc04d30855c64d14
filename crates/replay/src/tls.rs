//! TLS towards an instance, believed as the caller says.

use std::fmt;
use std::io;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// How to speak TLS to an instance, and the name that its certificate must bear.
#[derive(Clone)]
pub struct Tls {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Tls {
    /// Takes whom to believe, and the name that is asked for and must stand in the certificate. HTTP/1.1 is all
    /// that is offered (RFC 7301), since that is what is spoken.
    #[must_use]
    pub fn new(config: &ClientConfig, name: ServerName<'static>) -> Self {
        let mut config = config.clone();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self {
            connector: TlsConnector::from(Arc::new(config)),
            name,
        }
    }

    pub(crate) async fn speak(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.connector.connect(self.name.clone(), stream).await
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tls {{ name: {:?} }}", self.name)
    }
}
