//! The kinds of commands that there are buttons for.

use crate::app::views::CommandDraft;

/// A command, as a button knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// CreateOrder.
    Create,
    /// ConfirmPayment.
    Pay,
    /// ShipOrder.
    Ship,
    /// DeliverOrder.
    Deliver,
    /// CancelOrder.
    Cancel,
}

impl Kind {
    /// The commands for an order that exists.
    pub const EXISTING: [Self; 4] = [Self::Pay, Self::Ship, Self::Deliver, Self::Cancel];

    /// Which command a draft is of.
    pub fn of(draft: &CommandDraft) -> Self {
        match draft {
            CommandDraft::CreateOrder(_) => Self::Create,
            CommandDraft::ConfirmPayment { .. } => Self::Pay,
            CommandDraft::ShipOrder { .. } => Self::Ship,
            CommandDraft::DeliverOrder { .. } => Self::Deliver,
            CommandDraft::CancelOrder { .. } => Self::Cancel,
        }
    }

    /// The command's name, as it is in the code.
    pub fn command(self) -> &'static str {
        match self {
            Self::Create => "CreateOrder",
            Self::Pay => "ConfirmPayment",
            Self::Ship => "ShipOrder",
            Self::Deliver => "DeliverOrder",
            Self::Cancel => "CancelOrder",
        }
    }

    /// The key of the words on its button.
    pub fn name_key(self) -> &'static str {
        match self {
            Self::Create => "commands.create",
            Self::Pay => "commands.pay",
            Self::Ship => "commands.ship",
            Self::Deliver => "commands.deliver",
            Self::Cancel => "commands.cancel",
        }
    }
}
