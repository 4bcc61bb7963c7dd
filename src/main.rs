//! The way in: the page in a browser, the command line on the host.

#[cfg(target_arch = "wasm32")]
fn main() {
    hindsight::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments = std::env::args_os().skip(1);
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    let (mut out, mut errors) = (std::io::stdout().lock(), std::io::stderr().lock());
    hindsight::app::command_line(arguments, &mut out, &mut errors).into()
}
