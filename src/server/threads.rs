//! Connections are taken in and answered, each by a thread of its own, as many
//! at a time as there is room for.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use super::connections::{Connections, Held};

/// How long to wait for what the system runs out of.
const MOMENT: Duration = Duration::from_millis(50);

/// What answers a connection.
pub(super) type Answers = Arc<dyn Fn(TcpStream, &Held) -> io::Result<()> + Send + Sync>;

/// Takes connections in while it is wanted.
pub(super) fn serve(listener: &TcpListener, wanted: &dyn Fn() -> bool, answers: &Answers) {
    let connections = Connections::default();
    while wanted() {
        let held = listener.accept().and_then(|(stream, _)| {
            stream.set_nonblocking(false)?;
            // Answers are small and wanted at once.
            let _ = stream.set_nodelay(true);
            Ok((connections.hold(&stream)?, stream))
        });
        let Ok((held, stream)) = held else {
            // Nobody is there, or no file can be opened now; a moment later
            // one may be.
            std::thread::sleep(MOMENT);
            continue;
        };
        let answers = answers.clone();
        // A reader who went away is no matter, nor is one for whom there is
        // no thread.
        let _ = std::thread::Builder::new().spawn(move || answers(stream, &held));
    }
}
