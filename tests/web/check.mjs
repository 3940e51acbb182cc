// Checks pages: Nu validator, html-validate, axe-core in Chromium at desk and phone width, light and dark, with and
// without script; no request may leave a page and no page may scroll sideways.
//
//   node check.mjs FOLDER [--shots FOLDER]      every *.html below FOLDER; exit 1 on any finding
//   CHROMIUM=/path/to/chromium                  another browser than the usual places
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { axe, launch, pool, validate } from "./tools.mjs";

const [folder, ...options] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node check.mjs FOLDER [--shots FOLDER]");
  process.exit(2);
}
const root = resolve(folder);
const shots = options[0] === "--shots" ? resolve(options[1]) : null;
if (shots) mkdirSync(shots, { recursive: true });

const pages = [];
(function walk(place) {
  for (const name of readdirSync(place).sort()) {
    const path = join(place, name);
    if (statSync(path).isDirectory()) walk(path);
    else if (name.endsWith(".html")) pages.push(path);
  }
})(root);
if (pages.length === 0) {
  console.error(`no page below ${root}`);
  process.exit(2);
}

let findings = 0;
function report(page, tool, text) {
  findings += 1;
  console.log(`${relative(root, page)}: ${tool}: ${text}`);
}

const VIEWS = [
  { name: "desk", viewport: { width: 1280, height: 900 }, javaScriptEnabled: true },
  { name: "phone", viewport: { width: 390, height: 844 }, javaScriptEnabled: true },
  { name: "phone-no-script", viewport: { width: 390, height: 844 }, javaScriptEnabled: false },
];

async function looked(browser, path, { name, ...view }) {
  const context = await browser.newContext({ ...view, bypassCSP: true, locale: "zh-CN" });
  const page = await context.newPage();
  page.on("pageerror", (error) => report(path, name, `script: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && report(path, name, `console: ${message.text()}`));
  page.on("request", (request) => /^(https?|wss?):/.test(request.url()) && report(path, name, `request: ${request.url()}`));
  const shot = async (colours) => shots && page.screenshot({ path: join(shots, `${flat(path)}.${name}${colours}.png`), fullPage: true });
  await page.goto(pathToFileURL(path).href);
  // Folded data must pass too.
  await page.$$eval("main details", (all) => all.forEach((one) => { one.open = true; })).catch(() => {});
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (sideways > 0) report(path, name, `the page scrolls sideways by ${sideways} px`);
  if (view.javaScriptEnabled) await axe(page, (text) => report(path, name, text));
  await shot("");
  if (view.javaScriptEnabled) {
    // In the dark the same page has other colours and nothing else.
    await page.emulateMedia({ colorScheme: "dark" });
    await axe(page, (text) => report(path, `${name}, dark`, text), ["color-contrast", "link-in-text-block"]);
    await shot(".dark");
  }
  await context.close();
}

const flat = (path) => relative(root, path).replace(/[\\/]/g, "-");

async function printed(browser, path) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path).href);
  await page.pdf({ path: join(shots, `${flat(path)}.pdf`), preferCSSPageSize: true, printBackground: true });
  await page.close();
}

// What the script adds, under the page's own policy: CSV, contents, fixed heads, search.
async function behaves(browser, path) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && report(path, "behaviour", `console: ${message.text()}`));
  await page.goto(pathToFileURL(path).href);
  const contents = page.locator(".contents details");
  if (await contents.count()) {
    if (await contents.evaluate((one) => one.open)) report(path, "behaviour", "the contents are not folded on a phone");
    await contents.locator("summary").click();
    const link = contents.locator("a").last();
    const target = (await link.getAttribute("href")).slice(1);
    await link.click();
    await page.waitForTimeout(900);
    const top = await page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, target);
    const end = await page.evaluate(() => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2);
    if (!end && Math.abs(top) > 60) report(path, "behaviour", `#${target} stands ${top} px from the top after its link was followed`);
  }
  const button = page.locator(".tools button").first();
  if (await button.count()) {
    const [download] = await Promise.all([page.waitForEvent("download", { timeout: 5000 }), button.click()]);
    const csv = readFileSync(await download.path(), "utf8");
    const rows = await page.locator(".table table").first().evaluate((table) => table.rows.length);
    const records = csv.trim().replace(/"(?:[^"]|"")*"/g, "x").split("\r\n");
    const widths = new Set(records.map((record) => record.split(",").length));
    if (!csv.startsWith("\ufeff") || records.length !== rows || widths.size !== 1) {
      report(path, "behaviour", `the CSV has ${records.length} records of ${[...widths]} fields for ${rows} rows`);
    }
  }
  for (const frame of await page.locator(".frame:not(.fits)").all()) {
    if (!(await frame.isVisible())) continue;
    const moved = await frame.evaluate((one) => {
      const first = one.querySelector(one.querySelector(".keepname") ? "tbody .h1:not([colspan])" : "tbody .h0:not([colspan])");
      const head = one.querySelector("thead");
      const edge = one.getBoundingClientRect();
      const place = () => (first ? first.getBoundingClientRect().left - edge.left : 0);
      one.scrollTo({ left: 0, top: 0, behavior: "instant" });
      const natural = place();
      one.scrollTo({ left: 200, top: 60, behavior: "instant" });
      // A name beside a code moves until it comes to the edge.
      return [place() - Math.max(0, natural - one.scrollLeft), head && one.scrollTop > 50 && one.scrollTop > head.offsetTop ? head.getBoundingClientRect().top - edge.top : 0];
    });
    if (moved.some((distance) => Math.abs(distance) > 1.5)) report(path, "behaviour", `head or first column of a wide table moved: ${moved}`);
  }
  const search = page.locator(".search input");
  if (await search.count()) {
    const title = await page.locator(".entries .name").last().textContent();
    await search.fill(title);
    const shown = await page.locator(".entries > li:visible").count();
    if (shown < 1 || shown > (await page.locator(".entries .name", { hasText: title }).count())) report(path, "behaviour", `a search for “${title}” shows ${shown} entries`);
    await search.fill("\u{1F937}");
    if (await page.locator(".entries > li:visible, .group:visible").count()) report(path, "behaviour", "a search for nonsense finds something");
  }
  await context.close();
}

const browser = await launch();
const views = pages.flatMap((path) => VIEWS.map((view) => () => looked(browser, path, view)));
const behaviours = pages.map((path) => () => behaves(browser, path));
const prints = shots ? pages.map((path) => () => printed(browser, path)) : [];
await Promise.all([validate(pages, report), pool([...views, ...behaviours, ...prints], (work) => work())]);
await browser.close();
console.log(`${pages.length} pages, ${VIEWS.length} views, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
