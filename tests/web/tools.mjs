// What both checks use: the two validators of markup, and a browser.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { HtmlValidate, FileSystemConfigLoader } from "html-validate";

const require = createRequire(import.meta.url);

// Nu validator and html-validate over files; every message goes to report(path, tool, text).
export async function validate(pages, report) {
  nu(pages, report);
  await rules(pages, report);
}

function nu(pages, report) {
  const jar = require("vnu-jar");
  const run = spawnSync("java", ["-jar", jar, "--format", "json", "--also-check-svg", ...pages], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  // Without messages the tool says nothing; anything that is no JSON is the tool failing.
  for (const message of JSON.parse(run.stderr || '{"messages":[]}').messages) {
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

// axe-core over what the page is at this moment.
export async function axe(page, report) {
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of result.violations) {
    report(`axe ${violation.id} (${violation.impact}): ${violation.help}; ${violation.nodes.length}×, first ${violation.nodes[0].target.join(" ")} ${violation.nodes[0].any[0]?.message ?? ""}`);
  }
}
