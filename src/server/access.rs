//! Who may look: whoever has the address that this run was given, which holds
//! a secret. The first request exchanges it for a cookie, so that it stands in
//! no history and no referrer; other users of the machine do not have it.

use super::http::{Field, Request};

/// The secret of a run: 128 bits in hexadecimal.
#[derive(Clone)]
pub(super) struct Access {
    token: String,
    port: u16,
}

impl Access {
    /// Draws a secret.
    pub(super) fn new(port: u16) -> std::io::Result<Self> {
        Ok(Self { token: secret()?, port })
    }

    /// The query of the address that is given away.
    pub(super) fn query(&self) -> String {
        format!("token={}", self.token)
    }

    /// The cookie: cookies are shared among the ports of a machine, so its name
    /// holds the port (RFC 6265, 8.5).
    pub(super) fn cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.name(), self.token)
    }

    fn name(&self) -> String {
        format!("fengcai-{}", self.port)
    }

    /// Whether a request has the secret in its address.
    pub(super) fn is_new(&self, request: &Request) -> bool {
        request.query.split('&').any(|part| part.strip_prefix("token=").is_some_and(|given| self.is(given)))
    }

    /// Whether a request has it in its cookie.
    pub(super) fn is_known(&self, request: &Request) -> bool {
        let Field::Once(cookies) = request.field("Cookie") else { return false };
        let wanted = self.name();
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == wanted && self.is(value))
    }

    fn is(&self, given: &str) -> bool {
        same(given, &self.token)
    }
}

/// Draws a secret.
pub(super) fn secret() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether a secret is the one that is given; compares all of it, however early
/// it differs.
pub(super) fn same(given: &str, secret: &str) -> bool {
    let pairs = given.bytes().zip(secret.bytes());
    given.len() == secret.len() && pairs.fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
