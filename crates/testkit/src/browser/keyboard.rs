//! The keyboard alone: Tab, Enter, the space bar, arrows and letters, with the focus seen at each step.

use super::Browser;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

/// Presses of Tab after which something is taken for unreachable.
const STOPS: usize = 150;

/// What the focus is on: its name, what it reads, and whether one sees that the focus is there.
const FOCUS: &str = "const flat = t => t.replace(/[\\u00a0\\u202f]/g, ' ').replace(/\\s+/g, ' ').trim(); \
    const e = document.activeElement; const style = getComputedStyle(e); const box = e.getBoundingClientRect(); \
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'; \
    return [e.name ?? '', e.value ?? '', flat(e.innerText || e.textContent || ''), \
        e === document.body || (ring && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight), e.tagName]";

/// A key of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To the next stop.
    Tab,
    /// Follows a link, presses a button, sends a form.
    Enter,
    /// Ticks a box, presses a button.
    Space,
    /// To the next of a group.
    Down,
}

impl Key {
    /// Gives the character that WebDriver means by the key.
    fn code(self) -> char {
        match self {
            Self::Tab => '\u{e004}',
            Self::Enter => '\u{e007}',
            Self::Space => ' ',
            Self::Down => '\u{e015}',
        }
    }
}

impl Browser {
    /// Presses a key.
    pub async fn key(&self, key: Key) {
        let leaves = key == Key::Enter && self.leaves(Value::Null).await;
        self.strike(&key.code().to_string()).await;
        self.arrived(leaves).await;
    }

    /// Types where the focus is.
    pub async fn strike(&self, text: &str) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(keys).await.expect("keys");
    }

    /// Presses Tab until the focus is on the field of that name.
    ///
    /// # Panics
    /// Where it is not reached, or the focus is out of sight on the way.
    pub async fn tab_to_field(&self, name: &str) {
        self.tab_to(&format!("the field {name}"), |focus| focus[0] == json!(name))
            .await;
    }

    /// Presses Tab until the focus is on what reads so.
    ///
    /// # Panics
    /// Where it is not reached, or the focus is out of sight on the way.
    pub async fn tab_to_label(&self, label: &str) {
        let reads = |focus: &Value| focus[2].as_str().is_some_and(|text| text.starts_with(label));
        self.tab_to(&format!("« {label} »"), reads).await;
    }

    /// Chooses the radio button of that value in the group of that name, with Tab, the space bar and arrows.
    ///
    /// # Panics
    /// Where the group is not reached or has no such value.
    pub async fn radio_by_keys(&self, name: &str, value: &str) {
        self.tab_to_field(name).await;
        for _ in 0..12 {
            if self.focus().await[1] == json!(value) {
                self.key(Key::Space).await;
                return;
            }
            self.key(Key::Down).await;
        }
        panic!("{} has no {name} = {value} under the arrows", self.url().await);
    }

    /// Gives the name of the field that has the focus.
    pub async fn focused(&self) -> String {
        self.focus().await[0].as_str().unwrap_or_default().to_owned()
    }

    async fn focus(&self) -> Value {
        self.run(FOCUS, vec![]).await
    }

    /// Gives what the focus is on, once it has stopped moving into sight.
    async fn seen_focus(&self) -> Value {
        for _ in 0..10 {
            let focus = self.focus().await;
            if focus[3] == json!(true) {
                return focus;
            }
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
        self.focus().await
    }

    async fn tab_to(&self, wanted: &str, found: impl Fn(&Value) -> bool) {
        for _ in 0..STOPS {
            self.key(Key::Tab).await;
            let focus = self.seen_focus().await;
            assert_eq!(
                focus[3],
                json!(true),
                "{}: the focus is out of sight on {focus}",
                self.url().await
            );
            if found(&focus) {
                return;
            }
        }
        panic!("{}: Tab never reaches {wanted}", self.url().await);
    }
}
