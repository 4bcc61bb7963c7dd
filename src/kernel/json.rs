//! JSON: how what is stored is written down and read again. The forms never change.
//!
//! A form is declared beside its type, by one of the macros in here. They write less code than
//! derived forms do, which are compiled for every type and bring numbers with fractions along:
//! nothing that is stored has any.

use nojson::{DisplayJson, JsonFormatter, RawJson, RawJsonValue};

pub use nojson::JsonParseError as JsonError;

/// A value with a JSON form: `from_json(&to_json(value)) == value`.
pub trait Json:
    DisplayJson + for<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>, Error = JsonError>
{
}

impl<T> Json for T where
    T: DisplayJson + for<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>, Error = JsonError>
{
}

/// The JSON text of a value.
#[must_use]
pub fn to_json(value: &dyn DisplayJson) -> String {
    nojson::json(|json| value.fmt(json)).to_string()
}

/// The value that a JSON text says.
///
/// # Errors
/// When the text is no JSON, or not that of such a value.
pub fn from_json<T: Json>(text: &str) -> Result<T, JsonError> {
    RawJson::parse(text)?.value().try_into()
}

/// A member of an object that is written: its name and its value.
type Member<'a> = (&'a str, &'a dyn DisplayJson);

/// Writes an object. This and all of the following is compiled once, not once a type.
pub(crate) fn write_members(
    json: &mut JsonFormatter<'_, '_>,
    members: &[Member<'_>],
) -> std::fmt::Result {
    json.object(|json| json.members(members.iter().copied()))
}

/// Writes a variant with named fields.
pub(crate) fn write_variant(
    json: &mut JsonFormatter<'_, '_>,
    name: &str,
    fields: &[Member<'_>],
) -> std::fmt::Result {
    let fields = nojson::json(|json| write_members(json, fields));
    write_members(json, &[(name, &fields)])
}

/// The member of that name, wherever it is.
pub(crate) fn required<'text, 'raw>(
    json: RawJsonValue<'text, 'raw>,
    name: &str,
) -> Result<RawJsonValue<'text, 'raw>, JsonError> {
    json.to_member(name)?.required()
}

/// JSON text that is written as it stands.
pub(crate) struct Verbatim<'a>(pub(crate) &'a str);

impl DisplayJson for Verbatim<'_> {
    fn fmt(&self, json: &mut JsonFormatter<'_, '_>) -> std::fmt::Result {
        json.inner_mut().write_str(self.0)
    }
}

/// The member of that name. What this program wrote has them in order: it is the next one then.
pub(crate) fn read_member<'text, 'raw>(
    json: RawJsonValue<'text, 'raw>,
    members: &mut impl Iterator<Item = (RawJsonValue<'text, 'raw>, RawJsonValue<'text, 'raw>)>,
    name: &str,
) -> Result<RawJsonValue<'text, 'raw>, JsonError> {
    let is_it =
        |key: &str| key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) == Some(name);
    match members.next() {
        Some((key, value)) if is_it(key.as_raw_str()) => Ok(value),
        _ => required(json, name),
    }
}

/// The name of a variant, and its data where it has some.
pub(crate) fn variant<'text, 'raw>(
    json: RawJsonValue<'text, 'raw>,
) -> Result<(String, RawJsonValue<'text, 'raw>), JsonError> {
    let mut members = match json.to_object() {
        Ok(members) => members,
        Err(_) => return Ok((json.try_into()?, json)),
    };
    match (members.next(), members.next()) {
        (Some((name, data)), None) => Ok((name.try_into()?, data)),
        _ => Err(json.invalid("one variant is expected")),
    }
}

/// Declares that a newtype has the JSON form of what it holds.
macro_rules! json_newtype {
    ($name:ident) => {
        impl nojson::DisplayJson for $name {
            fn fmt(&self, json: &mut nojson::JsonFormatter<'_, '_>) -> std::fmt::Result {
                json.value(&self.0)
            }
        }

        impl<'text, 'raw> TryFrom<nojson::RawJsonValue<'text, 'raw>> for $name {
            type Error = crate::kernel::JsonError;

            fn try_from(json: nojson::RawJsonValue<'text, 'raw>) -> Result<Self, Self::Error> {
                json.try_into().map(Self)
            }
        }
    };
}
pub(crate) use json_newtype;

