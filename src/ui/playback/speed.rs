//! How fast moments go by.

/// How long a usual moment is shown at the usual speed.
const MOMENT_MS: f64 = 400.0;

/// How fast moments go by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    Quarter,
    Half,
    One,
    #[default]
    Two,
    Four,
    Eight,
    Sixteen,
    /// As fast as they can be made.
    Instant,
}

impl Speed {
    /// All of them, from the slowest.
    pub const ALL: [Self; 8] = [
        Self::Quarter,
        Self::Half,
        Self::One,
        Self::Two,
        Self::Four,
        Self::Eight,
        Self::Sixteen,
        Self::Instant,
    ];

    /// Its name, as it is remembered.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quarter => "0.25",
            Self::Half => "0.5",
            Self::One => "1",
            Self::Two => "2",
            Self::Four => "4",
            Self::Eight => "8",
            Self::Sixteen => "16",
            Self::Instant => "instant",
        }
    }

    /// How many usual moments go by in this time at most.
    pub(super) fn moments_in(self, milliseconds: f64) -> f64 {
        let factor = match self {
            Self::Instant => return f64::INFINITY,
            other => 0.25 * f64::from(1_u32 << other as u32),
        };
        milliseconds * factor / MOMENT_MS
    }
}
