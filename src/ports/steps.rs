//! The steps of sagas: whoever does them, near or far.

use crate::kernel::{Call, CorrelationId, SagaId, StepAnswer, StreamId, Timestamp};

/// Takes calls to whoever does steps, and brings back answers.
///
/// A call and its answer may be lost, late or doubled: whoever calls goes by deadlines, and calls again
/// under the same [`request_key`](Call::request_key).
pub trait StepWorker {
    /// Sends a call on its way. Comes back when it is sent, not when it is done.
    async fn send(&self, call: StepCall);

    /// The next answer to a call of this saga, whichever call that is; none when there was none until
    /// this time.
    async fn receive(&self, saga: SagaId, until: Timestamp) -> Option<(Call, StepAnswer)>;

    /// Whether an answer for this saga has arrived or is on its way.
    fn expects(&self, saga: SagaId) -> bool;
}

/// A call as it leaves a saga.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepCall {
    /// Which saga.
    pub saga: SagaId,
    /// The aggregate that the saga is about.
    pub subject: StreamId,
    /// Which step or compensation, and which attempt.
    pub call: Call,
    /// How often the step was begun again. A refusal is final for all calls of one round, since some of
    /// them may still be on their way.
    pub round: u32,
    /// The request that began it all.
    pub correlation_id: CorrelationId,
    /// Why the saga turned back; none while it goes forward.
    pub failure: Option<String>,
}
