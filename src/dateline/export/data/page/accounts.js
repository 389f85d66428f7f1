// Accounts side by side, and the reports they are from with the words that carry values.

const ACCOUNTS_AT_ONCE = 12;
const REPORTS_AT_ONCE = 6;

function accounts(event, index) {
  if (!event.claims.length) return [note("This page holds no accounts of this event; they are in claims.jsonl.")];
  const grid = el("div", { class: "accounts" });
  const show = (from, to) => grid.append(...event.claims.slice(from, to).map((claim) => account(claims[claim], index)));
  show(0, ACCOUNTS_AT_ONCE);
  if (event.claims.length <= ACCOUNTS_AT_ONCE) return [grid];
  const more = el("button", { type: "button", class: "rest" }, `Show all ${event.claims.length} accounts`);
  more.addEventListener("click", () => { show(ACCOUNTS_AT_ONCE); more.remove(); });
  return [grid, more];
}

function account(claim, index) {
  const report = reports[claim.report];
  return el("article", { class: "account", "data-claim": claim.index, tabindex: "-1" },
    el("h4", {}, outletOf(report), small(publishedOn(report))),
    chain(claim),
    el("blockquote", { dir: "auto" }, quote(claim, index)),
    el("dl", { class: "roles" }, ...claim.roles.map((role) => roleRow(claim, role))),
    el("p", { class: "foot" },
      [plain(claim.type), ...claim.apart, `confidence ${claim.confidence.toFixed(2)}`].join(" · "), ...goTo(claim.index)));
}

function chain(claim) {
  if (!claim.chain.length) return el("p", { class: "chain" }, "in the report’s own voice");
  const links = claim.chain.map(([who, cue, stance, name, kind]) => {
    const said = wordsAt(claim, who) || wordsAt(claim, cue);
    const own = name && said && name !== said ? [" “", words(said), "”"] : [];
    return el("li", {}, words(name || said || "someone"), ` ${stance}`, small(...own, kind ? ` ${kind}` : ""));
  });
  return el("ol", { class: "chain", "aria-label": "Who says it, innermost first" }, ...links);
}

function quote(claim, index) {
  const text = textOf(claim.report);
  if (text !== undefined) return highlighted(text, unitsOf(text), ...claim.sentence, spans(claim), index);
  return el("mark", { class: "mine", "data-role": "trigger" }, el("span", {}, ...shown(claim.trigger[2] ?? "")));
}

function roleRow(claim, [role, value, rule, places]) {
  return el("div", { "data-role": role },
    el("dt", {}, role),
    el("dd", {}, ...places.flatMap((span) => ["“", words(wordsAt(claim, span)), "” "]),
      value ? words(value, { class: "value" }) : "", ...(rule ? [small(words(rule))] : [])));
}

function legend() {
  const samples = ROLES.flatMap((role) => [el("mark", { class: "mine", "data-role": role }, el("span", {}, role)), " "]);
  return el("p", { class: "legend", "aria-label": "Legend" }, ...samples);
}

function reportsOf(event, index) {
  if (!event.reports.length) return [note("This page holds no reports of this event; they are in reports.jsonl.")];
  return event.reports.map((number, n) => {
    const report = reports[number];
    const fold = el("details", { class: "report", "data-report": number },
      el("summary", {}, outletOf(report), small(publishedOn(report), words(report.title))));
    fold.addEventListener("toggle", () => { if (fold.open) unfold(fold, index); });
    // Later texts wait until they are looked at: an event may rest on hundreds of reports.
    if (n < REPORTS_AT_ONCE) unfold(fold, index);
    return fold;
  });
}

function unfold(fold, index) {
  fold.open = true;
  if (fold.querySelector(".text")) return;
  const number = Number(fold.dataset.report);
  const report = reports[number];
  const known = [
    ["by ", report.byline], ["dateline ", report.dateline], ["agency ", report.agency],
    ["date from ", report.publishedRule], ["", report.url], ["", report.path], ["report ", report.id],
  ].filter(([, value]) => value);
  fold.append(el("p", { class: "meta" }, ...known.flatMap(([name, value], n) => [n ? " · " : "", name, words(value)])));
  const text = textOf(number);
  if (text === undefined) {
    fold.append(el("p", { class: "text note" }, "This page leaves out the texts of reports; they are in reports.jsonl."));
    return;
  }
  const marked = claimsOfReport[number].flatMap(spans);
  fold.append(el("div", { class: "text", dir: "auto" }, highlighted(text, unitsOf(text), 0, [...text].length, marked, index)));
}
