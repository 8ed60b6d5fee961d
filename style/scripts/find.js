// What the list that Ctrl+K opens finds of the shop's own: orders, products, customers, categories,
// collections and pages. It is loaded when the list is first opened.

/** Asks for what fits; places are the list's own. */
export async function find(typed, signal) {
  const query = new URLSearchParams({ q: typed });
  const answer = await fetch(`/api/admin/search?${query}`, { headers: { accept: "application/json" }, signal });
  if (!answer.ok) return [];
  const { groups } = await answer.json();
  return groups
    .filter(({ kind }) => kind !== "places")
    .flatMap(({ title, hits }) => hits.map((hit) => ({ words: hit.title, detail: hit.detail, kind: title, href: hit.href })));
}
