//! What becomes of orders that are paid at a provider's page. A seed deals it out.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};

/// What a shopper, the staff, the provider and a bank do with one order, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Course {
    Leaves,
    PaysAndComesBack,
    PaysAndClosesThePage,
    IsDeclinedAndLeaves,
    /// With another card on the same page.
    IsDeclinedAndPays,
    /// The card's bank asks (3-D Secure).
    IsAskedAndPays,
    IsAskedAndRefuses,
    IsAskedAndClosesThePage,
    /// In one tab, and pays in the other.
    CancelsAndPays,
    PaysWhileStaffCancels,
    IsRefundedByStaff,
    IsRefundedAtTheProvider,
    IsDisputed,
    IsCapturedByHand,
    /// While the provider is away or not; and pays once more, on another page.
    IsReleasedByHand,
    /// The provider lets the money go, and the shopper pays once more.
    IsLetGo,
}

impl Course {
    pub const ALL: [Self; 16] = [
        Self::Leaves,
        Self::PaysAndComesBack,
        Self::PaysAndClosesThePage,
        Self::IsDeclinedAndLeaves,
        Self::IsDeclinedAndPays,
        Self::IsAskedAndPays,
        Self::IsAskedAndRefuses,
        Self::IsAskedAndClosesThePage,
        Self::CancelsAndPays,
        Self::PaysWhileStaffCancels,
        Self::IsRefundedByStaff,
        Self::IsRefundedAtTheProvider,
        Self::IsDisputed,
        Self::IsCapturedByHand,
        Self::IsReleasedByHand,
        Self::IsLetGo,
    ];
}

/// The course of one order.
#[derive(Debug, Clone, Copy)]
pub struct Dealt {
    pub course: Course,
    /// Decides what the course leaves open, such as how a dispute ends.
    pub roll: u32,
}

/// Deals all courses before one comes again, and counts those that came to their end.
pub struct Courses {
    pub seed: u64,
    deck: Mutex<Deck>,
    walked: Mutex<BTreeMap<Course, usize>>,
}

struct Deck {
    chance: StdRng,
    left: Vec<Course>,
}

impl Courses {
    pub fn of(seed: u64) -> Self {
        let deck = Deck {
            chance: StdRng::seed_from_u64(seed),
            left: Vec::new(),
        };
        Self {
            seed,
            deck: Mutex::new(deck),
            walked: Mutex::default(),
        }
    }

    pub fn deal(&self) -> Dealt {
        let mut deck = locked(&self.deck);
        let Deck { chance, left } = &mut *deck;
        if left.is_empty() {
            left.extend(Course::ALL);
            left.shuffle(chance);
        }
        let course = left.pop().expect("there are courses");
        let roll = chance.random();
        Dealt { course, roll }
    }

    pub fn note(&self, course: Course) {
        *locked(&self.walked).entry(course).or_default() += 1;
    }

    /// Tells how often each course came to its end. One that never did was not tried at all.
    pub fn assert_all_walked(&self) {
        let walked = locked(&self.walked);
        println!("seed {}: {walked:?}", self.seed);
        let missing: Vec<_> = Course::ALL
            .into_iter()
            .filter(|course| !walked.contains_key(course))
            .collect();
        assert_eq!(missing, [], "seed {}: these never happened", self.seed);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
