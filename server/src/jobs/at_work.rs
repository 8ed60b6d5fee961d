//! Which jobs this node is at: a lease tells nodes apart, not the tasks of one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

#[derive(Clone, Default)]
pub struct AtWork(Arc<Mutex<HashMap<String, Requests>>>);

/// Whether someone else would have begun a turn meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Requests {
    Once,
    Again,
}

/// One task's work on one job. It ends when this is dropped.
pub struct Turn {
    jobs: AtWork,
    id: Option<String>,
}

impl AtWork {
    /// `None` if a task is at the job: that one will not go before it has looked again.
    pub fn begin(&self, id: &str) -> Option<Turn> {
        let mut jobs = self.jobs();
        if let Some(asked) = jobs.get_mut(id) {
            *asked = Requests::Again;
            return None;
        }
        jobs.insert(id.to_owned(), Requests::Once);
        Some(Turn {
            jobs: self.clone(),
            id: Some(id.to_owned()),
        })
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<String, Requests>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Ends the turn when there is nothing to do, or gives another if the job was asked for since: it
    /// may have been started after this one saw that there was nothing to do.
    pub fn end(mut self) -> Option<Self> {
        let id = self.id.take()?;
        let mut jobs = self.jobs.jobs();
        match jobs.remove(&id) {
            Some(Requests::Again) => {
                jobs.insert(id.clone(), Requests::Once);
                drop(jobs);
                self.id = Some(id);
                Some(self)
            }
            Some(Requests::Once) | None => None,
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(id) = &self.id {
            self.jobs.jobs().remove(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_asked_for_while_it_is_worked_on_is_looked_at_once_more() {
        let at_work = AtWork::default();
        let turn = at_work.begin("job").unwrap();
        assert!(at_work.begin("job").is_none());
        let again = turn.end().expect("it was asked for");
        assert!(again.end().is_none());
        assert!(at_work.begin("job").is_some(), "nobody is at it");
    }

    #[test]
    fn who_ends_does_not_end_the_turn_of_the_next() {
        let at_work = AtWork::default();
        assert!(at_work.begin("job").unwrap().end().is_none());
        let _next = at_work.begin("job").unwrap();
        assert!(at_work.begin("job").is_none());
        drop(at_work.begin("other").unwrap());
        assert!(
            at_work.begin("other").is_some(),
            "a turn that breaks off ends"
        );
    }
}
