//! TLS with tools: a certificate of theirs is asked for where a lease knows one, and shown to admission.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::client::danger::HandshakeSignatureValid;
use tokio_rustls::rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::{CertificateDer, UnixTime};
use tokio_rustls::rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use tokio_rustls::rustls::server::{Acceptor as Reader, ParsedCertificate};
use tokio_rustls::rustls::{
    DigitallySignedStruct, DistinguishedName, Error, ServerConfig, ServerConnection, SignatureScheme,
};
use tokio_rustls::server::TlsStream;

/// Accepts TLS in two ways: with and without asking for a certificate of the tool's.
#[derive(Clone)]
pub struct Acceptor {
    pub(crate) usual: Arc<ServerConfig>,
    pub(crate) asking: Arc<ServerConfig>,
}

impl Acceptor {
    /// Accepts TLS; `asks` says whether a certificate is asked for under the name that the tool gives. A browser that
    /// holds certificates shows its person a choice of them whenever it is asked, so that nobody is without need.
    ///
    /// # Errors
    /// The stream's, and those of a handshake that fails (RFC 8446 §6.2).
    pub async fn accept<S>(&self, stream: S, asks: impl FnOnce(&str) -> bool) -> io::Result<TlsStream<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let begun = LazyConfigAcceptor::new(Reader::default(), stream).await?;
        let asked = begun.client_hello().server_name().is_some_and(asks);
        let config = if asked { &self.asking } else { &self.usual };
        begun.into_stream(Arc::clone(config)).await
    }
}

/// The fingerprint of the certificate that a tool showed: SHA-256 of it, as tools print it.
pub(crate) fn shown(connection: &ServerConnection) -> Option<[u8; 32]> {
    let certificate = connection.peer_certificates()?.first()?;
    Some(sealing::content_digest(certificate))
}

/// Takes any certificate whose private key the tool proves to hold, and none from whoever has none. No authority
/// stands behind it: which lease it opens is said where requests are admitted.
#[derive(Debug)]
pub(crate) struct AnyCertificate {
    provider: Arc<CryptoProvider>,
}

impl AnyCertificate {
    pub(crate) fn new(provider: Arc<CryptoProvider>) -> Self {
        Self { provider }
    }
}

impl ClientCertVerifier for AnyCertificate {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        // No hint: tools offer whatever they have (RFC 8446 §4.2.4).
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        ParsedCertificate::try_from(end_entity)?;
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
