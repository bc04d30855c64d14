//! The gateway's certificate from its files, read again when they change, and the roots that it trusts.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore, ServerConfig};

use crate::handshake::{Acceptor, AnyCertificate};

/// Where a certificate stands, both files in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The certificate and those that lead to a root.
    pub chain: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("{path} cannot be read: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: pem::Error,
    },
    /// The key is not the certificate's, or of a kind that is not known.
    #[error("the certificate cannot be used: {0}")]
    Tls(#[from] rustls::Error),
    /// The roots of the system cannot be read.
    #[error("no root certificate could be read from this system: {0}")]
    Roots(String),
}

/// A certificate that is read again when its files change.
pub struct Certificates {
    files: CertificateFiles,
    current: RwLock<Arc<CertifiedKey>>,
    seen: Mutex<Seen>,
}

/// When both files were written, so that a change is seen without reading them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen([Option<(SystemTime, u64)>; 2]);

impl Certificates {
    /// Reads a certificate and its key.
    pub fn read(files: CertificateFiles) -> Result<Arc<Self>, CertificateError> {
        let seen = Mutex::new(files.seen());
        let current = RwLock::new(Arc::new(files.certified()?));
        Ok(Arc::new(Self { files, current, seen }))
    }

    /// Reads the files again when they changed since, and says whether they did. While they cannot
    /// be used, the certificate stays what it was; a change of either is tried again.
    pub fn refresh(&self) -> Result<bool, CertificateError> {
        let found = self.files.seen();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == found {
            return Ok(false);
        }
        *seen = found;
        let certified = Arc::new(self.files.certified()?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = certified;
        Ok(true)
    }

    /// Accepts TLS with the present certificate, for HTTP/2 and HTTP/1.1; asks for a certificate of the tool's
    /// where it is told to.
    pub fn acceptor(self: &Arc<Self>) -> Result<Acceptor, CertificateError> {
        let builder = || ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
        let resolver = || Arc::clone(self) as Arc<dyn ResolvesServerCert>;
        let usual = builder()?.with_no_client_auth().with_cert_resolver(resolver());
        let any = Arc::new(AnyCertificate::new(provider()));
        let asking = builder()?.with_client_cert_verifier(any).with_cert_resolver(resolver());
        let speaking = |mut config: ServerConfig| {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
            Arc::new(config)
        };
        Ok(Acceptor {
            usual: speaking(usual),
            asking: speaking(asking),
        })
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificates({})", self.files.chain.display())
    }
}

impl CertificateFiles {
    fn seen(&self) -> Seen {
        Seen([&self.chain, &self.key].map(|path| {
            let found = std::fs::metadata(path).ok()?;
            Some((found.modified().ok()?, found.len()))
        }))
    }

    fn certified(&self) -> Result<CertifiedKey, CertificateError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| CertificateError::File { path, error }
        };
        let chain = CertificateDer::pem_file_iter(&self.chain).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let chain = chain.map_err(failed(&self.chain))?;
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(failed(&self.key))?;
        Ok(CertifiedKey::from_der(chain, key, &provider())?)
    }
}

/// Speaks TLS to targets elsewhere, whose certificates lead to a root that the system trusts.
pub fn native_roots() -> Result<Arc<ClientConfig>, CertificateError> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        let why: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        let why = if why.is_empty() {
            io::ErrorKind::NotFound.to_string()
        } else {
            why.join("; ")
        };
        return Err(CertificateError::Roots(why));
    }
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
    Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
}

/// Named, since a program may hold several.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
