// Search: rows rather than facts, the exact caption first, their periods together.

const search = make("input", { type: "search", id: "review-search", placeholder: "Search  /",
  "aria-label": "Search facts by caption, concept, value or period", autocomplete: "off" });
let matches = []; // facts, in the order of the results

const groups = (() => {
  const made = new Map();
  data.facts.forEach((fact, number) => {
    const row = rowOf(fact);
    const key = [row ? row.of + row.caption : fact.group, fact.concept, fact.label, fact.unit, ...contextOf(fact).dimensions].join("\n");
    if (!made.has(key)) made.set(key, { facts: [], caption: captionOf(fact), concept: fact.concept, dimensions: contextOf(fact).dimensions });
    made.get(key).facts.push(number);
  });
  for (const group of made.values()) {
    group.own = [group.caption.toLowerCase(), group.concept.toLowerCase(), labelOf(group.concept).toLowerCase()];
    group.all = [...group.own, ...group.dimensions, ...group.facts.flatMap((number) => {
      const fact = data.facts[number];
      return [fact.shown, fact.value, fact.mark === undefined ? "" : anchors[fact.mark].textContent, fullPeriod(contextOf(fact)), fact.id];
    })].join("\n").toLowerCase();
  }
  return [...made.values()];
})();

function rank(group, phrase, words) { // the lower, the better; -1 for no match
  if (!words.every((word) => group.all.includes(word))) return -1;
  const [caption, concept, label] = group.own;
  if (caption === phrase) return 0;
  if (concept === phrase || label === phrase) return 1;
  if (caption.startsWith(phrase)) return 2;
  if ((" " + caption).includes(" " + phrase)) return 3;
  if (caption.includes(phrase)) return 4;
  if (words.every((word) => caption.includes(word))) return 5;
  return words.every((word) => group.own.some((text) => text.includes(word))) ? 6 : 7;
}

function found(group, words) { // its facts; only those of the period or value that is asked for, if one is
  const told = (number) => [fullPeriod(contextOf(data.facts[number])), data.facts[number].shown, data.facts[number].value].join("\n");
  const special = words.filter((word) => !group.own.some((text) => text.includes(word)));
  const some = group.facts.filter((number) => special.every((word) => told(number).includes(word)));
  return some.length ? some : group.facts;
}

function resultsView() {
  const phrase = search.value.trim().toLowerCase().replace(/\s+/g, " ");
  const words = phrase.split(" ").filter(Boolean);
  const ranked = words.length ? groups.map((group, at) => [rank(group, phrase, words), at]).filter(([score]) => score >= 0) : [];
  ranked.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const most = 100;
  const lines = ranked.slice(0, most).map(([, at]) => [groups[at], found(groups[at], words)]);
  matches = lines.flatMap(([, facts]) => facts);
  tell(plural(ranked.length, "row") + " found");
  return [make("h2", {}, plural(ranked.length, "row") + " found"), make("ul", { class: "results" }, lines.map(([group, facts]) => make("li", {},
    make("strong", {}, swatch(data.facts[facts[0]].state), group.caption), make("small", { class: "name" }, group.concept),
    group.dimensions.length ? make("small", {}, group.dimensions.join("; ")) : null,
    make("div", { class: "periods" }, facts.map((number) => button([make("span", {}, data.facts[number].shown + " " + unitOf(data.facts[number])),
      make("small", {}, shortPeriod(contextOf(data.facts[number])))], () => choose(number))))))),
  ranked.length > most ? make("p", { class: "quiet" }, "The first " + most + " are shown.") : null];
}

search.addEventListener("input", () => show(search.value.trim() ? "search" : "statements"));
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && matches.length) choose(matches[(matches.indexOf(chosen) + 1) % matches.length], false);
});
