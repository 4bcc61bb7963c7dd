//! Ids: one newtype a meaning, all of them UUIDs that come in from outside.

/// Declares a newtype over [`uuid::Uuid`] that is ordered, printable and stored as its text form.
macro_rules! uuid_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
        )]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl nojson::DisplayJson for $name {
            fn fmt(&self, json: &mut nojson::JsonFormatter<'_, '_>) -> std::fmt::Result {
                json.string(self)
            }
        }

        impl<'text, 'raw> TryFrom<nojson::RawJsonValue<'text, 'raw>> for $name {
            type Error = crate::kernel::JsonError;

            fn try_from(json: nojson::RawJsonValue<'text, 'raw>) -> Result<Self, Self::Error> {
                let text = json.to_unquoted_string_str()?;
                text.parse().map_err(|error: uuid::Error| json.invalid(error))
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}
pub(crate) use uuid_id;

uuid_id! {
    /// Names one event for ever; an append repeated with the same event ids is recognised by it.
    EventId
}
uuid_id! {
    /// Names one command; sending it again with the same id gets the recorded answer.
    CommandId
}
uuid_id! {
    /// Names one outgoing message in the outbox.
    MessageId
}
uuid_id! {
    /// The request that began it all: shared by everything that follows from one request.
    CorrelationId
}
uuid_id! {
    /// The message that directly caused this one.
    CausationId
}
uuid_id! {
    /// Names one saga: the instance in the name of its stream.
    SagaId
}
