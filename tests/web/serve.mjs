// The preview in a real browser: an edit changes the page in place, a broken source lays findings over the last good
// page, and requests from elsewhere or for anything else are refused.
//
//   node serve.mjs GEN DATA      GEN the program, DATA the folder with disclosures (copied, never edited)
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { axe, launch, validate } from "./tools.mjs";

const [gen, data] = process.argv.slice(2);
if (!gen || !data) {
  console.error("usage: node serve.mjs GEN DATA");
  process.exit(2);
}
let findings = 0;
const report = (page, tool, text) => { findings += 1; console.log(`${page}: ${tool}: ${text}`); };
const expect = (held, what) => { if (!held) report("preview", "serve", what); };

const workspace = mkdtempSync(join(tmpdir(), "gen-serve-"));
cpSync(resolve(data), join(workspace, "data"), { recursive: true });
const server = spawn(resolve(gen), ["serve", "--port", "0"], { cwd: workspace, stdio: ["ignore", "pipe", "pipe"] });
let talk = "";
server.stderr.on("data", (text) => { talk += text; });
const ended = new Promise((done) => { server.on("exit", (code, signal) => done({ code, signal })); });
const address = await new Promise((found, failed) => {
  server.stdout.on("data", (text) => found(String(text).trim()));
  server.on("exit", () => failed(new Error(`gen serve ended: ${talk}`)));
});
const { hostname, port } = new URL(address);

// A request as written, for what a browser would mend before it asks.
function raw(head) {
  return new Promise((done) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (bytes) => { answer += bytes; });
    socket.on("close", () => done({ status: Number(answer.split(" ")[1]) || 0, text: answer }));
    socket.on("error", () => done({ status: 0, text: answer }));
    socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  });
}

async function refuses() {
  const here = `Host: ${hostname}:${port}`;
  const asked = async (path, host = here, method = "GET") => (await raw(`${method} ${path} HTTP/1.1\r\n${host}`));
  expect((await asked("/")).status === 200, "the front page is not served");
  for (const host of ["Host: evil.example", `Host: evil.example:${port}`, `Host: ${hostname}`, `Host: ${hostname}.evil.example:${port}`, `${here}\r\nHost: evil.example`]) {
    const { status } = await asked("/", host);
    expect(status === 403 || status === 400, `${host} got ${status}`);
  }
  const slug = readdirSync(join(workspace, "data")).find((name) => name.includes("-"));
  const paths = [
    "/..", "/../data/README.md", `/${slug}/../../etc/passwd`, "/%2e%2e/etc/passwd", `/${slug}/%2e%2e%2f%2e%2e%2fetc/passwd`, `/${slug}/..%5c..%5cdata`,
    "/%252e%252e/etc/passwd", "//etc/passwd", `/${slug}/disclosure.yaml`, `/${slug}/unit.yaml`, `/data/${slug}/unit.yaml`, "/.review/x", "/etc/passwd", `/${slug}/%00`,
  ];
  for (const path of paths) {
    const { status, text } = await asked(path);
    expect(status >= 400 && status < 500 && !/root:|schema_version|name:/.test(text), `${path} got ${status}`);
  }
  for (const length of [9000, 70000, 2000000]) {
    const { status } = await asked(`/${"a".repeat(length)}`);
    expect(status === 414 || status === 431 || status === 400 || (length > 60000 && status === 0), `a path of ${length} characters got ${status}`);
  }
  for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
    const { status } = await asked("/", `${here}\r\nContent-Length: 0`, method);
    expect(status === 405, `${method} got ${status}`);
  }
}

// Moves a small amount from one line to its neighbour: sums stay, so the disclosure stays sound.
function moved(text) {
  const pattern = /^( *- \{function: (\d+)[^,]*, kind: ([^,]+), economic: 302(?!12|17|31)[^}]*?amount: )(\d+\.\d\d\d*)(\}.*)$/gm;
  const lines = [...text.matchAll(pattern)].filter((line) => Number(line[4]) > 1);
  const pair = lines.flatMap((one) => lines.filter((other) => one !== other && one[2] === other[2] && one[3] === other[3]).map((other) => [one, other]))[0];
  if (!pair) return null;
  const step = /^unit: 元/m.test(text) ? 100 : 0.01;
  const with_ = (line, change) => `${line[1]}${(Number(line[4]) + change).toFixed(line[4].split(".")[1].length)}${line[5]}`;
  return text.replace(pair[0][0], with_(pair[0], step)).replace(pair[1][0], with_(pair[1], -step));
}

