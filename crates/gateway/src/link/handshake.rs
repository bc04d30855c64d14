//! Both sides prove that they hold the secret, each over a nonce of the other.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use zeroize::Zeroizing;

use super::frame::LinkError;
use super::keys::{Nonces, Role, Secret};

/// How long the proofs may take to come.
const PATIENCE: Duration = Duration::from_secs(2);
/// What a gateway begins with, so that a stray client is known by its first bytes.
const GREETING: [u8; 16] = *b"beffroi/1 link\r\n";

/// The keys of the frames of one stream.
pub(crate) struct Keys {
    pub(crate) ours: Zeroizing<[u8; 32]>,
    pub(crate) theirs: Zeroizing<[u8; 32]>,
}

/// Proves as the gateway, which dialled, and checks the platform first.
pub(crate) async fn as_gateway<S>(stream: &mut S, secret: &Secret, nonce: [u8; 32]) -> Result<Keys, LinkError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    in_time(async {
        stream.write_all(&GREETING).await?;
        stream.write_all(&nonce).await?;
        stream.flush().await?;
        let nonces = Nonces {
            gateway: nonce,
            platform: read(stream).await?,
        };
        check(read(stream).await?, &secret.proof(Role::Platform, &nonces))?;
        let proof = secret.proof(Role::Gateway, &nonces);
        stream.write_all(proof.as_bytes()).await?;
        stream.flush().await?;
        Ok(Keys {
            ours: secret.frame_key(Role::Gateway, &nonces),
            theirs: secret.frame_key(Role::Platform, &nonces),
        })
    })
    .await
}

/// Proves as the platform, and checks the gateway.
pub(crate) async fn as_platform<S>(stream: &mut S, secret: &Secret, nonce: [u8; 32]) -> Result<Keys, LinkError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    in_time(async {
        if read::<16, _>(stream).await? != GREETING {
            return Err(LinkError::Greeting);
        }
        let nonces = Nonces {
            gateway: read(stream).await?,
            platform: nonce,
        };
        stream.write_all(&nonce).await?;
        let proof = secret.proof(Role::Platform, &nonces);
        stream.write_all(proof.as_bytes()).await?;
        stream.flush().await?;
        check(read(stream).await?, &secret.proof(Role::Gateway, &nonces))?;
        Ok(Keys {
            ours: secret.frame_key(Role::Platform, &nonces),
            theirs: secret.frame_key(Role::Gateway, &nonces),
        })
    })
    .await
}

async fn in_time<T>(proving: impl Future<Output = Result<T, LinkError>>) -> Result<T, LinkError> {
    let proved = tokio::time::timeout(PATIENCE, proving).await;
    proved.unwrap_or(Err(LinkError::Silent))
}

async fn read<const N: usize, S: AsyncRead + Unpin>(stream: &mut S) -> Result<[u8; N], LinkError> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).await.map_err(|_| LinkError::Gone)?;
    Ok(bytes)
}

/// Compares in a time that says nothing about where they differ, as `blake3::Hash` does.
fn check(shown: [u8; 32], expected: &blake3::Hash) -> Result<(), LinkError> {
    if blake3::Hash::from_bytes(shown) == *expected {
        Ok(())
    } else {
        Err(LinkError::Secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shake(gateway: u8, platform: u8) -> (Result<Keys, LinkError>, Result<Keys, LinkError>) {
        let (mut one, mut other) = tokio::io::duplex(1024);
        let (one_secret, other_secret) = (Secret::new([gateway; 32]), Secret::new([platform; 32]));
        tokio::join!(
            // Each end goes when it fails, as it does on a real stream.
            async move { as_gateway(&mut one, &one_secret, [1; 32]).await },
            async move { as_platform(&mut other, &other_secret, [2; 32]).await },
        )
    }

    #[tokio::test]
    async fn both_sides_agree_on_two_keys() {
        let (gateway, platform) = shake(7, 7).await;
        let (gateway, platform) = (gateway.unwrap(), platform.unwrap());
        assert_eq!(gateway.ours, platform.theirs);
        assert_eq!(gateway.theirs, platform.ours);
        assert_ne!(gateway.ours, gateway.theirs);
    }

    #[tokio::test]
    async fn another_secret_opens_nothing() {
        let (gateway, platform) = shake(7, 8).await;
        assert!(matches!(gateway, Err(LinkError::Secret)));
        assert!(matches!(platform, Err(LinkError::Gone)));
    }

    #[tokio::test]
    async fn a_gateway_that_only_pretends_is_refused() {
        let (mut one, mut other) = tokio::io::duplex(1024);
        let secret = Secret::new([7; 32]);
        let pretending = async move {
            one.write_all(&GREETING).await.unwrap();
            one.write_all(&[1; 32]).await.unwrap();
            let mut shown = [0; 64];
            one.read_exact(&mut shown).await.unwrap();
            // The platform's own proof, sent back.
            one.write_all(&shown[32..]).await.unwrap();
        };
        let (_, platform) = tokio::join!(pretending, as_platform(&mut other, &secret, [2; 32]));
        assert!(matches!(platform, Err(LinkError::Secret)));
    }

    #[tokio::test]
    async fn garbage_and_silence_are_refused() {
        let secret = Secret::new([7; 32]);
        let (mut one, mut other) = tokio::io::duplex(1024);
        one.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let garbage = as_platform(&mut other, &secret, [2; 32]).await;
        assert!(matches!(garbage, Err(LinkError::Greeting)));
        let (_silent, mut other) = tokio::io::duplex(1024);
        let silent = as_platform(&mut other, &secret, [2; 32]).await;
        assert!(matches!(silent, Err(LinkError::Silent)));
    }
}
