//! The contract of the stores: every clause is a function of a database, and every adapter and every
//! double runs all of them.
//!
//! A runner names its database and a macro that makes one test of one clause; it cannot leave a
//! clause out, and a clause that is missing in the list is a warning about unused code.

pub(crate) mod appending;
pub(crate) mod following;
pub(crate) mod messages;
pub(crate) mod racing;
pub(crate) mod read_model_pages;
pub(crate) mod read_models;
pub(crate) mod reading;
pub(crate) mod sample;

use hindsight::ports::{EventStore, Inbox, Outbox, ReadModelStore};

/// All stores that share the transactions of one database.
pub(crate) trait Stores: EventStore + Inbox + Outbox + ReadModelStore {}

impl<S: EventStore + Inbox + Outbox + ReadModelStore> Stores for S {}

/// A database that a clause can open as often as it likes. Dropped at the end of the clause.
pub(crate) trait Database {
    /// One connection.
    type Store: Stores;

    /// A new database without anything in it.
    async fn fresh() -> Self;

    /// A connection to it; the first, a further one, or one after all others were dropped.
    async fn connect(&self) -> Self::Store;
}

/// Calls a macro with the path of every clause.
macro_rules! every_clause {
    ($test:ident) => {
        $test! {
            appending::a_new_stream_expects_no_version_and_starts_at_one,
            appending::an_append_with_the_expected_version_goes_on,
            appending::a_conflict_carries_both_versions,
            appending::a_writer_ahead_of_the_stream_conflicts,
            appending::a_stream_that_exists_is_not_new,
            appending::versions_and_positions_have_no_gaps,
            appending::a_repeated_append_is_answered_as_the_first_time,
            appending::a_repeat_is_recognised_after_others_appended,
            appending::a_repeat_of_part_of_an_append_is_a_conflict,
            appending::a_repeat_with_more_events_is_a_conflict,
            appending::a_failed_append_leaves_nothing,
            appending::a_large_append_is_one_append,
            appending::data_comes_back_byte_for_byte,
            appending::names_come_back_byte_for_byte,
            reading::a_stream_is_read_after_a_version,
            reading::a_stream_that_does_not_exist_is_empty,
            reading::streams_with_similar_names_are_apart,
            reading::the_log_is_read_after_a_position,
            reading::the_log_is_read_with_a_limit,
            reading::the_log_is_cut_within_an_append,
            reading::the_head_is_the_last_position,
            reading::every_connection_sees_what_was_acknowledged,
            reading::reopening_sees_everything_acknowledged,
            messages::the_inbox_keeps_the_first_answer,
            messages::the_inbox_knows_consumers_apart,
            messages::an_append_writes_inbox_and_outbox,
            messages::a_message_answered_before_appends_nothing,
            messages::an_answer_recorded_alone_stops_an_append,
            messages::a_repeated_append_wins_over_its_own_inbox_entry,
            messages::an_answered_message_wins_over_a_conflict,
            messages::the_outbox_keeps_the_order_of_events,
            following::appends_follow_on_what_was_read,
            following::an_append_after_somebody_elses_conflicts,
            following::an_answer_recorded_meanwhile_is_given_back,
            following::an_answer_follows_on_looking_it_up,
            following::an_append_builds_on_what_was_read_only,
            following::all_who_follow_at_once_and_try_again_get_through,
            racing::of_two_appends_to_one_stream_one_wins,
            racing::of_many_appends_to_one_stream_one_wins,
            racing::appends_to_different_streams_all_win,
            racing::of_two_appends_for_one_message_one_wins,
            racing::of_two_updates_of_one_model_one_wins,
            racing::updates_of_different_models_all_win,
            racing::one_failing_update_does_not_touch_the_others,
            read_models::an_update_writes_rows_and_checkpoint,
            read_models::an_update_from_elsewhere_writes_nothing,
            read_models::an_update_that_fails_writes_nothing,
            read_models::an_update_is_given_its_keys_in_order,
            read_models::an_update_without_rows_moves_the_checkpoint,
            read_models::a_row_is_replaced,
            read_models::rows_come_back_byte_for_byte,
            read_models::models_are_apart,
            read_models::clearing_leaves_other_models_and_events,
            read_models::reopening_sees_rows_and_checkpoints,
            read_model_pages::pages_go_from_the_highest_rank,
            read_model_pages::a_page_past_the_last_has_the_same_totals,
            read_model_pages::groups_are_apart,
            read_model_pages::a_row_that_moves_is_found_at_its_new_place_only,
            read_model_pages::ranks_up_to_two_to_the_53_are_in_order,
            read_model_pages::rows_of_one_rank_are_each_on_one_page,
            read_model_pages::a_page_says_up_to_where_it_knows,
        }
    };
}
pub(crate) use every_clause;
