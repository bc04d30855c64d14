//! What every state machine of Beffroi shares: one table of transitions, and nothing outside it.

use std::fmt;

/// A transition table's row: from this state, this event leads to that state.
pub type Row<S> = (S, <S as Machine>::Event, S);

/// A state of a machine whose transitions are one table.
///
/// The table is the only place where a transition is written; the drawings in
/// `docs/states/` are made from it.
pub trait Machine: Copy + Eq + fmt::Debug + Sized + 'static {
    /// What may happen to the thing.
    type Event: Copy + Eq + fmt::Debug + 'static;

    /// The machine's name in the documentation, for example `candidacy`.
    const NAME: &'static str;
    /// Every state, in the order of a usual life.
    const STATES: &'static [Self];
    /// Every legal transition.
    const TABLE: &'static [Row<Self>];

    /// Gives the state's stable name, as stored and as in the design, for example `in_verification`.
    fn code(self) -> &'static str;

    /// Gives the event's stable name, for example `submit`.
    fn event_code(event: Self::Event) -> &'static str;

    /// Gives the state that follows `self` on `event`, or says that there is none.
    ///
    /// # Errors
    /// [`Illegal`] where the table has no such row.
    fn after(self, event: Self::Event) -> Result<Self, Illegal> {
        Self::TABLE
            .iter()
            .find(|(from, on, _)| *from == self && *on == event)
            .map(|(_, _, to)| *to)
            .ok_or(Illegal {
                machine: Self::NAME,
                from: self.code(),
                event: Self::event_code(event),
            })
    }

    /// Says whether `event` is legal in this state.
    fn allows(self, event: Self::Event) -> bool {
        self.after(event).is_ok()
    }

    /// Says whether no event leads out of this state.
    fn is_terminal(self) -> bool {
        Self::TABLE.iter().all(|(from, _, _)| *from != self)
    }

    /// Finds the state of a stable name.
    fn from_code(code: &str) -> Option<Self> {
        Self::STATES.iter().copied().find(|s| s.code() == code)
    }
}

/// Gives the fewest events that lead from one state to another, none where there is no way.
///
/// A job or a use case uses it to bring a stored state up to what the clock made of it, so that
/// the journal names every step.
#[must_use]
pub fn path<S: Machine>(from: S, to: S) -> Option<Vec<S::Event>> {
    let mut ways: Vec<(S, Vec<S::Event>)> = vec![(from, Vec::new())];
    let mut next = 0;
    while let Some((state, way)) = ways.get(next).cloned() {
        if state == to {
            return Some(way);
        }
        for (_, on, onward) in S::TABLE.iter().filter(|(f, _, _)| *f == state) {
            if ways.iter().all(|(known, _)| known != onward) {
                let longer = way.iter().copied().chain([*on]).collect();
                ways.push((*onward, longer));
            }
        }
        next += 1;
    }
    None
}

/// An event that the state of a thing does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{machine}: {event} is not allowed in state {from}")]
pub struct Illegal {
    /// The machine's name.
    pub machine: &'static str,
    /// The state the thing is in.
    pub from: &'static str,
    /// The event that was asked for.
    pub event: &'static str,
}

/// Declares an enum whose variants have stable names.
#[macro_export]
macro_rules! coded {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),* }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Gives the stable name, as stored.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Finds the value of a stable name.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.code() == code)
            }
        }
    };
}

/// Declares a refusal: a coded enum that is also an error and shows its code.
#[macro_export]
macro_rules! refusals {
    ($(#[$doc:meta])* pub enum $name:ident { $($body:tt)* }) => {
        $crate::coded! { $(#[$doc])* pub enum $name { $($body)* } }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::error::Error for $name {}
    };
}

/// Makes a machine of two coded enums, its states and its events, by their table of transitions.
#[macro_export]
macro_rules! transitions {
    ($state:ident on $event:ident as $name:literal {
        $($($from:ident)|+ , $on:ident => $to:ident);* $(;)?
    }) => {
        impl $crate::Machine for $state {
            type Event = $event;
            const NAME: &'static str = $name;
            const STATES: &'static [Self] = Self::ALL;
            const TABLE: &'static [$crate::machine::Row<Self>] =
                &[$($((Self::$from, $event::$on, Self::$to)),+),*];

            fn code(self) -> &'static str {
                $state::code(self)
            }

            fn event_code(event: $event) -> &'static str {
                event.code()
            }
        }
    };
}
