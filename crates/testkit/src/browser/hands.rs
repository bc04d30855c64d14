//! What hands do in the browser: fields are typed in, boxes ticked, buttons pressed, as a person would.

use super::{Browser, Key, Manner};
use fantoccini::Locator;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};
use std::path::Path;

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const FIELD: &str = "return [...document.querySelectorAll(`[name=\"${arguments[0]}\"]`)]\
    .find(f => f.type !== 'hidden' && f.checkVisibility() && (arguments[1] === null || f.value === arguments[1])) ?? null";

const OPTION: &str = "const flat = t => t.replace(/[\\u00a0\\u202f]/g, ' ').trim(); \
    return [...document.querySelectorAll(`select[name=\"${arguments[0]}\"]`)].filter(s => s.checkVisibility())\
    .flatMap(s => [...s.options]).find(o => flat(o.text).includes(flat(arguments[1]))) ?? null";

const PRESSED: &str = "const flat = t => t.replace(/[\\u00a0\\u202f]/g, ' ').replace(/\\s+/g, ' ').trim(); \
    const wanted = flat(arguments[0]); const kinds = ['button', 'a', 'summary']; \
    const all = ['main', 'nav.breadcrumb', 'header.site-head', 'footer'].flatMap(part => \
        [...document.querySelectorAll(kinds.map(kind => `${part} ${kind}`).join(','))]).filter(e => e.checkVisibility() && !e.closest('[aria-hidden=true]')); \
    const reads = e => flat(e.innerText || e.textContent); \
    return all.find(e => reads(e) === wanted) ?? all.find(e => reads(e).startsWith(wanted)) ?? null";

const LEAVES: &str = "const e = arguments[0] ?? document.activeElement; const link = e.closest('a'); \
    const away = link ? !link.hasAttribute('download') && link.getAttribute('href')?.startsWith('#') === false \
        : e.form != null && e.type !== 'button' && e.tagName !== 'TEXTAREA' && e.form.checkValidity() | e.form?.noValidate === true; \
    if (away) window.left = true; return Boolean(away)";

/// How often a page is asked whether it is there, each time a fortieth of a second later.
const PATIENCE: u32 = 200;

impl Browser {
    /// Types into a field, replacing what it held.
    ///
    /// A day or an instant gets its value at once: how it is typed depends on the browser's language.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.field(name, None).await;
        if self.manner == Manner::Keyboard {
            return self.type_over(&field, text).await;
        }
        let kind = field.attr("type").await.expect("a field").unwrap_or_default();
        if kind.starts_with("date") {
            let script =
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))";
            self.run(script, vec![reference(&field), json!(text)]).await;
        } else {
            field.clear().await.expect("a field that can be emptied");
            field.send_keys(text).await.expect("a field that can be typed in");
        }
    }

    /// Ticks a box or chooses a radio button by its name and value; a box that is ticked stays so.
    pub async fn tick(&self, name: &str, value: &str) {
        let field = self.field(name, Some(value).filter(|value| !value.is_empty())).await;
        if field.is_selected().await.expect("a box") {
            return;
        }
        if self.manner == Manner::Keyboard {
            self.tick_by_keys(&field).await;
        } else {
            field.click().await.expect("a box that can be ticked");
        }
    }

    /// Takes the tick out of a box.
    pub async fn untick(&self, name: &str, value: &str) {
        let field = self.field(name, Some(value).filter(|value| !value.is_empty())).await;
        if !field.is_selected().await.expect("a box") {
            return;
        }
        if self.manner == Manner::Keyboard {
            self.tick_by_keys(&field).await;
        } else {
            field.click().await.expect("a box");
        }
    }

    /// Chooses the option of a select whose label holds a text.
    pub async fn choose(&self, name: &str, label: &str) {
        let Some(option) = self.element(OPTION, vec![json!(name), json!(label)]).await else {
            panic!("{} has no choice {name} = {label}", self.url().await)
        };
        if self.manner == Manner::Keyboard {
            self.choose_by_keys(&option).await;
        } else {
            option.click().await.expect("an option");
        }
    }

    /// Gives a file to a file field.
    pub async fn attach(&self, name: &str, path: &Path) {
        let field = self.field(name, None).await;
        if self.manner == Manner::Keyboard {
            // The file chooser belongs to the desktop; the field takes the file's path where the focus is.
            self.tab_onto(&field).await;
        }
        field.send_keys(&path.display().to_string()).await.expect("a file");
    }

    /// Gives what a field holds.
    pub async fn held(&self, name: &str) -> String {
        let field = self.field(name, None).await;
        field.prop("value").await.expect("a field").unwrap_or_default()
    }

    /// Presses the button, follows the link or unfolds the part that reads so.
    pub async fn press(&self, label: &str) {
        let Some(found) = self.element(PRESSED, vec![json!(label)]).await else {
            panic!(
                "{} has nothing to press that reads « {label} »:\n{}",
                self.url().await,
                self.text().await
            )
        };
        if self.manner == Manner::Keyboard {
            self.tab_onto(&found).await;
            return self.key(Key::Enter).await;
        }
        let leaves = self.leaves(reference(&found)).await;
        if let Err(error) = found.click().await {
            panic!("{}: « {label} » cannot be pressed: {error}", self.url().await);
        }
        self.arrived(leaves).await;
    }

    /// Says whether pressing an element leads to another page, and marks this one.
    pub(super) async fn leaves(&self, element: Value) -> bool {
        self.run(LEAVES, vec![element]).await == json!(true)
    }

    /// Waits for the page that a script of the test has asked for.
    pub async fn arrives(&self) {
        self.arrived(true).await;
    }

    /// Waits for the next page, where there is to be one, and for the page to be whole.
    pub(super) async fn arrived(&self, leaves: bool) {
        for _ in 0..PATIENCE {
            let script = "return document.readyState === 'complete' && window.left !== true";
            if self.run(script, vec![]).await == json!(true) || !leaves {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        self.shot("failed").await;
        panic!("{}: nothing happens:\n{}", self.url().await, self.text().await);
    }

    /// Says whether the page has something to press that reads so.
    pub async fn offers(&self, label: &str) -> bool {
        self.element(PRESSED, vec![json!(label)]).await.is_some()
    }

    /// Gives the visible text of what a CSS selector finds first.
    pub async fn part(&self, selector: &str) -> String {
        match self.client.find(Locator::Css(selector)).await {
            Ok(found) => found.text().await.unwrap_or_default(),
            Err(_) => panic!("{} has no {selector}", self.url().await),
        }
    }

    async fn field(&self, name: &str, value: Option<&str>) -> Element {
        match self.element(FIELD, vec![json!(name), json!(value)]).await {
            Some(field) => field,
            None => panic!(
                "{} shows no field {name} {}:\n{}",
                self.url().await,
                value.unwrap_or_default(),
                self.text().await
            ),
        }
    }

    async fn element(&self, script: &str, args: Vec<Value>) -> Option<Element> {
        let found = self.run(script, args).await;
        self.known(&found)
    }

    /// Gives the element that a script named.
    pub(super) fn known(&self, found: &Value) -> Option<Element> {
        let id = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), ElementRef::from(id)))
    }
}

/// Gives what names an element to a script.
pub(super) fn reference(element: &Element) -> Value {
    json!({ELEMENT: element.element_id().to_string()})
}