/// Declares that a struct is a JSON object with these fields, in this order.
macro_rules! json_object {
    ($name:ident $(<$part:ident>)? { $($field:ident),* }) => {
        impl $(<$part: nojson::DisplayJson>)? nojson::DisplayJson for $name $(<$part>)? {
            fn fmt(&self, json: &mut nojson::JsonFormatter<'_, '_>) -> std::fmt::Result {
                crate::kernel::write_members(json, &[$((stringify!($field), &self.$field)),*])
            }
        }

        impl<'text, 'raw $(, $part)?> TryFrom<nojson::RawJsonValue<'text, 'raw>>
            for $name $(<$part>)?
        $(where
            $part: TryFrom<nojson::RawJsonValue<'text, 'raw>, Error = crate::kernel::JsonError>)?
        {
            type Error = crate::kernel::JsonError;

            fn try_from(json: nojson::RawJsonValue<'text, 'raw>) -> Result<Self, Self::Error> {
                let mut _members = json.to_object()?;
                Ok(Self {
                    $($field: crate::kernel::read_member(json, &mut _members, stringify!($field))?
                        .try_into()?),*
                })
            }
        }
    };
}
pub(crate) use json_object;

/// Declares that an enum is its variant's name, or an object with that name around what it holds:
/// named fields are an object, one value is itself, two are a list. A variant has its own name, or the
/// one behind `=`.
macro_rules! json_enum {
    (
        $name:ident $(<$part:ident>)?
        { $($variant:ident $(($($held:ident),+))? $({ $($field:ident),+ })? $(= $as:literal)?),+ }
    ) => {
        impl $(<$part: nojson::DisplayJson>)? nojson::DisplayJson for $name $(<$part>)? {
            fn fmt(&self, json: &mut nojson::JsonFormatter<'_, '_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant $(($($held),+))? $({ $($field),+ })? => {
                        let name = crate::kernel::json_enum!(@name $variant $($as)?);
                        crate::kernel::json_enum!(@write json name $(($($held)+))? $({ $($field)+ })?)
                    })+
                }
            }
        }

        impl<'text, 'raw $(, $part)?> TryFrom<nojson::RawJsonValue<'text, 'raw>>
            for $name $(<$part>)?
        $(where
            $part: TryFrom<nojson::RawJsonValue<'text, 'raw>, Error = crate::kernel::JsonError>)?
        {
            type Error = crate::kernel::JsonError;

            fn try_from(json: nojson::RawJsonValue<'text, 'raw>) -> Result<Self, Self::Error> {
                let (name, _data) = crate::kernel::variant(json)?;
                $(if name == crate::kernel::json_enum!(@name $variant $($as)?) {
                    $(crate::kernel::json_enum!(@read _data $($held)+);)?
                    return Ok(Self::$variant $(($($held),+))? $({
                        $($field: crate::kernel::required(_data, stringify!($field))?.try_into()?),+
                    })?);
                })+
                Err(json.invalid("there is no such variant"))
            }
        }
    };
    (@name $variant:ident) => { stringify!($variant) };
    (@name $variant:ident $as:literal) => { $as };
    (@write $json:ident $name:ident) => { $json.string($name) };
    (@write $json:ident $name:ident ($held:ident)) => {
        crate::kernel::write_members($json, &[($name, $held)])
    };
    (@write $json:ident $name:ident ($first:ident $second:ident)) => {
        $json.object(|json| {
            json.member($name, nojson::array(|json| {
                json.element($first)?;
                json.element($second)
            }))
        })
    };
    (@write $json:ident $name:ident { $($field:ident)+ }) => {
        crate::kernel::write_variant($json, $name, &[$((stringify!($field), $field)),+])
    };
    (@read $data:ident $held:ident) => { let $held = $data.try_into()?; };
    (@read $data:ident $first:ident $second:ident) => {
        let [$first, $second]: [nojson::RawJsonValue<'text, 'raw>; 2] = $data.try_into()?;
        let ($first, $second) = ($first.try_into()?, $second.try_into()?);
    };
}
pub(crate) use json_enum;
