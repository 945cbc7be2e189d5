// Statements as tables: caption, concept and values by period, and how the latest period differs from the one before.

let tableOf = Math.max(0, data.statements.findIndex((statement) => statement.origin === "primary"));

function statementsView() {
  if (!data.statements.length) return [make("h2", {}, "Statements"), make("p", {}, "No statement was read in this filing.")];
  const choice = make("select", { "aria-label": "Statement", change: (event) => showStatement(Number(event.target.value)) },
    data.statements.map((statement, number) => make("option", { value: number, selected: number === tableOf }, statementName(statement))));
  const statement = data.statements[tableOf];
  const power = usualPower(rowsOf(statement));
  return [make("div", { class: "choice" }, choice, button("In the filing", () => jump(statement.target), { class: "jump" })),
    make("h2", { id: "review-table" }, statement.title),
    make("p", { class: "quiet" }, [statement.currency + (SCALES[power] ? " in " + SCALES[power] : ""), statement.where,
      statement.sums ? statement.holding + " of " + plural(statement.sums, "sum") + " hold" : "no sums found"].join(" · ")),
    make("div", { class: "wide", tabindex: "0", role: "region", "aria-labelledby": "review-table" }, statementTable(statement))];
}

function statementName(statement) {
  const kind = statement.kind.charAt(0).toUpperCase() + statement.kind.slice(1);
  const same = statement.title.toLowerCase().includes(statement.kind);
  return (statement.origin === "primary" ? "" : "(" + statement.origin.replace(/-/g, " ") + ") ") + (same ? "" : kind + ": ") + statement.title;
}

function showStatement(number, there = true) {
  tableOf = number;
  show("statements");
  if (there) jump(data.statements[number].target);
  tell(data.statements[number].title);
}

const rowsOf = (statement) => data.rows.slice(statement.first, statement.first + statement.rows);

function statementTable(statement) {
  const rows = rowsOf(statement);
  const columns = statement.columns;
  const [now, then] = comparison(columns);
  const head = make("tr", {}, make("th", { scope: "col" }, "Caption and concept"), columns.map((column, at) => [
    make("th", { scope: "col", class: "number", title: fullPeriod(column) }, lengthOf(column), " ", make("span", { class: "day" }, column.end), column.name ? make("small", {}, column.name) : null),
    at === now ? make("th", { scope: "col", class: "number", title: "Change on " + fullPeriod(columns[then]) }, "Change") : null]));
  const body = make("tbody", {});
  let sections = [];
  rows.forEach((row, at) => {
    row.sections.forEach((section, level) => {
      if (sections[level] === section) return;
      sections = [];
      body.append(make("tr", { class: "section" }, make("th", { scope: "colgroup", colspan: columns.length + (now < 0 ? 1 : 2), class: "level" + Math.min(level, 4) }, section)));
    });
    sections = row.sections;
    body.append(tableRow(statement.first + at, columns.length, now, then));
  });
  const table = make("table", { class: "statement", "aria-labelledby": "review-table", keydown: walkTable }, make("thead", {}, head), body);
  const first = table.querySelector("a");
  if (first) first.tabIndex = 0;
  return table;
}

function comparison(columns) { // the first column that has an earlier one of its kind beside it
  for (let now = 0; now < columns.length; now += 1) {
    const same = columns.map((_, at) => at).filter((at) => columns[at].name === columns[now].name && isBefore(columns[at], columns[now]));
    if (same.length) return [now, same.sort((one, other) => columns[one].end < columns[other].end ? 1 : -1)[0]];
  }
  return [-1, -1];
}

function usualPower(rows) {
  const counts = new Map();
  for (const row of rows) counts.set(row.power, (counts.get(row.power) || 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).map(([power]) => power)[0] || 0;
}

function tableRow(at, count, now, then) {
  const row = data.rows[at];
  const cells = row.figures.map((figure, column) => {
    const number = factAt.get(at + "/" + column);
    const cell = figure === null ? "" : number === undefined ? scaled(figure, row.power)
      : make("a", { href: "#" + data.facts[number].id, "data-fact": number, tabindex: "-1" },
        withDecimals(scaled(figure, row.power), data.facts[number].decimals + row.power));
    const state = number === undefined ? null : doubtful(data.facts[number]) ? "doubtful" : data.facts[number].state === "low" ? "low" : null;
    const made = [make("td", { class: ["number", state || ""].join(" ").trim() }, cell)];
    if (column === now) {
      const both = figure !== null && row.figures[then] !== null && row.figures[then] !== undefined;
      made.push(make("td", { class: "number change" }, both ? shareOfChange(figure, row.figures[then]) : ""));
    }
    return made;
  });
  const first = row.figures.findIndex((_, column) => factAt.has(at + "/" + column));
  const fact = first < 0 ? null : factAt.get(at + "/" + first);
  const caption = row.caption || "(no caption)";
  const given = correctionOf(row);
  const concept = given ? make("small", { class: "name given" }, "→ ", broken(given)) : make("small", { class: "name" }, row.concept ? broken(row.concept) : "no concept fits");
  const sum = sumOf(at);
  return make("tr", { "data-row": at, class: sum ? "total" : null },
    make("th", { scope: "row", class: "level" + Math.min(row.sections.length, 4) },
      fact === null ? caption : make("a", { href: "#" + data.facts[fact].id, "data-fact": fact, tabindex: "-1" }, caption),
      sum ? make("span", { class: sum.holds ? "sum" : "sum off", title: plural(sum.parts.length, "row") + (sum.holds ? " add up to it" : " do not add up to it") },
        sum.holds ? " Σ" : " Σ does not add up") : "", concept), cells);
}

const sumOf = (row) => data.sums.find((sum) => sum.total === row);

function walkTable(event) { // with the arrow keys from figure to figure
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const here = event.target.closest("a[data-fact]");
  if (!here || !steps[event.key]) return;
  const rows = Array.from(event.currentTarget.querySelectorAll("tr[data-row]"));
  const links = (row) => Array.from(row.querySelectorAll("a[data-fact]"));
  let row = rows.indexOf(here.closest("tr"));
  let column = links(rows[row]).indexOf(here) + steps[event.key][1];
  do row += steps[event.key][0]; while (steps[event.key][0] && rows[row] && !links(rows[row]).length);
  if (!rows[row]) return;
  column = Math.min(Math.max(column, 0), links(rows[row]).length - 1);
  event.preventDefault();
  event.stopPropagation();
  focusCell(links(rows[row])[column]);
}

function focusCell(link) {
  for (const other of panelView.querySelectorAll("a[data-fact][tabindex='0']")) other.tabIndex = -1;
  link.tabIndex = 0;
  link.focus();
}

function showInTable(number) { // mark the fact's cells; show its statement if another is open
  const fact = data.facts[number];
  if (!fact.cells.length) return void markCells(-1);
  const here = fact.cells.find(([row]) => data.rows[row].of === tableOf);
  if (!here) {
    tableOf = data.rows[fact.cells[0][0]].of;
    show("statements");
  }
  markCells(number);
}

function markCells(number) {
  for (const cell of panelView.querySelectorAll("[aria-current]")) cell.removeAttribute("aria-current");
  const links = number < 0 ? [] : panelView.querySelectorAll("td a[data-fact='" + number + "']");
  for (const link of links) link.setAttribute("aria-current", "true");
  if (!links.length) return;
  for (const other of panelView.querySelectorAll("a[data-fact][tabindex='0']")) other.tabIndex = -1;
  links[0].tabIndex = 0;
  links[0].closest("tr").scrollIntoView({ block: "nearest" });
}
