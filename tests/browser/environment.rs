//! What a browser gives besides a database.

use std::{cell::RefCell, rc::Rc};

use futures_util::future::join_all;
use hindsight::{
    adapters::{BrowserClock, BrowserRng, BrowserTimers, TabChannel},
    ports::{Clock, Rng, Timers},
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_clock_tells_the_time_in_microseconds_and_never_goes_back() {
    let clock = BrowserClock::new();
    let first = clock.now();
    #[expect(clippy::cast_precision_loss, reason = "the difference of two near times is small")]
    let difference = first.millis() as f64 - js_sys::Date::now();
    assert!(difference.abs() < 60_000.0, "{difference} ms off");
    let mut before = first;
    for _ in 0..1_000 {
        let now = clock.now();
        assert!(now >= before, "{now:?} after {before:?}");
        before = now;
    }
}

#[wasm_bindgen_test]
fn chance_does_not_repeat_itself() {
    let rng = BrowserRng::default();
    let mut numbers: Vec<_> = (0..1_000).map(|_| rng.next_u64()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 1_000);
    let high = numbers.iter().filter(|number| **number >= 1 << 63).count();
    assert!((350..650).contains(&high), "{high} of 1000 in the upper half");
}

#[wasm_bindgen_test]
async fn a_turn_lets_others_go_first() {
    let timers = BrowserTimers::new();
    let order = Rc::new(RefCell::new(Vec::new()));
    let others = Rc::clone(&order);
    let function =
        wasm_bindgen::closure::Closure::once_into_js(move || others.borrow_mut().push("other"));
    let channel = web_sys::MessageChannel::new().expect("a channel");
    channel.port1().set_onmessage(Some(wasm_bindgen::JsCast::unchecked_ref(&function)));
    channel.port2().post_message(&wasm_bindgen::JsValue::NULL).expect("posted");
    timers.yield_now().await;
    order.borrow_mut().push("this");
    assert_eq!(*order.borrow(), ["other", "this"]);
}

#[wasm_bindgen_test]
async fn everybody_gets_a_turn() {
    let timers = BrowserTimers::new();
    drop(timers.yield_now());
    join_all((0..100).map(|_| timers.yield_now())).await;
    for _ in 0..100 {
        timers.clone().yield_now().await;
    }
}

#[wasm_bindgen_test]
async fn a_channel_reaches_the_others_until_it_is_dropped() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let listen = || {
        let heard = Rc::clone(&heard);
        TabChannel::open("hindsight-test", move |text| heard.borrow_mut().push(text))
    };
    let sender = listen().expect("a channel");
    let listener = listen().expect("a channel");
    sender.post("one ✓");
    for _ in 0..200 {
        BrowserTimers::new().yield_now().await;
    }
    assert_eq!(*heard.borrow(), ["one ✓"], "the others hear it, the sender does not");
    drop(listener);
    sender.post("two");
    for _ in 0..200 {
        BrowserTimers::new().yield_now().await;
    }
    assert_eq!(*heard.borrow(), ["one ✓"]);
}
