// Corrections: a table of mappings for the converter's option --mapping. Kept in the browser, saved and opened as a file.

const STORED = "text-to-xbrl corrections " + data.key;
let corrections = new Map(); // "pattern\nstatement" -> concept
let kept = true; // whether the browser keeps them
let saved = true; // whether a file has them
let taxonomy = null; // [name, label, statements] of every concept, unpacked when it is first needed

try {
  corrections = new Map(JSON.parse(localStorage.getItem(STORED) || "[]"));
  saved = corrections.size === 0;
} catch (refused) { kept = false; }

function keep() {
  saved = corrections.size === 0;
  try {
    if (corrections.size) localStorage.setItem(STORED, JSON.stringify([...corrections])); else localStorage.removeItem(STORED);
    kept = true;
  } catch (refused) { kept = false; }
  countCorrections();
}

addEventListener("beforeunload", (event) => { if (!kept && !saved) event.preventDefault(); });

async function unpacked() {
  if (!taxonomy) {
    const bytes = Uint8Array.from(atob(document.querySelector("script[type='application/octet-stream']").textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    taxonomy = JSON.parse(await new Response(stream).text());
  }
  return taxonomy;
}

const escaped = (caption) => caption.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const keyOf = (row) => escaped(row.caption) + "\n" + row.statement;

function correctionOf(row) { // the concept that a correction gives to a row
  if (corrections.has(keyOf(row))) return corrections.get(keyOf(row));
  for (const [key, name] of corrections) {
    const [pattern, statement] = key.split("\n");
    if (statement && statement !== row.statement) continue;
    try { if (new RegExp("^(?:" + pattern + ")$", "i").test(row.caption)) return name; } catch (unclear) { /* Python may know it */ }
  }
  return undefined;
}

function nearest(concepts, text, row) { // concepts for what was typed, those of the row's statement first
  const words = text.toLowerCase().split(/[\s,]+/).filter(Boolean);
  const phrase = words.join(" ");
  const ranked = [];
  concepts.forEach(([name, label, statements], at) => {
    const [one, other] = [name.toLowerCase(), label.toLowerCase()];
    if (!words.every((word) => one.includes(word) || other.includes(word))) return;
    const rank = one === phrase || other === phrase ? 0 : one.startsWith(phrase) || other.startsWith(phrase) ? 1 : 2;
    ranked.push([rank * 2 + (statements.split(" ").includes(row.statement) ? 0 : 1), other.length, at]);
  });
  ranked.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return ranked.map(([, , at]) => concepts[at]);
}

function correction(row) { // a field that searches the taxonomy, for the row of a fact
  if (!row || !row.caption) return [];
  const most = 40;
  let options = [];
  let at = -1;
  const list = make("ul", { id: "review-options", role: "listbox", "aria-label": "Concepts", hidden: true });
  const alert = make("p", { class: "warning", role: "alert", hidden: true });
  const field = make("input", { id: "review-concept", role: "combobox", "aria-expanded": "false", "aria-controls": "review-options",
    "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: "name or words, - for none" });
  field.value = corrections.get(keyOf(row)) || "";
  const refuse = (text) => { alert.textContent = text; alert.hidden = !text; };
  const close = () => { list.hidden = true; at = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
  const point = (to) => {
    at = Math.min(Math.max(to, 0), options.length - 1);
    Array.from(list.children).forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (list.children[at]) {
      list.children[at].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", list.children[at].id);
    }
  };
  const open = async () => {
    const concepts = await unpacked();
    const text = field.value.trim();
    const near = row.runnersUp.map(([name]) => concepts.find((concept) => concept[0] === name)).filter(Boolean);
    options = (text ? nearest(concepts, text, row) : near).slice(0, most);
    list.replaceChildren(...options.map(([name, label], number) => make("li", { role: "option", id: "review-option-" + number, "aria-selected": "false",
      pointerdown: (event) => { event.preventDefault(); field.value = name; close(); note(); } }, label, make("small", { class: "name" }, name))));
    list.hidden = !options.length;
    at = -1;
    field.setAttribute("aria-expanded", String(!list.hidden));
    tell(plural(options.length, "concept"));
  };
  const note = async () => {
    const name = at >= 0 ? options[at][0] : field.value.trim();
    const concepts = await unpacked();
    const known = name === "" || name === "-" ? [name] : concepts.find((concept) => concept[0].toLowerCase() === name.toLowerCase());
    if (!known) {
      const near = nearest(concepts, name, row).slice(0, 3).map((concept) => concept[0]);
      return refuse("The taxonomy has no concept “" + name + "”." + (near.length ? " Do you mean " + near.join(", ") + "?" : ""));
    }
    refuse("");
    close();
    field.value = known[0];
    if (known[0]) corrections.set(keyOf(row), known[0]); else corrections.delete(keyOf(row));
    keep();
    if (view === "statements" || view === "corrections") show(view);
    if (chosen >= 0) markCells(chosen);
    done.textContent = known[0] ? "Noted: " + plural(corrections.size, "correction") + (kept ? ", kept in this browser." : ".") : "No correction.";
  };
  const done = make("p", { class: "quiet", role: "status" });
  field.addEventListener("input", () => { refuse(""); open(); });
  field.addEventListener("focus", () => { if (!field.value) open(); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") note();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open(); else point(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape" && !list.hidden) close(); else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return [make("h3", {}, make("label", { for: "review-concept" }, "Another concept for this row")),
    make("div", { class: "entry" }, field, button("Note", note)), list, alert, done];
}

// As a file

const quoted = (text) => /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
const csv = () => "pattern,statement,concept\n" + [...corrections].map(([key, name]) => [...key.split("\n"), name].map(quoted).join(",") + "\n").join("");

function cellsOf(line) { // of CSV, as Python's csv module reads it
  const cells = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y;
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    cells.push((match[1] === undefined ? match[2] : match[1].replace(/""/g, '"')).trim());
    if (!match[3]) break;
  }
  return cells;
}

async function opened(file) { // take the corrections of a table; what cannot be taken is told
  const concepts = new Set((await unpacked()).map(([name]) => name));
  const lines = (await file.text()).replace(/^\ufeff/, "").split(/\r?\n/).filter((line) => line.trim() && !line.startsWith("#"));
  const columns = cellsOf(lines[0] || "").map((name) => name.toLowerCase());
  const [pattern, statement, concept] = ["pattern", "statement", "concept"].map((name) => columns.indexOf(name));
  if (Math.min(pattern, statement, concept) < 0) return [file.name + ": its first line must be pattern,statement,concept"];
  const wrong = [];
  for (const line of lines.slice(1)) {
    const cells = cellsOf(line);
    if (cells[concept] === "-" || concepts.has(cells[concept])) corrections.set(cells[pattern] + "\n" + cells[statement].toLowerCase(), cells[concept]);
    else wrong.push("no concept " + cells[concept] + ": " + line);
  }
  const had = corrections.size;
  keep();
  saved = !wrong.length && had === lines.length - 1;
  return wrong;
}

function correctionsView(wrong) {
  const text = make("textarea", { readonly: true, rows: String(Math.min(12, corrections.size + 2)), "aria-label": "Table of mappings" });
  text.value = csv();
  const file = make("input", { type: "file", accept: ".csv,text/csv", id: "review-open",
    change: async (event) => { if (event.target.files.length) show("corrections", ...correctionsView(await opened(event.target.files[0]))); } });
  const save = make("a", { class: "button", href: "data:text/csv;charset=utf-8," + encodeURIComponent(csv()), download: "mapping.csv",
    click: () => { saved = true; } }, "Save mapping.csv");
  const drop = (key) => { if (key === undefined) corrections.clear(); else corrections.delete(key); keep(); show("corrections"); };
  const dropAll = () => { if (saved || confirm("Drop " + plural(corrections.size, "correction") + " that no file has?")) drop(); };
  const state = !corrections.size ? "None yet. Choose a figure of a statement, and name another concept for its row at the end of its details."
    : !kept ? "This browser does not keep them: save the table before you leave the page." : "This browser keeps them for this filing. Save the table, and convert again with it:";
  return [make("h2", {}, "Corrections"), (wrong || []).map((each) => make("p", { class: "warning", role: "alert" }, each)), make("p", { class: kept ? null : "warning" }, state),
    corrections.size ? [make("pre", { class: "command", tabindex: "0" }, data.command), make("p", { class: "actions" }, save, button("Drop all", dropAll)), text,
      make("ul", {}, [...corrections].map(([key, name]) => make("li", { class: "entry" }, make("span", {}, key.split("\n")[0].replace(/\\(.)/g, "$1"), make("small", { class: "name" }, name)),
        button("Drop", () => drop(key), { "aria-label": "Drop the correction of " + key.split("\n")[0] }))))] : null,
    make("p", { class: "actions" }, make("label", { for: "review-open" }, "Open a mapping.csv "), file)];
}
