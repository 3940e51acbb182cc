// What both checks use: the two validators of markup, and a browser.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { HtmlValidate, FileSystemConfigLoader } from "html-validate";

const require = createRequire(import.meta.url);

// Nu validator and html-validate over files; every message goes to report(path, tool, text).
export async function validate(pages, report) {
  await Promise.all([nu(pages, report), rules(pages, report)]);
}

async function nu(pages, report) {
  const run = spawn("java", ["-jar", require("vnu-jar"), "--format", "json", "--also-check-svg", ...pages], { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  run.stderr.setEncoding("utf8").on("data", (text) => { told += text; });
  await new Promise((done, failed) => { run.on("close", done); run.on("error", failed); });
  // Anything that is no JSON, silence too, is the tool failing.
  for (const message of JSON.parse(told).messages) {
    const at = `${message.lastLine ?? "?"}:${message.lastColumn ?? "?"}`;
    report(new URL(message.url).pathname, "vnu", `${at} ${message.subType ?? message.type} ${message.message}`);
  }
}

async function rules(pages, report) {
  const validate = new HtmlValidate(new FileSystemConfigLoader(undefined, JSON.parse(readFileSync(new URL(".htmlvalidate.json", import.meta.url)))));
  for (const page of pages) {
    const result = await validate.validateString(readFileSync(page, "utf8"), page);
    for (const message of result.results.flatMap((one) => one.messages)) {
      report(page, "html-validate", `${message.line}:${message.column} ${message.ruleId} ${message.message}`);
    }
  }
}

const BROWSERS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function launch() {
  const executablePath = BROWSERS.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("no Chromium found; set CHROMIUM");
  return chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"] });
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// axe-core over what the page is at this moment; all its rules, or those that are named.
export async function axe(page, report, only) {
  await page.evaluate(AXE);
  const result = await page.evaluate((rules) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) }), only);
  for (const violation of result.violations) {
    report(`axe ${violation.id} (${violation.impact}): ${violation.help}; ${violation.nodes.length}×, first ${violation.nodes[0].target.join(" ")} ${violation.nodes[0].any[0]?.message ?? ""}`);
  }
}

// Work on all items, two at a time: one browser keeps two processors busy.
export async function pool(items, work) {
  const waiting = [...items];
  const lane = async () => { while (waiting.length) await work(waiting.shift()); };
  await Promise.all([lane(), lane()]);
}
