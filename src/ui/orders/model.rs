//! Which page of the orders is shown, and what stands on it.

use crate::ui::held::Held;
use crate::{
    app::views::{Failure, OrderList, OrderListRow},
    ui::{answer::answer, state::PageState},
};

/// Rows on a page; the style sheet keeps room for as many.
const PAGE_ROWS: u32 = 10;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Question {
    /// Whose orders; empty for everybody's.
    customer: String,
    /// Which page, from 1.
    page: u32,
}

/// A page of orders, with the customer it was asked for.
type Answer = (String, Result<OrderList, Failure>);

/// The state of the list of orders. Cheap to copy; owned by its component.
#[derive(Clone, Copy)]
pub(in crate::ui) struct OrdersModel {
    question: Held<Question>,
    answer: Held<Option<Answer>>,
    /// The order whose row the keyboard was at last.
    pub(super) cursor: Held<Option<String>>,
}

impl OrdersModel {
    pub(super) fn new(page: PageState) -> Self {
        let question = Held::new(Question { customer: String::new(), page: 1 });
        let answer = answer(move || {
            page.model_changes.track();
            let (lab, question) = (page.lab(), question.get());
            Box::pin(async move {
                let list = if question.customer.is_empty() {
                    lab.orders(question.page, PAGE_ROWS).await
                } else {
                    lab.orders_of(&question.customer, question.page, PAGE_ROWS).await
                };
                (question.customer, list)
            })
        });
        Self { question, answer, cursor: Held::new(None) }
    }

    /// Something of the list, when there is one.
    pub(super) fn with<T>(self, read: impl FnOnce(&OrderList) -> T) -> Option<T> {
        self.answer.with(|answer| match answer {
            Some((_, Ok(list))) => Some(read(list)),
            _ => None,
        })
    }

    /// The orders on the page, by id.
    pub(super) fn orders(self) -> Vec<String> {
        let orders = |list: &OrderList| list.rows.iter().map(|row| row.order.clone()).collect();
        self.with(orders).unwrap_or_default()
    }

    /// The customers on the page, each once.
    pub(super) fn customers(self) -> Vec<String> {
        let names = |list: &OrderList| list.rows.iter().map(|row| row.customer.clone()).collect();
        let mut customers: Vec<String> = self.with(names).unwrap_or_default();
        customers.sort_unstable();
        customers.dedup();
        customers
    }

    /// The row of an order, when it is on the page.
    pub(super) fn row(self, order: &str) -> Option<OrderListRow> {
        self.with(|list| list.rows.iter().find(|row| row.order == order).cloned()).flatten()
    }

    /// Why there is no list.
    pub(super) fn failure(self) -> Option<Failure> {
        self.answer
            .with(|answer| answer.as_ref().and_then(|(_, list)| list.as_ref().err().cloned()))
    }

    /// Whether there is a list, and nothing in it.
    pub(super) fn is_empty(self) -> bool {
        self.with(|list| list.total_count == 0).unwrap_or(false)
    }

    /// Whether there is a list with something in it.
    pub(super) fn is_filled(self) -> bool {
        self.with(|list| list.total_count > 0).unwrap_or(false)
    }

    /// Whose orders are shown; empty for everybody's.
    pub(super) fn shown_customer(self) -> String {
        self.answer
            .with(|answer| answer.as_ref().map(|(customer, _)| customer.clone()))
            .unwrap_or_default()
    }

    /// Whose orders were asked for; empty for everybody's.
    pub(super) fn customer(self) -> String {
        self.question.with(|question| question.customer.clone())
    }

    /// Asks for the orders of a customer, or of everybody.
    pub(super) fn ask_for(self, customer: &str) {
        let customer = customer.trim().to_owned();
        if self.question.with_untracked(|question| question.customer != customer) {
            self.question.set(Question { customer, page: 1 });
        }
    }

    /// Turns to a page.
    pub(super) fn turn_to(self, page: u32) {
        self.question.update(|question| question.page = page);
    }
}
