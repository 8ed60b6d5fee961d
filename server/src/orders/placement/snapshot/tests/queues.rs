//! Several queues that are placed at once, and batches that fail.

use std::{collections::VecDeque, iter::repeat_n};

use proptest::prelude::*;

use super::super::*;
use super::{
    intent, world as any_world,
    world::{Decided, World},
};

const QUEUES: usize = 3;
/// As many as there are in a world.
const CARTS: usize = 8;

/// As a worker has it.
#[derive(Default)]
struct Queue {
    waiting: VecDeque<Intent>,
    /// Of a batch that failed; what comes next is last.
    parts: Vec<Vec<Intent>>,
    /// What is decided and not written.
    decided: Option<(Vec<Intent>, Decided)>,
}

impl Queue {
    fn next(&mut self, most: usize) -> Option<Vec<Intent>> {
        if let Some(part) = self.parts.pop() {
            return Some(part);
        }
        let most = most.min(self.waiting.len());
        let batch: Vec<Intent> = self.waiting.drain(..most).collect();
        (!batch.is_empty()).then_some(batch)
    }

    /// It is tried again in halves, or as it is if it is one order.
    fn failed(&mut self, mut part: Vec<Intent>) {
        let second = part.split_off(part.len().div_ceil(2));
        self.parts
            .extend([second, part].into_iter().filter(|half| !half.is_empty()));
    }

    fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.parts.is_empty() && self.decided.is_none()
    }
}

fn queues(intents: impl Iterator<Item = Intent>, of: &[usize]) -> Vec<Queue> {
    let mut queues: Vec<Queue> = (0..QUEUES).map(|_| Queue::default()).collect();
    for (intent, queue) in intents.zip(of) {
        queues[*queue].waiting.push_back(intent);
    }
    queues
}

fn total(world: &World, cart: usize) -> i64 {
    let lines = world.carts[&format!("cart-{cart}")].iter();
    lines.map(|(_, quantity, price)| quantity * price).sum()
}

#[derive(Debug, Clone, Copy)]
struct Step {
    queue: usize,
    most: usize,
    fails: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..QUEUES, 1usize..6, prop::bool::weighted(0.3));
    let step = step.prop_map(|(queue, most, fails)| Step { queue, most, fails });
    prop::collection::vec(step, 0..40)
}

proptest! {
    /// Rows that are locked keep batches apart, so each is decided on all that was written before it.
    #[test]
    fn any_queues_and_failures_give_what_one_by_one_in_the_order_of_writing_gives(
        start in any_world(),
        picks in prop::collection::vec((0..CARTS, 0usize..10, 0..QUEUES), 1..28),
        steps in steps(),
    ) {
        let intents = picks.iter().enumerate().map(|(n, (cart, key, _))| {
            intent(n, *cart, *key, total(&start, *cart))
        });
        let of: Vec<usize> = picks.iter().map(|(.., queue)| *queue).collect();
        let mut queues = queues(intents, &of);
        let (mut together, mut written, mut outcomes) = (start.clone(), Vec::new(), Vec::new());
        let last = (0..QUEUES).flat_map(|queue| {
            let step = Step { queue, most: 5, fails: false };
            repeat_n(step, picks.len())
        });
        for Step { queue, most, fails } in steps.into_iter().chain(last) {
            let Some(part) = queues[queue].next(most) else { continue };
            if fails {
                queues[queue].failed(part);
                continue;
            }
            outcomes.extend(together.place(&part));
            written.extend(part);
        }

        prop_assert_eq!(written.len(), picks.len());
        let mut alone = start;
        let one_by_one: Vec<Outcome> = written
            .iter()
            .flat_map(|intent| alone.place(std::slice::from_ref(intent)))
            .collect();
        prop_assert_eq!(outcomes, one_by_one);
        prop_assert_eq!(&together.stock, &alone.stock);
        prop_assert_eq!(&together.open, &alone.open);
        prop_assert_eq!(&together.limits, &alone.limits);
        prop_assert_eq!(&together.held, &alone.held);
    }

    /// Were no row locked at all, units would still be taken on the condition that they are there: batches fail, and
    /// nothing is sold twice.
    #[test]
    fn what_was_decided_too_long_ago_fails_and_is_decided_again(
        start in any_world(),
        of in prop::collection::vec(0..QUEUES, CARTS),
        steps in steps(),
    ) {
        let intents = (0..CARTS).map(|cart| intent(cart, cart, cart, total(&start, cart)));
        let mut queues = queues(intents, &of);
        let (mut world, mut answers) = (start.clone(), BTreeMap::new());
        let mut turn = |queue: &mut Queue, most: usize| match queue.decided.take() {
            None => {
                let part = queue.next(most);
                queue.decided = part.map(|part| {
                    let decided = world.decide(&part);
                    (part, decided)
                });
            }
            Some((part, decided)) => {
                let outcomes = decided.outcomes.clone();
                match world.write(&part, decided) {
                    Err(_) => queue.failed(part),
                    Ok(()) => {
                        let ids = part.into_iter().map(|intent| intent.order_id);
                        answers.extend(ids.zip(outcomes));
                    }
                }
            }
        };
        for Step { queue, most, .. } in steps {
            turn(&mut queues[queue], most);
        }
        for queue in &mut queues {
            while !queue.is_empty() {
                turn(queue, 5);
            }
        }

        prop_assert_eq!(answers.len(), CARTS);
        prop_assert!(world.stock.values().all(|offer| offer.stock >= 0));
        let placed = answers.values().filter(|answer| matches!(answer, Outcome::Placed(_)));
        prop_assert_eq!(placed.count(), world.existing.len());
        let units = |world: &World| world.stock.values().map(|offer| offer.stock).sum::<i64>();
        let sold: i64 = world.kept.values().map(|kept| kept.units).sum();
        prop_assert_eq!(units(&start) - units(&world), sold);
    }
}
