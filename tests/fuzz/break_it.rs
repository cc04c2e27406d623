//! Chance that can be said again, and ways to break an input.

/// Chance from one number (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    /// One of these.
    pub fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// Words at which decoders have stumbled somewhere.
pub const WORDS: &[&str] = &[
    "",
    "null",
    "true",
    "-1",
    "0",
    "1e309",
    "1e-400",
    "-0.0",
    "9223372036854775808",
    "0.1234567",
    "1_000",
    "1,5",
    "١٢",
    "٣٫٥",
    "NaN",
    "{}",
    "[]",
    "[[[[[[[[",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "\u{0}",
    "\u{202e}",
    "\u{feff}",
    "é",
    "e\u{301}",
    "😀",
    "%00",
    "%ff",
    "%",
    "%2e%2e/",
    "..",
    "/",
    "?",
    "&",
    "=",
    ";",
    ",",
    "..;",
    "'",
    "' or 1=1 --",
    "<b>",
    "=1+1",
    "2026-02-29",
    "2028-02-29",
    "2026-13-01",
    "0000-00-00",
    "9999-12-31",
    "-0001-01-01",
    "2026-11-22T06:00:00Z",
    "2026-11-22T24:00:00+99:99",
    "calasla290000000000000000",
    "MAT002",
    "ALL",
    "none",
    ">",
    "<=5",
    "10..20",
    "..",
    ">>1",
    "$.x",
    "__proto__",
    "siteId",
    "draft",
    "eyJhbGciOiJub25lIn0.e30.",
];

/// The input, broken in one to four places.
pub fn broken(dice: &mut Dice, mut input: Vec<u8>) -> Vec<u8> {
    for _ in 0..=dice.below(4) {
        let at = dice.below(input.len() + 1);
        let rest = input.len() - at;
        match dice.below(8) {
            0 if rest > 0 => input[at] ^= 1 << dice.below(8),
            1 if rest > 0 => input[at] = u8::try_from(dice.below(256)).unwrap(),
            2 => input.truncate(at),
            3 => drop(input.drain(at..at + dice.below(rest.min(32) + 1))),
            4 => {
                let part = input[at..at + dice.below(rest.min(32) + 1)].to_vec();
                input.splice(at..at, part.repeat(1 + dice.below(4)));
            }
            5 => {
                // A whole value takes the place of another.
                let is_end = |byte: &u8| b",:]}&=;\n".contains(byte);
                let from = input[..at].iter().rposition(is_end).map_or(0, |before| before + 1);
                let to = at + input[at..].iter().position(is_end).unwrap_or(rest);
                let word = dice.one(WORDS).as_bytes().to_vec();
                input.splice(from..to, word);
            }
            _ => {
                let word = dice.one(WORDS).as_bytes().to_vec();
                input.splice(at..at, word);
            }
        }
    }
    input
}
