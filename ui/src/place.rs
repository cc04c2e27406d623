//! Where the user is: screen, site, day, view; and the address that says so.
//!
//! Pure, so that every screen has an address that tests, links and the reload key can use.

use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;

use crate::face::{lists, notes};

/// What stands in an address for every site within reach.
pub const EVERYWHERE: &str = "all";
/// How the addresses of lists begin.
const LISTS: &str = "settings/";

/// The list of this name; the dashboard where there is none.
fn list(name: &str) -> Screen {
    let face = lists().into_iter().find(|face| face.name == name);
    face.map_or(Screen::Dashboard, |face| Screen::List(face.name))
}

/// What is typed beside the modules, of this name; the dashboard where there is none.
fn note(name: &str) -> Screen {
    let face = notes().into_iter().find(|face| face.name == name);
    face.map_or(Screen::Dashboard, |face| Screen::Note(face.name))
}

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The day at a glance.
    Dashboard,
    /// The records of a module.
    Module(Module),
    /// Which site has closed which day.
    Completeness,
    /// The people of this computer.
    Users,
    /// The devices that people sign in on.
    Devices,
    /// What happened to accounts.
    Security,
    /// Head office: where it is, and who is signed in there.
    Connection,
    /// What is typed of a day beside its modules, by its name.
    Note(&'static str),
    /// What was fed, and what became of it.
    Balance,
    /// A list that an administrator keeps, by the name of what is listed.
    List(&'static str),
}

/// The two ways to look at a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// One day, to type into.
    Sheet,
    /// All records, to look something up.
    All,
}

/// Where the user is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The screen.
    pub screen: Screen,
    /// The site, by id; [`EVERYWHERE`] for all within reach.
    pub site: String,
    /// The day.
    pub day: Day,
    /// The view.
    pub view: View,
    /// Of all records only those of this day whose field says this: a figure's own rows.
    pub only: Option<Only>,
}

/// A field of records, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    /// The field, by its name.
    pub field: String,
    /// An id or a code.
    pub what: String,
}

impl Only {
    /// Reads `materialId:MAT002`.
    fn read(text: &str) -> Option<Self> {
        let (field, what) = text.split_once(':').filter(|(_, what)| !what.is_empty())?;
        Some(Self { field: field.to_owned(), what: what.to_owned() })
    }
}

