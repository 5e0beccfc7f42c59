//! Which definitions of the paper a computation has used: recorded while it runs, never typed by hand.

use std::cell::RefCell;
use std::collections::BTreeSet;

thread_local! {
    static USED: RefCell<Vec<BTreeSet<&'static str>>> = const { RefCell::new(Vec::new()) };
}

/// Notes that the object of the claim `id` is used.
pub fn uses(id: &'static str) {
    USED.with_borrow_mut(|stack| {
        for level in stack {
            level.insert(id);
        }
    });
}

/// Runs `f` on this thread and returns the claims whose objects it used.
///
/// ```
/// use twomode::model::{state, trace};
/// let (_, used) = trace::collect(|| state::gtmss());
/// assert!(used.contains("eq1"));
/// ```
pub fn collect<T>(f: impl FnOnce() -> T) -> (T, BTreeSet<&'static str>) {
    /// Drops the level even when `f` panics.
    struct Level;
    impl Drop for Level {
        fn drop(&mut self) {
            USED.with_borrow_mut(|stack| stack.pop());
        }
    }
    USED.with_borrow_mut(|stack| stack.push(BTreeSet::new()));
    let level = Level;
    let value = f();
    let used = USED.with_borrow(|stack| stack.last().cloned()).unwrap_or_default();
    drop(level);
    (value, used)
}
