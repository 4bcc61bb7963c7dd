//! Orders that sagas or reactors fulfil in the lab.

use hindsight::{
    adapters::MemoryStore,
    app::views::{LogFilter, SagaWish},
    ports::EventStore,
};
use pollster::block_on;

use crate::room::{create, lab_over};

#[test]
fn the_log_is_as_long_as_it_is_whoever_fulfils_an_order() {
    for wish in [SagaWish::BySaga(true), SagaWish::ByReactors(true)] {
        let store = MemoryStore::new();
        let lab = lab_over(&store, 7);
        block_on(lab.fulfil(wish));
        create(&lab);
        block_on(lab.play_to_end());
        let head = block_on(store.head()).expect("memory does not fail");
        assert_eq!((head.0 > 10, lab.log_length(&LogFilter::default())), (true, head.0));
    }
}
