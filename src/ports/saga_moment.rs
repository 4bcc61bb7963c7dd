//! The moments of sagas, of reactors, and of the services that do their steps.

use crate::kernel::{
    Call, CommandId, GlobalPosition, Holding, Micros, ModelName, SagaEvent, SagaId, StepAnswer,
    Version,
};

/// Something that happened in or to a saga, its runner, a reactor or a service.
#[derive(Clone, Debug, PartialEq)]
pub enum SagaMoment {
    /// The runner found in the log what sagas begin with, or wait for.
    RunnerRead {
        /// Under which name it keeps how far it has read.
        model: ModelName,
        /// How far.
        checkpoint: GlobalPosition,
        /// How many events there were.
        events: usize,
    },
    /// Facts were stored in a saga's stream.
    Advanced {
        /// Which saga.
        saga: SagaId,
        /// Which facts.
        events: Vec<SagaEvent>,
        /// The step that they are about, by its name; empty for the whole saga.
        step: &'static str,
        /// The version of the last.
        version: Version,
        /// The position of the last.
        position: GlobalPosition,
    },
    /// Somebody else had changed the saga meanwhile: its stream is read again.
    Conflict {
        /// Which saga.
        saga: SagaId,
        /// What was believed.
        expected: Version,
        /// What is so.
        actual: Version,
    },
    /// The saga refused what a person wanted of it.
    Refused {
        /// Which saga.
        saga: SagaId,
        /// What the person gave.
        command: CommandId,
        /// The rule, in a word.
        rule: &'static str,
    },
    /// The runner could not go on with a saga, or with the log; it tries again after a while.
    Stalled {
        /// Which saga; none for the log.
        saga: Option<SagaId>,
        /// In the words of the error.
        reason: String,
    },
    /// The saga waits before it tries again.
    BackedOff {
        /// What it will try.
        call: SagaCall,
        /// For how long.
        time: Micros,
    },
    /// A call left the saga.
    Called(SagaCall),
    /// An answer reached the saga.
    Answered {
        /// To which call.
        call: SagaCall,
        /// What.
        answer: StepAnswer,
    },
    /// The deadline of a call has passed. Whether it was done is not known.
    TimedOut(SagaCall),
    /// A service began with a request.
    ServiceAsked {
        /// Which service.
        service: &'static str,
        /// For which call.
        call: SagaCall,
    },
    /// A service did what it was asked for, or refused it.
    ServiceServed {
        /// Which service.
        service: &'static str,
        /// For which call.
        call: SagaCall,
        /// What it says.
        answer: StepAnswer,
        /// Whether it recognised a repeat, and did nothing.
        is_repeat: bool,
        /// What it holds now.
        holdings: Vec<Holding>,
    },
    /// A reactor took up an event.
    Heard {
        /// Of a stream of this category.
        category: &'static str,
        /// Of which process: the saga that there would be.
        saga: SagaId,
        /// The stored name of the event.
        event: &'static str,
        /// Whether it has done something about it before, and does nothing now.
        is_repeat: bool,
    },
    /// A reactor said what became of it: a fact was stored in its own stream.
    Noted {
        /// Its name, which is the category of the stream.
        reactor: &'static str,
        /// Of which process: the saga that there would be.
        saga: SagaId,
        /// The stored name of the fact.
        event: &'static str,
        /// Its version.
        version: Version,
        /// Its position.
        position: GlobalPosition,
    },
    /// From outside: a person saw to a saga that needed attention.
    AttentionGiven {
        /// Which saga.
        saga: SagaId,
        /// What the person gave.
        command: CommandId,
        /// The step.
        step: String,
        /// Whether it is to be tried again; else it is settled.
        retry: bool,
    },
    /// From outside: how orders are fulfilled from now on.
    ModeSwitched {
        /// In a word.
        mode: &'static str,
    },
    /// From outside: an amount that a service goes by was set.
    ServiceSet {
        /// Which service.
        service: String,
        /// Of what.
        name: String,
        /// How much.
        amount: u64,
    },
    /// From outside: a protection was switched.
    ProtectionSwitched {
        /// Which, in a word.
        protection: &'static str,
        /// Whether it is on.
        on: bool,
    },
}

/// One call of one saga, as moments name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SagaCall {
    /// Which saga.
    pub saga: SagaId,
    /// What is asked for: the name of the step, or of its compensation.
    pub name: &'static str,
    /// Which step, which direction, which attempt.
    pub call: Call,
}