// The disclosure with the largest page among those that are sound.
async function largest() {
  const found = [];
  for (const slug of readdirSync(join(workspace, "data"))) {
    const answer = await fetch(`${address}${slug}/index.html`);
    const page = await answer.text();
    const ledger = join(workspace, "data", slug, "ledgers", "expenditure.yaml");
    if (answer.ok && page.includes("data-role=\"document\"") && !page.includes("class=\"watermark\"") && page.includes("class=\"table\"")) found.push({ slug, size: page.length, ledger });
  }
  found.sort((one, other) => other.size - one.size);
  const usable = found.find(({ ledger }) => moved(readFileSync(ledger, "utf8")));
  if (!usable) throw new Error("no disclosure to edit");
  return usable;
}

const shown = (page) => page.evaluate(() => Number(document.documentElement.dataset.shown));
const errors = (page, name) => {
  page.on("pageerror", (error) => report(name, "script", error.message));
  page.on("console", (message) => message.type() === "error" && !/status of 404/.test(message.text()) && report(name, "console", message.text()));
};

const ROUNDS = 15;
const median = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];

// Where the time between a save and the new page goes: the server says how long it took, the page marks its steps.
function steps(page, start) {
  return page.evaluate(async (start) => {
    const answer = await fetch("events");
    const reader = answer.body.getReader();
    const state = JSON.parse(new TextDecoder().decode((await reader.read()).value).replace(/^data: /, ""));
    await reader.cancel();
    const heard = performance.timeOrigin + performance.getEntriesByName("heard").pop().startTime - start;
    const took = { compile: Number(state.took.compiled), print: state.took.made - state.took.compiled };
    took.notice = heard - took.compile - took.print;
    for (const name of ["fetch", "parse", "patch", "mark"]) took[name] = performance.getEntriesByName(name).pop().duration;
    return took;
  }, start);
}

async function edits(page, { slug, ledger }) {
  const before = readFileSync(ledger, "utf8");
  const after = moved(before);
  await page.evaluate(() => { window.marker = "same page"; document.querySelectorAll(".table")[2].scrollIntoView({ behavior: "instant" }); });
  const place = await page.evaluate(() => [window.scrollY, document.querySelectorAll(".table")[2].getBoundingClientRect().top]);
  const times = [];
  const told = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const version = await shown(page);
    const start = performance.timeOrigin + performance.now();
    writeFileSync(ledger, round % 2 === 0 ? after : before);
    await page.waitForFunction((old) => Number(document.documentElement.dataset.shown) > old, version, { timeout: 10000, polling: 1 });
    times.push(performance.timeOrigin + performance.now() - start);
    told.push(await steps(page, start));
  }
  times.sort((one, other) => one - other);
  const parts = Object.keys(told[0]).map((name) => `${name} ${median(told.map((one) => one[name])).toFixed(1)}`);
  console.log(`${slug}: saved to shown in ${median(times).toFixed(0)} ms (median of ${ROUNDS}; ${times[0].toFixed(0)} to ${times.at(-1).toFixed(0)} ms; ${parts.join(", ")})`);
  const now = await page.evaluate(() => [window.scrollY, document.querySelectorAll(".table")[2].getBoundingClientRect().top, window.marker]);
  expect(now[2] === "same page", "the page was loaded anew, not changed in place");
  expect(Math.abs(now[0] - place[0]) < 2 && Math.abs(now[1] - place[1]) < 2, `the place was lost: ${place} became ${now}`);
  const marked = await page.locator(".preview-changed").count();
  expect(marked >= 2, `${marked} figures are marked as changed`);
  const published = await (await fetch(`${address}${slug}/index.html`)).text();
  const same = await page.evaluate((text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const words = (root) => Array.from(root.querySelectorAll("main [data-fact]"), (node) => node.textContent).join("|");
    return words(fresh) === words(document);
  }, published);
  expect(same, "the figures in place differ from those of the page as sent");
  await page.reload();
  await page.locator(".preview .known").waitFor();
  expect(await page.locator(".preview-changed").count() === marked, "a page loaded anew forgets what was not acknowledged");
  await page.locator(".preview .changed summary").click();
  await axe(page, (text) => report("changes", "axe", text));
  await page.locator(".preview .known").click();
  expect(await page.locator(".preview-changed").count() === 0, "marks stay after they were acknowledged");
}

