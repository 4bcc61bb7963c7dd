//! Which source stands behind a moment: the function that reached it, and the one that this had called.

use super::{
    Compiled, SourcePlace, compiled,
    saga_places::{CALLING, CHOREOGRAPHY, SERVICES, saga_place, saga_variant},
};
use crate::{
    app::views::{MomentView, Who},
    ports::{Moment, SagaMoment, Stage},
    simulation::Person,
};

static PIPELINE: Compiled = compiled!("engine/pipeline.rs");
static REPOSITORY: Compiled = compiled!("engine/repository.rs");
static PROJECTOR: Compiled = compiled!("engine/projector.rs");
static LOGGING: Compiled = compiled!("engine/behaviours/logging.rs");
static VALIDATION: Compiled = compiled!("engine/behaviours/validation.rs");
static IDEMPOTENCY: Compiled = compiled!("engine/behaviours/idempotency.rs");
static RETRY: Compiled = compiled!("engine/behaviours/retry.rs");
static DECIDER: Compiled = compiled!("domain/orders/decider.rs");
static READ_MODELS: Compiled = compiled!("domain/orders/read_models.rs");
static INPUTS: Compiled = compiled!("app/run/inputs.rs");
static TASKS: Compiled = compiled!("app/run/tasks.rs");
static FAULTY_STORE: Compiled = compiled!("simulation/faulty_store.rs");
static RIVAL: Compiled = compiled!("simulation/rival.rs");
static SECOND_PERSON: Compiled = compiled!("app/run/rival.rs");

/// Who is faster because a fault wants it.
const RIVAL_IS: Who = Who::Person(Person::SECOND);

/// The source behind a moment, the innermost function first.
pub(in crate::app) fn places(moment: &Moment, view: &MomentView) -> Vec<SourcePlace> {
    let mut places = vec![];
    places.extend(inner(moment, view));
    places.push(reached(moment, view));
    places
}

fn place(file: &'static Compiled, region: &'static str, line: Option<String>) -> SourcePlace {
    SourcePlace { file, region, line }
}

/// The function that reached the moment, and the line in which it did.
fn reached(moment: &Moment, view: &MomentView) -> SourcePlace {
    let (file, region) = match (moment, view.who) {
        (Moment::ForeignAppended { .. }, RIVAL_IS) => (&RIVAL, "be_faster"),
        (_, who) => saga_place(moment, who).unwrap_or_else(|| place_of(moment)),
    };
    place(file, region, Some(line(view)))
}

/// The function that reached a moment of commands, projectors or somebody outside.
fn place_of(moment: &Moment) -> (&'static Compiled, &'static str) {
    match moment {
        Moment::CommandReceived { .. } => (&PIPELINE, "handle"),
        Moment::BehaviourEntered { .. } => (&PIPELINE, "inward"),
        Moment::BehaviourLeft { .. } => (&PIPELINE, "outward"),
        Moment::StreamRead { .. } => (&REPOSITORY, "replay"),
        Moment::Decided { .. } | Moment::Rejected { .. } => (&PIPELINE, "decide"),
        Moment::Appended { .. } | Moment::Conflict { .. } => (&PIPELINE, "append"),
        Moment::CommandLogged { .. } => (&LOGGING, "outward"),
        Moment::CommandAnswered { .. } | Moment::CommandFailed { .. } => (&PIPELINE, "tell"),
        Moment::LogRead { .. } => (&PROJECTOR, "catch_up"),
        Moment::Projected { .. } | Moment::CheckpointMoved { .. } => (&PROJECTOR, "take"),
        Moment::ProjectorFailed { .. } => (&TASKS, "keep_up"),
        Moment::Saga(_) => unreachable!("what sagas and services reach has its own places"),
        Moment::FaultMet { .. } => (&FAULTY_STORE, "meet"),
        Moment::NobodyFaster { .. } => (&RIVAL, "be_faster"),
        Moment::CommandGiven { .. } => (&INPUTS, "give_command"),
        Moment::FaultArmed { .. }
        | Moment::FaultsDisarmed { .. }
        | Moment::VersionCheckSwitched { .. }
        | Moment::BehavioursChanged { .. }
        | Moment::Marked { .. }
        | Moment::PastMarked { .. } => (&INPUTS, "apply_next"),
        Moment::Crashed | Moment::Paused | Moment::Resumed | Moment::Slowed { .. } => {
            (&INPUTS, "apply_to_task")
        }
        Moment::Restarted => (&INPUTS, "restart"),
        Moment::ModelCleared { .. } => (&INPUTS, "rebuild"),
        Moment::Reloaded => (&INPUTS, "reload"),
        Moment::ForeignAppended { .. } => (&INPUTS, "take_foreign"),
    }
}

