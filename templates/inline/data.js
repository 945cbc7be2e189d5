// Another viewer has a frame of its own. It runs only where the page's policy was taken out, which forbids its script.
if (document.querySelector("script[type*='ixbrl-viewer']") && !document.querySelector("meta[http-equiv='Content-Security-Policy']")) return;

// What the converter says of its facts (the JSON block), and the marks in the text, in the same order.

const data = JSON.parse(document.querySelector("script[type='application/json']").textContent);
const source = document.getElementById("review-source");
const anchors = Array.from(source.querySelectorAll("a.fact"));
const markOf = new Map(anchors.map((anchor, at) => [anchor, at]));
const factOf = new Map(data.facts.map((fact, number) => [fact.id, number]));
const STATES = [
  ["mapped", "Own concept", "has a concept of its own"],
  ["low", "Low confidence", "the concept is doubtful"],
  ["general", "General line", "no concept fits: a general line item with the printed caption"],
  ["cover", "Cover", "about the document"],
  ["doubtful", "Finding", "something is said about this figure"],
];
const SCALES = { 3: "thousands", 6: "millions", 9: "billions" };

data.marks.forEach((mark, at) => {
  for (const number of mark.facts) {
    const fact = data.facts[number];
    if (fact.mark === undefined || anchors[at].querySelector("[id='" + fact.id + "']")) fact.mark = at;
    fact.findings = (fact.findings || []).concat(mark.findings);
  }
});

const factAt = new Map(); // "row/column" -> fact
data.facts.forEach((fact, number) => { for (const cell of fact.cells) factAt.set(cell.join("/"), number); });

data.statements.forEach((statement, number) => {
  for (let row = statement.first; row < statement.first + statement.rows; row += 1) data.rows[row].of = number;
});

const weighty = (finding) => finding.severity !== "info";
const doubtful = (fact) => fact.damaged || (fact.findings || []).some((at) => weighty(data.findings[at]));
const has = (fact, state) => state === "doubtful" ? doubtful(fact) : fact.state === state;
const labelOf = (name) => (data.concepts[name] || {}).label || name;
const unitOf = (fact) => fact.unit === null ? "" : data.units[fact.unit];
const rowOf = (fact) => fact.cells.length ? data.rows[fact.cells[0][0]] : null;
const captionOf = (fact) => (rowOf(fact) || {}).caption || fact.label || labelOf(fact.concept);
const contextOf = (fact) => data.contexts[fact.context];

// The fact of the period before, of the same concept, unit and dimensions: a year ago if there is one, else the last.

const series = new Map();
const seriesOf = (fact) => [fact.concept, fact.unit, ...contextOf(fact).dimensions].join("\n");
data.facts.forEach((fact, number) => {
  if (fact.unit === null) return;
  const key = seriesOf(fact);
  if (!series.has(key)) series.set(key, []);
  series.get(key).push(number);
});

function before(number) {
  const fact = data.facts[number];
  const now = contextOf(fact);
  const earlier = (series.get(seriesOf(fact)) || []).filter((other) => isBefore(contextOf(data.facts[other]), now));
  const ago = (other) => Math.abs((Date.parse(now.end) - Date.parse(contextOf(data.facts[other]).end)) / 864e5 - 365);
  earlier.sort((one, other) => ago(one) - ago(other));
  if (earlier.length && ago(earlier[0]) <= 15) return earlier[0];
  return earlier.sort((one, other) => contextOf(data.facts[one]).end < contextOf(data.facts[other]).end ? 1 : -1)[0];
}
