import type { Page } from '@playwright/test';

/** Pages of one kind are looked at so many times. */
const OF_A_KIND = 2;

/** What a path is without ids, slugs and tokens: pages of one kind have the same. */
function kindOf(path: string): string {
  return path
    .replace(/[0-9a-f]{8}-?[0-9a-f-]{20,}/gu, ':id')
    .replace(/\/(products|categories|collections|pages|orders)\/[^/:]+/u, '/$1/:slug');
}

/** Paths of ours that the page leads to, without what is loaded or saved. */
async function onward(page: Page): Promise<string[]> {
  const hrefs = await page
    .locator('a[href^="/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const paths = hrefs.map((href) => href.replace(/[?#].*$/u, ''));
  return paths.filter((path) => !/^\/(?:api|media|pkg|style|art)\/|\.\w{2,4}$/u.test(path));
}

/**
 * Visits pages, and those that they lead to as far as `isWanted`; a few of each kind. Tells the path of
 * each while it is open.
 */
export async function* crawl(
  page: Page,
  starts: string[],
  isWanted: (path: string) => boolean = () => true,
): AsyncGenerator<string> {
  const waiting = [...starts];
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = kindOf(path);
    const count = counts.get(kind) ?? 0;
    if (seen.has(path) || (count >= OF_A_KIND && !starts.includes(path))) {
      continue;
    }
    seen.add(path);
    counts.set(kind, count + 1);
    await page.goto(path);
    yield path;
    // Looking may have led elsewhere.
    waiting.push(...(await onward(page)).filter(isWanted));
  }
}
