//! Two branches side by side: what their read models say, and where that differs.

use hindsight::app::views::{Change, ReadModel, StateFact};
use pollster::block_on;

use crate::{
    cancel, empty,
    room::{create, lab, pay},
};

/// The facts of one side of a row that the other side does not have, in words.
fn differing(facts: &[StateFact]) -> Vec<String> {
    let marked = facts.iter().filter(|known| known.change != Change::None);
    marked.map(|known| format!("{:?} {:?}", known.fact.name, known.fact.value)).collect()
}

#[test]
fn read_models_of_two_branches_stand_side_by_side() {
    let lab = lab();
    block_on(lab.begin());
    let (untouched, order) = (create(&lab), create(&lab));
    let moments = lab.moment_count();
    pay(&lab, &order);
    let only_there = create(&lab);
    block_on(lab.look_at(moments, empty)).expect("a short tape");
    cancel(&lab, &order);

    let models = block_on(lab.compare_models(1)).expect("readable");
    let [details, customers, sales] = &models[..] else { panic!("{models:?}") };
    for (model, compared) in ReadModel::ALL.into_iter().zip([details, customers, sales]) {
        assert_eq!((compared.model, compared.more), (model, 0));
    }
    for lists in [details, customers] {
        let mut keys: Vec<_> = lists.rows.iter().map(|row| row.key.clone()).collect();
        keys.sort_by_key(|key| *key == only_there);
        assert_eq!(keys, [order.clone(), only_there.clone()]);
        assert_eq!(lists.equal, 1, "{untouched} is the same");
        let row = lists.rows.iter().find(|row| row.key == only_there).expect("it is there");
        assert_eq!(row.here, []);
        assert!(row.there.iter().all(|known| known.change == Change::New));
    }
    let row = details.rows.iter().find(|row| row.key == order).expect("it is there");
    assert_eq!(
        differing(&row.here),
        ["Status Status(Cancelled)", "Reason Text(\"changed my mind\")"]
    );
    assert_eq!(
        differing(&row.there),
        ["Status Status(Paid)", "Amount Money(6400)", "PaymentId Text(\"PAY-1\")"]
    );
    let [totals] = &sales.rows[..] else { panic!("{sales:?}") };
    assert_eq!(
        differing(&totals.there),
        [
            "Revenue Money(6400)",
            "OrdersAt(Pending) Count(2)",
            "OrdersAt(Paid) Count(1)",
            "OrdersAt(Cancelled) Count(0)"
        ]
    );
    assert_eq!(block_on(lab.sales()).expect("readable").revenue_taken, 0);

    assert!(block_on(lab.switch(1)));
    let turned = block_on(lab.compare_models(2)).expect("readable");
    assert_eq!(turned[2].rows[0].here, totals.there, "each side is seen from the branch of now");
    assert_eq!(block_on(lab.compare_models(9)), Ok(vec![]));
}

#[test]
fn a_branch_that_did_the_same_differs_in_nothing_and_a_long_list_is_cut() {
    let lab = lab();
    block_on(lab.begin());
    let order = create(&lab);
    let moments = lab.moment_count();
    pay(&lab, &order);
    block_on(lab.look_at(moments, empty)).expect("a short tape");
    pay(&lab, &order);
    let models = block_on(lab.compare_models(1)).expect("readable");
    assert!(models.iter().all(|compared| compared.rows.is_empty() && compared.equal == 1));
    for _ in 0..53 {
        create(&lab);
    }
    let models = block_on(lab.compare_models(1)).expect("readable");
    assert_eq!((models[0].rows.len(), models[0].more, models[0].equal), (50, 3, 1));
}
