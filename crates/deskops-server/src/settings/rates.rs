//! How often may be asked. Each process counts for itself; 0 stands for no limit.

use super::config::Reader;

/// How often may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Requests of a user's programs in a minute.
    pub program_per_minute: u32,
    /// The same in a second.
    pub program_per_second: u32,
    /// Requests of a user's pages in a minute.
    pub page_per_minute: u32,
    /// The same in a second.
    pub page_per_second: u32,
    /// Requests of programs on one device in a minute; twice as many may come at once.
    pub device_per_minute: u32,
    /// Requests of an address without a session in a minute.
    pub stranger_per_minute: u32,
    /// Tries to sign in of an address in a minute; twice as many may come at once.
    pub sign_ins_per_minute: u32,
    /// Streams of events that a user may hold open.
    pub streams_per_user: u32,
}

impl Rates {
    /// No limit at all, for tests of something else.
    pub const OFF: Self = Self {
        program_per_minute: 0,
        program_per_second: 0,
        page_per_minute: 0,
        page_per_second: 0,
        device_per_minute: 0,
        stranger_per_minute: 0,
        sign_ins_per_minute: 0,
        streams_per_user: 0,
    };

    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let mut number = |key: &str| {
            reader.number(key, 0..=1_000_000).and_then(|number| u32::try_from(number).ok())
        };
        let rates = [
            number("program-requests-per-minute"),
            number("program-requests-per-second"),
            number("page-requests-per-minute"),
            number("page-requests-per-second"),
            number("device-requests-per-minute"),
            number("stranger-requests-per-minute"),
            number("sign-ins-per-minute"),
            number("event-streams-per-user"),
        ];
        // Everything that is wrong is told at once.
        let [program, program_at_once, page, page_at_once, device, stranger, sign_ins, streams] =
            rates;
        Some(Self {
            program_per_minute: program?,
            program_per_second: program_at_once?,
            page_per_minute: page?,
            page_per_second: page_at_once?,
            device_per_minute: device?,
            stranger_per_minute: stranger?,
            sign_ins_per_minute: sign_ins?,
            streams_per_user: streams?,
        })
    }
}
