//! State of a component, gone when the component is.
//!
//! Leptos writes code for every type of value that a signal or a memo holds, some two kilobytes each. These
//! look the same from outside and hold anything inside, so that all types share that code.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::prelude::{Get, GetUntracked, GetValue, Memo, StoredValue};

use super::kept::Watched;

/// A value whose readers hear of changes.
pub struct Held<T> {
    held: StoredValue<Arc<dyn Any + Send + Sync>>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Held<T> {}

impl<T: Send + Sync + 'static> Held<T> {
    /// A value that belongs to the component in which this is called.
    pub fn new(value: T) -> Self {
        Self { held: StoredValue::new(Arc::new(Watched::new(value))), of: PhantomData }
    }

    fn watched(self) -> Arc<Watched<T>> {
        self.held.get_value().downcast().expect("it was made with this type")
    }

    /// Reads it, and hears of changes from here on.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.watched().with(read)
    }

    /// Reads it once.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.watched().with_untracked(read)
    }

    /// Reads it once, unless its component is gone.
    pub fn try_with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.held.try_get_value().map(|_| self.with_untracked(read))
    }

    /// Hears of changes from here on.
    pub fn track(self) {
        self.watched().track();
    }

    /// Changes it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.watched().update(change);
    }

    /// Puts another value in its place.
    pub fn set(self, value: T) {
        self.watched().set(value);
    }

    /// Changes it, unless its component is gone: says whether it was there.
    pub fn try_update(self, change: impl FnOnce(&mut T)) -> bool {
        let held = self.held.try_get_value();
        held.is_some_and(|_| {
            self.update(change);
            true
        })
    }

    /// Puts another value in its place, unless its component is gone: says whether it was there.
    pub fn try_set(self, value: T) -> bool {
        self.try_update(|held| *held = value)
    }
}

impl<T: Clone + Send + Sync + 'static> Held<T> {
    /// Its value; hears of changes from here on.
    pub fn get(self) -> T {
        self.watched().get()
    }

    /// Its value of now.
    pub fn get_untracked(self) -> T {
        self.watched().get_untracked()
    }

    /// Its value of now, unless its component is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

/// Anything that can be compared with its like.
trait Comparable: Any + Send + Sync {
    fn is(&self, other: &dyn Comparable) -> bool;
    fn any(&self) -> &dyn Any;
}

impl<T: PartialEq + Send + Sync + 'static> Comparable for T {
    fn is(&self, other: &dyn Comparable) -> bool {
        other.any().downcast_ref() == Some(self)
    }

    fn any(&self) -> &dyn Any {
        self
    }
}

#[derive(Clone)]
struct Anything(Arc<dyn Comparable>);

impl PartialEq for Anything {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

/// A value that follows from others. Its readers hear of it when it is another than before.
pub struct Derived<T> {
    memo: Memo<Anything>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    /// What follows from all that is read in here.
    pub fn new(derive: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let derive = Box::new(move || Anything(Arc::new(derive())));
        Self { memo: memo_of(derive), of: PhantomData }
    }

    /// Reads it, and hears of changes from here on.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(of_type(&self.memo.get()))
    }

    /// Reads it once.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(of_type(&self.memo.get_untracked()))
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Derived<T> {
    /// Its value; hears of changes from here on.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// Its value of now.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

fn memo_of(derive: Box<dyn Fn() -> Anything + Send + Sync>) -> Memo<Anything> {
    Memo::new(move |_| derive())
}

fn of_type<T: 'static>(value: &Anything) -> &T {
    (*value.0).any().downcast_ref().expect("it was made with this type")
}
