//! Where one person prepares and sends commands: what they see and typed, what is under way, what was
//! refused.

use leptos::{prelude::*, task::spawn_local};

use super::Kind;
use crate::app::{
    PageLab, is_noted, note,
    views::{
        CommandDraft, CommandOffer, CommandReport, Ending, Failure, FieldProblem, OrderAt,
        OrderDraft, OrderHistory, Person, Seen, Sender,
    },
};
use crate::ui::held::Held;
use crate::ui::lean::next_frame;
use crate::ui::{
    answer::answer,
    kept::{Kept, Watched},
    shell::{focus, has_focus},
    state::{PageState, PageTexts},
};

/// What is known of the selected order.
#[derive(Clone, Debug, PartialEq)]
pub struct Selected {
    /// Its id, as the address has it.
    pub order: String,
    /// The version at which the person sees it.
    pub seen: u64,
    /// Its history; a failure when there is none to be had.
    pub history: Result<OrderHistory, Failure>,
    /// What it can be told, as the person sees it.
    pub offers: Vec<CommandOffer>,
}

impl Selected {
    /// The order as the person sees it.
    pub fn at(&self) -> Option<&OrderAt> {
        self.history.as_ref().ok()?.versions.get(usize::try_from(self.seen).ok()?)
    }
}

/// What a person sees of the selected order.
struct Sight {
    /// Whether their commands are meant for the version that they see, and for no other.
    insists: Watched<bool>,
    seen: Watched<Seen>,
    /// Told when the person looks again.
    looks: Watched<()>,
}

/// The desk of one person. What is typed on it stays until its command was accepted.
pub type Desk = Kept<DeskState>;

/// What [`Desk`] stands for.
pub struct DeskState {
    /// Whose it is.
    pub person: Person,
    sight: Kept<Sight>,
    /// The order that would be created.
    pub new_order: Watched<OrderDraft>,
    /// The commands that somebody changed, for whichever order.
    edits: Watched<Vec<CommandDraft>>,
    /// The commands that were not accepted, one a kind and order at most.
    refusals: Watched<Vec<(Kind, CommandReport)>>,
    /// Whether the form of the new order is open.
    pub editing: Watched<bool>,
    /// The command that is under way.
    pub running: Watched<Option<Kind>>,
    /// The selected order, read again after each change.
    pub selected: Held<Option<Option<Selected>>>,
}

impl Desk {
    /// A desk with ready values. `ask` is what the selected order depends on.
    pub fn new(
        person: Person,
        lab: &PageLab,
        texts: PageTexts,
        ask: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        let asked = lab.clone();
        let sight = Kept::forever(Sight {
            insists: Watched::new(is_noted(INSISTS[index(person)])),
            seen: Watched::new(Seen::default()),
            looks: Watched::new(()),
        });
        let selected = answer(move || {
            sight.looks.track();
            let (insists, lab, order) = (sight.insists.get(), asked.clone(), ask());
            let reason = texts.get().say("draft.reason");
            Box::pin(async move { read(&lab, sight, insists, order?, reason).await })
        });
        Self::forever(DeskState {
            person,
            sight,
            new_order: Watched::new(lab.new_order_draft()),
            edits: Watched::new(vec![]),
            refusals: Watched::new(vec![]),
            editing: Watched::new(false),
            running: Watched::new(None),
            selected,
        })
    }

    /// Whether this person's commands are meant for the version that they see.
    pub fn insists(self) -> bool {
        self.sight.insists.get()
    }

    /// Lets this person's commands be meant for the version that they see, or for what is there.
    pub fn insist(self, on: bool) {
        note(INSISTS[index(self.person)], on);
        self.sight.insists.set(on);
    }

    /// Shows the selected order as it is now. What was typed stays; its conflicts are settled by it.
    pub fn look_again(self, page: PageState) {
        self.forget_seen();
        let Some(order) = self.selected.get_untracked().flatten().map(|selected| selected.order)
        else {
            return;
        };
        self.refusals.update(|refusals| {
            refusals.retain(|(_, report)| {
                report.order != order || !matches!(report.ending, Ending::Conflict { .. })
            });
        });
        spawn_local(async move {
            let Ok(history) = page.lab().order(&order).await else { return };
            let texts = page.shell.texts.now();
            let version = texts.count(history.version());
            page.shell.announce(texts.fill("commands.seen_now", &[("version", &version)]));
        });
    }

    /// What this person saw was of another branch, or is to be seen anew.
    pub fn forget_seen(self) {
        self.sight.seen.update(Seen::again);
        self.sight.looks.set(());
    }

    /// The version that this person's panel shows, with what is known of it.
    pub fn seen(self) -> Option<u64> {
        self.selected.with(|selected| Some(selected.as_ref()?.as_ref()?.at()?.version))
    }

    /// An id in the document, of which each desk has its own.
    pub fn id(self, name: &str) -> String {
        match self.person {
            Person::FIRST => name.to_owned(),
            Person(number) => format!("{name}-{number}"),
        }
    }

    /// The id of what looks again, where a command met a conflict.
    pub fn look_id(self, kind: Kind) -> String {
        self.id(&format!("look-{}", kind.command()))
    }

    /// The id of a field, from its command and its path.
    pub fn field_id(self, command: &str, path: &str) -> String {
        self.id(&format!("{command}-{path}"))
    }

