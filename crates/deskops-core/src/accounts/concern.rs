//! What wrong passwords are counted by, so that strangers keep nobody out.
//!
//! On a device that proves itself only its own tries count. Elsewhere they count by the name that is
//! typed and by the address, whichever waits longer.

use std::net::{IpAddr, Ipv6Addr};

use deskops_domain::id::Id;

use super::key;

/// What wrong passwords are counted by. No two kinds are written alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Concern {
    /// A device that has proved itself for the user whose name is typed.
    Device(Id),
    /// Somebody who is signed in and types their password once more.
    User(Id),
    /// The name that is typed, also of nobody.
    Name(String),
    /// Where it comes from.
    Address(IpAddr),
}

impl Concern {
    /// What a try to sign in is counted by.
    pub(crate) fn of(device: Option<&Id>, name: &str, address: Option<IpAddr>) -> Vec<Self> {
        match device {
            Some(id) => vec![Self::Device(id.clone())],
            None => {
                let name = Self::Name(name.to_owned());
                [name].into_iter().chain(address.map(Self::Address)).collect()
            }
        }
    }

    /// As it is kept. A name is kept as its SHA-256, because people type passwords in its place.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Device(id) => format!("device:{id}"),
            Self::User(id) => format!("user:{id}"),
            Self::Name(name) => key(name),
            Self::Address(address) => format!("address:{}", block(*address)),
        }
    }

    /// Whether strangers can make up as many of them as they like.
    pub(crate) fn is_made_up(&self) -> bool {
        matches!(self, Self::Name(_) | Self::Address(_))
    }
}

/// An address, or the block of addresses that one line of the internet has.
fn block(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_proves_itself_is_counted_by_itself_alone() {
        let id = Id::random(1, [7; 10]);
        let address = "10.0.0.7".parse().ok();
        assert_eq!(Concern::of(Some(&id), "omar", address), [Concern::Device(id)]);
        let without = Concern::of(None, "omar", address);
        assert_eq!(without.len(), 2);
        assert_eq!(without[1].written(), "address:10.0.0.7");
        assert_eq!(Concern::of(None, "omar", None).len(), 1);
    }

    #[test]
    fn a_line_of_ipv6_is_its_block_and_no_name_looks_like_another_concern() {
        let written = |text: &str| Concern::Address(text.parse().unwrap()).written();
        assert_eq!(written("2001:db8:1:2:3:4:5:6"), "address:2001:db8:1:2::/64");
        assert_eq!(written("2001:db8:1:2::9"), written("2001:db8:1:2:ffff::"));
        assert_ne!(written("2001:db8:1:2::9"), written("2001:db8:1:3::9"));
        assert_eq!(written("::ffff:10.0.0.7"), "address:10.0.0.7");
        let name = Concern::Name("address:10.0.0.7".into()).written();
        assert!(name.len() == 64 && !name.contains(':'));
    }
}
