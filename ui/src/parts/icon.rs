//! The icons: own drawings on a 24-unit square, stroked in the colour of the text beside them.

use dioxus::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)+) => {
        /// What can be drawn.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Shape {
            $($(#[$doc])* $name,)+
        }

        impl Shape {
            fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)+ }
            }
        }
    };
}

icons! {
    /// A house.
    Home = "M4 11 12 4l8 7M6 10v10h12V10M10 20v-6h4v6";
    /// A crusher with its heap.
    Production = "M3 20h18M5 20l4-7 3 4 2-3 5 6M7 4h10l-2 5H9z";
    /// Out of the gate.
    Dispatch = "M14 4h6v16h-6M3 12h12M11 8l4 4-4 4";
    /// Into the gate.
    Received = "M10 4H4v16h6M21 12H9M13 8l-4 4 4 4";
    /// A wheel.
    Equipment = "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2";
    /// Two people.
    Manpower = "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c0-4 2.5-6 6-6s6 2 6 6M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 14.5c2.2.7 3.5 2.6 3.5 5.5";
    /// Boxes.
    Inventory = "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8";
    /// A pencil.
    Pencil = "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3";
    /// A disk.
    Disk = "M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6";
    /// A tick.
    Check = "M5 12.5l5 5L19 7";
    /// A cross in a circle.
    CircleCross = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM9 9l6 6M15 9l-6 6";
    /// A triangle with a bar.
    Warning = "M12 4 2.8 20h18.4zM12 10v5M12 17.3v.2";
    /// A padlock.
    Lock = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
    /// A bin.
    Bin = "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5";
    /// A clock that turns back.
    History = "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2";
    /// A page with an arrow down.
    Download = "M12 4v11M7.5 10.5 12 15l4.5-4.5M4 20h16";
    /// An arrow back.
    Undo = "M9 6 4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3";
    /// An empty ring with a bar.
    Nothing = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM6.5 17.5l11-11";
    /// A sun.
    Sun = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4";
    /// A moon.
    Moon = "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z";
    /// A screen.
    Monitor = "M3 5h18v11H3zM9 20h6M12 16v4";
    /// A person.
    User = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.5-4 3.4-6 7.5-6s7 2 7.5 6";
    /// A keyboard.
    Keyboard = "M3 6h18v12H3zM6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M7.5 14h9";
    /// To the start of the line.
    ChevronBack = "M14.5 6l-6 6 6 6";
    /// To the end of the line.
    ChevronOn = "M9.5 6l6 6-6 6";
    /// Down, of a list that opens.
    ChevronDown = "M6 9.5l6 6 6-6";
    /// An empty ring.
    Ring = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z";
    /// A ring with a tick.
    Done = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM8 12.2l2.8 2.8 5.2-5.6";
    /// A bar.
    Bar = "M7 12h10";
    /// Fields side by side, one of them ticked.
    Board = "M4 4h16v16H4zM4 12h16M12 4v16M14.3 16l1.4 1.4 2.3-2.6";
    /// A shield.
    Shield = "M12 3.5l7 2.5v5.5c0 4.2-2.8 7.4-7 9-4.2-1.6-7-4.8-7-9V6z";
    /// Up.
    ArrowUp = "M12 19V5M6 11l6-6 6 6";
    /// Down.
    ArrowDown = "M12 5v14M6 13l6 6 6-6";
    /// A cross.
    Close = "M6 6l12 12M18 6 6 18";
    /// A list.
    Rows = "M4 6h16M4 12h16M4 18h16";
    /// Two links of a chain.
    Link = "M10 13.5a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10.5a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2";
    /// A cloud with a bar through it.
    CloudOff = "M7 18h10a4 4 0 0 0 1.5-7.7A6 6 0 0 0 8.2 8M5.5 11.2A3.6 3.6 0 0 0 7 18M4 4l16 16";
    /// A folder.
    Folder = "M3 6h6l2 2.5h10V19H3z";
    /// Three dots.
    More = "M5 11.9h.2M11.9 11.9h.2M18.8 11.9h.2";
    /// Two sheets.
    Copy = "M9 9h11v11H9zM15 9V4H4v11h5";
    /// A turn.
    Refresh = "M20 12a8 8 0 1 1-2.4-5.7L20 8.5M20 4v4.5h-4.5";
}

/// An icon. It is decoration: the words stand beside it or on its button.
///
/// # Styling
/// `.icon`, 20 px square.
#[component]
pub fn Icon(
    /// What is drawn.
    shape: Shape,
) -> Element {
    rsx! {
        svg { class: "icon", view_box: "0 0 24 24", width: "20", height: "20", fill: "none", stroke: "currentColor",
            stroke_width: "1.75", stroke_linecap: "round", stroke_linejoin: "round", "aria-hidden": "true",
            path { d: shape.path() }
        }
    }
}
