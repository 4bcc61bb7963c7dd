//! What the page can show, as plain data: no signals, no browser, no words of any language.

mod branch;
mod command;
mod difference;
mod fact;
mod failure;
mod log;
mod moment;
mod order;
mod picture;
mod reacted;
mod read_models;
mod room;
mod saga;
mod sequence;
mod source;
mod trouble;

pub use branch::{BranchView, Comparison, ModelComparison, Restored, RowPair, Undone, Unplayable};
pub use command::{
    CommandDraft, CommandLog, CommandOffer, CommandReport, Ending, FieldProblem, ItemDraft,
    OrderDraft, Problem, Seen, Sender,
};
pub use difference::{Difference, DifferenceLine, DifferenceOf};
pub use fact::{Fact, FactName, FactValue};
pub use failure::{Damage, Failure};
pub use log::{LogEntry, LogFilter, LogRow, ScanProgress};
pub use moment::{
    Advance, Gap, Interest, Interests, Lane, LaneName, Lanes, Mark, MarkRefusal, MomentView,
    NamedMoment, Stops, Until, Who,
};
pub use order::{Change, OrderAt, OrderHistory, StateFact};
pub use picture::{
    Activity, Aggregate, CommandAt, CommandId, Movement, Note, Part, Picture, Place, ProjectorAt,
    Setback, StorePicture, StreamLane, Tile, Token,
};
pub use reacted::{Reacted, ReactedOrder};
pub use read_models::{OrderList, OrderListRow, ReadModel, ReadModelStatus, Sales};
pub use room::{Room, SagaAt, SagasAt};
pub use saga::{
    SERVICE_FAULTS, SagaBoard, SagaRow, SagaState, SagaWish, ServiceRow, SettingProblem, StepRole,
    StepRow,
};
pub use sequence::{Fate, Happening, Message, Party, Sequence, SequenceLine};
pub use source::{Excerpt, NoSource};
pub use trouble::{Amounts, FaultAt, Task, Trouble};

pub use super::scenario_file::{FileStep, ScenarioCard, ScenarioFile, Words};
pub use crate::{
    domain::orders::{OrderStatus, Rejection},
    kernel::{Leg, Progress},
    ports::{Outcome, Stage},
    simulation::Person,
};
