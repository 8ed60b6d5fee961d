//! Whose turn it is to lock and read, of the batches of a node: while one is written, the next may begin.

use tokio::sync::OwnedSemaphorePermit;

/// A batch's turn. It is over once it is dropped, at the latest with its batch.
#[derive(Debug, Default)]
pub struct Turn {
    /// Given back when it is dropped.
    _permit: Option<OwnedSemaphorePermit>,
}

impl Turn {
    pub(super) fn of(permit: OwnedSemaphorePermit) -> Self {
        Self {
            _permit: Some(permit),
        }
    }

    /// What the next batch wants of this one's rows, it waits for: they are locked by now.
    pub(super) fn over(self) {}
}
