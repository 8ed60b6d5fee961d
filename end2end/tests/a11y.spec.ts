import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { type Hands, type Tour, adminTours, doorTour, shopTours } from '../support/tours';
import { expect, test } from '../support/test';

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

/** Looks at the page on a phone and on a desk, by day and by night. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.waitForLoadState();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await painted(page);
      const found = await violations(page, colorScheme === 'dark' ? colourRules : undefined);
      expect.soft(found, `${name} at ${width} px, ${colorScheme}`).toEqual([]);
    }
  }
}

async function visit(tour: Tour, hands: Hands): Promise<void> {
  for await (const name of tour(hands)) {
    await test.step(name, () => expectAccessible(hands.page, name));
  }
}

test.describe('axe finds nothing', () => {
  // Some twenty looks at each of several pages take their time on a busy machine.
  test.slow();

  for (const [name, tour] of Object.entries(shopTours)) {
    test(`on the shop’s ${name}`, async ({ page, admin, playwright }) => {
      await visit(tour, { page, admin, playwright });
    });
  }

  test('on the sign-in page', async ({ page, admin, playwright }) => {
    await visit(doorTour, { page, admin, playwright });
  });

  for (const [name, tour] of Object.entries(adminTours)) {
    test(`on the admin area’s ${name}`, async ({ adminPage: page, admin, playwright }) => {
      await visit(tour, { page, admin, playwright });
    });
  }
});

test('the skip link leads past the header', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
