// What gets better with a script. Every page works without it.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// An error summary takes the focus, so that it is read first.
document.querySelector(".error-summary")?.focus();

// The account menu closes on Escape and on a press outside.
for (const menu of all("details.menu")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// « dans 3 jours », after the date that the server wrote.
const units = [["hour", 3600], ["minute", 60]];
const relative = new Intl.RelativeTimeFormat(document.documentElement.lang || "fr", { numeric: "auto" });
const hours = (seconds) => {
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units[1];
  return relative.format(Math.round(seconds / length), unit);
};
const calendar = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }); // 2026-02-03
const dayOf = (instant) => Date.parse(calendar.format(instant)) / 86400000;
for (const time of all("time[data-relative]")) {
  const instant = Date.parse(time.dateTime);
  const seconds = (instant - Date.now()) / 1000;
  if (!(Math.abs(seconds) < 60 * 86400)) continue; // no date, or too far to help
  // « avant-hier » is two pages of the calendar ago, whatever the hour.
  const days = dayOf(instant) - dayOf(Date.now());
  const hint = document.createElement("span");
  hint.className = "relative";
  hint.textContent = ` (${days === 0 ? hours(seconds) : relative.format(days, "day")})`;
  time.append(hint);
}

// What is awaited is looked at again and shown in its place once it is there: the state is read out, the focus stays.
const awaited = () => document.querySelector("[data-awaited]");
const lookAgain = async () => {
  try {
    const text = await (await fetch(location.href)).text();
    const now = new DOMParser().parseFromString(text, "text/html");
    const [told, outcome] = ["[data-told]", "[data-outcome]"].map((one) => now.querySelector(one));
    if (told && outcome) {
      const waits = now.querySelector("[data-awaited]");
      if (!waits) document.querySelector("[data-told]").replaceChildren(...told.childNodes);
      if (!waits || !awaited().contains(document.activeElement)) document.querySelector("[data-outcome]").replaceWith(outcome);
    }
  } catch {
    // The link beside it does the same without a script.
  }
  if (awaited()) setTimeout(lookAgain, 3000);
};
if (awaited()) setTimeout(lookAgain, 1500);

// Suggestions for a field in which an organisation is chosen: asked once the typing pauses.
for (const input of all("[data-suggest]")) {
  let wait;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    const list = input.list;
    // A suggestion that was taken is whole.
    if (input.value.trim().length < 2 || all("option", list).some((one) => one.value === input.value)) return;
    wait = setTimeout(async () => {
      const url = new URL(input.dataset.suggest, location.href);
      url.searchParams.set("nom", input.value);
      try {
        const found = await (await fetch(url)).json();
        list.replaceChildren(...found.map((one) => Object.assign(document.createElement("option"), { value: one })));
      } catch {
        // Without suggestions the field takes a name or a code as before.
      }
    }, 200);
  });
}

// Print buttons.
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Copy buttons.
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = label), 3000);
    } catch {
      getSelection().selectAllChildren(source);
    }
  });
}

// Drafts, only of the texts that ask for it, for 14 days, in this browser. A draft is dropped once its form has been
// sent and the page that answers does not show the form again.
const PREFIX = "beffroi-draft:";
const SENT = "beffroi-sent";
const KEEP = 14 * 86400 * 1000;
const guarded = (work) => {
  try {
    return work();
  } catch {
    return undefined; // storage refused or full: the page works without
  }
};
const drafts = all("textarea[data-draft-key]");
guarded(() => {
  const shown = new Set(drafts.map((area) => area.dataset.draftKey));
  for (const key of JSON.parse(sessionStorage.getItem(SENT) ?? "[]")) {
    if (!shown.has(key)) localStorage.removeItem(PREFIX + key);
  }
  sessionStorage.removeItem(SENT);
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    if (!(JSON.parse(localStorage.getItem(key)).at > Date.now() - KEEP)) localStorage.removeItem(key);
  }
});
for (const area of drafts) {
  const key = PREFIX + area.dataset.draftKey;
  const note = area.parentElement.querySelector(".draft");
  const kept = guarded(() => JSON.parse(localStorage.getItem(key)));
  if (kept && area.value.trim() === "") {
    area.value = kept.text;
    if (note) note.hidden = false;
  }
  note?.querySelector("button").addEventListener("click", () => {
    area.value = area.defaultValue;
    note.hidden = true;
    guarded(() => localStorage.removeItem(key));
    area.focus();
  });
  let timer;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => guarded(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), text: area.value }))), 400);
  });
}
for (const form of all("form[data-forget-drafts]")) {
  form.addEventListener("submit", () => guarded(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }));
}

// Leaving a long form with unsaved words asks first; a form is sent once.
for (const form of all("form")) {
  let dirty = false;
  let sent = false;
  form.addEventListener("input", () => (dirty = true));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (sent) return event.preventDefault();
    sent = form.method === "post";
    if (!sent) return;
    const keys = all("textarea[data-draft-key]", form).map((area) => area.dataset.draftKey);
    if (keys.length) guarded(() => sessionStorage.setItem(SENT, JSON.stringify(keys)));
    for (const button of all("button", form)) button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sent = false;
    for (const button of all("button", form)) button.removeAttribute("aria-disabled");
  });
  if (form.hasAttribute("data-guard")) {
    addEventListener("beforeunload", (event) => {
      if (dirty && !sent) event.preventDefault();
    });
  }
}

// Markdown preview, rendered and cleaned by the server.
for (const tabs of all("[data-preview-url]")) {
  const area = document.getElementById(tabs.dataset.for);
  const [write, show] = tabs.querySelectorAll("button");
  const pane = document.createElement("div");
  pane.className = "preview-pane prose";
  pane.setAttribute("aria-live", "polite");
  pane.hidden = true;
  area.after(pane);
  tabs.hidden = false;
  const turn = (previewing) => {
    area.hidden = previewing;
    pane.hidden = !previewing;
    write.setAttribute("aria-pressed", String(!previewing));
    show.setAttribute("aria-pressed", String(previewing));
  };
  write.addEventListener("click", () => turn(false));
  show.addEventListener("click", async () => {
    turn(true);
    try {
      const answer = await fetch(tabs.dataset.previewUrl, { method: "POST", body: new URLSearchParams({ text: area.value }) });
      if (!answer.ok) throw new Error(answer.status);
      pane.innerHTML = await answer.text();
    } catch {
      pane.textContent = show.dataset.failed;
    }
  });
}
