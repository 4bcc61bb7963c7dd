//! What the store costs, beside a transaction written by hand in JavaScript in the same run.
//!
//! It prints figures and judges none. Without `SPEED=1` when building it does nothing.

use futures_util::future::join3;
use hindsight::{
    adapters::{BrowserClock, BrowserTimers, IndexedDbStore, Sealed},
    kernel::{GlobalPosition, Version},
    ports::{Clock, EventStore, Inbox, ReadModelStore, Timers},
};
use uuid::Uuid;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use crate::{
    InIndexedDb,
    contract::{
        Database,
        sample::{append, entry, event_with_data, row, stream},
    },
    raw::script,
};

const ROUNDS: u64 = 300;
const DATA: &str = r#"{"order":"0190a4f0-7c5e-7b6e-8a57-d2a0a1b2c3d4","customer":"Ada Lovelace","items":[{"product":"Espresso cups","quantity":2,"price":1250},{"product":"Beans","quantity":1,"price":1890}],"total":4390}"#;

/// Collects durations in microseconds.
#[derive(Default)]
struct Times(Vec<u64>);

impl Times {
    async fn time<T>(&mut self, work: impl Future<Output = T>) -> T {
        let clock = BrowserClock::new();
        let before = clock.now();
        let result = work.await;
        self.0.push(clock.now().since(before).0);
        result
    }

    fn median(&mut self) -> u64 {
        self.0.sort_unstable();
        self.0[self.0.len() / 2]
    }
}

/// One hand-written strict transaction that writes the same records, many times over.
const BY_HAND: &str = r"
    const db = await open(1, (db) => {
        db.createObjectStore('log', {keyPath: 'last'})
            .createIndex('streams', 'streams', {multiEntry: true});
        db.createObjectStore('inbox', {keyPath: ['consumer', 'message']});
        db.createObjectStore('rows', {keyPath: ['model', 'key']})
            .createIndex('place', ['model', 'group', 'rank']);
        db.createObjectStore('checkpoints', {keyPath: 'model'});
    });
    const times = [];
    for (let n = 1; n <= 300; n++) {
        const begun = performance.now();
        const tx = db.transaction(['log', 'inbox', 'rows', 'checkpoints'], 'readwrite',
            {durability: 'strict'});
        const id = crypto.randomUUID();
        const events = JSON.stringify([{position: n, stream: 'sample-' + n, version: 1, id: id,
            occurred_at: Date.now() * 1000, correlation_id: id, causation_id: id,
            type: 'SampleHappened', schema: 1, data: JSON.parse(DATA)}]);
        tx.objectStore('log').add({last: n, first: n, streams: [['sample-' + n, 1]], events: events});
        tx.objectStore('inbox').add({consumer: 'commands', message: id, answer: 'done'});
        for (const model of ['one', 'two', 'three']) {
            tx.objectStore('rows').put({model: model, key: model == 'three' ? 'all' : id,
                group: '', rank: n, data: DATA});
            tx.objectStore('checkpoints').put({model: model, position: n});
        }
        tx.commit();
        await done(tx);
        times.push(performance.now() - begun);
    }
    const update = [];
    for (let n = 301; n <= 600; n++) {
        const begun = performance.now();
        const tx = db.transaction(['rows', 'checkpoints'], 'readwrite', {durability: 'relaxed'});
        const [rows, checkpoints] = [tx.objectStore('rows'), tx.objectStore('checkpoints')];
        let last;
        for (const model of ['one', 'two', 'three']) {
            checkpoints.get(model);
            last = rows.get([model, model == 'three' ? 'all' : '' + n]);
        }
        await settled(last);
        for (const model of ['one', 'two', 'three']) {
            rows.put({model: model, key: model == 'three' ? 'all' : '' + n, group: '', rank: n,
                data: DATA});
            checkpoints.put({model: model, position: n});
        }
        tx.commit();
        await done(tx);
        update.push(performance.now() - begun);
    }
    const appends = [];
    for (let n = 301; n <= 600; n++) {
        const begun = performance.now();
        const tx = db.transaction(['log', 'inbox'], 'readwrite', {durability: 'strict'});
        const [log, inbox] = [tx.objectStore('log'), tx.objectStore('inbox')];
        log.getAllKeys(IDBKeyRange.lowerBound(n - 1));
        log.index('streams').getAll(IDBKeyRange.bound(['sample-' + n, 0], ['sample-' + n, 9e9]));
        await settled(inbox.get(['commands', '' + n]));
        log.add({last: n, first: n, streams: [['sample-' + n, 1]], events: DATA});
        inbox.add({consumer: 'commands', message: '' + n, answer: 'done'});
        tx.commit();
        await done(tx);
        appends.push(performance.now() - begun);
    }
    db.close();
    const median = (times) => Math.round(times.sort((a, b) => a - b)[150] * 1000);
    return [median(times), median(appends), median(update)].join();
";

