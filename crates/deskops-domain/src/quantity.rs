//! Amounts: whole kilograms and hundredths of an hour inside, decimals at the edges.
//!
//! A weighbridge prints no less than a kilogram, so nothing is ever rounded; sums are integer
//! sums and come out the same on every machine.

use rust_decimal::Decimal;

use crate::text::{NotANumber, format_fixed, parse_fixed, show_fixed};

macro_rules! fixed {
    ($(#[$doc:meta])* $name:ident, $decimals:literal, $raw:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(i64);

        impl $name {
            /// Decimals that people type and read.
            pub const DECIMALS: u32 = $decimals;

            #[doc = concat!("From ", $unit, ".")]
            #[must_use]
            pub const fn $raw(raw: i64) -> Self {
                Self(raw)
            }

            #[doc = concat!("In ", $unit, ".")]
            #[must_use]
            pub const fn raw(self) -> i64 {
                self.0
            }

            /// For cells of a sheet and other places that take a decimal.
            #[must_use]
            pub fn decimal(self) -> Decimal {
                Decimal::new(self.0, $decimals)
            }

            /// Grouped, for reading.
            #[must_use]
            pub fn show(self) -> String {
                show_fixed(self.0, $decimals)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotANumber;

            fn from_str(text: &str) -> Result<Self, NotANumber> {
                parse_fixed(text, $decimals).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&format_fixed(self.0, $decimals))
            }
        }
    };
}

fixed! {
    /// Metric tons, kept as whole kilograms.
    ///
    /// ```
    /// # use deskops_domain::quantity::Tons;
    /// assert_eq!("12.5".parse::<Tons>(), Ok(Tons::kg(12_500)));
    /// assert_eq!(Tons::kg(12_500).to_string(), "12.500");
    /// ```
    Tons, 3, kg, "whole kilograms"
}

fixed! {
    /// Hours, kept as whole hundredths.
    Hours, 2, hundredths, "hundredths of an hour"
}

fixed! {
    /// Parts of a whole, kept as whole hundredths of a per cent.
    Percent, 2, hundredths, "hundredths of a per cent"
}

impl Percent {
    /// The whole.
    pub const WHOLE: Self = Self::hundredths(10_000);
}

/// The largest amount one record may hold: 999 999.999 t.
pub const MOST_KG: i64 = 999_999_999;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_keeps_every_kilogram() {
        assert_eq!("999999.999".parse::<Tons>(), Ok(Tons::kg(MOST_KG)));
        assert_eq!(Tons::kg(1).decimal().to_string(), "0.001");
        assert_eq!(Hours::hundredths(750).show(), "7.50");
    }
}
