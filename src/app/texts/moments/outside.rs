//! What is said of all that came from outside, or was made to go wrong.

use super::Label;
use crate::{app::texts::short_id, ports::Moment};

impl Label<'_> {
    pub(super) fn fault(&self, moment: &Moment) -> String {
        let texts = self.texts;
        match moment {
            Moment::FaultArmed { point, fault, times, .. } => {
                let (point, fault) = (texts.fault_point(point), texts.fault(fault));
                let values =
                    [("point", point), ("fault", fault), ("times", texts.fault_times(times))];
                texts.fill("moment.fault_armed", &values)
            }
            Moment::FaultsDisarmed { point } => {
                texts.fill("moment.faults_disarmed", &[("point", texts.fault_point(point))])
            }
            Moment::FaultMet { point, fault, .. } => {
                let values = [("point", texts.fault_point(point)), ("fault", texts.fault(fault))];
                texts.fill("moment.fault_met", &values)
            }
            other => self.task(other),
        }
    }

    /// What was done to a task from outside.
    fn task(&self, moment: &Moment) -> String {
        let of_task = |key| self.texts.fill(key, &[("who", &self.who())]);
        match moment {
            Moment::Crashed => of_task("moment.crashed"),
            Moment::Restarted => of_task("moment.restarted"),
            Moment::Paused => of_task("moment.paused"),
            Moment::Resumed => of_task("moment.resumed"),
            Moment::Slowed { by } if by.0 == 0 => of_task("moment.slowed_none"),
            Moment::Slowed { by } => {
                let by = self.texts.milliseconds(by.0);
                self.texts.fill("moment.slowed", &[("who", &self.who()), ("by", &by)])
            }
            other => self.switch(other),
        }
    }

    /// What was done to the whole from outside.
    fn switch(&self, moment: &Moment) -> String {
        let texts = self.texts;
        match moment {
            Moment::VersionCheckSwitched { on: true } => {
                texts.say("moment.version_check_on").into()
            }
            Moment::VersionCheckSwitched { on: false } => {
                texts.say("moment.version_check_off").into()
            }
            Moment::BehavioursChanged { stages } if stages.is_empty() => {
                texts.say("moment.behaviours_none").into()
            }
            Moment::BehavioursChanged { stages } => {
                let names: Vec<_> = stages.iter().map(|stage| texts.stage(*stage)).collect();
                texts.fill("moment.behaviours_changed", &[("stages", &names.join(", "))])
            }
            Moment::Reloaded => texts.say("moment.reloaded").into(),
            Moment::ForeignAppended { stream, version, position, .. } => {
                let counts = [version.0, position.0].map(|number| texts.count(number));
                let [version, position] = counts.each_ref().map(String::as_str);
                let order = short_id(stream.instance());
                let values = [("order", order), ("version", version), ("position", position)];
                texts.fill("moment.foreign_appended", &values)
            }
            Moment::NobodyFaster { .. } => texts.say("moment.nobody_faster").into(),
            Moment::Marked { name } => texts.fill("moment.marked", &[("name", name)]),
            Moment::PastMarked { moment, name } => {
                let moment = texts.count(u64::from(*moment));
                if name.is_empty() {
                    return texts.fill("moment.past_unmarked", &[("moment", &moment)]);
                }
                texts.fill("moment.past_marked", &[("moment", &moment), ("name", name)])
            }
            _ => unreachable!("what the engine reaches is told before"),
        }
    }
}
