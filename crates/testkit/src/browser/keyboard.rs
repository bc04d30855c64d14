//! The keyboard alone: Tab, Enter, the space bar, arrows and letters, with the focus seen at each step.

use super::Browser;
use super::hands::reference;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use serde_json::{Value, json};

/// Presses of Tab after which something is taken for unreachable.
const STOPS: usize = 150;

/// What the focus is on: its name, what it reads, and whether one sees that the focus is there.
const FOCUS: &str = "const flat = t => t.replace(/[\\u00a0\\u202f]/g, ' ').replace(/\\s+/g, ' ').trim(); \
    const e = document.activeElement; const style = getComputedStyle(e); const box = e.getBoundingClientRect(); \
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'; \
    return [e.name ?? '', e.value ?? '', flat(e.innerText || e.textContent || ''), \
        e === document.body || (ring && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight), e.tagName]";

/// Presses of Tab after which an element of a long page is taken for unreachable.
const FAR: usize = 400;
/// The key that is held for shortcuts.
const CONTROL: char = '\u{e009}';
/// Whether the focus is on an element or on a radio button of its group.
const ON: &str = "const e = document.activeElement, w = arguments[0]; \
    return e === w || (w.type === 'radio' && e.type === 'radio' && e.name === w.name && e.form === w.form)";
/// Whether the focus is on an element.
const AT: &str = "return document.activeElement === arguments[0]";
/// Whether nothing has the focus yet and an element stands behind the frame of the page.
const FRESH: &str = "return document.activeElement === document.body && arguments[0].closest('main') !== null";
/// The place of an option among those that can be chosen.
const INDEX: &str =
    "const w = arguments[0]; return [...w.closest('select').options].filter(o => !o.disabled).indexOf(w)";

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
    /// To the next part of a date.
    Right,
    /// To the part before.
    Left,
}

impl Key {
    /// Gives the character that WebDriver means by the key.
    fn code(self) -> char {
        match self {
            Self::Tab => '\u{e004}',
            Self::Enter => '\u{e007}',
            Self::Space => ' ',
            Self::Down => '\u{e015}',
            Self::Right => '\u{e014}',
            Self::Left => '\u{e012}',
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

    /// Presses Tab until the focus is on an element, or on a radio button of its group; from the top of a page the link
    /// that leads past its frame is used.
    ///
    /// # Panics
    /// Where it is not reached, or the focus is out of sight on the way.
    pub(super) async fn tab_onto(&self, element: &Element) {
        let element = reference(element);
        let mut skips = self.run(FRESH, vec![element.clone()]).await == json!(true);
        for _ in 0..FAR {
            if self.run(ON, vec![element.clone()]).await == json!(true) {
                let focus = self.seen_focus().await;
                assert_eq!(
                    focus[3],
                    json!(true),
                    "{}: the focus is out of sight on {focus}",
                    self.url().await
                );
                return;
            }
            self.strike(&Key::Tab.code().to_string()).await;
            if std::mem::take(&mut skips) {
                self.key(Key::Enter).await;
            }
        }
        let wanted = self.run("return arguments[0].outerHTML", vec![element]).await;
        panic!("{}: Tab never reaches {wanted}", self.url().await);
    }

    /// Types into a field in place of what it held.
    pub(super) async fn type_over(&self, field: &Element, text: &str) {
        self.tab_onto(field).await;
        let kind = field.attr("type").await.expect("a field").unwrap_or_default();
        if kind.starts_with("date") {
            self.date_by_keys(field, text).await;
        } else {
            let mut keys = KeyActions::new("keyboard".to_owned());
            for (value, down) in [(CONTROL, true), ('a', true), ('a', false), (CONTROL, false)] {
                keys = keys.then(if down {
                    KeyAction::Down { value }
                } else {
                    KeyAction::Up { value }
                });
            }
            self.client.perform_actions(keys).await.expect("keys");
            let typed = if text.is_empty() {
                "\u{e003}".to_owned()
            } else {
                text.replace('\n', "\u{e006}")
            };
            self.strike(&typed).await;
        }
        let held = field.prop("value").await.expect("a field").unwrap_or_default();
        assert_eq!(held.replace("\r\n", "\n"), text, "{}: what was typed", self.url().await);
    }

    /// Types a day or an instant, part by part, in the order that the browser's language has: the French one, else the
    /// American one.
    async fn date_by_keys(&self, field: &Element, text: &str) {
        let (day, hour) = text.split_once('T').unwrap_or((text, ""));
        let parts: Vec<&str> = day.split('-').collect();
        let [year, month, day] = parts[..] else {
            panic!("{text} is no day")
        };
        let hour = hour.replace(':', "");
        let (next, first) = (Key::Right.code(), Key::Left.code().to_string().repeat(6));
        let half = if hour.as_str() < "1200" { "AM" } else { "PM" };
        let of_day: u32 = hour.get(..2).and_then(|hour| hour.parse().ok()).unwrap_or_default();
        let of_half = (of_day + 11) % 12 + 1;
        let minutes = hour.get(2..).unwrap_or_default();
        let tries = if hour.is_empty() {
            [format!("{day}{month}{year}"), format!("{month}{day}{year}")]
        } else {
            [
                format!("{day}{month}{year}{next}{hour}"),
                format!("{month}{day}{year}{next}{of_half:02}{minutes}{half}"),
            ]
        };
        for typed in tries {
            self.strike(&format!("{first}{typed}")).await;
            if field.prop("value").await.expect("a field").as_deref() == Some(text) {
                return;
            }
        }
    }

    /// Ticks a box or takes its tick out with the space bar; goes to a radio button with the arrows.
    pub(super) async fn tick_by_keys(&self, field: &Element) {
        self.tab_onto(field).await;
        for _ in 0..40 {
            if self.run(AT, vec![reference(field)]).await == json!(true) {
                if !(field.attr("type").await.expect("a box").as_deref() == Some("radio")
                    && field.is_selected().await.expect("a box"))
                {
                    self.key(Key::Space).await;
                }
                return;
            }
            self.key(Key::Down).await;
        }
        panic!("{}: the arrows never reach a choice", self.url().await);
    }

    /// Chooses an option of a select with the arrows, from its first one.
    pub(super) async fn choose_by_keys(&self, option: &Element) {
        let select = self
            .run("return arguments[0].closest('select')", vec![reference(option)])
            .await;
        let select = self.known(&select).expect("a select");
        self.tab_onto(&select).await;
        let index = self
            .run(INDEX, vec![reference(option)])
            .await
            .as_u64()
            .unwrap_or_default();
        let down = Key::Down
            .code()
            .to_string()
            .repeat(usize::try_from(index).unwrap_or_default());
        self.strike(&format!("\u{e011}{down}")).await;
        assert!(
            option.is_selected().await.expect("an option"),
            "{}: the arrows choose",
            self.url().await
        );
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
