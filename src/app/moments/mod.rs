//! The moments of a run, as the page asks for them: what each says, why it happened, what it changed,
//! where it lies in time, and where playing stops.

mod axis;
mod bins;
mod causes;
mod differences;
mod index;
mod lanes;
mod of_part;

use std::{any::Any, cell::RefCell, rc::Rc};

use futures_util::future::{FutureExt, LocalBoxFuture};

use self::index::Index;
use super::{
    history::{order_at_versions, order_history},
    run::{PROJECTORS, Run, Stores},
    sources::{SourcePlace, places},
    texts::Texts,
    views::{
        Advance, Failure, Interest, Interests, Lanes, MomentView, NamedMoment, OrderAt, ReadModel,
        Stops, Until, Who,
    },
};
use crate::{
    kernel::{GlobalPosition, StoredEvent, StreamId, Timestamp, Version},
    ports::StorageError,
    simulation::{Actor, Description, RecordedMoment, World, describe},
};

/// Shows a trace to who asks.
type ShowTrace = Rc<dyn Fn(&mut dyn FnMut(&[RecordedMoment]))>;
/// Reads a stream to its end.
type ReadStream =
    Rc<dyn Fn(StreamId) -> LocalBoxFuture<'static, Result<Vec<StoredEvent>, StorageError>>>;

/// Reads some events of the log that follow a position.
type ReadLog = Rc<
    dyn Fn(
        GlobalPosition,
        usize,
    ) -> LocalBoxFuture<'static, Result<Vec<StoredEvent>, StorageError>>,
>;

/// What is known of the moments of one run. Moments have numbers, from 1; 0 stands before the first.
pub struct Moments {
    show_trace: ShowTrace,
    read_stream: ReadStream,
    read_log: ReadLog,
    index: Index,
    /// What a fold over the trace came to, for whoever asks again a little later.
    pub(in crate::app) kept: RefCell<Option<Box<dyn Any>>>,
}

impl std::fmt::Debug for Moments {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Moments").field("index", &self.index).finish_non_exhaustive()
    }
}

impl Default for Moments {
    /// Those of no run.
    fn default() -> Self {
        Self {
            show_trace: Rc::new(|look| look(&[])),
            read_stream: Rc::new(|_| async { Ok(vec![]) }.boxed_local()),
            read_log: Rc::new(|_, _| async { Ok(vec![]) }.boxed_local()),
            index: Index::new(Timestamp::default(), 1),
            kept: RefCell::default(),
        }
    }
}

