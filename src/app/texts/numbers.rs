//! Numbers as each language writes them.

use super::{Language, Texts};

/// What names an order in a sentence: the last four characters of its id; the first ones say when it
/// was made and are alike for orders of one day.
#[must_use]
pub fn short_id(id: &str) -> &str {
    id.char_indices().nth_back(3).map_or(id, |(start, _)| &id[start..])
}

impl Texts {
    /// A whole number, its thousands grouped.
    #[must_use]
    pub fn count(self, number: u64) -> String {
        self.grouped(&number.to_string())
    }

    /// An amount of money, given in minor units, with two decimals.
    #[must_use]
    pub fn money(self, minor_units: i64) -> String {
        let sign = if minor_units < 0 { "\u{2212}" } else { "" };
        let (whole, cents) = (minor_units.unsigned_abs() / 100, minor_units.unsigned_abs() % 100);
        format!("{sign}{}{}{cents:02}", self.grouped(&whole.to_string()), self.decimal_mark())
    }

    /// A time span given in microseconds, as milliseconds with one decimal.
    #[must_use]
    pub fn milliseconds(self, micros: u64) -> String {
        let tenths = micros.saturating_add(50) / 100;
        let whole = self.grouped(&(tenths / 10).to_string());
        format!("{whole}{}{}\u{a0}ms", self.decimal_mark(), tenths % 10)
    }

    /// A time span of any length, given in microseconds, in its two largest units or with some decimals.
    #[must_use]
    pub fn span(self, micros: u64) -> String {
        let seconds = micros / 1_000_000;
        let two = |large: u64, unit: &str, small: u64, part: &str| {
            let rest = if small == 0 { String::new() } else { format!(" {small}\u{a0}{part}") };
            format!("{}\u{a0}{unit}{rest}", self.count(large))
        };
        match seconds {
            0 => self.milliseconds(micros),
            1..60 => {
                let hundredths = micros % 1_000_000 / 10_000;
                format!("{seconds}{}{hundredths:02}\u{a0}s", self.decimal_mark())
            }
            60..3_600 => two(seconds / 60, "min", seconds % 60, "s"),
            3_600..86_400 => two(seconds / 3_600, "h", seconds / 60 % 60, "min"),
            _ => two(seconds / 86_400, "d", seconds / 3_600 % 24, "h"),
        }
    }

    /// A share of a whole, in per cent without decimals; nothing of nothing is 0.
    #[must_use]
    pub fn percent(self, part: u64, whole: u64) -> String {
        let share = if whole == 0 { 0 } else { (part * 200 + whole) / (whole * 2) };
        let gap = if self.language() == Language::Es { "\u{a0}" } else { "" };
        format!("{share}{gap}%")
    }

    fn decimal_mark(self) -> char {
        match self.language() {
            Language::En => '.',
            Language::Es => ',',
        }
    }

    /// Spanish groups from five digits on (CLDR: `minimumGroupingDigits` 2).
    fn grouped(self, digits: &str) -> String {
        let (mark, digits_min) = match self.language() {
            Language::En => (',', 4),
            Language::Es => ('.', 5),
        };
        if digits.len() < digits_min {
            return digits.to_owned();
        }
        let mut grouped = String::with_capacity(digits.len() * 4 / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(mark);
            }
            grouped.push(digit);
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> [Texts; 2] {
        Language::ALL.map(Texts::of)
    }

    #[test]
    fn money_has_two_decimals_and_groups_as_the_language_does() {
        let [en, es] = both();
        assert_eq!([en.money(5), es.money(5)], ["0.05", "0,05"]);
        assert_eq!([en.money(123_400), es.money(123_400)], ["1,234.00", "1234,00"]);
        assert_eq!([en.money(1_234_567), es.money(1_234_567)], ["12,345.67", "12.345,67"]);
        assert_eq!([en.money(-150), es.money(-150)], ["\u{2212}1.50", "\u{2212}1,50"]);
        assert_eq!(en.money(i64::MIN), "\u{2212}92,233,720,368,547,758.08");
    }

    #[test]
    fn counts_group_as_the_language_does() {
        let [en, es] = both();
        assert_eq!([en.count(999), es.count(9_999)], ["999", "9999"]);
        assert_eq!([en.count(100_000), es.count(1_000_000)], ["100,000", "1.000.000"]);
    }

    #[test]
    fn times_are_rounded_to_a_tenth_of_a_millisecond() {
        let [en, es] = both();
        assert_eq!([en.milliseconds(340), es.milliseconds(350)], ["0.3\u{a0}ms", "0,4\u{a0}ms"]);
        assert_eq!(en.milliseconds(0), "0.0\u{a0}ms");
    }

    #[test]
    fn a_span_has_the_units_that_fit_its_length() {
        let [en, es] = both();
        let said = |micros| en.span(micros).replace('\u{a0}', " ");
        assert_eq!([said(0), said(2_400), said(2_419_000)], ["0.0 ms", "2.4 ms", "2.41 s"]);
        assert_eq!(es.span(2_410_000), "2,41\u{a0}s");
        assert_eq!([said(60_000_000), said(125_000_000)], ["1 min", "2 min 5 s"]);
        assert_eq!([said(7_200_000_000), said(90_000_000_000)], ["2 h", "1 d 1 h"]);
    }

    #[test]
    fn shares_are_rounded_and_nothing_of_nothing_is_zero() {
        let [en, es] = both();
        assert_eq!([en.percent(1, 3), es.percent(2, 3)], ["33%", "67\u{a0}%"]);
        assert_eq!(en.percent(0, 0), "0%");
    }

    #[test]
    fn a_short_id_never_cuts_a_character() {
        assert_eq!([short_id("117f3a"), short_id("xañ😀b"), short_id("a")], ["7f3a", "añ😀b", "a"]);
    }
}
