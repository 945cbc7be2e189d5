// Small helpers: elements, text, numbers.

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const button = (text, click, attributes) => make("button", { type: "button", click, ...attributes }, text);
const swatch = (state) => make("span", { class: "swatch " + state, "aria-hidden": "true" });
const percent = (share) => share > 0 && share < 0.01 ? "under 1%" : Math.round(share * 100) + "%";
const plural = (count, word) => count + " " + word + (count === 1 ? "" : "s");
const tell = (text) => { told.textContent = text; };
const told = make("p", { class: "unseen", "aria-live": "polite" });

const broken = (name) => name.split(/(?=[A-Z][a-z])/).flatMap((word) => [make("wbr"), word]); // a long name may break at its words

// Amounts are text in whole units, such as "−1,013,000"; nothing is rounded on the way.

const numberOf = (text) => Number(text.replace(/,/g, "").replace("−", "-"));

function scaled(text, power) { // "1,013,000" in thousands: "1,013"
  if (!power) return text;
  const minus = text.startsWith("−") ? "−" : "";
  const [whole, fraction = ""] = text.replace(/[−,]/g, "").split(".");
  const digits = whole.padStart(power + 1, "0");
  const rest = (digits.slice(-power) + fraction).replace(/0+$/, "");
  return minus + digits.slice(0, -power).replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? "." + rest : "");
}

function withDecimals(text, digits) { // "296" with one: "296.0", as it is printed
  const [whole, fraction = ""] = text.split(".");
  return digits > fraction.length ? whole + "." + fraction.padEnd(digits, "0") : text;
}

function shareOfChange(now, before) { // "+12.3%", "" where a share says nothing
  const [one, other] = [numberOf(now), numberOf(before)];
  if (!other || other < 0 !== one < 0 || !one) return "";
  const change = (one - other) / Math.abs(other) * 100;
  if (Math.abs(change) >= 1000) return "×" + Math.round(one / other);
  return (change < 0 ? "−" : change > 0 ? "+" : "") + Math.abs(change).toFixed(1) + "%";
}

// Periods

const days = (period) => period.start ? (Date.parse(period.end) - Date.parse(period.start)) / 864e5 + 1 : 0;

const shortPeriod = (period) => [lengthOf(period), period.end].join(" ").trim(); // "3 months to 2003-09-30"

function lengthOf(period) {
  if (!period.start) return "";
  const months = Math.round(days(period) / 30.44);
  return (months === 12 ? "year" : months ? plural(months, "month") : plural(days(period), "day")) + " to";
}

const fullPeriod = (period) => period.start ? period.start + " to " + period.end + " (" + plural(days(period), "day") + ")" : period.end;

function isBefore(one, other) { // as long, and earlier
  return Math.abs(days(one) - days(other)) <= 10 && one.end < other.end;
}
