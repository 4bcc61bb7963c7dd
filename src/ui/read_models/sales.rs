//! The sales dashboard's figures.

use leptos::prelude::*;

use super::answer;
use crate::{
    app::views::{OrderStatus, Sales},
    ui::{
        order::StatusChip,
        state::{use_page, use_texts},
    },
};

#[component]
pub(super) fn SalesFigures() -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let answer = answer(
        move || page.model_changes.track(),
        move |()| async move { page.lab().sales().await },
    );
    let sales = Memo::new(move |_| answer.read().as_ref()?.as_ref().ok().cloned());
    let problem = move || {
        let failure = answer.read().as_ref()?.as_ref().err().cloned();
        failure.map(|failure| texts.get().failure(&failure))
    };
    view! {
        <section class="sales" aria-labelledby="title-sales">
            <h3 class="sales__title" id="title-sales">{texts.say("sales.title")}</h3>
            <p class="sales__problem">{problem}</p>
            <Figures sales/>
            <Bars sales/>
            <p class="sales__known">
                {move || {
                    let known = texts.get().count(sales.with(|sales| sales.as_ref().map_or(0, |sales| sales.up_to)));
                    texts.get().fill("models.up_to", &[("position", &known)])
                }}
            </p>
        </section>
    }
}

#[component]
fn Figures(sales: Memo<Option<Sales>>) -> impl IntoView {
    let texts = use_texts();
    let of_sales = move |say: fn(&Sales) -> (u64, u64)| {
        sales.with(|sales| sales.as_ref().map(say).unwrap_or_default())
    };
    let revenue = move || {
        let taken = sales.with(|sales| sales.as_ref().map_or(0, |sales| sales.revenue_taken));
        texts.get().money(taken)
    };
    let share = move || {
        let (cancelled, all) = of_sales(|sales| (sales.cancelled_count, sales.order_count));
        texts.get().percent(cancelled, all)
    };
    view! {
        <dl class="sales__figures">
            <div class="sales__figure">
                <dt>{texts.say("sales.revenue")}</dt>
                <dd>{revenue}</dd>
            </div>
            <div class="sales__figure">
                <dt>{texts.say("sales.cancelled_share")}</dt>
                <dd>{share}</dd>
            </div>
        </dl>
    }
}

/// How many orders stand at each status.
#[component]
fn Bars(sales: Memo<Option<Sales>>) -> impl IntoView {
    let texts = use_texts();
    let bar = move |status: OrderStatus| {
        let count = Memo::new(move |_| count_at(sales, status));
        let width = move || {
            let most = sales.with(|sales| sales.as_ref().map_or(0, most_at_a_status));
            format!("{}%", count.get() as f64 * 100.0 / most.max(1) as f64)
        };
        view! {
            <tr>
                <th scope="row"><StatusChip status/></th>
                <td>
                    <div
                        class="sales__bar"
                        class:sales__bar--some=move || { count.get() > 0 }
                        style:width=width
                    ></div>
                </td>
                <td>{move || texts.get().count(count.get())}</td>
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

fn count_at(sales: Memo<Option<Sales>>, status: OrderStatus) -> u64 {
    sales.with(|sales| {
        let counts = sales.as_ref().map(|sales| sales.orders_by_status.as_slice());
        let found = counts.unwrap_or_default().iter().find(|(at, _)| *at == status);
        found.map_or(0, |(_, count)| *count)
    })
}

fn most_at_a_status(sales: &Sales) -> u64 {
    sales.orders_by_status.iter().map(|(_, count)| *count).max().unwrap_or(0)
}
