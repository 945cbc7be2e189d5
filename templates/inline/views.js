// What the panel can show: each function gives the elements of one view.

function overviewView() {
  const item = (statement, number) => make("li", {}, button([statementName(statement), make("small", {}, [plural(statement.rows, "row"), statement.where,
    statement.sums ? statement.holding + " of " + plural(statement.sums, "sum") + " hold" : "no sums found"].join(" · ")),
    make("small", {}, statement.columns.map(shortPeriod).join("; "))], () => showStatement(number)));
  return [summary, make("h2", {}, "Statements and tables"), make("ul", {}, data.statements.map(item))];
}

function findingsView(about) { // all of them, or those about one place
  const some = data.findings.filter((finding) => !about || finding.target === about);
  const item = (finding) => {
    const text = [finding.message, make("small", {}, finding.severity + " · " + finding.code + (finding.line === null ? "" : " · line " + finding.line))];
    return make("li", {}, finding.target ? button(text, () => jump(finding.target)) : make("p", {}, text));
  };
  const part = (name, severity) => {
    const these = some.filter((finding) => finding.severity === severity);
    return these.length ? [make("h3", {}, name + " (" + these.length + ")"), make("ul", {}, these.map(item))] : [];
  };
  return [make("h2", {}, plural(some.length, "finding")),
    some.some(weighty) || about ? [] : make("p", {}, "Nothing in this filing contradicts itself or is in doubt."),
    part("Errors", "error"), part("Warnings", "warning"), part("For the record", "info")];
}

function helpView() {
  const row = (names, text) => [make("dt", {}, names.map((name) => make("kbd", {}, name))), make("dd", {}, text)];
  const toggle = make("input", { type: "checkbox", id: "review-keys", change: () => { keys = toggle.checked; } });
  toggle.checked = keys;
  return [make("h2", {}, "Help"),
    make("p", {}, "The filing, with every figure marked that became an XBRL fact, and its statements as tables. Choose a figure in either, " +
      "and the other shows it. The page is itself the Inline XBRL document: nothing is loaded from anywhere."),
    make("h3", {}, "Keys"),
    make("dl", {}, row(["j", "k"], "next, previous fact (of the kind chosen above)"),
      row(["→", "←"], "the same, on a marked figure; in a table, the figure beside"), row(["s", "S"], "next, previous statement"),
      row(["n", "N"], "next, previous fact with a finding or of low confidence"), row(["/"], "search"), row(["t"], "statement as a table"),
      row(["c"], "overview and contents"), row(["Esc"], "leave the search, drop the choice, close"), row(["?"], "this help")),
    make("p", {}, make("label", { for: "review-keys" }, toggle, " single-letter keys")),
    make("h3", {}, "Colours"),
    make("ul", {}, STATES.map(([state, text, meaning]) => make("li", {}, swatch(state), text + ": " + meaning)))];
}

function factView(number) {
  const fact = data.facts[number];
  const concept = data.concepts[fact.concept];
  const row = rowOf(fact);
  const context = contextOf(fact);
  const list = stepping();
  const parts = [
    make("div", { class: "steps" }, button("‹ Previous", () => step(-1)),
      make("span", { class: "quiet" }, (list.indexOf(number) + 1 || "–") + " of " + list.length), button("Next ›", () => step(1)),
      button("Close", closeDetail, { class: "close" })),
    make("h2", {}, captionOf(fact)),
    make("p", { class: "figure" }, fact.shown, make("small", {}, " " + unitOf(fact))),
    make("p", { class: "state" }, swatch(fact.state), stateText(fact, row)),
    (fact.findings || []).map((at) => make("p", { class: weighty(data.findings[at]) ? "warning" : "remark" }, data.findings[at].message)),
    fact.damaged ? make("p", { class: "warning" }, "The figure is misprinted; this is how it was read.") : null,
  ];
  const facts = make("dl", {});
  const entry = (name, ...value) => facts.append(make("dt", {}, name), make("dd", {}, ...value));
  entry("Concept", make("strong", {}, concept.label), make("br"), make("span", { class: "name" }, fact.concept));
  entry("Meaning", concept.documentation);
  entry("Period", fullPeriod(context));
  const then = before(number);
  if (then !== undefined) {
    const share = shareOfChange(fact.shown, data.facts[then].shown);
    entry("Change", share ? share + " from " : "from ", linkTo(then, data.facts[then].shown), ", " + shortPeriod(contextOf(data.facts[then])));
  }
  context.dimensions.forEach((dimension) => entry("Dimension", dimension));
  if (row && row.sections.length) entry("Section", row.sections.join(" / "));
  if (fact.unit !== null) entry("Decimals", fact.decimals + " (" + exactTo(fact.decimals) + ")");
  entry("Kind", [concept.type.replace("ItemType", ""), concept.balance].filter(Boolean).join(", "));
  entry("Printed", fact.where ? fact.where + (fact.mark === undefined ? "" : ": “" + anchors[fact.mark].textContent + "”") : "said by the header, or by you");
  if (fact.also.length) entry("Also", fact.also.join("; "));
  entry("Id", make("span", { class: "name" }, fact.id + ", " + fact.context + (fact.unit === null ? "" : ", " + fact.unit)));
  parts.push(facts, sums(fact), others(number), why(row), correction(row));
  return parts;
}