/// The whole, an append with its questions, and an update of three models with theirs.
async fn by_hand() -> Vec<u64> {
    let database = InIndexedDb::fresh().await;
    let body = BY_HAND.replace("DATA", &format!("'{DATA}'"));
    let micros = script(&database.name, &body).await.as_string().expect("a text");
    micros.split(',').map(|micros| micros.parse().expect("a number")).collect()
}

async fn update(store: &IndexedDbStore, model: &'static str, key: &str, from: u64) {
    let (from, to) = (GlobalPosition(from), GlobalPosition(from + 1));
    let rank = to.0;
    let write = row(key, "", rank, DATA);
    let updated = store.update(model, from, to, &[key.to_owned()], |_| Ok(vec![write])).await;
    assert_eq!(updated, Ok(()));
}

/// The way of a command through the store, without what the engine does in between.
async fn pipeline(store: &IndexedDbStore, number: u64, times: &mut [Times; 5]) {
    let [whole, find, read, appending, updating] = times;
    let id = u128::from(number) + 1;
    let mut sent = append(&number.to_string(), 0, []);
    sent.events = vec![event_with_data(id, DATA)];
    sent.inbox = Some(entry(id, "done"));
    let key = number.to_string();
    let way = async {
        find.time(store.find("commands", Uuid::from_u128(id))).await.expect("found");
        read.time(store.read_stream(&sent.stream, Version::NONE)).await.expect("read");
        appending.time(store.append(&sent)).await.expect("appended");
        let one = update(store, "one", &key, number);
        let two = update(store, "two", &key, number);
        updating.time(join3(one, two, update(store, "three", "all", number))).await;
    };
    whole.time(way).await;
}

#[wasm_bindgen_test]
async fn the_way_of_a_command() {
    if option_env!("SPEED").is_none() {
        return;
    }
    for _ in 0..3 {
        let hand = by_hand().await;
        let store = InIndexedDb::fresh().await.open().await;
        let mut times: [Times; 5] = Default::default();
        for number in 0..ROUNDS {
            pipeline(&store, number, &mut times).await;
        }
        let [whole, find, read, appending, updating] = times.map(|mut times| times.median());
        #[expect(clippy::cast_precision_loss, reason = "a short time")]
        let ratio = whole as f64 / hand[0] as f64;
        console_log!(
            "SPEED by hand {hand:?} us; way {whole} us = {ratio:.2}x: find {find}, read {read}, \
             append {appending}, update {updating}"
        );
    }
}

#[wasm_bindgen_test]
async fn the_same_call_over_and_over() {
    if option_env!("SPEED").is_none() {
        return;
    }
    let store = InIndexedDb::fresh().await.open().await;
    let (mut appending, mut updating) = (Times::default(), Times::default());
    for number in 0..ROUNDS {
        let mut sent = append(&number.to_string(), 0, []);
        sent.events = vec![event_with_data(u128::from(number) + 1, DATA)];
        sent.inbox = Some(entry(u128::from(number), "done"));
        appending.time(store.append(&sent)).await.expect("appended");
    }
    for number in 0..ROUNDS {
        let key = number.to_string();
        let one = update(&store, "one", &key, number);
        let two = update(&store, "two", &key, number);
        updating.time(join3(one, two, update(&store, "three", "all", number))).await;
    }
    let (append, update) = (appending.median(), updating.median());
    console_log!("SPEED append {append} us, update of three models {update} us");
}

#[wasm_bindgen_test]
async fn a_long_log() {
    if option_env!("SPEED").is_none() {
        return;
    }
    let store = InIndexedDb::fresh().await.open().await;
    let (mut filling, mut sealing, mut head) = (Times::default(), Times::default(), 0_u64);
    while head < 100_000 {
        let instance = (head / 255).to_string();
        let mut sent = append(&instance, 0, []);
        sent.events = (1..=255).map(|n| event_with_data(u128::from(head) + n, DATA)).collect();
        filling.time(store.append(&sent)).await.expect("appended");
        head += 255;
    }
    while sealing.time(store.seal()).await.expect("sealed") != Sealed::Nothing {}
    let (mut slices, mut all, timers) = (Times::default(), Times::default(), BrowserTimers::new());
    let reading = async {
        let mut after = GlobalPosition::NONE;
        loop {
            let events = slices.time(store.read_log(after, 512)).await.expect("read");
            let Some(last) = events.last() else { return after };
            after = last.position;
            timers.yield_now().await;
        }
    };
    let read = all.time(reading).await;
    let mut stream_times = Times::default();
    for instance in 0..50 {
        let stream = stream(&instance.to_string());
        stream_times.time(store.read_stream(&stream, Version(251))).await.expect("read");
    }
    console_log!(
        "SPEED {} events: append of 255 {} us, seal of a block {} us, all read in {} us, slice {} us \
         (most {}), 4 events of a sealed stream {} us",
        read.0,
        filling.median(),
        sealing.median(),
        all.median(),
        slices.median(),
        slices.0.last().copied().unwrap_or_default(),
        stream_times.median()
    );
}
