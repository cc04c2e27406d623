//! What is known of each who asks, of so many at most.
//!
//! Nobody is forgotten whose allowance is not whole again: who fills the list with made-up names
//! cannot get a new allowance that way. Who comes when the list is full shares one allowance with all
//! the others who do.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;

/// What is known of each.
pub(super) struct Few<K> {
    most: usize,
    known: Mutex<Known<K>>,
}

struct Known<K> {
    each: HashMap<K, Nanos>,
    others: Option<Nanos>,
}

impl<K> Few<K> {
    /// A list of so many at most.
    pub fn of(most: usize) -> Self {
        Self { most, known: Mutex::new(Known { each: HashMap::new(), others: None }) }
    }

    fn known(&self) -> MutexGuard<'_, Known<K>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq + Clone> StateStore for Few<K> {
    type Key = K;

    fn measure_and_replace<T, F, E>(&self, key: &K, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut known = self.known();
        let is_full = known.each.len() >= self.most;
        let known = &mut *known;
        match known.each.entry(key.clone()) {
            Entry::Occupied(mut entry) => {
                let (told, next) = measure(Some(*entry.get()))?;
                entry.insert(next);
                Ok(told)
            }
            Entry::Vacant(entry) if !is_full => {
                let (told, next) = measure(None)?;
                entry.insert(next);
                Ok(told)
            }
            Entry::Vacant(_) => {
                let (told, next) = measure(known.others)?;
                known.others = Some(next);
                Ok(told)
            }
        }
    }
}

impl<K: Hash + Eq + Clone> ShrinkableKeyedStateStore<K> for Few<K> {
    fn retain_recent(&self, drop_below: Nanos) {
        self.known().each.retain(|_, at| *at > drop_below);
    }

    fn len(&self) -> usize {
        self.known().each.len()
    }

    fn is_empty(&self) -> bool {
        self.known().each.is_empty()
    }
}
