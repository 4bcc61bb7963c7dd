//! The files that the page fetches are those of the scenarios.

use std::{env, fs, path::Path};

use hindsight::app::scenario_files;
use pollster::block_on;

/// With `WRITE_SCENARIOS=1` in the environment the files are written instead.
#[test]
fn the_files_of_the_page_are_those_of_the_scenarios() {
    let folder = Path::new("src/app/scenarios/page");
    let files = block_on(scenario_files());
    if env::var_os("WRITE_SCENARIOS").is_some() {
        fs::create_dir_all(folder).expect("the folder can be made");
        for (name, text) in &files {
            fs::write(folder.join(name), text).expect("a file can be written");
        }
    }
    for (name, text) in &files {
        let written = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(written == *text, "{name} is stale: WRITE_SCENARIOS=1 cargo test --test scenarios");
    }
    let count = fs::read_dir(folder).expect("the folder is there").count();
    assert_eq!(count, files.len(), "there is a file that no scenario needs");
}
