// The frame: the bar, the filing, and the panel with a view above and the details of a fact below.

const NARROW = 800;
const narrow = () => innerWidth <= NARROW;
let chosen = -1; // the fact in the panel
let chosenMark = -1;
let only = ""; // the state that stepping is confined to
let keys = true;
let view = "";
const summary = document.getElementById("review-summary");
const VIEWS = { statements: statementsView, overview: overviewView, findings: findingsView, help: helpView, search: resultsView,
  corrections: correctionsView };

document.documentElement.lang = "en";
document.body.classList.add("review", "alone");
source.setAttribute("role", "main");
source.setAttribute("tabindex", "0");
source.setAttribute("aria-label", "The filing");

const filters = make("div", { class: "set kinds", role: "group", "aria-label": "Step through only" });
for (const [state, text] of STATES) {
  const count = data.facts.filter((fact) => has(fact, state)).length;
  if (count) filters.append(button([swatch(state), text + " " + count], () => confine(only === state ? "" : state), { "aria-pressed": "false", "data-state": state }));
}
const tab = (name, ...text) => button(text.flat(), () => view === name && !document.body.classList.contains("alone") && narrow() ? closePanel() : show(name),
  { "aria-pressed": "false", "data-view": name });
const weight = data.findings.filter(weighty).length;
const views = make("div", { class: "set views", role: "group", "aria-label": "Panel" }, tab("statements", "Statements"), tab("overview", "Overview"),
  tab("findings", "Findings " + data.findings.length, weight ? [" ", make("span", { class: "count", title: weight + " warnings and errors" }, String(weight))] : null),
  tab("corrections", "Corrections"), button("?", () => show("help"), { "aria-pressed": "false", "data-view": "help", "aria-label": "Help" }));
const title = make("h1", { class: "title" }, data.title, data.about ? make("span", {}, data.about) : null);
summary.querySelector("h1").replaceWith(make("h2", {}, summary.querySelector("h1").textContent));
const bar = make("header", { class: "bar" }, title, views, search, filters, told);
const panelView = make("div", { class: "view" });
const detail = make("section", { class: "detail", "aria-label": "The chosen fact", hidden: true });
const panel = make("aside", { class: "panel", "aria-label": "Details" }, panelView, detail);
document.body.prepend(make("a", { class: "skip", href: "#review-source" }, "Skip to the filing"), bar);
document.body.append(panel);

function countCorrections() {
  const made = views.querySelector("[data-view=corrections]");
  made.replaceChildren("Corrections", ...(corrections.size ? [" ", make("span", { class: "count" + (saved ? " calm" : ""), title: saved ? "saved in a file" : "in no file yet" }, String(corrections.size))] : []));
}

// The panel

function show(name, ...content) {
  const same = view === name;
  const at = panelView.scrollTop;
  view = name;
  panelView.replaceChildren(button("Close", closePanel, { class: "close" }), ...(content.length ? content : VIEWS[name]()).flat(Infinity).filter(Boolean));
  panelView.scrollTop = same ? at : 0;
  document.body.classList.remove("alone");
  if (narrow()) closeDetail();
  for (const each of views.children) each.setAttribute("aria-pressed", String(each.dataset.view === name));
  scrollable();
}

function scrollable() { // what scrolls can be scrolled by the keyboard
  for (const each of [panelView, detail]) {
    if (each.scrollHeight > each.clientHeight) each.setAttribute("tabindex", "0"); else each.removeAttribute("tabindex");
  }
}

function closePanel() {
  document.body.classList.add("alone");
  closeDetail();
  for (const each of views.children) each.setAttribute("aria-pressed", "false");
  if (chosenMark >= 0) anchors[chosenMark].focus({ preventScroll: true });
}

function closeDetail() {
  detail.hidden = true;
  document.body.classList.remove("detailed");
}

// Choosing and stepping

function stepping() {
  const numbers = data.facts.map((_, number) => number);
  return (only ? numbers.filter((number) => has(data.facts[number], only)) : numbers)
    .filter((number) => data.facts[number].mark !== undefined)
    .sort((one, other) => data.facts[one].mark - data.facts[other].mark || one - other);
}

function choose(number, focus = true) {
  const fact = data.facts[number];
  if (chosenMark >= 0) anchors[chosenMark].removeAttribute("aria-current");
  chosen = number;
  chosenMark = fact.mark === undefined ? -1 : fact.mark;
  if (!view || narrow() && view !== "search") show("statements");
  detail.replaceChildren(...factView(number).flat(Infinity).filter((part) => part !== null && part !== undefined));
  detail.hidden = false;
  detail.scrollTop = 0;
  document.body.classList.remove("alone");
  document.body.classList.add("detailed");
  if (view === "statements") showInTable(number);
  if (detail.hidden) { // another statement was shown
    detail.hidden = false;
    document.body.classList.add("detailed");
  }
  scrollable();
  tell([captionOf(fact), fact.shown, unitOf(fact), labelOf(fact.concept)].join(", "));
  if (chosenMark >= 0) {
    const anchor = anchors[chosenMark];
    anchor.setAttribute("aria-current", "true");
    rove(chosenMark);
    reveal(anchor);
    if (focus) anchor.focus({ preventScroll: true });
  }
  try { history.replaceState(null, "", "#" + fact.id); } catch (refused) { /* some viewers forbid it */ }
}

