//! Bugs that are planted: each is a mistake that a real program made, or that a draft of these rules
//! had. The suite must catch every one.

/// A planted bug; [`Bug::None`] is DeskOps as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    None,
    /// Only the last writer of a group is looked at (F1).
    LastWriterOnly,
    /// The later wall clock wins.
    LaptopClockWins,
    /// A change carries the whole row.
    WholeRow,
    /// A deletion does not look for edits that its author had not seen.
    DeleteIgnoresEdits,
    /// An edit brings a deleted record back.
    EditRevives,
    /// A restore need not have seen the deletion.
    RestoreBlind,
    /// A second record of the same key is taken for the first.
    TwinIgnored,
    /// The own-write rule does not look at the incarnation.
    IncarnationIgnored,
    /// The base is believed without its chain.
    BaseChainIgnored,
    /// The base is what the laptop has heard when it sends, not what the author saw.
    BaseWhenSent,
    /// What the author replaced is not compared: everything unseen is overwritten.
    UnseenIgnored,
    /// A conflict is answered and not written down.
    ConflictForgotten,
    /// A change that settles is taken as settled although it met somebody.
    SettledAnyway,
    /// Changes that belong together are taken one by one.
    RunTornApart,
    /// A change is known by its number only.
    KnownByNumber,
    /// A change is known by nothing: what comes twice counts twice.
    NotKnown,
    /// A number may be left out.
    GapTaken,
    /// What is held keeps its number from being counted.
    HeldNotCounted,
    /// What is sent again under a new number does not count there (F5).
    AgainNotCounted,
    /// A refused change is not answered; those behind it wait.
    RefusedBlocks,
    /// The outbox forgets a change when it is answered.
    ForgottenOnAnswer,
    /// A whole push is taken as answered though it was stopped half-way.
    AllAnswered,
    /// The view drops a change when it is answered, before it comes back (F2).
    ViewDropsOnAnswer,
    /// Edit and outbox are two transactions.
    TwoTransactions,
    /// The cursor is saved before the rows.
    CursorFirst,
    /// A page that does not begin at the cursor is taken.
    AnyPage,
    /// A restored database goes on in its old incarnation.
    NoNewIncarnation,
    /// A change does not say which one had the number before (F8).
    NoPredecessor,
    /// Only changes of the current incarnation are numbered anew (F7).
    OldIncarnationStuck,
    /// A new incarnation goes on counting where the old one was.
    CountsOn,
    /// A number that was given twice is passed over.
    ReuseSkipped,
    /// What is settled elsewhere stays open on a laptop.
    SettledUnheard,
}

impl Bug {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::LastWriterOnly,
        Self::LaptopClockWins,
        Self::WholeRow,
        Self::DeleteIgnoresEdits,
        Self::EditRevives,
        Self::RestoreBlind,
        Self::TwinIgnored,
        Self::IncarnationIgnored,
        Self::BaseChainIgnored,
        Self::BaseWhenSent,
        Self::UnseenIgnored,
        Self::ConflictForgotten,
        Self::SettledAnyway,
        Self::RunTornApart,
        Self::KnownByNumber,
        Self::NotKnown,
        Self::GapTaken,
        Self::HeldNotCounted,
        Self::AgainNotCounted,
        Self::RefusedBlocks,
        Self::ForgottenOnAnswer,
        Self::AllAnswered,
        Self::ViewDropsOnAnswer,
        Self::TwoTransactions,
        Self::CursorFirst,
        Self::AnyPage,
        Self::NoNewIncarnation,
        Self::NoPredecessor,
        Self::OldIncarnationStuck,
        Self::CountsOn,
        Self::ReuseSkipped,
        Self::SettledUnheard,
    ];
}
