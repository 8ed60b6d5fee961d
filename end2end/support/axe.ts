import type { Page } from '@playwright/test';
import type { RunOptions } from 'axe-core';
import axe from 'axe-core/axe.min.js';

import { expect, test } from './test';
import type { Hands, Tour } from './tour';

/** What of a page can differ between light and dark; all else differs by width at most. */
export const colourRules = ['color-contrast', 'link-in-text-block'];

/** Colours change over a moment, however short, and what fades in is pale until it is there. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ending = document.getAnimations().filter(
      (animation) =>
        animation.playState === 'running' &&
        animation.timeline === document.timeline &&
        Number(animation.effect?.getComputedTiming().endTime) < Infinity,
    );
    // One that is broken off has come to its end, too.
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}

/** What axe finds on a page as it is shown now. */
export async function violations(page: Page, rules?: string[]) {
  expect(page.frames(), 'frames, which are not looked into').toHaveLength(1);
  await settled(page);
  // It stays there for the next look: half a megabyte takes longer to arrive than many a look.
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe.source);
  }
  const options: RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  return page.evaluate(async (options) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations } = await inPage.run(document, options);
    return violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
    }));
  }, options);
}

/** The page is no wider than its window. */
async function expectNoWider(page: Page, name: string): Promise<void> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(beyond, `${name}: wider than its window`).toBeLessThanOrEqual(1);
}

/** Looks at the page as it is shown, with script: axe is one itself. */
export async function expectAccessibleNow(page: Page, javaScriptEnabled: boolean): Promise<void> {
  if (!javaScriptEnabled) return;
  expect(await violations(page)).toEqual([]);
}

/** Looks at the page on a phone and on a desk, by day and by night. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.waitForLoadState();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const found = await violations(page, colorScheme === 'dark' ? colourRules : undefined);
      expect.soft(found, `${name} at ${width} px, ${colorScheme}`).toEqual([]);
    }
    await expectNoWider(page, `${name} at ${width} px`);
  }
}

/**
 * Looks at it on a phone by day, and at its width on a desk, too: what is said in another language has another length,
 * and all else, such as its colours by night, is looked at in the first one.
 */
export async function expectReadable(page: Page, name: string): Promise<void> {
  await page.waitForLoadState();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 900 });
  await expectNoWider(page, `${name} at 1280 px`);
  await page.setViewportSize({ width: 390, height: 900 });
  expect.soft(await violations(page), `${name} at 390 px`).toEqual([]);
  await expectNoWider(page, `${name} at 390 px`);
}

/** Looks at each place of a tour, and then does there what else is to be seen. */
export async function visit(
  tour: Tour,
  hands: Hands,
  besides: (page: Page, name: string) => Promise<void> = async () => {},
): Promise<void> {
  for await (const name of tour(hands)) {
    await test.step(name, async () => {
      await expectAccessible(hands.page, name);
      await besides(hands.page, name);
    });
  }
}