function reveal(element) { // in the middle of the filing, unless it can be seen
  const [place, frame] = [element.getBoundingClientRect(), source.getBoundingClientRect()];
  const high = place.top < frame.top + 24 || place.bottom > frame.bottom - 24;
  const wide = place.left < frame.left || place.right > frame.right;
  if (high || wide) element.scrollIntoView({ block: high ? "center" : "nearest", inline: wide ? "center" : "nearest" });
}

function step(by) {
  const list = stepping();
  if (!list.length) return;
  const at = list.indexOf(chosen);
  if (at >= 0) return choose(list[(at + by + list.length) % list.length]);
  const here = place(by); // none is chosen, or one of another kind: go on from there
  const next = by > 0 ? list.find((number) => data.facts[number].mark > here)
    : list.slice().reverse().find((number) => data.facts[number].mark < here);
  choose(next === undefined ? list[by > 0 ? 0 : list.length - 1] : next);
}

function place(by) { // the mark to step from: the chosen one, else the one before or after the first that can be seen
  if (chosenMark >= 0) return chosenMark;
  const top = source.getBoundingClientRect().top;
  const seen = anchors.findIndex((anchor) => anchor.getBoundingClientRect().top >= top);
  return seen < 0 ? anchors.length : by > 0 ? seen - 1 : seen;
}

function stepDoubtful(by) {
  const list = stepping().filter((number) => has(data.facts[number], "doubtful") || has(data.facts[number], "low"));
  if (!list.length) return void tell("No fact is in doubt");
  const here = place(by);
  const next = by > 0 ? list.find((number) => data.facts[number].mark > here)
    : list.slice().reverse().find((number) => data.facts[number].mark < here);
  choose(next === undefined ? list[by > 0 ? 0 : list.length - 1] : next);
}

function confine(state) {
  only = state;
  document.body.classList.toggle("dim", state !== "");
  for (const each of filters.children) each.setAttribute("aria-pressed", String(each.dataset.state === state));
  anchors.forEach((anchor, at) => anchor.classList.toggle("shown",
    state !== "" && data.marks[at].facts.some((number) => has(data.facts[number], state))));
  if (state) step(1);
}

function drop() {
  if (chosenMark >= 0) anchors[chosenMark].removeAttribute("aria-current");
  chosen = chosenMark = -1;
  closeDetail();
  markCells(-1);
}

function stepStatement(by) {
  if (!data.statements.length) return;
  drop();
  showStatement((tableOf + by + data.statements.length) % data.statements.length);
}

function jump(id) {
  const target = document.getElementById(id);
  if (!target) return;
  if (markOf.has(target)) return choose(data.marks[markOf.get(target)].facts[0]);
  target.scrollIntoView({ block: "start", inline: "nearest" });
  if (!narrow()) source.focus({ preventScroll: true });
}

function rove(at) { // one mark is in the tab order: the chosen one, at first the first
  for (const anchor of source.querySelectorAll("a.fact[tabindex='0']")) anchor.tabIndex = -1;
  if (anchors[at]) anchors[at].tabIndex = 0;
}

// Events

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-fact], a.headline");
  if (!link) return;
  event.preventDefault();
  const number = link.dataset.fact === undefined ? factOf.get(link.getAttribute("href").slice(1)) : Number(link.dataset.fact);
  choose(number, !link.closest("table.statement"));
});
source.addEventListener("click", (event) => {
  const anchor = event.target.closest("a.fact");
  const note = event.target.closest(".note");
  if (!anchor && note) show("findings", findingsView(note.id));
  if (!anchor) return;
  event.preventDefault();
  choose(data.marks[markOf.get(anchor)].facts[0]);
});

const KEYS = {
  j: () => step(1), k: () => step(-1), s: () => stepStatement(view === "statements" ? 1 : 0), S: () => stepStatement(-1),
  n: () => stepDoubtful(1), N: () => stepDoubtful(-1), t: () => show("statements"), c: () => show("overview"), "?": () => show("help"),
  "/": () => { search.focus(); search.select(); },
};
const ON_A_MARK = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest && event.target.closest("input, textarea, select");
  if (event.key === "Escape") {
    if (typing === search) search.value = "";
    if (only) confine("");
    drop();
    if (typing) typing.blur();
    if (narrow()) closePanel(); else show("statements");
  } else if (typing && typing.type !== "checkbox") {
    return;
  } else if (event.key in ON_A_MARK && document.activeElement.matches("a.fact")) {
    step(ON_A_MARK[event.key]);
  } else if (keys && event.key in KEYS) {
    KEYS[event.key]();
  } else {
    return;
  }
  event.preventDefault();
});

for (const anchor of anchors) anchor.tabIndex = -1;
rove(0);
countCorrections();
const first = factOf.get(location.hash.slice(1));
show("statements");
if (first !== undefined) choose(first, false);
else if (data.statements.length) document.getElementById(data.statements[tableOf].target).scrollIntoView({ block: "start", inline: "nearest" });
