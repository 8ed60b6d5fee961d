// The margin of each variant while its price or cost is typed, as the server shows it: see
// app/desk/src/admin/products/keeping.rs.
const form = document.getElementById("product");
const table = document.getElementById("keeping-rows");
const { digits, tax, decimal } = table?.dataset ?? {};

/** Minor units of an amount that is written plainly; of others the server decides what they mean. */
function minor(text) {
  const [, whole, rest = ""] = text.trim().match(/^(\d{1,15})(?:[.,](\d+))?$/) ?? [];
  if (whole === undefined || rest.length > Number(digits)) return null;
  return BigInt(whole + rest.padEnd(Number(digits), "0"));
}

/** In tenths of a percent of the price without its tax, rounded down. */
function margin(price, cost) {
  const rate = BigInt(tax);
  const whole = 10000n + rate;
  const net = price - (price * rate * 2n + whole) / (whole * 2n);
  if (net <= 0n) return null;
  const part = (net - cost) * 1000n;
  const rest = ((part % net) + net) % net;
  return (part - rest) / net;
}

function words(price, cost) {
  const share = price === null || cost === null ? null : margin(price, cost);
  if (share === null) return "–";
  const size = share < 0n ? -share : share;
  const rest = size % 10n;
  return `${share < 0n ? "−" : ""}${size / 10n}${rest ? `${decimal}${rest}` : ""}\u00a0%`;
}

function show(cell) {
  const value = (name) => form.elements.namedItem(`variants[${cell.dataset.margin}][${name}]`)?.value ?? "";
  cell.textContent = words(minor(value("price")), minor(value("cost")));
}

if (form && table) {
  form.addEventListener("input", (event) => {
    // All rows may have been filled at once.
    if (event.target === form) return table.querySelectorAll("[data-margin]").forEach(show);
    const [, at] = event.target.name?.match(/^variants\[(\d+)\]\[(?:price|cost)\]$/) ?? [];
    if (at !== undefined) table.querySelectorAll(`[data-margin="${at}"]`).forEach(show);
  });
}
