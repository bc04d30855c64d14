//! A visitor of pages over a real connection, as a browser without scripts is one: it keeps
//! cookies, reads the forms that pages offer, fills them in and sends them back.

mod form;
mod reply;

pub use form::Form;
pub use reply::Reply;

use std::collections::BTreeMap;
use std::io::{Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a server may be silent before the visitor gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who visits pages; each request has a connection of its own.
///
/// An error means that no whole answer came: what was asked may have happened or not.
#[derive(Clone, Debug)]
pub struct Visitor {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    /// Starts without cookies.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            cookies: BTreeMap::new(),
        }
    }

    /// Goes on at another server with the same cookies, as behind a proxy.
    pub fn turn_to(&mut self, address: SocketAddr) {
        self.address = address;
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// Where no whole answer came.
    pub fn get(&mut self, path: &str) -> Result<Reply> {
        self.exchange("GET", path, None)
    }

    /// Presses the button of a form.
    ///
    /// # Errors
    /// Where no whole answer came.
    pub fn send(&mut self, form: &Form) -> Result<Reply> {
        let (kind, body) = form.body();
        self.exchange("POST", form.action(), Some((kind, body)))
    }

    /// Signs in by the form of the sign-in page and says whether that was granted.
    ///
    /// # Errors
    /// Where no whole answer came.
    pub fn sign_in(&mut self, email: &str, password: &str) -> Result<bool> {
        let page = self.get("/connexion")?;
        let form = page
            .form("/connexion")
            .ok_or_else(|| page.surprise("a form to sign in"))?;
        let reply = self.send(&form.with("email", email).with("password", password))?;
        Ok(reply.status == 303)
    }

    /// Gives the cookies as a request carries them.
    #[must_use]
    pub fn cookies(&self) -> String {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn exchange(&mut self, method: &str, path: &str, body: Option<(String, Vec<u8>)>) -> Result<Reply> {
        let mut stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(&self.request(method, path, body))?;
        let reply = Reply::read(&mut stream, path)?;
        for (name, value) in reply.cookies() {
            self.cookies.insert(name, value);
        }
        Ok(reply)
    }

    fn request(&self, method: &str, path: &str, body: Option<(String, Vec<u8>)>) -> Vec<u8> {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Language: fr\r\n",
            self.address
        );
        if !self.cookies.is_empty() {
            head += &format!("Cookie: {}\r\n", self.cookies());
        }
        let (kind, body) = body.unwrap_or_default();
        if method == "POST" {
            head += &format!(
                "Origin: http://{}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n",
                self.address,
                body.len()
            );
        }
        let mut request = (head + "\r\n").into_bytes();
        request.extend(body);
        request
    }
}
