//! Marks in bins: however long a trace is, a lane has a few hundred of them at most.

use crate::app::views::{Interest, Interests, Mark};

/// The most bins on the axis.
const BINS_MAX: u32 = 512;

/// How wide a bin is: a power of two, doubled whenever the axis outgrows the bins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Width(u32);

impl Width {
    /// Whether a place lies beyond the last bin.
    pub(super) fn is_too_small_for(self, place: u32) -> bool {
        place >> self.0 >= BINS_MAX
    }

    pub(super) fn double(&mut self) {
        self.0 += 1;
    }

    fn bin(self, place: u32) -> u32 {
        place >> self.0
    }

    fn middle(self, bin: u32) -> u32 {
        (bin << self.0) + ((1 << self.0) >> 1)
    }
}

/// How many moments of each interest lie in one bin.
#[derive(Clone, Copy, Debug)]
struct Bin {
    at: u32,
    counts: [u32; Interest::ALL.len()],
}

/// The bins of one lane in which something is, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Bins(Vec<Bin>);

impl Bins {
    /// Adds a moment that lies behind all others, or with the last.
    pub(super) fn push(&mut self, width: Width, place: u32, interest: Interest) {
        let at = width.bin(place);
        if self.0.last().is_none_or(|last| last.at != at) {
            self.0.push(Bin { at, counts: Default::default() });
        }
        if let Some(last) = self.0.last_mut() {
            last.counts[interest as usize] += 1;
        }
    }

    /// Puts each two bins together.
    pub(super) fn halve(&mut self) {
        let mut kept = 0;
        for index in 0..self.0.len() {
            let bin = Bin { at: self.0[index].at / 2, ..self.0[index] };
            if kept > 0 && self.0[kept - 1].at == bin.at {
                let counts = &mut self.0[kept - 1].counts;
                counts.iter_mut().zip(bin.counts).for_each(|(sum, more)| *sum += more);
            } else {
                self.0[kept] = bin;
                kept += 1;
            }
        }
        self.0.truncate(kept);
    }

    /// What is in these bins and in none of the others, which are parts of these.
    pub(super) fn without(&self, others: &[&Self]) -> Self {
        let mut rest = self.clone();
        for other in others {
            let mut index = 0;
            for bin in &other.0 {
                while rest.0[index].at < bin.at {
                    index += 1;
                }
                let counts = &mut rest.0[index].counts;
                counts.iter_mut().zip(bin.counts).for_each(|(sum, less)| *sum -= less);
            }
        }
        rest
    }

    /// The bins as marks.
    pub(super) fn marks(&self, width: Width) -> Vec<Mark> {
        let interests = |bin: &Bin| {
            let met = Interest::ALL.into_iter().filter(|each| bin.counts[*each as usize] > 0);
            met.fold(Interests::default(), Interests::with)
        };
        let marks = self.0.iter().map(|bin| (width.middle(bin.at), interests(bin)));
        let marks = marks.filter(|(_, interests)| !interests.is_empty());
        marks.map(|(place, interests)| Mark { place, interests }).collect()
    }
}
