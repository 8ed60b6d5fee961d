// The panel of a running sale: asks for it every two seconds while the page is looked at.

const EVERY = 2000;

const panel = document.querySelector("[data-live]");
if (panel) watch(panel);

function watch(panel) {
  panel.querySelector("[data-live-again]").hidden = true;
  let failed = 0;
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(panel.dataset.live, { headers: { accept: "application/json" } });
        // Signed out, or no longer of the staff: nothing will come any more.
        if (answer.status === 404) return stop(panel);
        if (!answer.ok) throw new Error(String(answer.status));
        show(panel, await answer.json());
        failed = 0;
      } catch {
        failed = Math.min(failed + 1, 5);
        at(panel, "no answer; trying again");
      }
    }
    setTimeout(ask, EVERY * (1 + failed));
  };
  setTimeout(ask, EVERY);
}

function stop(panel) {
  at(panel, "before you were signed out");
  panel.querySelector("[data-live-again]").hidden = false;
}

function at(panel, words) {
  panel.querySelector("[data-live-at]").textContent = words;
}

function clock(at, timeZone) {
  const words = { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" };
  return new Date(at).toLocaleTimeString("en-GB", { ...words, timeZone });
}

function show(panel, live) {
  const { node } = live;
  at(panel, clock(live.at, panel.dataset.liveZone));
  const tenths = Math.floor((live.orders_last_minute * 10) / 60);
  value(panel, "per_second", (tenths / 10).toFixed(1));
  value(panel, "lane", node.lane_depth);
  value(panel, "lock", node.lock_wait_ms === null ? "none" : `${node.lock_wait_ms.toFixed(1)} ms`);
  value(
    panel,
    "cache",
    node.cache_looks ? `${Math.floor((node.cache_hits * 100) / node.cache_looks)} %` : "–",
  );
  table(
    panel,
    "variants",
    live.variants.map(({ title, sold, left }) => {
      const all = sold + left;
      return [title, sold, left, `${all ? Math.floor((sold * 100) / all) : 0} %`];
    }),
  );
  table(
    panel,
    "refusals",
    node.refusals.map(({ kind, count }) => [kind.replaceAll("_", " "), count]),
  );
}

function value(panel, key, words) {
  panel.querySelector(`[data-live-value="${key}"]`).textContent = String(words);
}

function table(panel, key, rows) {
  const found = panel.querySelector(`[data-live-table="${key}"]`);
  found.hidden = rows.length === 0;
  panel.querySelector(`[data-live-none="${key}"]`).hidden = rows.length > 0;
  const body = found.tBodies[0];
  body.replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement("tr");
      cells.forEach((words, at) => {
        const cell = row.insertCell();
        if (at > 0) cell.className = "cell-num";
        cell.textContent = String(words);
      });
      return row;
    }),
  );
}
