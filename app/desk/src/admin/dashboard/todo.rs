//! What waits for someone, each with the list that holds it.

use app::{answers::Tally, ui::date::date};
use leptos::prelude::*;

use super::{ports::Todo, said};

/// One kind of work.
struct Task {
    count: Tally,
    /// What is counted, without the number.
    words: String,
    href: &'static str,
}

impl Task {
    fn is_there(&self) -> bool {
        !self.count.is_none()
    }
}

fn tasks(todo: &Todo) -> Vec<Task> {
    let task = |count: Tally, words: String, href| Task { count, words, href };
    let all = [
        task(
            todo.to_pack,
            said().to_pack(todo.to_pack.count),
            "/admin/orders?status=paid",
        ),
        task(
            todo.to_ship,
            said().to_ship(todo.to_ship.count),
            "/admin/orders?status=packed",
        ),
        task(
            todo.to_hand_over,
            said().to_hand_over(todo.to_hand_over.count),
            "/admin/orders?money=by-hand",
        ),
        task(
            todo.other_sums,
            said().other_sums(todo.other_sums.count),
            "/admin/orders?money=other-sums",
        ),
        task(
            todo.to_match,
            said().to_match(todo.to_match.count),
            "/admin/transfers",
        ),
        task(
            todo.to_send_back,
            said().to_send_back(todo.to_send_back.count),
            "/admin/transfers",
        ),
        task(
            todo.disputed,
            match todo.answer_by {
                Some(until) => said().to_answer_by(todo.disputed.count, &date(until)),
                None => said().to_answer(todo.disputed.count),
            },
            "/admin/orders?money=disputed",
        ),
        task(
            todo.sold_out,
            said().sold_out(todo.sold_out.count),
            "/admin/products?active=true&stock=sold-out",
        ),
        task(
            todo.running_low,
            said().running_low(todo.running_low.count),
            "/admin/products?active=true&stock=low",
        ),
    ];
    all.into_iter().filter(Task::is_there).collect()
}

pub fn panel(todo: &Todo) -> AnyView {
    let items: Vec<_> = tasks(todo)
        .into_iter()
        .map(|task| {
            view! {
                <li>
                    <a class="todo" href=task.href>
                        <strong class="todo-count">{task.count.words()}</strong>
                        " "
                        <span>{task.words}</span>
                    </a>
                </li>
            }
        })
        .collect();
    let body = match items.is_empty() {
        true => view! { <p class="muted">{said().nothing_to_do()}</p> }.into_any(),
        false => view! { <ul class="todo-list">{items}</ul> }.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="todo">
            <h2 class="panel-title" id="todo">{said().to_do()}</h2>
            {body}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_none_of_is_not_shown() {
        assert!(tasks(&Todo::default()).is_empty());
        let todo = Todo {
            to_ship: Tally::of(8),
            sold_out: Tally::of(2000),
            ..Todo::default()
        };
        let shown: Vec<_> = tasks(&todo)
            .into_iter()
            .map(|task| (task.count.words(), task.href))
            .collect();
        assert_eq!(
            shown,
            [
                ("8".to_owned(), "/admin/orders?status=packed"),
                (
                    "999+".to_owned(),
                    "/admin/products?active=true&stock=sold-out"
                ),
            ]
        );
    }
}
