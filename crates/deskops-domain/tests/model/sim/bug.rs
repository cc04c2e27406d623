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
    /// What is held keeps its number from being counted.
    HeldNotCounted,
    /// What is sent again under a new number does not count there (F5).
    AgainNotCounted,
    /// A refused change is not answered; those behind it wait.
    RefusedBlocks,
    /// The outbox forgets a change when it is answered.
    ForgottenOnAnswer,
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
    /// Of what belongs together, only what has not come back is sent or numbered again (F9).
    RunCut,
    /// A number that was given twice is passed over.
    ReuseSkipped,
    /// What is settled elsewhere stays open on a laptop.
    SettledUnheard,
}

impl Bug {
    /// All of them, each with a schedule that sees it. Where the dice fall otherwise by now, the
    /// example's `--bug all` finds new ones.
    pub const ALL: &'static [(Self, u64)] = &[
        (Self::LastWriterOnly, 103),
        (Self::LaptopClockWins, 1),
        (Self::WholeRow, 2),
        (Self::DeleteIgnoresEdits, 2),
        (Self::EditRevives, 7),
        (Self::RestoreBlind, 35),
        (Self::TwinIgnored, 1),
        (Self::IncarnationIgnored, 68),
        (Self::BaseChainIgnored, 24),
        (Self::BaseWhenSent, 2),
        (Self::UnseenIgnored, 1),
        (Self::ConflictForgotten, 2),
        (Self::SettledAnyway, 908),
        (Self::RunTornApart, 0),
        (Self::KnownByNumber, 2),
        (Self::NotKnown, 1),
        (Self::HeldNotCounted, 0),
        (Self::AgainNotCounted, 3),
        (Self::RefusedBlocks, 3),
        (Self::ForgottenOnAnswer, 0),
        (Self::ViewDropsOnAnswer, 0),
        (Self::TwoTransactions, 4),
        (Self::CursorFirst, 0),
        (Self::AnyPage, 2),
        (Self::NoNewIncarnation, 3),
        (Self::NoPredecessor, 1674),
        (Self::OldIncarnationStuck, 104),
        (Self::CountsOn, 4),
        (Self::RunCut, 2_015_388),
        (Self::ReuseSkipped, 1665),
        (Self::SettledUnheard, 9),
    ];
}
