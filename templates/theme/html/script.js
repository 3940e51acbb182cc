"use strict";
// The page is whole without this: it adds the current place, tables as CSV, columns that stay, and the search of the front page.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const wide = window.matchMedia("(min-width: 68rem)");

  const contents = document.querySelector(".contents details");
  if (contents) {
    const fold = () => { contents.open = wide.matches; };
    wide.addEventListener("change", fold);
    fold();
    // Beside the text there is nothing to fold.
    contents.querySelector("summary").addEventListener("click", (event) => { if (wide.matches) event.preventDefault(); });
    contents.addEventListener("click", (event) => { if (!wide.matches && event.target.closest("a")) contents.open = false; });
    follow(contents);
  }

  function follow(list) {
    const links = new Map(all("a", list).map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const places = all("main [id]").filter((place) => links.has(place.id));
    let current = null;
    let asked = false;
    const mark = () => {
      asked = false;
      // The last place whose upper edge has left the window through the top third. Measured, not observed: a jump passes
      // places that never come into sight.
      const place = places.filter((one) => one.getBoundingClientRect().top < window.innerHeight / 3).pop() || places[0];
      const link = place && links.get(place.id);
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      if (!current) return;
      current.setAttribute("aria-current", "location");
      const box = list.parentElement;
      if (!wide.matches || box.scrollHeight <= box.clientHeight) return;
      const at = current.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      if (at.top < frame.top + 60 || at.bottom > frame.bottom - 60) box.scrollTop += at.top - frame.top - frame.height / 3;
    };
    const later = () => {
      if (!asked) requestAnimationFrame(mark);
      asked = true;
    };
    window.addEventListener("scroll", later, { passive: true });
    window.addEventListener("resize", later);
    mark();
  }

  // All are measured before any is changed: a page is laid out once, not once a table.
  function settle(frames) {
    const shown = frames.map((frame) => ({ frame, table: frame.querySelector("table"), width: frame.clientWidth })).filter(({ width }) => width > 0);
    for (const { frame, table, width } of shown) {
      frame.style.setProperty("--frame", `${width}px`);
      frame.classList.remove("fits");
      table.classList.remove("keep1", "keep2", "keep3", "keepname");
    }
    for (const one of shown) Object.assign(one, kept(one.table, one.width));
    for (const { frame, table, fits, name, gone, edges } of shown) {
      frame.classList.toggle("fits", fits);
      // A frame that does not scroll is no stop for the keyboard.
      if (fits) frame.removeAttribute("tabindex"); else frame.setAttribute("tabindex", "0");
      if (name) {
        table.classList.add("keepname");
        table.style.setProperty("--h1", `${gone}px`);
      }
      edges.forEach((edge, at) => table.style.setProperty(`--h${at + 1}`, `${edge}px`));
      if (edges.length) table.classList.add(`keep${edges.length}`);
    }
  }
  // The columns that stay while a table scrolls: right edges of the leading ones, or the name alone.
  function kept(table, width) {
    const edges = [];
    if (table.offsetWidth <= width + 1) return { fits: true, name: false, edges };
    let left = 0;
    for (let column = 0; column < 3; column += 1) {
      const cell = table.querySelector(`.h${column}:not([colspan])`);
      const next = table.querySelector(`.h${column + 1}:not([colspan])`);
      if (!cell || !next) break;
      left += cell.offsetWidth;
      if (left + next.offsetWidth > width * 0.45) {
        // No room for code and name: the name says more.
        const name = column === 0 && Boolean(table.querySelector("tbody .h0.c")) && next.offsetWidth < width * 0.5;
        return { fits: false, name, gone: left, edges };
      }
      edges.push(left);
    }
    return { fits: false, name: false, edges };
  }
  const settleAll = () => settle(all(".frame"));
  window.addEventListener("resize", settleAll);
  // On a phone the letters of a drawing are small: there its data stand open.
  const phone = window.matchMedia("(max-width: 40rem)").matches;
  all(".chart details").forEach((details) => {
    details.addEventListener("toggle", settleAll);
    details.open = phone;
  });

  function csv(table) {
    const rows = [];
    all("tr", table).forEach((row, at) => {
      rows[at] = rows[at] || [];
      let column = 0;
      for (const cell of row.cells) {
        while (rows[at][column] !== undefined) column += 1;
        const figure = cell.classList.contains("n");
        const words = cell.innerText.trim();
        for (let down = 0; down < cell.rowSpan; down += 1) {
          rows[at + down] = rows[at + down] || [];
          for (let right = 0; right < cell.colSpan; right += 1) {
            const first = down === 0 && right === 0;
            rows[at + down][column + right] = !first ? "" : figure ? words.replace(/(\d),(?=\d)/g, "$1") : guarded(words);
          }
        }
      }
    });
    const quoted = (words) => (/[",\r\n]/.test(words) ? `"${words.replace(/"/g, '""')}"` : words);
    return rows.map((row) => Array.from(row, (words) => quoted(words || "")).join(",")).join("\r\n");
  }
  // A spreadsheet must not take words for a formula.
  function guarded(words) { return /^[=+@]/.test(words) ? `'${words}` : words; }

  function tool(place) {
    const table = place.querySelector("table");
    const frame = place.querySelector(".frame");
    const title = place.querySelector(".title");
    const name = frame.getAttribute("aria-label") || (title ? title.textContent : "表");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "下载 CSV";
    button.setAttribute("aria-label", `下载 CSV：${name}`);
    button.addEventListener("click", () => {
      // The mark at the start tells a spreadsheet that this is UTF-8.
      const address = URL.createObjectURL(new Blob(["\ufeff", csv(table), "\r\n"], { type: "text/csv;charset=utf-8" }));
      const link = document.createElement("a");
      link.href = address;
      link.download = `${name.replace(/[\\/:*?"<>|\s]+/g, "_")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
    const line = document.createElement("p");
    line.className = "tools";
    const hint = document.createElement("span");
    hint.textContent = "表格较宽，可左右滚动";
    line.append(hint, button);
    frame.after(line);
  }
  const equip = (frames) => {
    all(".table").filter((place) => !place.querySelector(".tools")).forEach(tool);
    settle(frames);
  };
  equip(all(".frame"));
  // Again for what a preview changed later.
  document.addEventListener("replaced", (event) => {
    const within = (frame) => event.detail.some((node) => frame.contains(node) || node.contains(frame));
    equip(all(".frame").filter(within));
  });

  const search = document.querySelector(".search");
  if (search) {
    search.hidden = false;
    const input = search.querySelector("input");
    const found = search.querySelector("[role=status]");
    const entries = all(".entries > li").map((item) => {
      const heads = [];
      for (let group = item.closest(".group"); group; group = group.parentElement.closest(".group")) heads.push(group.firstElementChild.textContent);
      return { item, words: `${heads.join(" ")} ${item.textContent}`.toLowerCase() };
    });
    const show = () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const { item, words } of entries) {
        item.hidden = !wanted.every((word) => words.includes(word));
        if (!item.hidden) count += 1;
      }
      all(".group").forEach((group) => { group.hidden = !group.querySelector(".entries > li:not([hidden])"); });
      found.textContent = wanted.length ? `找到 ${count} 份` : "";
    };
    input.addEventListener("input", show);
    show();
  }
})();
