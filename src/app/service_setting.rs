//! What a person sets at a service: read from what they typed, or what is wrong with it.

use super::{
    drafts::{CUSTOMERS, PRODUCTS},
    parse::{amount, whole_number},
    views::{Problem, Rejection, SagaWish, SettingProblem},
};
use crate::domain::orders::{Money, TEXT_LENGTH_MAX};

/// How many pieces can lie on a shelf.
const STOCK_MAX: u64 = 1_000_000;

/// What is wrong with the name, and with the amount.
pub type SettingProblems = [Option<SettingProblem>; 2];

/// Of what a service can be told an amount: the products, or the customers, that new orders name.
pub fn setting_names(service: &str) -> Vec<&'static str> {
    match service {
        "inventory" => PRODUCTS.iter().map(|(name, _)| *name).collect(),
        _ => CUSTOMERS.to_vec(),
    }
}

/// The wish that a service goes by this amount from now on: of money, or of pieces.
///
/// # Errors
/// What cannot be read or is too much, field by field.
pub fn service_setting(
    service: &'static str,
    name: &str,
    amount: &str,
) -> Result<SagaWish, SettingProblems> {
    let amount = if service == "payment" { money(amount) } else { pieces(amount) };
    match (named(name), amount) {
        (Ok(name), Ok(amount)) => Ok(SagaWish::Set(service, name, amount)),
        (name, amount) => Err([name.err().map(SettingProblem::Field), amount.err()]),
    }
}

fn named(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    let (length, max) = (name.chars().count() as u64, TEXT_LENGTH_MAX as u64);
    match length {
        0 => Err(Problem::Rule(Rejection::TextEmpty)),
        _ if length > max => Err(Problem::Rule(Rejection::TextTooLong { length, max })),
        _ => Ok(name.to_owned()),
    }
}

fn pieces(text: &str) -> Result<u64, SettingProblem> {
    let count = whole_number(text).ok_or(SettingProblem::Field(Problem::NotAWholeNumber))?;
    if count.0 > STOCK_MAX { Err(SettingProblem::TooMany(STOCK_MAX)) } else { Ok(count.0) }
}

fn money(text: &str) -> Result<u64, SettingProblem> {
    let money = amount(text).map_err(SettingProblem::Field)?;
    if money > Money::MAX {
        let rule = Rejection::TotalTooLarge { max: Money::MAX };
        return Err(SettingProblem::Field(Problem::Rule(rule)));
    }
    u64::try_from(money.0).map_err(|_| SettingProblem::Field(Problem::NotAnAmount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_an_amount_or_says_what_is_wrong_with_which_field() {
        let set = |name: &str, amount| SagaWish::Set("inventory", name.to_owned(), amount);
        assert_eq!(service_setting("inventory", " Moka ", "1"), Ok(set("Moka", 1)));
        assert_eq!(service_setting("inventory", "Moka", "0"), Ok(set("Moka", 0)));
        let card = SagaWish::Set("payment", "Ana".to_owned(), 1_250);
        assert_eq!(service_setting("payment", "Ana", "12,50"), Ok(card));
        let field = |problem| Some(SettingProblem::Field(problem));
        let empty = field(Problem::Rule(Rejection::TextEmpty));
        let wrong = [
            (("inventory", " ", "few"), [empty.clone(), field(Problem::NotAWholeNumber)]),
            (("inventory", "", "1"), [empty, None]),
            (("inventory", "Moka", "-1"), [None, field(Problem::NotAWholeNumber)]),
            (("inventory", "Moka", "1000001"), [None, Some(SettingProblem::TooMany(STOCK_MAX))]),
            (("payment", "Ana", "-1"), [None, field(Problem::NotAnAmount)]),
        ];
        for ((service, name, amount), problems) in wrong {
            assert_eq!(service_setting(service, name, amount), Err(problems), "{name}: {amount}");
        }
    }
}
