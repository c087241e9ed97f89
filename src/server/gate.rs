//! Who is let in: requests that were meant for this server and come from its
//! own page.

use super::http::{Field, Request};

/// The field that every request to write has to have: a form of another site
/// cannot send it, and a script of one is asked for leave first.
const OWN: &str = "X-Fengcai";

/// Names that a server is called by, with its port.
#[derive(Clone)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// Of hosts at a port.
    pub(super) fn new(hosts: &[&str], port: u16) -> Self {
        let mut names: Vec<String> = hosts.iter().map(|host| format!("{host}:{port}")).collect();
        // The port of HTTP itself is left out of names (RFC 9110, 4.2.3).
        if port == 80 {
            names.extend(hosts.iter().map(|host| (*host).to_owned()));
        }
        Self(names)
    }

    /// Whether a request was meant for this server and comes from its own page:
    /// a foreign name in Host is a rebound name, a foreign Origin another site.
    pub(super) fn are_of(&self, request: &Request) -> bool {
        let host =
            matches!(request.field("Host"), Field::Once(host) if self.0.iter().any(|name| name == host));
        let origin = matches!(request.field("Origin"), Field::Absent) || self.own_origin(request);
        // `none` is a person who typed the address.
        let site =
            matches!(request.field("Sec-Fetch-Site"), Field::Absent | Field::Once("same-origin" | "none"));
        host && origin && site
    }

    fn own_origin(&self, request: &Request) -> bool {
        let Field::Once(origin) = request.field("Origin") else { return false };
        self.0.iter().any(|name| origin.strip_prefix("http://") == Some(name))
    }

    /// Whether a request may write: it says that it comes from the page, and
    /// its origin is the page's.
    pub(super) fn may_write(&self, request: &Request) -> bool {
        self.own_origin(request) && matches!(request.field(OWN), Field::Once("1"))
    }
}
