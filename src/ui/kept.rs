//! State that stays where it is, and tells who reads it when it changes.

use std::{
    ops::Deref,
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use leptos::prelude::{ArcTrigger, Notify, Track};

/// A handle on state that lives as long as the page, made once for all. Every view and every listener
/// holds some of it: a handle is four bytes to copy, where the signals behind it would be hundreds.
pub struct Kept<T: 'static>(&'static T);

impl<T> Kept<T> {
    /// Keeps it from here on.
    pub fn forever(state: T) -> Self {
        Self(Box::leak(Box::new(state)))
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}

/// A value in kept state whose readers hear of changes: a signal, as far as the page needs one. Leptos
/// writes code for every type of value that a signal holds, some two kilobytes each; here all types
/// share it.
pub struct Watched<T> {
    value: RwLock<T>,
    changed: ArcTrigger,
}

impl<T> Watched<T> {
    /// A value that nobody has read yet.
    pub fn new(value: T) -> Self {
        Self { value: RwLock::new(value), changed: ArcTrigger::new() }
    }

    /// Reads it, and hears of changes from here on.
    pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        self.changed.track();
        self.with_untracked(read)
    }

    /// Reads it once.
    pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.read())
    }

    /// Hears of changes from here on.
    pub fn track(&self) {
        self.changed.track();
    }

    /// Changes it.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.write());
        self.changed.notify();
    }

    /// Puts another value in its place.
    pub fn set(&self, value: T) {
        *self.write() = value;
        self.changed.notify();
    }

    fn read(&self) -> RwLockReadGuard<'_, T> {
        self.value.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, T> {
        self.value.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone> Watched<T> {
    /// Its value; hears of changes from here on.
    pub fn get(&self) -> T {
        self.changed.track();
        self.get_untracked()
    }

    /// Its value of now.
    pub fn get_untracked(&self) -> T {
        self.read().clone()
    }
}
