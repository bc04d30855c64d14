//! Tunnels through the proxy's port: what a tool asks by `CONNECT` for the host name of a lease is
//! served here, as if it had come by the other door.

use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncReadExt;

use crate::admission::who::holds;
use crate::credential;
use crate::grants::Held;
use crate::proxy::{Came, Connection};
use crate::refusal::Refusal;
use crate::serve::Door;
use crate::tap::Answer;

/// The first byte of a TLS handshake (RFC 8446 §5.1).
const HANDSHAKE: u8 = 22;

/// Opens a tunnel to the lease. Tools show the credential here alone, so that it counts for what
/// comes within; nothing has passed yet, and each request within is admitted by itself. A certificate is
/// shown within only, by TLS: where the lease knows one, a tunnel opens without any credential.
pub(crate) fn open(
    connection: &Arc<Connection>,
    held: &Held,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Refusal> {
    let carried = match credential::find(request.headers()) {
        Some(credential) => {
            holds(&credential, held)?;
            Some((held.lease.label.clone(), credential))
        }
        None if connection.came.tls.is_some() && !held.lease.certificates.is_empty() => None,
        None => return Err(Refusal::NoCredential),
    };
    // The connection keeps its place while the tunnel is open.
    let connection = Arc::clone(connection);
    let tasks = connection.gateway.tasks.clone();
    tasks.spawn(async move {
        let token = connection.token.clone();
        let upgraded = token.run_until_cancelled(hyper::upgrade::on(request)).await;
        if let Some(Ok(upgraded)) = upgraded {
            token
                .run_until_cancelled(Box::pin(within(&connection, upgraded, carried)))
                .await;
        }
    });
    Ok(Response::new(Answer::Page(Full::new(Bytes::new()))))
}

/// Serves what comes in a tunnel, by TLS when it begins so.
async fn within(connection: &Arc<Connection>, upgraded: Upgraded, carried: Option<(String, String)>) {
    let gateway = Arc::clone(&connection.gateway);
    let (mut from, to) = tokio::io::split(TokioIo::new(upgraded));
    let first = tokio::time::timeout(gateway.settings.head, from.read_u8()).await;
    let Ok(Ok(first)) = first else { return };
    let https = first == HANDSHAKE;
    if https && connection.came.tls.is_none() {
        return;
    }
    let stream = tokio::io::join(Cursor::new([first]).chain(from), to);
    let came = Came {
        https,
        door: Door::Hosts,
        tls: connection.came.tls.clone(),
        carried,
        certificate: None,
    };
    gateway.come(stream, came, connection.token.child_token(), None).await;
}
