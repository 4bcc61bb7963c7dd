//! The windowed list: what it draws, where it scrolls, and which pages it keeps.

use hindsight::app::window::{CONTENT_HEIGHT_MAX, ListShape, PageCache, Slice};
use proptest::prelude::*;

fn list(rows: u64) -> ListShape {
    ListShape { rows, row_height: 32.0, view_height: 320.0, opened: None }
}

#[test]
fn an_empty_list_draws_nothing() {
    assert_eq!(list(0).slice(0.0, 5), Slice::default());
    assert_eq!(list(0).content_height(), 0.0);
    assert!(list(0).is_at_end(0.0));
}

#[test]
fn a_list_that_was_not_measured_yet_draws_nothing() {
    let shape = ListShape { rows: 10, ..ListShape::default() };
    assert_eq!(shape.slice(0.0, 5), Slice::default());
    assert_eq!(shape.rows_in_view(), 1);
}

#[test]
fn only_the_rows_seen_and_the_overscan_are_drawn() {
    let slice = list(100_000).slice(32_000.0, 4);
    assert_eq!((slice.first, slice.count), (996, 19));
    assert_eq!(slice.shift, 996.0 * 32.0);
    assert!(slice.contains(996) && slice.contains(1_014));
    assert!(!slice.contains(995) && !slice.contains(1_015));
}

#[test]
fn the_end_shows_the_last_row() {
    let shape = list(100_000);
    assert_eq!(shape.end(), 3_200_000.0 - 320.0);
    assert!(shape.slice(shape.end(), 0).contains(99_999));
    assert!(shape.is_at_end(shape.end() - 1.0) && !shape.is_at_end(shape.end() - 3.0));
}

#[test]
fn an_opened_row_pushes_down_only_those_below_it() {
    let shape = ListShape { opened: Some((3, 200.0)), ..list(100) };
    assert_eq!(shape.content_height(), 3_400.0);
    assert_eq!(shape.slice(0.0, 0), Slice { first: 0, count: 4, shift: 0.0 });
    assert_eq!(shape.slice(300.0, 0), Slice { first: 3, count: 11, shift: 96.0 });
    assert_eq!(shape.slice(328.0, 0), Slice { first: 4, count: 11, shift: 328.0 });
}

#[test]
fn revealing_moves_no_further_than_needed() {
    let shape = list(100);
    assert_eq!(shape.reveal(5, 0.0), 0.0);
    assert_eq!(shape.reveal(10, 0.0), 32.0);
    assert_eq!(shape.reveal(10, 1_000.0), 320.0);
    let opened = ListShape { opened: Some((9, 200.0)), ..shape };
    assert_eq!(opened.reveal(9, 0.0), 200.0);
    let taller_than_the_view = ListShape { opened: Some((9, 400.0)), ..shape };
    assert_eq!(taller_than_the_view.reveal(9, 0.0), 288.0);
}

#[test]
fn a_list_too_tall_for_a_browser_is_scaled_and_still_reaches_both_ends() {
    let shape = list(5_000_000);
    assert_eq!(shape.content_height(), CONTENT_HEIGHT_MAX);
    assert_eq!(shape.slice(0.0, 0).first, 0);
    let slice = shape.slice(shape.end(), 0);
    assert!(slice.contains(4_999_999));
    let lower_edge = slice.shift + slice.count as f64 * 32.0;
    assert!(
        (lower_edge - CONTENT_HEIGHT_MAX).abs() < 1.0,
        "the last row ends where the content ends: {lower_edge}"
    );
}

#[test]
fn growing_beyond_the_limit_keeps_what_is_seen() {
    let before = list(5_000_000);
    let after = list(6_000_000);
    let scroll_top = 7_000_000.0;
    let kept = after.kept_from(&before, scroll_top);
    assert_eq!(before.slice(scroll_top, 0).first, after.slice(kept, 0).first);
}

#[test]
fn a_cache_asks_for_missing_pages_and_again_for_one_that_has_grown() {
    let mut cache = PageCache::new(100, 4);
    assert_eq!(cache.missing(150, 200, 230), vec![1, 2]);
    cache.keep(1, vec![0; 100]);
    cache.keep(2, vec![0; 30]);
    assert_eq!(cache.missing(150, 200, 230), Vec::<u64>::new());
    assert_eq!(cache.missing(150, 200, 231), vec![2]);
    assert_eq!(cache.missing(0, 10, 0), Vec::<u64>::new());
    assert_eq!(cache.span(2), (200, 100));
}

#[test]
fn a_cache_drops_the_page_not_looked_at_for_longest() {
    let mut cache = PageCache::new(10, 2);
    cache.keep(0, vec!["a"; 10]);
    cache.keep(1, vec!["b"; 10]);
    cache.look_at(0, 10, 30);
    cache.keep(2, vec!["c"; 10]);
    assert_eq!(cache.row(9), Some(&"a"));
    assert_eq!(cache.row(10), None);
    assert_eq!(cache.row(29), Some(&"c"));
}

#[test]
fn what_lies_beyond_a_list_that_got_shorter_is_read_again_when_it_grows() {
    let mut cache = PageCache::new(10, 3);
    cache.keep(0, vec!["a"; 10]);
    cache.keep(1, vec!["b"; 7]);
    cache.cut(4);
    assert_eq!((cache.row(3), cache.row(4)), (Some(&"a"), None));
    assert_eq!(cache.missing(0, 10, 4), Vec::<u64>::new());
    assert_eq!(cache.missing(0, 20, 12), [0, 1]);
}

proptest! {
    #[test]
    fn what_is_drawn_covers_what_is_seen(
        rows in 1_u64..3_000_000, at in 0.0_f64..1.0, opened in proptest::option::of((0_u64..3_000_000, 1.0_f64..600.0)),
    ) {
        let opened = opened.map(|(row, more)| (row % rows, more));
        let shape = ListShape { opened, ..list(rows) };
        let scroll_top = shape.end() * at;
        let slice = shape.slice(scroll_top, 0);
        let more = opened.filter(|(row, _)| slice.contains(*row)).map_or(0.0, |(_, more)| more);
        let lower_edge = slice.shift + slice.count as f64 * shape.row_height + more;
        prop_assert!(slice.first + slice.count <= rows);
        prop_assert!(slice.shift <= scroll_top + 0.01, "{slice:?}");
        prop_assert!(lower_edge >= (scroll_top + shape.view_height).min(shape.content_height()) - 0.01, "{slice:?}");
        prop_assert!(slice.count <= shape.rows_in_view() + 2);
    }

    #[test]
    fn a_revealed_row_is_drawn(rows in 1_u64..3_000_000, row in 0_u64..3_000_000, at in 0.0_f64..1.0) {
        let shape = list(rows);
        let row = row % rows;
        prop_assert!(shape.slice(shape.reveal(row, shape.end() * at), 0).contains(row));
    }
}
