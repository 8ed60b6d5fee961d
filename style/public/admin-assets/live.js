// A panel that is kept up to date, of a running sale, of a drop or of a server: asks for it every two seconds, or as
// often as the panel says, while the page is looked at.

const EVERY = 2000;

const panel = document.querySelector("[data-live]");
if (panel) watch(panel);

function watch(panel) {
  const said = JSON.parse(panel.dataset.words);
  const every = Number(panel.dataset.liveEvery ?? EVERY);
  panel.querySelector("[data-live-again]").hidden = true;
  let failed = 0;
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(panel.dataset.live, { headers: { accept: "application/json" } });
        // Signed out, or no longer of the staff: nothing will come any more.
        if (answer.status === 404) return stop(panel, said);
        if (!answer.ok) throw new Error(String(answer.status));
        show(panel, said, await answer.json());
        failed = 0;
      } catch {
        failed = Math.min(failed + 1, 5);
        at(panel, said.failed);
      }
    }
    setTimeout(ask, every * (1 + failed));
  };
  setTimeout(ask, every);
}

function stop(panel, said) {
  at(panel, said.signedOut);
  panel.querySelector("[data-live-again]").hidden = false;
}

function at(panel, words) {
  panel.querySelector("[data-live-at]").textContent = words;
}

function clock(at, said, timeZone) {
  const words = { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" };
  return new Date(at).toLocaleTimeString(said.clock, { ...words, timeZone });
}

function show(panel, said, live) {
  at(panel, clock(live.at, said, panel.dataset.liveZone));
  if (live.variants) sale(panel, said, live);
  if (live.node) system(panel, said, live);
  if (live.values) written(panel, live);
}

// What comes in the words of the page.
function written(panel, { values, tables }) {
  for (const [key, words] of Object.entries(values)) value(panel, key, words);
  for (const [key, rows] of Object.entries(tables)) table(panel, key, rows);
}

const decimal = (number, said) => number.toFixed(1).replace(".", said.point);

function sale(panel, said, live) {
  const tenths = Math.floor((live.orders_last_minute * 10) / 60);
  value(panel, "per_second", decimal(tenths / 10, said));
  table(
    panel,
    "variants",
    live.variants.map(({ title, sold, left }) => {
      const all = sold + left;
      return [title, sold, left, `${all ? Math.floor((sold * 100) / all) : 0} %`];
    }),
  );
}

function system(panel, said, { node, mails }) {
  const mean = node.orders_per_transaction;
  const tally = ({ count, is_more }) => (is_more ? `${count}+` : count);
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const up = node.uptime_seconds;
  value(panel, "queue", node.queue_depth);
  value(panel, "batch", mean === null ? "–" : decimal(mean, said));
  value(panel, "lock", node.lock_wait_ms === null ? said.noLock : `${decimal(node.lock_wait_ms, said)} ms`);
  value(
    panel,
    "cache",
    node.cache_looks ? `${Math.floor((node.cache_hits * 100) / node.cache_looks)} %` : "–",
  );
  value(panel, "database", `${node.db_used} / ${node.db_max}`);
  value(panel, "redis", said.redis[node.redis]);
  value(panel, "mails_waiting", tally(mails.waiting));
  value(panel, "mails_failed", tally(mails.failed));
  value(
    panel,
    "uptime",
    `${Math.floor(up / 86400)} ${said.days} ${two((up / 3600) % 24)}:${two((up / 60) % 60)}`,
  );
  table(
    panel,
    "refusals",
    node.refusals.map(({ kind, count }) => [said.refusals[kind] ?? kind.replaceAll("_", " "), count]),
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
  // On a phone each figure has the name of its column above it.
  const heads = found.classList.contains("table-stack") ? found.tHead.rows[0].cells : [];
  body.replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement("tr");
      cells.forEach((words, at) => {
        const cell = row.insertCell();
        cell.className = at > 0 ? "cell-num" : "cell-first";
        if (at > 0 && heads[at]) cell.dataset.label = heads[at].textContent;
        cell.textContent = String(words);
      });
      return row;
    }),
  );
}
