//! The page: components that render what `app` offers, and the signals in between.

#![expect(unreachable_pub, reason = "the component macro writes public items into private modules")]

mod answer;
mod arrival;
mod branches;
mod commands;
mod dialogs;
mod disclosed;
mod held;
mod home;
mod inspector;
mod kept;
mod late;
mod lean;
mod log;
mod moments;
mod order;
mod orders;
mod picture;
mod playback;
mod read_models;
mod route;
mod sagas;
mod scenario;
mod shell;
mod state;
mod time;
mod transport;
mod trouble;
mod windowed;
mod world;

use playback::Playback;

/// Puts the page into the document and opens the lab.
pub fn start() {
    shell::start();
}