async function origins(page) {
  const cell = page.locator("td[data-fact]").filter({ hasText: /\d/ }).first();
  await cell.click();
  await page.locator(".preview .why li").first().waitFor();
  const place = await page.locator(".preview .why li code").first().textContent();
  expect(/^data\/.+\.yaml:\d+:\d+$/.test(place), `the origin names no line: ${place}`);
  await axe(page, (text) => report("origin", "axe", text));
  await page.keyboard.press("Escape");
  expect(await page.locator(".preview .why").isHidden(), "Escape does not close the origin");
  await page.keyboard.press("ArrowRight");
  const walked = await page.evaluate(() => document.activeElement.matches("main [data-fact]"));
  expect(walked, "the arrow does not walk to the next figure");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches(".preview .why"));
  await page.keyboard.press("Escape");
  const back = await page.evaluate(() => document.activeElement.matches("main [data-fact]"));
  expect(back, "Escape does not lead back to the figure");
  const spoken = page.locator("main p [data-fact]").first();
  await spoken.evaluate((node) => node.scrollIntoView({ block: "center", behavior: "instant" }));
  await spoken.click();
  await page.locator(".preview .why h2").waitFor();
  const covered = await spoken.evaluate((node) => {
    const [asked, told] = [node, document.querySelector(".preview .why")].map((one) => one.getBoundingClientRect());
    return asked.bottom > told.top && asked.right > told.left;
  });
  expect(!covered, "the origin covers the figure that was asked about");
  await page.locator(".preview .why button").click();
  expect(await page.locator("main [data-fact][tabindex='0']").count() === 1, "more than one stop of the keyboard for figures");
}

// A page out of sight holds no connection, and is current when it is looked at again.
async function hides(page, { ledger }) {
  const good = readFileSync(ledger, "utf8");
  const hide = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  const version = await shown(page);
  await hide(true);
  const watcher = fetch(new URL("events", page.url())).then(async (answer) => {
    const reader = answer.body.getReader();
    await reader.read();
    writeFileSync(ledger, moved(good));
    await reader.read();
    await reader.cancel();
  });
  await watcher;
  expect(await shown(page) === version, "a page out of sight is still connected");
  await hide(false);
  await page.waitForFunction((old) => Number(document.documentElement.dataset.shown) > old, version, { timeout: 10000 });
  writeFileSync(ledger, good);
  await page.waitForFunction((old) => Number(document.documentElement.dataset.shown) > old + 1, version, { timeout: 10000 });
}

async function breaks(page, { ledger }, kept) {
  const good = readFileSync(ledger, "utf8");
  const wording = await page.locator("main").textContent();
  writeFileSync(ledger, `${good}\n  - {function: [\n`);
  const over = page.locator(".preview .over");
  await over.waitFor({ timeout: 10000 });
  const told = await over.textContent();
  expect(/ledgers\/expenditure\.yaml:\d+:\d+/.test(told), `the findings name no line: ${told.slice(0, 200)}`);
  expect((await page.locator("main").textContent()) === wording, "the last good page did not stay");
  await axe(page, (text) => report("findings over the page", "axe", text));
  writeFileSync(join(kept, "findings-over-page.html"), await page.content());
  // On a phone too, and no wider than it.
  await page.setViewportSize({ width: 390, height: 844 });
  await axe(page, (text) => report("findings over the page on a phone", "axe", text));
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways <= 0, `with findings over it the page scrolls sideways by ${sideways} px on a phone`);
  await page.setViewportSize({ width: 1280, height: 900 });
  writeFileSync(ledger, good);
  await over.waitFor({ state: "hidden", timeout: 10000 });
}

async function saved(kept, slug) {
  for (const [name, path] of [["front", ""], ["page", `${slug}/index.html`], ["findings", `${slug}/findings.html`]]) {
    writeFileSync(join(kept, `${name}.html`), await (await fetch(address + path)).text());
  }
  const pdf = await fetch(`${address}${slug}/${slug}.pdf`);
  const bytes = Buffer.from(await pdf.arrayBuffer());
  expect(pdf.ok && bytes.subarray(0, 5).toString() === "%PDF-", "no PDF on demand");
}

const kept = join(workspace, "kept");
mkdirSync(kept);
const browser = await launch();
try {
  await refuses();
  const target = await largest();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", bypassCSP: false });
  const page = await context.newPage();
  errors(page, target.slug);
  await page.goto(`${address}${target.slug}/`);
  await page.waitForFunction(() => document.querySelector(".preview [role=status]")?.textContent);
  await edits(page, target);
  await origins(page);
  await hides(page, target);
  await breaks(page, target, kept);
  await saved(kept, target.slug);
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" })).newPage();
  for (const path of ["", `${target.slug}/`, `${target.slug}/findings.html`]) {
    errors(phone, path);
    await phone.goto(address + path);
    await phone.waitForFunction(() => document.querySelector(".preview [role=status]")?.textContent);
    await axe(phone, (text) => report(path, "axe on a phone", text));
    const sideways = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(sideways <= 0, `${path} scrolls sideways by ${sideways} px on a phone`);
  }
  await validate(readdirSync(kept).filter((name) => name.endsWith(".html")).map((name) => join(kept, name)), report);
} finally {
  await browser.close();
  server.kill("SIGINT");
  const { code, signal } = await ended;
  expect(code === 0, `after Ctrl-C it ended with ${code ?? signal}`);
  if (findings === 0) rmSync(workspace, { recursive: true }); else console.log(`kept: ${workspace}\n${talk}`);
}
console.log(`preview: ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