impl Place {
    /// Reads the address after `#`; the site and day that it leaves out are as in `now`.
    #[must_use]
    pub fn read(hash: &str, now: &Self) -> Self {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut place = now.clone();
        let path = path.trim_matches('/');
        place.screen = match path {
            "users" => Screen::Users,
            "devices" => Screen::Devices,
            "security" => Screen::Security,
            "completeness" => Screen::Completeness,
            "connection" => Screen::Connection,
            path if path.starts_with(LISTS) => list(&path[LISTS.len()..]),
            "balance" => Screen::Balance,
            path => Module::from_code(path).map_or_else(|| note(path), Screen::Module),
        };
        place.view = View::Sheet;
        place.only = None;
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "site" => value.clone_into(&mut place.site),
                "day" => place.day = Day::parse(value).unwrap_or(place.day),
                "view" => place.view = if value == "all" { View::All } else { View::Sheet },
                "only" => place.only = Only::read(value),
                _ => {}
            }
        }
        place
    }

    /// The address of this place, after `#`.
    #[must_use]
    pub fn hash(&self) -> String {
        let (folder, path) = match self.screen {
            Screen::Dashboard => ("", "dashboard"),
            Screen::Module(module) => ("", module.code()),
            Screen::Users => ("", "users"),
            Screen::Devices => ("", "devices"),
            Screen::Security => ("", "security"),
            Screen::Completeness => ("", "completeness"),
            Screen::Connection => ("", "connection"),
            Screen::Balance => ("", "balance"),
            Screen::Note(name) => ("", name),
            Screen::List(name) => (LISTS, name),
        };
        let view = match (self.screen, self.view) {
            (Screen::Module(_), View::Sheet) => "&view=sheet",
            (Screen::Module(_), View::All) => "&view=all",
            _ => "",
        };
        let only = match (&self.only, self.view) {
            (Some(Only { field, what }), View::All) => format!("&only={field}:{what}"),
            _ => String::new(),
        };
        format!("/{folder}{path}?site={}&day={}{view}{only}", self.site, self.day)
    }

    /// What the window is called: `Production · Sun 22 Nov 2026 · DeskOps`.
    #[must_use]
    pub fn title(&self) -> String {
        let screen = match self.screen {
            Screen::Dashboard => "Dashboard",
            Screen::Module(module) => module.label(),
            Screen::Completeness => "Completeness",
            Screen::Users => return "Users · DeskOps".to_owned(),
            Screen::Devices => return "Devices · DeskOps".to_owned(),
            Screen::Security => return "Security · DeskOps".to_owned(),
            Screen::Connection => return "Head office · DeskOps".to_owned(),
            Screen::Balance => return "Mass balance · DeskOps".to_owned(),
            Screen::Note(name) => {
                notes().iter().find(|face| face.name == name).map_or(name, |face| face.title)
            }
            Screen::List(name) => {
                let face = lists().into_iter().find(|face| face.name == name);
                return format!("{} · DeskOps", face.map_or(name, |face| face.title));
            }
        };
        let day = match self.view {
            View::Sheet => self.day.long(),
            View::All => "all records".to_owned(),
        };
        format!("{screen} · {day} · DeskOps")
    }

    /// The same day and site on another screen.
    #[must_use]
    pub fn on(&self, screen: Screen) -> Self {
        Self { screen, view: View::Sheet, only: None, ..self.clone() }
    }

    /// The same screen and day at another site.
    #[must_use]
    pub fn at_site(&self, site: &str) -> Self {
        Self { site: site.to_owned(), only: None, ..self.clone() }
    }

    /// Whether every site within reach is meant.
    #[must_use]
    pub fn is_everywhere(&self) -> bool {
        self.site == EVERYWHERE
    }

    /// The same screen on another day.
    #[must_use]
    pub fn at(&self, day: Day) -> Self {
        Self { day, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Place {
        Place {
            screen: Screen::Dashboard,
            site: "s1".into(),
            day: Day::parse("2026-11-22").unwrap(),
            view: View::Sheet,
            only: None,
        }
    }

    #[test]
    fn an_address_is_read_as_it_was_written() {
        for screen in [
            Screen::Dashboard,
            Screen::Module(Module::Production),
            Screen::Module(Module::Inventory),
            Screen::Users,
            Screen::Devices,
            Screen::Security,
            Screen::Completeness,
            Screen::Connection,
            Screen::List("rate_split"),
        ] {
            let place = Place { view: View::Sheet, ..start().on(screen) };
            assert_eq!(Place::read(&place.hash(), &start()), place, "{}", place.hash());
        }
        let everywhere = start().at_site(EVERYWHERE);
        assert_eq!(everywhere.hash(), "/dashboard?site=all&day=2026-11-22");
        assert!(Place::read(&everywhere.hash(), &start()).is_everywhere());
        let all = Place { view: View::All, ..start().on(Screen::Module(Module::Production)) };
        assert_eq!(all.hash(), "/production?site=s1&day=2026-11-22&view=all");
        assert_eq!(Place::read(&all.hash(), &start()), all);
        let only = Only { field: "materialId".into(), what: "MAT002".into() };
        let rows = Place { only: Some(only), ..all };
        assert_eq!(
            rows.hash(),
            "/production?site=s1&day=2026-11-22&view=all&only=materialId:MAT002"
        );
        assert_eq!(Place::read(&rows.hash(), &start()), rows);
        assert_eq!(
            Place { view: View::Sheet, ..rows }.hash(),
            start().on(Screen::Module(Module::Production)).hash()
        );
    }

    #[test]
    fn a_list_has_an_address_and_a_title_and_one_that_is_not_there_is_the_dashboard() {
        let place = start().on(Screen::List("materials"));
        assert_eq!(place.hash(), "/settings/materials?site=s1&day=2026-11-22");
        assert_eq!(place.title(), "Materials · DeskOps");
        for hash in ["/settings/colours", "/settings/", "/settings/production"] {
            assert_eq!(Place::read(hash, &place).screen, Screen::Dashboard, "{hash}");
        }
    }

    #[test]
    fn what_an_address_leaves_out_or_garbles_stays_as_it_is() {
        assert_eq!(Place::read("", &start()), start());
        assert_eq!(
            Place::read("/production?day=2026-02-31&colour=red&x", &start()),
            start().on(Screen::Module(Module::Production))
        );
    }
}
