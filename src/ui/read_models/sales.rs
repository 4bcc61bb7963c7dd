//! The sales dashboard's figures.

use leptos::prelude::*;

use crate::ui::held::Held;
use crate::{
    app::views::{Failure, OrderStatus, Sales},
    ui::{
        answer::answer,
        lean::{part, words},
        order::status_chip,
        state::{use_page, use_texts},
    },
};

type Answer = Held<Option<Result<Sales, Failure>>>;

/// A figure of the dashboard; nothing before there is one.
fn of_sales<T: Default>(answer: Answer, read: impl FnOnce(&Sales) -> T) -> T {
    answer.with(|answer| match answer {
        Some(Ok(sales)) => read(sales),
        _ => T::default(),
    })
}

#[component]
pub(super) fn SalesFigures() -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let answer = answer(move || {
        page.model_changes.track();
        let lab = page.lab();
        Box::pin(async move { lab.sales().await })
    });
    let known = words(move || {
        let position = texts.get().count(of_sales(answer, |sales| sales.up_to));
        texts.get().fill("models.up_to", &[("position", &position)])
    });
    let problem = words(move || {
        answer.with(|answer| match answer {
            Some(Err(failure)) => texts.get().failure(failure),
            _ => String::new(),
        })
    });
    view! {
        <section class="sales" aria-labelledby="title-sales">
            <h3 class="sales__title" id="title-sales">{texts.say("sales.title")}</h3>
            <p class="sales__problem">{problem}</p>
            <Figures answer/>
            <Bars answer/>
            <p class="sales__known">{known}</p>
        </section>
    }
}

#[component]
fn Figures(answer: Answer) -> impl IntoView {
    let texts = use_texts();
    let revenue = move || texts.get().money(of_sales(answer, |sales| sales.revenue_taken));
    let share = move || {
        let (part, all) = of_sales(answer, |sales| (sales.cancelled_count, sales.order_count));
        texts.get().percent(part, all)
    };
    view! {
        <dl class="sales__figures">
            <div class="sales__figure">
                <dt>{texts.say("sales.revenue")}</dt>
                <dd>{words(revenue)}</dd>
            </div>
            <div class="sales__figure">
                <dt>{texts.say("sales.cancelled_share")}</dt>
                <dd>{words(share)}</dd>
            </div>
        </dl>
    }
}

/// How many orders stand at each status.
#[component]
fn Bars(answer: Answer) -> impl IntoView {
    let texts = use_texts();
    let bar = move |status: OrderStatus| {
        let count = move || of_sales(answer, |sales| count_at(sales, status));
        let width = move || {
            let most = of_sales(answer, most_at_a_status).max(1);
            format!("{}%", count() * 100 / most)
        };
        view! {
            <tr>
                <th scope="row">{part(move || status_chip(texts.get(), status))}</th>
                <td>
                    <div class="sales__bar" style:width=words(width)></div>
                </td>
                <td>{words(move || texts.get().count(count()))}</td>
            </tr>
        }
    };
    view! {
        <table class="sales__bars">
            <caption class="visually-hidden">{texts.say("sales.by_status")}</caption>
            <tbody>{OrderStatus::ALL.map(bar).into_view()}</tbody>
        </table>
    }
}

fn count_at(sales: &Sales, status: OrderStatus) -> u64 {
    let found = sales.orders_by_status.iter().find(|(at, _)| *at == status);
    found.map_or(0, |(_, count)| *count)
}

fn most_at_a_status(sales: &Sales) -> u64 {
    sales.orders_by_status.iter().map(|(_, count)| *count).max().unwrap_or(0)
}
