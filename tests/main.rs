//! All integration tests in one binary: linking Typst again and again is the
//! real cost.

mod arbitrary;
mod booklet;
mod broken;
mod changes;
mod commands;
mod delivered;
mod faults;
mod folders;
mod hostile;
mod house;
mod impose;
mod intake;
mod language;
mod layouts;
mod lines;
mod messages;
mod nothing_lost;
mod paints;
mod parts;
mod photos;
#[cfg(unix)]
mod planted;
mod plates;
mod preflight;
mod press;
mod readme;
mod sabotage;
mod signing;
mod source;
mod states;
mod studio;
mod suite;
mod support;
mod templates;
mod watch;
