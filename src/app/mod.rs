//! What the page can ask for: the wiring of all rooms, and views as plain data.
//!
//! No signals and no `leptos` in here: the page holds its own state and asks.

mod branches;
#[cfg(target_arch = "wasm32")]
mod browser_environment;
mod changed;
#[cfg(target_arch = "wasm32")]
mod choice;
#[cfg(not(target_arch = "wasm32"))]
mod command_line;
mod convert;
mod draft_total;
mod drafts;
mod export;
mod folded;
mod gate;
mod history;
mod lab;
mod lab_compare;
mod lab_kept;
mod lab_log;
mod lab_marks;
mod lab_models;
mod lab_past;
mod lab_run;
mod lab_scenarios;
mod lab_tape;
mod lab_undo;
mod layout;
mod log_index;
mod mirror;
mod moments;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod page_tape;
mod parse;
mod player;

mod picture;
mod reacted;
#[cfg(target_arch = "wasm32")]
mod remembered;
pub mod route;
mod run;
mod saga_board;
mod saga_machine;
mod scenario_file;
#[cfg(not(target_arch = "wasm32"))]
mod scenarios;
mod sequence;
mod service_setting;
mod slices;
mod sources;
#[cfg(target_arch = "wasm32")]
mod tape_keeper;
mod tape_reader;
pub mod texts;
pub mod views;
pub mod window;
mod wiring;

#[cfg(target_arch = "wasm32")]
pub use browser_environment::BrowserEnvironment;
pub use changed::Changed;
#[cfg(not(target_arch = "wasm32"))]
pub use command_line::command_line;
pub use draft_total::draft_total;
pub use lab::Lab;
pub use lab_kept::{BRANCH_LIST, FIRST_BRANCH};
pub use layout::{Area, Layout, PersonSpot, Point, Shape, arrow, line};

pub use moments::Moments;
#[cfg(target_arch = "wasm32")]
pub use page::{Opening, PageLab, Refusal, Storage, export_raw, open, start_fresh};
#[cfg(target_arch = "wasm32")]
pub use page_tape::scenario_list;

pub use picture::{Pictures, trouble_inputs, troubles_of};
#[cfg(target_arch = "wasm32")]
pub use remembered::{is_noted, note, remember, remembered};
pub use run::{Answers, PROJECTORS, Run, Step, Stores};
#[cfg(not(target_arch = "wasm32"))]
pub use run::{Expectation, Finished, LAWS, ModelRows};
#[cfg(target_arch = "wasm32")]
pub use run::{fetch_fulfilment_by, install_fulfilment};

/// Lets the page's runs fulfil orders.
#[cfg(target_arch = "wasm32")]
pub fn install_page_fulfilment() {
    install_fulfilment::<crate::adapters::AnyStore>();
    picture::install_saga_picture();
    texts::install_saga_sentences();
    tape_reader::install_tape_reader();
}
pub use saga_machine::{SagaMachine, saga_machine};
#[cfg(not(target_arch = "wasm32"))]
pub use scenarios::{SCENARIOS, Scenario, ScenarioStep, scenario, scenario_files};
pub use sequence::{SequenceDrawing, mermaid_source, sequence_drawing, sequence_svg};
pub use service_setting::{SettingProblems, service_setting, setting_names};
pub use sources::SourcePlace;
#[cfg(target_arch = "wasm32")]
pub use sources::fetch_sources;
