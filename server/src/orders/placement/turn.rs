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

    /// What the next batch wants of this one's rows, it waits for: they are locked by now, its carts, its variants and
    /// the turns of its buyers, all that a batch decides on. It reads each behind its lock, in a statement that begins
    /// when the lock is had, so it sees what this one has written. Of what is still to be written, one sort is not
    /// locked: new rows with the same key, for which the next one waits when it writes, as for those of another node.
    pub(super) fn over(self) {}
}
