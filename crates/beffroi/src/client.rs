//! Where a request comes from: the connection, or what a proxy that is trusted says of it.

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Networks whose word on the client's address is taken.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Arc<Vec<(IpAddr, u8)>>);

impl TrustedProxies {
    /// Reads addresses (`192.0.2.1`) and networks (`10.0.0.0/8`); gives the text that is neither.
    pub fn parse(texts: &[String]) -> Result<Self, String> {
        let networks: Result<Vec<_>, _> = texts
            .iter()
            .map(|text| network(text).ok_or_else(|| text.clone()))
            .collect();
        Ok(Self(Arc::new(networks?)))
    }

    fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|(network, bits)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                same(network.to_bits().into(), address.to_bits().into(), 32, *bits)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => same(network.to_bits(), address.to_bits(), 128, *bits),
            _ => false,
        })
    }

    /// Finds the client: going back from the connection, the first address that is no trusted proxy.
    fn client(&self, connection: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = connection;
        let said = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok());
        let mut said: Vec<&str> = said.flat_map(|value| value.split(',')).map(str::trim).collect();
        while self.contains(client) {
            match said.pop().map(str::parse) {
                Some(Ok(before)) => client = before,
                _ => break,
            }
        }
        client.to_canonical()
    }
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u8>().ok()?)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    Some((address, bits.unwrap_or(most))).filter(|(_, bits)| *bits <= most)
}

fn same(network: u128, address: u128, width: u32, bits: u8) -> bool {
    let shift = width - u32::from(bits);
    network.checked_shr(shift).unwrap_or(0) == address.checked_shr(shift).unwrap_or(0)
}

/// Replaces the connection's address by the client's, where a trusted proxy names it.
pub async fn find(State(proxies): State<TrustedProxies>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(connection)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let client = proxies.client(connection.ip(), request.headers());
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(client, connection.port())));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &[&str], connection: &str, said: &str) -> String {
        let trusted: Vec<String> = trusted.iter().map(ToString::to_string).collect();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", said.parse().unwrap());
        let proxies = TrustedProxies::parse(&trusted).unwrap();
        proxies.client(connection.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(client(&[], "203.0.113.5", "198.51.100.1"), "203.0.113.5");
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(client(&["127.0.0.1"], "203.0.113.5", "198.51.100.1"), "203.0.113.5");
        assert_eq!(
            client(&["10.0.0.0/8"], "::ffff:10.1.2.3", "198.51.100.1, 10.9.9.9"),
            "198.51.100.1"
        );
    }

    #[test]
    fn what_the_client_says_of_itself_is_not_believed() {
        assert_eq!(
            client(&["127.0.0.1"], "127.0.0.1", "192.0.2.9, 198.51.100.1"),
            "198.51.100.1"
        );
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", "not an address"), "127.0.0.1");
    }

    #[test]
    fn a_network_is_an_address_or_a_prefix() {
        assert!(network("0.0.0.0/0").is_some() && network("::1").is_some());
        assert!(network("10.0.0.0/33").is_none() && network("proxy").is_none());
        assert!(same(5, 9, 32, 0));
    }
}
