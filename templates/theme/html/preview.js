"use strict";
// Keeps a page of the preview current. Stands before the page's own script, so that it sees the page as it was sent.
(() => {
  const own = document.currentScript.dataset;
  const role = own.role;
  let version = Number(own.version);
  document.documentElement.dataset.preview = role;
  let sent = document.body.cloneNode(true);
  const folder = location.pathname.split("/")[1];
  const PARTS = ["header", "nav", "main", "footer"];
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value); else node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  }

  // ---- The newer page, in place

  const added = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(".tools, .preview");
  // Nodes that were changed are noted down.
  function patch(live, old, fresh, touched) {
    if (old.isEqualNode(fresh)) return;
    if (live.nodeType !== Node.ELEMENT_NODE) { live.nodeValue = fresh.nodeValue; touched.push(live); return; }
    for (const { name } of [...old.attributes, ...fresh.attributes]) {
      if (old.getAttribute(name) === fresh.getAttribute(name)) continue;
      touched.push(live);
      if (name === "class") {
        live.classList.remove(...old.classList);
        live.classList.add(...fresh.classList);
      } else if (fresh.hasAttribute(name)) live.setAttribute(name, fresh.getAttribute(name)); else live.removeAttribute(name);
    }
    const now = Array.from(live.childNodes).filter((node) => !added(node));
    const was = Array.from(old.childNodes);
    const next = Array.from(fresh.childNodes);
    const alike = (one, other) => one.nodeName === other.nodeName && one.id === other.id;
    if (now.length !== was.length) { touched.push(live); live.replaceChildren(...next.map((node) => document.importNode(node, true))); return; }
    if (was.length === next.length && was.every((node, at) => alike(node, next[at]))) {
      now.forEach((node, at) => patch(node, was[at], next[at], touched));
      return;
    }
    touched.push(live);
    // What is the same at both ends stays; between them rows or paragraphs came or went.
    let head = 0;
    while (head < was.length && head < next.length && was[head].isEqualNode(next[head])) head += 1;
    let tail = 0;
    while (tail < was.length - head && tail < next.length - head && was[was.length - 1 - tail].isEqualNode(next[next.length - 1 - tail])) tail += 1;
    const behind = now[was.length - tail] || null;
    now.slice(head, was.length - tail).forEach((node) => node.remove());
    next.slice(head, next.length - tail).forEach((node) => live.insertBefore(document.importNode(node, true), behind));
  }

  // What is at the top of the window stays there.
  function keepingPlace(change) {
    const seen = document.elementsFromPoint(window.innerWidth / 2, 90).find((node) => node.closest("main") && !node.closest(".preview"));
    const chain = [];
    for (let node = seen; node && node !== document.body; node = node.parentElement) chain.push([node, node.getBoundingClientRect().top]);
    const at = window.scrollY;
    change();
    const kept = chain.find(([node]) => node.isConnected);
    if (kept) window.scrollBy({ top: kept[0].getBoundingClientRect().top - kept[1], behavior: "instant" });
    else window.scrollTo({ top: at, behavior: "instant" });
  }
  const PLACE = `place ${location.pathname}`;
  function reload() {
    sessionStorage.setItem(PLACE, String(window.scrollY));
    location.reload();
  }
  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place) window.addEventListener("load", () => window.scrollTo({ top: Number(place), behavior: "instant" }));

  const links = (body) => all("nav a", body).map((link) => link.getAttribute("href")).join();
  // The page as it was when this script ran has no scripts after this one: those are left out.
  const frame = (body) => Array.from(body.children).filter((node) => node.tagName !== "SCRIPT").map( (node) => `${node.tagName}.${node.className}`).join();
  // Where the time goes, for whoever measures.
  function timed(name, work) {
    const start = performance.now();
    const done = () => { performance.measure(name, { start, end: performance.now() }); };
    const result = work();
    if (result instanceof Promise) return result.finally(done);
    done();
    return result;
  }
  async function refresh() {
    const text = await timed("fetch", async () => {
      const answer = await fetch(location.pathname);
      return answer.ok ? answer.text() : null;
    });
    // The folder is gone: what was seen last stays.
    if (text === null) return false;
    const fresh = timed("parse", () => new DOMParser().parseFromString(text, "text/html"));
    const styles = all("head style", fresh);
    // What scripts hold on to is not exchanged under them.
    if (links(fresh.body) !== links(sent) || frame(fresh.body) !== frame(sent)) { reload(); return false; }
    const touched = [];
    timed("patch", () => keepingPlace(() => {
      for (const part of PARTS) {
        const [live, old, next] = [document.body, sent, fresh.body].map((body) => body.querySelector(`:scope > ${part}`));
        if (live && old && next) patch(live, old, next, touched);
      }
      all("head style").forEach((style, at) => { if (styles[at] && style.textContent !== styles[at].textContent) style.textContent = styles[at].textContent; });
      document.dispatchEvent(new CustomEvent("replaced", { detail: touched }));
    }));
    document.title = fresh.title;
    sent = fresh.body;
    // It may be newer than the one that was told of.
    version = Number(fresh.querySelector("script[data-version]").dataset.version);
    timed("mark", compare);
    if (!why.hidden && asker.isConnected) ask(asker); else closeWhy();
    document.documentElement.dataset.shown = String(version);
    return true;
  }

  // ---- Figures: what changed, and where a number comes from

  const SEEN = `seen ${location.pathname}`;
  const figures = () => {
    const counts = new Map();
    return all("main [data-fact]").map((node) => {
      const fact = node.dataset.fact;
      const count = (counts.get(fact) || 0) + 1;
      counts.set(fact, count);
      return { node, key: `${fact}#${count}`, text: node.textContent.trim() };
    });
  };
  let seen = new Map(JSON.parse(sessionStorage.getItem(SEEN) || "null") || figures().map(({ key, text }) => [key, text]));
  let changes = [];
  // What stands before a figure: the head of its row, or the words up to it.
  function named(node) {
    const row = node.closest("tr");
    if (row) return all("th", row).map((head) => head.textContent.trim()).filter((text) => /[^\d\s]/.test(text)).pop() || "";
    const block = node.closest("p, li, dd, figure, h1, h2, h3, h4") || node.parentElement;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEndBefore(node);
    return range.toString().trim().split(/[，。；：、]/).pop().slice(-12);
  }
  function compare() {
    changes = [];
    for (const one of figures()) {
      const before = seen.get(one.key);
      const differs = before !== one.text;
      one.node.classList.toggle("preview-changed", differs);
      if (differs) {
        one.node.title = before === undefined ? "新出现" : `原为 ${before || "空"}`;
        changes.push({ ...one, before });
      } else if (one.node.title.startsWith("原为") || one.node.title === "新出现") one.node.removeAttribute("title");
    }
    rove();
    showChanges();
  }
  // Outlives a page that is loaded anew.
  const keep = () => sessionStorage.setItem(SEEN, JSON.stringify([...seen]));
  keep();
  function acknowledge() {
    seen = new Map(figures().map(({ key, text }) => [key, text]));
    keep();
    compare();
  }

  // One stop of the keyboard for all figures; arrows walk from one to the next.
  let stop = null;
  function rove(wanted) {
    const nodes = all("main [data-fact]");
    stop = wanted || (stop && stop.isConnected ? stop : nodes[0]);
    for (const node of nodes) node.tabIndex = node === stop ? 0 : -1;
  }
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !why.hidden) { closeWhy(); return; }
    const figure = event.target.closest("main [data-fact]");
    if (!figure || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); ask(figure).then(() => why.focus({ preventScroll: true })); return; }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const shown = all("main [data-fact]").filter((node) => node.offsetParent !== null);
    const next = shown[shown.indexOf(figure) + step];
    if (next) { rove(next); next.focus(); }
  });
  document.addEventListener("click", (event) => {
    const figure = event.target.closest("main [data-fact]");
    if (!figure || String(getSelection())) return;
    rove(figure);
    figure.focus({ preventScroll: true });
    ask(figure);
  });

  let asker = null;
  async function ask(figure) {
    asker = figure;
    const heading = make("h2", { id: "preview-why" }, figure.textContent.trim() || "（空）");
    const answer = await fetch(`why?figure=${encodeURIComponent(figure.dataset.fact)}`);
    const body = [];
    if (answer.ok) {
      const origin = await answer.json();
      body.push(make("p", { class: "value" }, origin.value), make("p", {}, origin.rule), make("p", { class: "address" }, `地址：${origin.address}`));
      if (origin.parts.length) body.push(make("ul", {}, ...origin.parts.map((part) => make("li", {}, make("b", {}, part.value), make("code", {}, part.address)))));
      const rows = origin.lines.map((line) => make("li", {}, make("code", {}, line.place), make("span", {}, line.text), make("b", {}, line.amounts.join("，"))));
      body.push(make("p", {}, origin.total > rows.length ? `台账 ${origin.total} 行，列出前 ${rows.length} 行：` : `台账 ${origin.total} 行：`), make("ol", {}, ...rows));
    } else body.push(make("p", {}, await answer.text()));
    if (asker !== figure) return;
    why.replaceChildren(make("button", { type: "button", onclick: closeWhy }, "关闭"), heading, ...body);
    if (why.hidden) why.scrollTop = 0;
    why.hidden = false;
    // The figure asked about stays in sight.
    const [asked, told] = [figure, why].map((node) => node.getBoundingClientRect());
    if (asked.bottom > told.top && asked.right > told.left) window.scrollBy({ top: asked.bottom - told.top + 24, behavior: "instant" });
  }
  function closeWhy() {
    why.hidden = true;
    if (asker && asker.isConnected) asker.focus({ preventScroll: true });
    asker = null;
  }

  // ---- The bar, the findings over the page

  const status = make("p", { role: "status" });
  const findings = make("a", { href: role === "front" ? "/" : `/${folder}/findings.html` }, "核对结果");
  const changed = make("div", { class: "changed", hidden: "" });
  const why = make("section", { class: "why", "aria-labelledby": "preview-why", tabindex: "-1", hidden: "" });
  const over = make("section", { class: "over", "aria-label": "核对结果", tabindex: "0", hidden: "" });
  const bar = make("aside", { class: "preview", "aria-label": "预览" }, over, why, changed);
  const row = make("div", { class: "bar" }, status);
  if (role !== "front") {
    row.append(make("a", { href: "/" }, "全部"), role === "report" ? make("a", { href: `/${folder}/` }, "网页") : findings, make("a", { href: `/${folder}/${folder}.pdf`, target: "_blank", rel: "noopener" }, "PDF"));
  }
  bar.append(row);
  const clock = () => new Date().toLocaleTimeString("zh-CN", { hour12: false });

  function showChanges() {
    changed.hidden = changes.length === 0;
    if (changed.hidden) { changed.replaceChildren(); return; }
    const steps = changes.slice(0, 50).map(({ node, before, text }) => {
      const go = () => { node.scrollIntoView({ block: "center", inline: "center" }); rove(node); node.focus({ preventScroll: true }); };
      return make("li", {}, make("button", { type: "button", onclick: go }, `${named(node)} ${before === undefined ? "新" : before || "空"} → ${text || "空"}`));
    });
    changed.replaceChildren(
      make("details", {}, make("summary", {}, `改动 ${changes.length} 处`), make("ol", {}, ...steps)),
      make("button", { type: "button", class: "known", onclick: acknowledge }, "知道了"),
    );
  }

  let reported = null;
  async function report(state) {
    const { errors, warnings, advice } = state.summary;
    const counts = [[errors, "错误"], [warnings, "警告"], [advice, "建议"]].filter(([count]) => count > 0).map(([count, word]) => `${word} ${count}`);
    findings.textContent = counts.length ? `核对结果：${counts.join("，")}` : "核对结果：没有问题";
    if (role === "report") return;
    if (errors === 0) { over.hidden = true; over.replaceChildren(); reported = state.report; return; }
    if (reported === state.report) return;
    const answer = await fetch(`/${folder}/findings.html`);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Errors alone stand over the page; the rest has a page of its own.
    const told = Array.from(document.importNode(fresh.querySelector("main"), true).children);
    const from = told.findIndex((node) => node.id === "errors");
    const to = told.findIndex((node) => node.id === "warnings" || node.id === "advice");
    const own = told.slice(from + 1, to < 0 ? told.length : to);
    own.forEach((node) => node.removeAttribute("id"));
    const kept = state.current ? `这是草稿：改正这 ${errors} 个错误才能公开。` : `有 ${errors} 个错误，页面仍是改动前的样子，改正后自己更新。`;
    const open = !over.firstChild || over.firstChild.open;
    over.replaceChildren(make("details", open ? { open: "" } : {}, make("summary", { class: "kept" }, kept), ...own));
    over.hidden = false;
    reported = state.report;
  }

  // One after the other: news may come while a page is on its way.
  let last = Promise.resolve();
  let boot = null;
  function hear(state) {
    if (boot !== null && state.boot !== boot) { reload(); return null; }
    boot = state.boot;
    const wanted = role === "report" ? state.report : state.page;
    const work = [];
    if (state.summary) work.push(report(state));
    if (wanted !== version) work.push(refresh().then((done) => { if (done) status.textContent = `${clock()} 已更新`; }));
    else if (!status.textContent || status.dataset.lost) status.textContent = "预览中";
    delete status.dataset.lost;
    return Promise.all(work);
  }
  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(bar);
    if (role === "document") compare();
    document.documentElement.dataset.shown = String(version);
    listen();
    document.addEventListener("visibilitychange", listen);
  });

  // A browser keeps few connections to one server: only a page that is looked at holds one. Back in sight it hears the
  // state at once.
  let events = null;
  function listen() {
    if (document.hidden === (events === null)) return;
    if (document.hidden) { events.close(); events = null; return; }
    events = new EventSource("events");
    events.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      performance.mark("heard");
      last = last.then(() => hear(state)).catch(() => { status.textContent = "没有取到新页面，请刷新"; });
    });
    events.addEventListener("error", () => { status.textContent = "预览已断开：gen serve 已结束，重新运行后自己接上"; status.dataset.lost = "lost"; });
  }
})();
