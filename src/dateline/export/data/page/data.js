// The rows that export/page_rows.py writes, as objects.

const block = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);
const party = ([name, whole]) => ({ name, whole });
const toPlace = ([name, whole, lat, lon, precision, rule, country, numeric, pin]) => (
  { name: name || whole, whole, lat, lon, precision, rule, country, numeric, pin });
const toDate = ([text, day, rule, from, to]) => ({ text, day, rule, from: from ?? to, to: to ?? from, open: !from || !to });

const events = block("events").map((row) => ({
  ...row, place: row.place && toPlace(row.place), date: toDate(row.date),
  actors: row.actors.map(party), targets: row.targets.map(party),
}));
const reports = block("reports").map(
  ([id, outlet, published, publishedRule, title, byline, dateline, agency, url, path]) => (
    { id, outlet, published, publishedRule, title, byline, dateline, agency, url, path }));
const claims = block("claims").map(
  ([id, report, event, type, apart, confidence, trigger, sentence, roles, chain], index) => (
    { index, id, report, event, type, apart, confidence, trigger, sentence, roles, chain }));
const coverage = block("coverage"); // reports by ISO day of publication
const isPublic = document.querySelector("meta[name=dateline-audience]").content === "public";
let texts = null; // parsed when the first event is opened: most of the page's weight is here
const textOf = (report) => (texts ??= block("texts"))[report]; // undefined where the page holds none

const eventById = new Map(events.map((event, index) => [event.id, index]));
const claimsOfReport = reports.map(() => []);
for (const claim of claims) if (claim.report >= 0) claimsOfReport[claim.report].push(claim);

const isLocated = (event) => event.place !== null && event.place.lat !== null && event.place.lon !== null;
