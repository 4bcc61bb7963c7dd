//! What a person can change of what a service goes by: stock, what a card allows, an address.

use leptos::prelude::*;

use super::{Setting, wish};
use crate::{
    app::{SettingProblems, service_setting, setting_names, texts::Texts, views::SettingProblem},
    ui::{
        held::Held,
        lean::{mark, on_click, on_event, on_submit, part, words},
        shell::focus,
        state::PageState,
    },
};

/// The ids of the two fields.
const FIELDS: [&str; 2] = ["setting-name", "setting-amount"];

/// What can be set at a service; nothing where it goes by nothing that could be.
struct Offer {
    title: &'static str,
    name: &'static str,
    /// The words on the amount's field, what stands in it at first, and the words on its button.
    amount: Option<[&'static str; 3]>,
    /// Amounts that have a button of their own.
    ready: &'static [(&'static str, &'static str)],
}

fn offer(service: &str) -> Option<Offer> {
    Some(match service {
        "inventory" => Offer {
            title: "setting.inventory",
            name: "setting.product",
            amount: Some(["setting.stock", "1", "setting.set_stock"]),
            ready: &[],
        },
        "payment" => Offer {
            title: "setting.payment",
            name: "setting.customer",
            amount: Some(["setting.limit", "10.00", "setting.set_limit"]),
            ready: &[("setting.decline", "0")],
        },
        "shipping" => Offer {
            title: "setting.shipping",
            name: "setting.customer",
            amount: None,
            ready: &[("setting.lose", "0"), ("setting.find", "1")],
        },
        _ => return None,
    })
}

/// Whether there is something to set at a service.
pub(super) fn can_be_set(service: &str) -> bool {
    offer(service).is_some()
}

/// The panel of the service that somebody wants to set; nothing while nobody does.
pub(super) fn setting(page: PageState, at: Setting) -> impl IntoView {
    let texts = page.shell.texts;
    part(move || {
        at.get().and_then(|service| Some(panel(page, texts.get(), service, &offer(service)?)))
    })
}

/// What somebody typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Typed {
    page: PageState,
    service: &'static str,
    values: Held<[String; 2]>,
    problems: Held<SettingProblems>,
}

fn panel(
    page: PageState,
    texts: Texts,
    service: &'static str,
    offer: &Offer,
) -> impl IntoView + use<> {
    let typed = Typed::new(page, service, offer);
    let title = texts.fill(offer.title, &[("service", texts.service(service))]);
    let label = title.clone();
    let names = setting_names(service).into_iter();
    let names = names.map(|name| view! { <option value=name></option> }).collect_view();
    let has_field = offer.amount.is_some();
    let field = offer.amount.map(|[label, ..]| typed.field(texts.say(label), 1));
    let act = offer.amount.map(|[.., act]| {
        view! { <button type="submit" class="button">{texts.say(act)}</button> }
    });
    let ready = offer.ready.iter().map(|&(words, amount)| {
        let set = on_click(move || typed.set(Some(amount)));
        view! { <button type="button" class="button" on:click=set>{texts.say(words)}</button> }
    });
    view! {
        <form
            class="sagas__chosen"
            aria-label=label
            on:submit=on_submit(move || if has_field { typed.set(None) })
        >
            <h3 class="sagas__chosen-title">{title}</h3>
            <div class="sagas__setting">
                {typed.field(texts.say(offer.name), 0)}
                <datalist id="setting-names">{names}</datalist>
                {field}
                <div class="sagas__setting-acts">{act}{ready.collect_view()}</div>
            </div>
        </form>
    }
}

impl Typed {
    /// The first name that new orders bear, and a ready amount.
    fn new(page: PageState, service: &'static str, offer: &Offer) -> Self {
        let first = setting_names(service).first().copied().unwrap_or_default().to_owned();
        let amount = offer.amount.map_or("0", |[_, amount, _]| amount).to_owned();
        let (values, problems) = (Held::new([first, amount]), Held::new([None, None]));
        Self { page, service, values, problems }
    }

    /// A field with its label, and what is wrong with it beneath.
    fn field(self, label: &'static str, place: usize) -> AnyView {
        let (id, problem_id) = (FIELDS[place], format!("{}-problem", FIELDS[place]));
        let described = problem_id.clone();
        let typed = on_event(move |event| {
            self.values.update(|values| values[place] = event_target_value(&event));
            self.problems.update(|problems| problems[place] = None);
        });
        let is_wrong = move || self.problems.with(|problems| problems[place].is_some());
        let problem = move || {
            let say =
                |problem: &SettingProblem| self.page.shell.texts.get().setting_problem(problem);
            self.problems.with(|problems| problems[place].as_ref().map(say)).unwrap_or_default()
        };
        view! {
            <div class="field">
                <label class="field__label" for=id>{label}</label>
                <input
                    class="field__input"
                    id=id
                    type="text"
                    dir="auto"
                    autocomplete="off"
                    list=(place == 0).then_some("setting-names")
                    inputmode=if place == 0 { "text" } else { "decimal" }
                    value=self.values.with_untracked(|values| values[place].clone())
                    aria-invalid=mark(is_wrong)
                    aria-describedby=described
                    on:input=typed
                />
                <p class="field__problem" id=problem_id>{words(problem)}</p>
            </div>
        }
        .into_any()
    }

    /// Sets this amount, or the one in the field, unless something is wrong with what was typed: then the
    /// focus goes where.
    fn set(self, ready: Option<&str>) {
        let [name, amount] = self.values.get_untracked();
        let wanted = service_setting(self.service, &name, ready.unwrap_or(&amount));
        match wanted {
            Ok(wanted) => {
                self.problems.set([None, None]);
                wish(self.page, wanted);
            }
            Err(problems) => {
                let first = problems.iter().position(Option::is_some).unwrap_or_default();
                self.problems.set(problems);
                focus(FIELDS[first]);
            }
        }
    }
}
