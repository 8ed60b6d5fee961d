import type { Page } from '@playwright/test';

import type { Admin, Playwright } from './admin';

export interface Hands {
  page: Page;
  admin: Admin;
  playwright: Playwright;
}

/** Goes from page to page and tells at each what it is. */
export type Tour = (hands: Hands) => AsyncGenerator<string>;

/** Goes to each of these places. */
export async function* through(page: Page, places: Record<string, string>) {
  for (const [name, path] of Object.entries(places)) {
    await page.goto(path);
    yield name;
  }
}