impl Moments {
    /// The moments of a run, as many as there are now.
    pub fn of<S: Stores + 'static>(run: &Run<S>) -> Self {
        let head = &run.tape().head;
        Self::in_world(run.world().clone(), head.start, head.moment_us.0)
    }

    /// The moments of the run in this world, which began at `start`; one usually takes `moment_us`.
    pub fn in_world<S: Stores + 'static>(
        world: Rc<World<S>>,
        start: Timestamp,
        moment_us: u64,
    ) -> Self {
        let (shown, read) = (world.clone(), world.clone());
        let mut moments = Self {
            show_trace: Rc::new(move |look| look(&shown.trace())),
            read_stream: Rc::new(move |stream| {
                let world = world.clone();
                async move {
                    let store = world.store_behind();
                    store.read_stream(&stream, Version::NONE).await
                }
                .boxed_local()
            }),
            read_log: Rc::new(move |after, limit| {
                let world = read.clone();
                async move { world.store_behind().read_log(after, limit).await }.boxed_local()
            }),
            index: Index::new(start, moment_us),
            kept: RefCell::default(),
        };
        moments.take_in();
        moments
    }

    /// Takes in what happened since. Returns how many moments there are.
    pub fn take_in(&mut self) -> u32 {
        let (show, index) = (self.show_trace.clone(), &mut self.index);
        show(&mut |trace| index.take_in(trace));
        index.count()
    }

    /// How many moments there are.
    pub fn count(&self) -> u32 {
        self.index.count()
    }

    /// A moment, ready to show.
    pub fn view(&self, number: u32) -> Option<MomentView> {
        let view = |recorded: &RecordedMoment| {
            let Description { name, mut facts } = describe(&recorded.moment);
            let request = recorded.correlation.map(|request| ("correlation", request.to_string()));
            facts.extend(request);
            MomentView {
                number,
                at_us: self.index.since_start(recorded.at),
                who: self.who(recorded.actor),
                name,
                facts,
                interest: self.index.interest(number),
                stream: self.index.stream(number).map(str::to_owned),
            }
        };
        self.with_moment(number, |trace, index| view(&trace[index]))
    }

    /// What a moment says, in one sentence; empty for none.
    pub fn sentence(&self, texts: Texts, number: u32) -> String {
        let say = |trace: &[RecordedMoment], index| texts.moment(trace, index);
        self.with_moment(number, say).unwrap_or_default()
    }

    /// Where the source of what ran at a moment stands, the innermost function first; nothing for none.
    pub fn sources(&self, number: u32) -> Vec<SourcePlace> {
        let Some(view) = self.view(number) else { return vec![] };
        let found = |trace: &[RecordedMoment], index: usize| places(&trace[index].moment, &view);
        self.with_moment(number, found).unwrap_or_default()
    }

    /// Why somebody may want to stop at a moment, if there is a reason.
    pub fn interest(&self, number: u32) -> Option<Interest> {
        self.index.interest(number)
    }

    /// The stream that a moment is about.
    pub fn stream(&self, number: u32) -> Option<&str> {
        self.index.stream(number)
    }

    /// The moment, what led to it, what led to that, and so on, back to what came from outside. Stations
    /// that a command only passed are left out.
    pub fn causes(&self, number: u32) -> Vec<u32> {
        self.with_moment(number, |trace, _| causes::chain(trace, number)).unwrap_or_default()
    }

    /// The state of the moment's stream after it, with what the moment changed; none when it is about no
    /// stream whose version is known.
    ///
    /// # Errors
    /// When the stream cannot be read or decoded.
    pub fn state(&self, number: u32) -> Option<LocalBoxFuture<'static, Result<OrderAt, Failure>>> {
        let versions = |trace: &[RecordedMoment], _| causes::versions(trace, &self.index, number);
        let (stream, before, after) = self.with_moment(number, versions)??;
        let (category, instance) = stream.split_once('-')?;
        let (stream, order) = (StreamId::new(category, instance), instance.parse().ok()?);
        let events = (self.read_stream)(stream);
        let state = async move {
            let history = order_history(order, &events.await?)?;
            Ok(order_at_versions(&history, before, after))
        };
        Some(state.boxed_local())
    }

    /// The moments that have names, in order.
    pub fn marks(&self) -> &[NamedMoment] {
        &self.index.marks
    }

    /// The next moment after this one that is of a kind.
    pub fn next(&self, from: u32, until: &Until) -> Option<u32> {
        (from + 1..=self.count()).find(|number| self.index.is(*number, until))
    }

    /// The last moment before this one that is of a kind.
    pub fn previous(&self, from: u32, until: &Until) -> Option<u32> {
        (1..from).rev().find(|number| self.index.is(*number, until))
    }

    /// The first moment after one, up to another, at which playing stops.
    pub fn stop(&self, from: u32, to: u32, stops: &Stops) -> Option<u32> {
        let stops_at = |number: &u32| {
            let is_next = |until| self.index.is(*number, until);
            self.explains(*number, stops)
                || stops.until.as_ref().map_or(stops.pauses.contains(number), is_next)
        };
        (from + 1..=to.min(self.count())).find(stops_at)
    }

    /// Whether a moment is one to be explained.
    pub fn explains(&self, number: u32, stops: &Stops) -> bool {
        self.index.interest(number).is_some_and(|interest| stops.explain.has(interest))
    }

    /// What is to be told of the moments after one, up to another: the sentences of those that are of
    /// interest. Of more than two, how many there were of each kind, and the last.
    pub fn passed(&self, texts: Texts, (from, to): (u32, u32), wanted: Interests) -> Vec<String> {
        let interest = |number| self.interest(number).filter(|interest| wanted.has(*interest));
        let found = (from + 1..=to.min(self.count()))
            .filter_map(|number| Some((number, interest(number)?)));
        let found: Vec<_> = found.collect();
        let sentence = |(number, _): &(u32, Interest)| self.sentence(texts, *number);
        let [.., last] = &found[..] else { return vec![] };
        if found.len() <= 2 {
            return found.iter().map(sentence).collect();
        }
        let kinds = Interest::ALL.into_iter().filter_map(|kind| {
            let count = found.iter().filter(|(_, interest)| *interest == kind).count();
            (count > 0).then(|| format!("{}: {}", texts.interest(kind), texts.count(count as u64)))
        });
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        vec![texts.fill("transport.passed", &[("kinds", &kinds)]), sentence(last)]
    }

    /// Plays on through what has happened, as far as the budget goes.
    pub fn advance(&self, shown: u32, budget: f64, stops: &Stops) -> Advance {
        let mut now = Advance { shown, budget, stopped: false };
        while !now.stopped && now.shown < self.count() {
            let cost = self.index.axis.cost(now.shown);
            if cost > now.budget {
                break;
            }
            now.budget -= cost;
            now.shown += 1;
            now.stopped = self.stop(now.shown - 1, now.shown, stops).is_some();
        }
        now
    }

    /// What waiting for the next moment takes, when it comes at this time, in the time of a usual one.
    pub fn cost_until(&self, at_us: u64) -> f64 {
        self.index.axis.cost_until(at_us)
    }

    /// The time of a moment, in microseconds since the run began; 0 before the first.
    pub fn at_us(&self, number: u32) -> u64 {
        let at = |trace: &[RecordedMoment], index: usize| self.index.since_start(trace[index].at);
        self.with_moment(number, at).unwrap_or(0)
    }

    /// Where a moment lies on the axis of the lanes.
    pub fn place(&self, number: u32) -> u32 {
        self.index.axis.place(number)
    }

    /// The last moment up to a place on the axis; 0 before the first.
    pub fn at_place(&self, place: u32) -> u32 {
        self.index.axis.shown_at(place)
    }

    /// The lanes: at most so many; and idle times that take a share of the axis of at least
    /// one in `gaps_max`.
    pub fn lanes(&self, rows_max: usize, gaps_max: u32) -> Lanes {
        let end = self.index.axis.end();
        let room_min = (end / gaps_max.max(1)).max(1);
        let gaps = self.index.axis.gaps_from(room_min);
        Lanes { rows: self.index.lanes.rows(rows_max), end, gaps }
    }

    fn who(&self, actor: Actor) -> Who {
        match actor {
            Actor::Person(person) => Who::Person(person),
            Actor::Handler(command) => {
                let (name, person) = self.index.command(command);
                Who::Handler(name, person)
            }
            Actor::Projector(model) => {
                let model = PROJECTORS.into_iter().position(|known| known == model);
                Who::Projector(ReadModel::ALL[model.unwrap_or(0)])
            }
            Actor::Runner => Who::Runner,
            Actor::Saga(_) => Who::Saga,
            Actor::Service(service) => Who::Service(service),
            Actor::Reactor(reactor) => Who::Reactor(reactor),
        }
    }

    /// Looks at the whole trace, and at when the run began.
    pub(in crate::app) fn look_at(&self, look: &mut dyn FnMut(&[RecordedMoment], Timestamp)) {
        let start = self.index.start();
        (self.show_trace)(&mut |trace| look(trace, start));
    }

    fn with_moment<T>(
        &self,
        number: u32,
        read: impl FnOnce(&[RecordedMoment], usize) -> T,
    ) -> Option<T> {
        let index = (number as usize).checked_sub(1)?;
        let (mut read, mut answer) = (Some(read), None);
        (self.show_trace)(&mut |trace| {
            if index < trace.len() {
                answer = read.take().map(|read| read(trace, index));
            }
        });
        answer
    }
}