    /// What would be sent for the selected order: what somebody typed, else the ready values.
    pub fn draft(self, kind: Kind) -> Option<CommandDraft> {
        if kind == Kind::Create {
            return Some(CommandDraft::CreateOrder(self.new_order.get()));
        }
        let ready = self.offer(kind)?.draft;
        let order = order_of(&ready).to_owned();
        let edited = self.edits.with(|edits| {
            edits.iter().find(|edit| Kind::of(edit) == kind && order_of(edit) == order).cloned()
        });
        Some(edited.unwrap_or(ready))
    }

    /// What the order can be told, with what the decider would say of the ready values.
    pub fn offer(self, kind: Kind) -> Option<CommandOffer> {
        let offers = self.selected.get().flatten()?.offers;
        offers.into_iter().find(|offer| Kind::of(&offer.draft) == kind)
    }

    /// Keeps what somebody typed.
    pub fn edit(self, draft: CommandDraft) {
        self.edits.update(|edits| {
            edits.retain(|edit| !is_same_place(edit, &draft));
            edits.push(draft);
        });
    }

    /// Why this command was not accepted for this order, if it was sent and was not.
    pub fn refusal(self, kind: Kind, order: &str) -> Option<Ending> {
        self.refusals.with(|refusals| {
            let found = refusals.iter().find(|(of, report)| *of == kind && report.order == order);
            found.map(|(_, report)| report.ending.clone())
        })
    }

    /// What is wrong with a draft that was refused once: follows what is typed from then on.
    pub fn problems(self, page: PageState, kind: Kind) -> Vec<FieldProblem> {
        let Some(draft) = self.draft(kind) else { return vec![] };
        match self.refusal(kind, order_of(&draft)) {
            Some(Ending::Invalid { .. }) => page.lab().check(&draft),
            _ => vec![],
        }
    }

    /// Sends the command of this kind as it stands on the desk. One click, one command.
    pub fn press(self, page: PageState, kind: Kind) {
        let Some(draft) = untrack(|| self.draft(kind)) else {
            return page.shell.announce(page.shell.texts.now().say("commands.no_order").to_owned());
        };
        if self.running.get_untracked().is_some() {
            return;
        }
        page.acting.set(self.person);
        self.running.set(Some(kind));
        let as_seen = untrack(|| self.seen().filter(|_| kind != Kind::Create && self.insists()));
        let sender = Sender { person: self.person, as_seen };
        spawn_local(async move {
            page.at_playhead().await;
            let report = page.lab().send_from(sender, &draft).await;
            self.running.set(None);
            self.settle(page, &draft, report);
        });
    }

    fn settle(self, page: PageState, draft: &CommandDraft, report: CommandReport) {
        let kind = Kind::of(draft);
        page.shell.announce(page.shell.texts.now().happened(&report));
        self.refusals.update(|refusals| {
            refusals.retain(|(of, before)| *of != kind || before.order != report.order);
        });
        if let Ending::Accepted { version, .. } | Ending::AlreadySo { version } = report.ending {
            self.sight.seen.update(|seen| seen.reached(&report.order, version));
            self.sight.looks.set(());
            self.edits.update(|edits| edits.retain(|edit| !is_same_place(edit, draft)));
            if kind == Kind::Create {
                self.new_order.set(page.lab().new_order_draft());
                page.select(&report.order);
            }
        } else {
            self.refuse(kind, &report);
        }
        page.last.set(Some(report));
    }

    /// Keeps the refusal; a form with fields to mend opens, and the first of them gets the focus. Who
    /// met a conflict and is still there goes on at what looks again.
    fn refuse(self, kind: Kind, report: &CommandReport) {
        self.refusals.update(|refusals| refusals.push((kind, report.clone())));
        if let (Kind::Create, Ending::Invalid { problems }) = (kind, &report.ending) {
            self.editing.set(true);
            let first =
                problems.first().map(|problem| self.field_id(report.command, &problem.field));
            next_frame(move || first.iter().for_each(|id| focus(id)));
        }
        if matches!(report.ending, Ending::Conflict { .. }) && has_focus(&self.id(kind.command())) {
            let look = self.look_id(kind);
            next_frame(move || focus(&look));
        }
    }
}

async fn read(
    lab: &PageLab,
    sight: Kept<Sight>,
    insists: bool,
    order: String,
    reason: &str,
) -> Option<Selected> {
    let history = lab.order(&order).await;
    let mut seen = 0;
    if let Ok(history) = &history {
        sight.seen.update(|sight| seen = sight.look(&order, history.version(), insists));
    }
    let as_seen = Some(seen).filter(|_| insists);
    let offers = lab.offers(&order, as_seen, reason).await.unwrap_or_default();
    Some(Selected { order, seen, history, offers })
}

/// Where a person's switch is noted.
const INSISTS: [&str; 2] = ["hindsight.insists.1", "hindsight.insists.2"];

fn index(person: Person) -> usize {
    usize::from(person != Person::FIRST)
}

/// The order that a draft is for.
pub fn order_of(draft: &CommandDraft) -> &str {
    match draft {
        CommandDraft::CreateOrder(draft) => &draft.order,
        CommandDraft::ConfirmPayment { order, .. }
        | CommandDraft::ShipOrder { order, .. }
        | CommandDraft::DeliverOrder { order }
        | CommandDraft::CancelOrder { order, .. } => order,
    }
}

fn is_same_place(one: &CommandDraft, other: &CommandDraft) -> bool {
    Kind::of(one) == Kind::of(other) && order_of(one) == order_of(other)
}