function linkTo(number, text) {
  return make("a", { href: "#" + data.facts[number].id, "data-fact": number }, text);
}

function stateText(fact, row) {
  const sure = fact.confidence === null ? "" : ", " + percent(fact.confidence) + " sure";
  const sign = row && row.negated && fact.confidence !== null ? "; the sign is the opposite of the printed one" : "";
  return STATES.find(([state]) => state === fact.state)[2] + sure + sign;
}

function exactTo(decimals) {
  if (decimals <= 0) return "exact to " + (1 + "0".repeat(-decimals)).replace(/\B(?=(\d{3})+$)/g, ",");
  return "exact to 0." + "0".repeat(decimals - 1) + "1";
}

function others(number) { // one printed figure can be several facts
  const mark = data.facts[number].mark;
  const more = mark === undefined ? [] : data.marks[mark].facts.filter((other) => other !== number);
  return more.length ? [make("h3", {}, "The same figure is also"), make("ul", {}, more.map((other) => make("li", {},
    linkTo(other, labelOf(data.facts[other].concept) + " " + data.facts[other].shown))))] : [];
}

function why(row) {
  if (!row) return [];
  const made = [make("h3", {}, "Why this concept"), make("p", {}, make("meter", { min: "0", max: "1", value: String(row.confidence),
    "aria-label": "Confidence" }), percent(row.confidence) + (row.concept ? " sure" : " sure that none fits"))];
  if (row.evidence.length) made.push(make("ul", {}, row.evidence.map((text) => make("li", {}, text))));
  if (row.runnersUp.length) made.push(make("h3", {}, "Runners-up"), make("ul", {}, row.runnersUp.map(([name, share]) =>
    make("li", {}, percent(share) + " " + labelOf(name), make("small", { class: "name" }, name)))));
  return made;
}

function sums(fact) { // in every statement that prints the fact
  return fact.cells.flatMap(([row, column]) => data.sums
    .filter((sum) => sum.total === row || sum.parts.some(([part]) => part === row))
    .map((sum) => sumTable(sum, row, column)));
}

function sumTable(sum, row, column) {
  const off = sum.differences[column];
  if (off === null || off === undefined) return null;
  const line = (at, sign, kind) => {
    const figure = data.rows[at].figures[column];
    if (figure === null || figure === undefined) return null;
    const number = factAt.get(at + "/" + column);
    const caption = (sign < 0 ? "less " : "") + (data.rows[at].caption || "(no caption)");
    return make("tr", { class: [kind, at === row ? "here" : ""].join(" ").trim() || null },
      make("th", { scope: "row" }, number === undefined || at === row ? caption : linkTo(number, caption)), make("td", {}, figure));
  };
  const text = sum.holds || off === "0" ? "adds up" + (off === "0" ? "" : " within rounding (" + off + ")") : "does not add up: difference " + off;
  return [make("h3", {}, sum.total === row ? "The sum it is" : "A sum it is part of"),
    make("table", {}, make("caption", {}, "As printed; " + text), make("tbody", {},
      sum.parts.map(([at, sign]) => line(at, sign, "")), line(sum.total, 1, "total")))];
}
