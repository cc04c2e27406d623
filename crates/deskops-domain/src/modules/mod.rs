//! The modules, and the only list of them.

mod dispatch;
mod equipment;
mod inventory;
mod manpower;
mod nil_return;
mod period;
mod production;
mod received;
mod run;
mod split;

pub use dispatch::Dispatch;
pub use equipment::Equipment;
pub use inventory::Inventory;
pub use manpower::Manpower;
pub use nil_return::NilReturn;
pub use period::Period;
pub use production::Production;
pub use received::Received;
pub use run::Run;
pub use split::Split;

use crate::lists::{CrewRole, Machine, Material, SiteCard};
use crate::record::Record;
use crate::settings::{
    CalendarDay, CrewPlan, LoadFactor, MachinePlan, Rate, RateSplit, Recipe, Target, Threshold,
};

/// Something done with every module's type.
pub trait ModuleVisitor {
    /// Called once for each.
    fn visit<R: Record>(&mut self);
}

/// Every module, in the order of the menu. There is no other list.
pub fn each_module(visitor: &mut impl ModuleVisitor) {
    visitor.visit::<Production>();
    visitor.visit::<Dispatch>();
    visitor.visit::<Received>();
    visitor.visit::<Equipment>();
    visitor.visit::<Manpower>();
    visitor.visit::<Inventory>();
}

/// What else is entered of a day beside its modules.
pub fn each_note_of_a_day(visitor: &mut impl ModuleVisitor) {
    visitor.visit::<NilReturn>();
    visitor.visit::<Run>();
    visitor.visit::<Split>();
}

/// What an administrator keeps, in the order of the menu: settings of a site, then catalogues.
pub fn each_setting(visitor: &mut impl ModuleVisitor) {
    visitor.visit::<Target>();
    visitor.visit::<Threshold>();
    visitor.visit::<LoadFactor>();
    visitor.visit::<Recipe>();
    visitor.visit::<Rate>();
    visitor.visit::<RateSplit>();
    visitor.visit::<MachinePlan>();
    visitor.visit::<CrewPlan>();
    visitor.visit::<CalendarDay>();
    visitor.visit::<Material>();
    visitor.visit::<Machine>();
    visitor.visit::<CrewRole>();
    visitor.visit::<SiteCard>();
}

/// Every kind of record that is kept and sent.
pub fn each_record(visitor: &mut impl ModuleVisitor) {
    each_module(visitor);
    each_note_of_a_day(visitor);
    visitor.visit::<Period>();
    each_setting(visitor);
}
