(function () {
"use strict";

// The companies and filings: searched, opened. A filing is a row of the JSON block, as converter/archive/page.py makes it.

const [COMPANY, CIK, FORM, PERIOD, ACCESSION, PATH, SOURCE, PAGE, FILES, CHECKS, FINDINGS] = Array(11).keys();
const filings = JSON.parse(document.querySelector("script[type='application/json']").textContent);
const search = document.getElementById("search");
const doubtful = document.getElementById("doubtful");
const list = document.getElementById("companies");
const said = document.getElementById("said");
const AT_A_TIME = 100;
let shown = AT_A_TIME;

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== ""));
  return element;
}
const plural = (count, one, many) => count.toLocaleString("en") + " " + (count === 1 ? one : many);
const texts = filings.map((filing) => filing.slice(0, SOURCE).join("\n").toLowerCase());

function found() { // companies with their filings that are asked for, in the order of the list
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const companies = new Map();
  filings.forEach((filing, at) => {
    if (doubtful.checked && !filing[CHECKS][2] && !filing[FINDINGS][0]) return;
    if (!words.every((word) => texts[at].includes(word))) return;
    const key = filing[CIK] || filing[COMPANY];
    if (!companies.has(key)) companies.set(key, []);
    companies.get(key).push(filing);
  });
  for (const some of companies.values()) some.sort((one, other) => one[PERIOD] < other[PERIOD] ? -1 : one[PERIOD] > other[PERIOD] ? 1 : 0);
  return [...companies.values()];
}

function row(filing) {
  const name = [filing[FORM], filing[PERIOD]].filter(Boolean).join(", ") || "filing";
  const [confirmed, unconfirmed, contradicted] = filing[CHECKS];
  const [errors, warnings] = filing[FINDINGS];
  const some = (...parts) => parts.filter(([number]) => number).map(([number, one, many]) => plural(number, one, many || one)).join(", ") || "none";
  const file = (address) => make("a", { href: address }, decodeURIComponent(address).replace(/^.*?(\.[^/]*)$/, "$1"));
  return make("tr", { class: contradicted || errors ? "doubtful" : "" },
    make("th", { scope: "row" }, filing[PAGE] ? make("a", { href: filing[PAGE] }, name) : name, make("small", {}, filing[ACCESSION])),
    make("td", {}, some([contradicted, "contradicted"], [confirmed, "confirmed"], [unconfirmed, "unconfirmed"])),
    make("td", {}, some([errors, "error", "errors"], [warnings, "warning", "warnings"])),
    make("td", { class: "files" }, ...filing[FILES].flatMap((address) => [file(address), " "])),
    make("td", { class: "path" }, filing[SOURCE] ? make("a", { href: filing[SOURCE] }, filing[PATH]) : filing[PATH]));
}

function company(some, open) {
  const years = some.map((filing) => filing[PERIOD].slice(0, 4)).filter(Boolean).sort();
  const contradicted = some.filter((filing) => filing[CHECKS][2] || filing[FINDINGS][0]).length;
  const span = years.length ? [...new Set([years[0], years[years.length - 1]])].join("–") : "";
  const about = [plural(some.length, "filing", "filings"), span, some[0][CIK] ? "CIK " + some[0][CIK] : "",
    contradicted ? contradicted + " to look at" : ""].filter(Boolean).join(" · ");
  const name = some[some.length - 1][COMPANY] || "no name";
  const made = make("details", {}, make("summary", {}, name, make("small", {}, about)));
  const fill = () => {
    if (made.querySelector("table")) return;
    const head = make("tr", {}, ...["Filing", "Headline figures", "Findings", "Files", "Source"].map((text) => make("th", { scope: "col" }, text)));
    made.append(make("div", { class: "wide", tabindex: "0", role: "group", "aria-label": "Filings of " + name },
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...some.map(row)))));
  };
  made.addEventListener("toggle", fill);
  if (open) { fill(); made.open = true; }
  return made;
}

function show() {
  const companies = found();
  const count = companies.reduce((sum, some) => sum + some.length, 0);
  said.textContent = plural(companies.length, "company", "companies") + ", " + plural(count, "filing", "filings");
  list.replaceChildren(...companies.slice(0, shown).map((some) => company(some, companies.length <= 3)));
  if (companies.length > shown) {
    const more = make("button", { type: "button" }, "Show " + Math.min(AT_A_TIME, companies.length - shown) + " more");
    more.addEventListener("click", () => { shown += AT_A_TIME; show(); });
    list.append(more);
  }
}

const again = () => { shown = AT_A_TIME; show(); };
search.addEventListener("input", again);
doubtful.addEventListener("change", again);
document.getElementById("filter").hidden = false;
show();
})();
