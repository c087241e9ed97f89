//! Where the page is served: on this machine alone.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use super::access::Access;
use super::connections::Held;
use super::gate::Names;
use super::reviews::Reviews;
use super::routes;
use super::site::{House, Site};
use super::threads::{Answers, serve};

/// Where the page is served unless another program has the port.
const PORT: u16 = 8466;

/// Where the page is: its address, with what lets in whoever has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Starts the server on this machine and returns its address.
///
/// # Errors
/// When the port cannot be opened.
pub fn start(port: Option<u16>, site: Site) -> io::Result<Address> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match port {
        Some(port) => bind(port)?,
        None => bind(PORT).or_else(|_| bind(0))?,
    };
    let port = listener.local_addr()?.port();
    let access = Access::new(port)?;
    let address = Address(format!("http://127.0.0.1:{port}/?{}", access.query()));
    let names = Names::new(&["127.0.0.1", "localhost"], port);
    let house = Arc::new(House { access, names, site, reviews: Reviews::default() });
    std::thread::spawn(move || {
        serve(
            &listener,
            &|| true,
            &(Arc::new(move |stream, held: &Held| routes::answer(stream, &house, held)) as Answers),
        )
    });
    Ok(address)
}
