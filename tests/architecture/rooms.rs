//! The table of rooms: who may name whom, and what a room must never contain.

/// One folder under `src`, with what it may do.
pub(crate) struct Room {
    /// The folder.
    pub(crate) name: &'static str,
    /// The rooms whose façade it may name.
    pub(crate) may_name: &'static [&'static str],
    /// The modules of its façade that others may name things from; everything else is private.
    pub(crate) public_modules: &'static [&'static str],
    /// What must not stand in it.
    pub(crate) never: &'static [Ban],
    /// The fewest files it has: fewer mean that the reader lost some.
    pub(crate) files_min: usize,
}

/// Some words and the reason why they must not stand in a room.
///
/// A word with `::` is the beginning of a path, also of one that is written as a `use` tree; every
/// other word is a run of tokens. Comments, strings and test modules do not count.
pub(crate) struct Ban {
    /// The words.
    pub(crate) words: &'static [&'static str],
    /// The reason.
    pub(crate) reason: &'static str,
}

/// The rooms, from the inside out.
pub(crate) const ROOMS: &[Room] = &[
    Room {
        name: "kernel",
        may_name: &[],
        public_modules: &[],
        never: &[WAITING, CHANCE_AND_TIME, INPUT_OUTPUT, BROWSER, THREADS, LOOSE_ERRORS, UNORDERED],
        files_min: 9,
    },
    Room {
        name: "domain",
        may_name: &["kernel"],
        public_modules: &["orders"],
        never: &[WAITING, CHANCE_AND_TIME, INPUT_OUTPUT, BROWSER, THREADS, LOOSE_ERRORS, UNORDERED],
        files_min: 10,
    },
    Room {
        name: "ports",
        may_name: &["kernel"],
        public_modules: &[],
        never: &[HANDLES, CHANCE_AND_TIME, INPUT_OUTPUT, BROWSER, THREADS, LOOSE_ERRORS, UNORDERED],
        files_min: 8,
    },
    Room {
        name: "engine",
        may_name: &["kernel", "ports"],
        public_modules: &[],
        never: &[CHANCE_AND_TIME, INPUT_OUTPUT, BROWSER, THREADS, LOOSE_ERRORS, UNORDERED],
        files_min: 10,
    },
    Room {
        name: "adapters",
        may_name: &["kernel", "ports"],
        public_modules: &[],
        never: &[THREADS, LOOSE_ERRORS, SIGNALS],
        files_min: 24,
    },
    Room {
        name: "simulation",
        may_name: &["kernel", "ports"],
        public_modules: &[],
        never: &[CHANCE_AND_TIME, INPUT_OUTPUT, BROWSER, THREADS, LOOSE_ERRORS, UNORDERED],
        files_min: 4,
    },
    Room {
        name: "app",
        may_name: &["kernel", "domain", "ports", "engine", "adapters", "simulation"],
        public_modules: &["route", "texts", "views", "window"],
        never: &[SIGNALS],
        files_min: 24,
    },
    Room { name: "ui", may_name: &["app"], public_modules: &[], never: &[], files_min: 45 },
];

/// What may stand nowhere, in tests neither.
pub(crate) const NOWHERE: &[Ban] = &[
    Ban {
        words: &["[allow(", ", allow("],
        reason: "an exemption says why: #[expect(…, reason = \"…\")]",
    },
    Ban { words: &["[ignore"], reason: "a test that does not run proves nothing" },
    Ban { words: &["should_panic"], reason: "it accepts any panic: compare values" },
    Ban { words: &["todo!", "unimplemented!", "dbg!"], reason: "finish it first" },
];

/// What may stand in tests only.
pub(crate) const TESTS_ONLY: &[Ban] = &[Ban {
    words: &[".unwrap()"],
    reason: "say with `expect` why it cannot fail, or give the failure back",
}];

/// What no line of `src` may say, comments included.
pub(crate) const NO_LINE_SAYS: &[&str] = &["TODO", "FIXME", "XXX"];

/// The only names that may come in all at once.
pub(crate) const GLOB: &[&str] = &["leptos", "prelude", "*"];

/// The crate's own name, as the binary says it.
pub(crate) const CRATE: &str = "hindsight";

/// What the files beside the rooms (`lib.rs`, `main.rs`) may name.
pub(crate) const ROOT_MAY_NAME: &[&str] = &["app", "ui"];

/// The longest file, in lines.
pub(crate) const FILE_LINES_MAX: usize = 350;
/// The longest function, in lines.
pub(crate) const FUNCTION_LINES_MAX: usize = 40;
/// The longest component, in lines: it is markup.
pub(crate) const COMPONENT_LINES_MAX: usize = 80;

/// The one style sheet that names colours.
pub(crate) const COLOUR_TOKENS: &str = "style/tokens.css";
/// The fewest style sheets there are.
pub(crate) const STYLE_SHEETS_MIN: usize = 9;

const WAITING: Ban = Ban {
    words: &["async", ".await", "Future", "futures_util"],
    reason: "decisions are synchronous",
};

const CHANCE_AND_TIME: Ban = Ban {
    words: &[
        "SystemTime",
        "Instant",
        "rand",
        "getrandom",
        "fastrand",
        "RandomState",
        "Utc::now",
        "chrono::Utc",
        "Local::now",
        "chrono::Local",
        "Uuid::new_v4",
        "Uuid::now_v7",
    ],
    reason: "time, ids and chance come in from outside: a run must be repeatable",
};

const INPUT_OUTPUT: Ban = Ban {
    words: &[
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::process",
        "println!",
        "eprintln!",
        "print!",
        "eprint!",
    ],
    reason: "input and output are an adapter's",
};

const BROWSER: Ban = Ban {
    words: &[
        "web_sys",
        "js_sys",
        "leptos",
        "wasm_bindgen",
        "wasm_bindgen_futures",
        "serde_wasm_bindgen",
        "indexed_db_futures",
        "gloo_storage",
        "JsValue",
    ],
    reason: "a browser is an adapter's",
};

const THREADS: Ban = Ban {
    words: &[
        "Send",
        "Sync",
        "Arc",
        "Mutex",
        "RwLock",
        "std::thread",
        "async_trait",
        "Box<dyn Future",
        "Pin<Box",
        "BoxFuture",
        "LocalBoxFuture",
    ],
    reason: "one thread, and futures without boxes",
};

const LOOSE_ERRORS: Ban = Ban {
    words: &["anyhow", "eyre", "dyn Error", "dyn std::error::Error"],
    reason: "errors are closed enums: a caller branches on them",
};

const UNORDERED: Ban = Ban {
    words: &["HashMap", "HashSet"],
    reason: "their order differs from run to run: BTreeMap, BTreeSet",
};

const HANDLES: Ban = Ban {
    words: &["Transaction", "Cursor", "MutexGuard"],
    reason: "one port call is one transaction: no handle crosses a port",
};

const SIGNALS: Ban = Ban {
    words: &["leptos", "reactive_graph", "RwSignal", "ReadSignal", "WriteSignal", "ArcRwSignal"],
    reason: "the page holds its own state and asks",
};
