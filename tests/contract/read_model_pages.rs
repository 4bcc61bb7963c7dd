//! Clauses about pages of a read model: order, size, totals, groups.

use hindsight::{
    kernel::GlobalPosition,
    ports::{Known, Page, PageRequest, ReadModelStore},
};

use super::{
    Database, Stores,
    sample::{given_rows, row},
};

async fn page(store: &impl Stores, group: &str, page: u32, size: u32) -> Page<String> {
    store.page("m", group, PageRequest { page, size }).await.expect("the page is read").value
}

/// A page of three groups in which only `g` has the rows "1" to "7", each with its number as rank.
async fn given_seven(store: &impl Stores) {
    let seven = [3_u64, 1, 7, 5, 2, 6, 4].map(|n| row(&n.to_string(), "g", n, &n.to_string()));
    given_rows(store, "m", 0, seven.to_vec()).await;
    given_rows(store, "m", 1, vec![row("x", "f", 4, "x"), row("y", "gg", 4, "y")]).await;
    given_rows(store, "n", 0, vec![row("z", "g", 4, "z")]).await;
}

pub(crate) async fn pages_go_from_the_highest_rank<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_seven(&store).await;
    let pages = [vec!["7", "6", "5"], vec!["4", "3", "2"], vec!["1"]];
    for (number, rows) in (1..).zip(pages) {
        let found = page(&store, "g", number, 3).await;
        assert_eq!((found.page, found.size, found.total_count), (number, 3, 7));
        assert_eq!(found.rows, rows, "page {number}");
        assert_eq!(found.total_pages(), 3);
    }
    assert_eq!(page(&store, "g", 1, 100).await.rows, ["7", "6", "5", "4", "3", "2", "1"]);
}

pub(crate) async fn a_page_past_the_last_has_the_same_totals<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_seven(&store).await;
    for number in [4, 5, u32::MAX] {
        let found = page(&store, "g", number, 3).await;
        let expected = Page { rows: vec![], page: number, size: 3, total_count: 7 };
        assert_eq!(found, expected);
    }
    let nothing = Page { rows: vec![], page: 1, size: 3, total_count: 0 };
    assert_eq!(page(&store, "nobody", 1, 3).await, nothing);
}

pub(crate) async fn groups_are_apart<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_seven(&store).await;
    assert_eq!(page(&store, "f", 1, 10).await.rows, ["x"]);
    assert_eq!(page(&store, "gg", 1, 10).await.rows, ["y"]);
    assert_eq!(page(&store, "", 1, 10).await.rows, Vec::<String>::new());
}

pub(crate) async fn a_row_that_moves_is_found_at_its_new_place_only<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_seven(&store).await;
    let moved = vec![row("3", "f", 9, "3"), row("1", "g", 8, "1"), row("7", "g", 7, "seven")];
    given_rows(&store, "m", 2, moved).await;
    assert_eq!(page(&store, "g", 1, 10).await.rows, ["1", "seven", "6", "5", "4", "2"]);
    assert_eq!(page(&store, "g", 1, 10).await.total_count, 6);
    assert_eq!(page(&store, "f", 1, 10).await.rows, ["3", "x"]);
}

pub(crate) async fn ranks_up_to_two_to_the_53_are_in_order<D: Database>() {
    let store = D::fresh().await.connect().await;
    let most = 1_u64 << 53;
    let ranks = [most - 1, 0, most, 1, most - 2, 1_700_000_000_000_000, 1_700_000_000_000_001];
    // The keys are in the opposite order, so that it cannot be they who give the right one.
    let key = |rank: u64| format!("{:020}", u64::MAX - rank);
    let rows = ranks.map(|rank| row(&key(rank), "", rank, &rank.to_string()));
    given_rows(&store, "m", 0, rows.to_vec()).await;
    let mut sorted = ranks.to_vec();
    sorted.sort_by(|left, right| right.cmp(left));
    let sorted: Vec<_> = sorted.iter().map(u64::to_string).collect();
    assert_eq!(page(&store, "", 1, 10).await.rows, sorted);
    assert_eq!(page(&store, "", 2, 3).await.rows, sorted[3..6]);
}

pub(crate) async fn rows_of_one_rank_are_each_on_one_page<D: Database>() {
    let store = D::fresh().await.connect().await;
    let rows = (10..20).map(|n| row(&n.to_string(), "", 5, &n.to_string())).collect();
    given_rows(&store, "m", 0, rows).await;
    let mut found = Vec::new();
    for number in 1..=4 {
        found.extend(page(&store, "", number, 3).await.rows);
    }
    found.sort();
    assert_eq!(found, (10..20).map(|n| n.to_string()).collect::<Vec<_>>());
}

pub(crate) async fn a_page_says_up_to_where_it_knows<D: Database>() {
    let store = D::fresh().await.connect().await;
    let request = PageRequest { page: 1, size: 2 };
    let empty = Page { rows: vec![], page: 1, size: 2, total_count: 0 };
    let known = store.page("m", "", request).await;
    assert_eq!(known, Ok(Known { value: empty, up_to: GlobalPosition::NONE }));
    given_rows(&store, "m", 0, vec![row("k", "", 1, "one")]).await;
    let known = store.page("m", "", request).await.expect("the page is read");
    assert_eq!((known.value.rows, known.up_to), (vec!["one".to_owned()], GlobalPosition(1)));
}
