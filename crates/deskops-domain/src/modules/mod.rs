//! The modules, and the only list of them.

mod dispatch;
mod equipment;
mod inventory;
mod manpower;
mod nil_return;
mod production;
mod received;

pub use dispatch::Dispatch;
pub use equipment::Equipment;
pub use inventory::Inventory;
pub use manpower::Manpower;
pub use nil_return::NilReturn;
pub use production::Production;
pub use received::Received;

use crate::record::Record;

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

/// Every kind of record that is kept and sent: the modules, and what is said about their days.
pub fn each_record(visitor: &mut impl ModuleVisitor) {
    each_module(visitor);
    visitor.visit::<NilReturn>();
}
