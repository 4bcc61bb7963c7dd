//! Points, rectangles and lines of a drawing.

/// A point of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point(
    /// From the left.
    pub i32,
    /// From above.
    pub i32,
);

/// A rectangle of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Where it begins, from the left.
    pub x: i32,
    /// Where it begins, from above.
    pub y: i32,
    /// How wide it is.
    pub width: i32,
    /// How tall it is.
    pub height: i32,
}

/// A rectangle, in the order in which one says it.
pub(super) fn area(x: i32, y: i32, width: i32, height: i32) -> Area {
    Area { x, y, width, height }
}

impl Point {
    /// A circle around it.
    #[must_use]
    pub fn circle(self, radius: i32) -> String {
        let Self(x, y) = self;
        area(x - radius, y - radius, 2 * radius, 2 * radius).outline(radius)
    }
}

impl Area {
    /// Where it ends, from the left.
    #[must_use]
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// Where it ends, from above.
    #[must_use]
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// Its middle.
    #[must_use]
    pub fn middle(self) -> Point {
        Point(self.x + self.width / 2, self.y + self.height / 2)
    }

    /// Its outline with round corners.
    #[must_use]
    pub fn outline(self, radius: i32) -> String {
        let Self { x, y, width, height } = self;
        let (across, down) = (width - 2 * radius, height - 2 * radius);
        let turn = |x: i32, y: i32| format!("a{radius} {radius} 0 0 1 {x} {y}");
        let (one, two) = (turn(radius, radius), turn(-radius, radius));
        let (three, four) = (turn(-radius, -radius), turn(radius, -radius));
        format!("M{} {y}h{across}{one}v{down}{two}h-{across}{three}v-{down}{four}z", x + radius)
    }

    /// A hexagon that fills it.
    #[must_use]
    pub fn hexagon(self) -> String {
        let Self { x, y, width, height } = self;
        let (side, half) = (width / 4, height / 2);
        let across = width - 2 * side;
        format!("M{x} {}l{side}-{half}h{across}l{side} {half}-{side} {half}h-{across}z", y + half)
    }
}

/// A line through points.
#[must_use]
pub fn line(points: &[Point]) -> String {
    let mut path = String::new();
    for Point(x, y) in points {
        path.push_str(if path.is_empty() { "M" } else { "L" });
        path.push_str(&format!("{x} {y}"));
    }
    path
}

/// A line through points with a head at its end.
#[must_use]
pub fn arrow(points: &[Point]) -> String {
    let mut path = line(points);
    if let [.., Point(x, y), end] = *points {
        let (right, down) = ((end.0 - x).signum() * 5, (end.1 - y).signum() * 5);
        let side = |sign: i32| format!("{} {}", -right + sign * down, -down + sign * right);
        path.push_str(&format!("m{}L{} {}l{}", side(1), end.0, end.1, side(-1)));
    }
    path
}