/// What stands in the line that reached the moment, and in no other of its region.
fn line(view: &MomentView) -> String {
    match (view.name, view.who) {
        ("behaviour_entered", _) => "passage.enter(".to_owned(),
        ("behaviour_left", _) => "passage.leave(".to_owned(),
        (
            "restarted",
            Who::Handler(..) | Who::Runner | Who::Saga | Who::Service(_) | Who::Reactor(_),
        ) => "(actor, Moment::Restarted)".to_owned(),
        ("restarted", _) => "(Actor::Projector(model), Moment::Restarted)".to_owned(),
        (name, _) => match saga_variant(name) {
            Some(variant) => format!("SagaMoment::{variant}"),
            None => variant(name),
        },
    }
}

/// A kind of moment as the code writes it: `Moment::StreamRead` for `stream_read`.
fn variant(name: &str) -> String {
    let mut variant = "Moment::".to_owned();
    let mut begins = true;
    for letter in name.chars() {
        if letter != '_' {
            variant.push(if begins { letter.to_ascii_uppercase() } else { letter });
        }
        begins = letter == '_';
    }
    variant
}

/// The function that did what the moment says, where the one that reached it only called it.
fn inner(moment: &Moment, view: &MomentView) -> Option<SourcePlace> {
    match moment {
        Moment::BehaviourEntered { stage: Stage::Validation, .. } => {
            Some(place(&VALIDATION, "inward", None))
        }
        Moment::BehaviourEntered { stage: Stage::Idempotency, .. } => {
            Some(place(&IDEMPOTENCY, "inward", None))
        }
        Moment::BehaviourLeft { stage: Stage::Idempotency, .. } => {
            Some(place(&IDEMPOTENCY, "outward", None))
        }
        Moment::BehaviourLeft { stage: Stage::Logging, .. } => {
            Some(place(&LOGGING, "outward", None))
        }
        Moment::BehaviourLeft { stage: Stage::Retry, .. } => Some(place(&RETRY, "outward", None)),
        Moment::StreamRead { .. } => Some(place(&DECIDER, "evolve", None)),
        Moment::Decided { events, .. } => {
            Some(decided(events.first().map(|name| &**name), view.who))
        }
        Moment::Rejected { rejection, .. } => Some(rejected(rejection)),
        Moment::Projected { model, .. } => Some(place(&READ_MODELS, model, None)),
        Moment::NobodyFaster { .. } => Some(place(&SECOND_PERSON, "second_person", None)),
        Moment::ForeignAppended { .. } if view.who == RIVAL_IS => {
            Some(place(&SECOND_PERSON, "second_person", None))
        }
        Moment::Saga(SagaMoment::Heard { .. }) => match view.who {
            Who::Reactor(reactor) => Some(place(&CHOREOGRAPHY, reactor, None)),
            _ => None,
        },
        Moment::Saga(SagaMoment::ServiceServed { .. }) if matches!(view.who, Who::Handler(..)) => {
            Some(place(&CALLING, "call_while_folding", None))
        }
        Moment::Saga(SagaMoment::ServiceServed { is_repeat, .. }) => {
            let region = if *is_repeat { "recognise" } else { "serve_new" };
            Some(place(&SERVICES, region, None))
        }
        _ => None,
    }
}

/// The rule by which a command became an event, or was found to have taken effect before.
fn decided(event: Option<&str>, who: Who) -> SourcePlace {
    let Some(event) = event else {
        let Who::Handler(command, _) = who else { return place(&DECIDER, "already_so", None) };
        return place(&DECIDER, "already_so", Some(format!("OrderCommand::{command} ")));
    };
    let region = if event == "OrderCreated" { "create" } else { "decide_existing" };
    place(&DECIDER, region, Some(format!("OrderEvent::{event}")))
}

/// The rule that said no. That a field is broken is found elsewhere, and handed on in one line.
fn rejected(rejection: &str) -> SourcePlace {
    let name = rejection.split('"').nth(1).unwrap_or_default();
    let (region, line) = match name {
        "NoItems" | "TooManyItems" | "TextEmpty" | "TextTooLong" | "QuantityOutOfRange"
        | "PriceNegative" | "TotalTooLarge" => ("refuse", "Err(error.rejection)".to_owned()),
        "OrderMissing" => ("decide", format!("Rejection::{name}")),
        "AmountDiffers" => ("decide_existing", format!("Rejection::{name}")),
        _ => ("refuse", format!("Rejection::{name}")),
    };
    place(&DECIDER, region, Some(line))
}
