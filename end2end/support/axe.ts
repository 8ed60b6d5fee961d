import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, test } from './test';
import type { Hands, Tour } from './tour';

/** What of a page can differ between light and dark; all else differs by width at most. */
const colourRules = ['color-contrast', 'link-in-text-block'];

async function violations(page: Page, rules?: string[]) {
  // There are no frames here, so axe need not open a second page to look into them.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  axe.options({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
  }));
}

/** Colours change over a moment, however short. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** The page is no wider than its window. */
async function expectNoWider(page: Page, name: string): Promise<void> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(beyond, `${name}: wider than its window`).toBeLessThanOrEqual(1);
}

/** Looks at the page on a phone and on a desk, by day and by night. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.waitForLoadState();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await painted(page);
      const found = await violations(page, colorScheme === 'dark' ? colourRules : undefined);
      expect.soft(found, `${name} at ${width} px, ${colorScheme}`).toEqual([]);
    }
    await expectNoWider(page, `${name} at ${width} px`);
  }
}

/**
 * Looks at it on a phone by day and on a desk by night: what is said in another language has another length, and all
 * else is looked at in the first one.
 */
export async function expectReadable(page: Page, name: string): Promise<void> {
  await page.waitForLoadState();
  for (const [width, colorScheme] of [[390, 'light'], [1280, 'dark']] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await painted(page);
    const found = await violations(page, colorScheme === 'dark' ? colourRules : undefined);
    expect.soft(found, `${name} at ${width} px, ${colorScheme}`).toEqual([]);
    await expectNoWider(page, `${name} at ${width} px`);
  }
}

export async function visit(tour: Tour, hands: Hands): Promise<void> {
  for await (const name of tour(hands)) {
    await test.step(name, () => expectAccessible(hands.page, name));
  }
}
