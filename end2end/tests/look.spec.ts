import type { Page } from '@playwright/test';

import { colourRules, violations } from '../support/axe';
import { expect, test } from '../support/test';

/** All of them change the one look of the shop. */
test.describe.configure({ mode: 'serial' });

const HERE = '/admin/look';

interface Choice {
  hue?: number;
  corners?: string;
  font?: string;
}

async function choose(page: Page, { hue, corners, font }: Choice): Promise<void> {
  if (hue === undefined) {
    await page.getByRole('radio', { name: 'Standard green' }).check();
  } else {
    await page.getByRole('radio', { name: 'A colour of your own' }).check();
    await page.getByRole('spinbutton', { name: 'Hue' }).fill(String(hue));
  }
  await page.getByLabel('Corners').selectOption(corners ?? 'rounded');
  await page.getByLabel('Font', { exact: true }).selectOption(font ?? 'system');
}

async function save(page: Page, choice: Choice): Promise<void> {
  await page.goto(HERE);
  await choose(page, choice);
  await page.getByRole('button', { name: 'Save look' }).click();
  await expect(page).toHaveURL(/saved=1/);
  await expect(page.getByRole('status')).toContainText('Look saved.');
}

/** The value of a token on the page. */
async function token(page: Page, name: string, of = ':root'): Promise<string> {
  return page
    .locator(of)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name).trim(), name);
}

/** Looks at it by day and by night. */
async function expectSound(page: Page, name: string, rules?: string[]): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect.soft(await violations(page, rules), `${name}, ${colorScheme}`).toEqual([]);
  }
}

test.afterEach(async ({ adminPage }) => save(adminPage, {}));

test('the preview follows every choice, and the shop changes when it is saved', async ({
  adminPage,
  page,
}) => {
  await page.goto('/');
  const before = await token(page, '--accent');
  await adminPage.goto(HERE);
  const sample = await token(adminPage, '--accent', '.look-light');
  expect(sample).toBe('#14584b');

  await test.step('without saving', async () => {
    await choose(adminPage, { hue: 310, corners: 'square', font: 'outfit' });
    await expect.poll(() => token(adminPage, '--accent', '.look-light')).not.toBe(sample);
    await expect.poll(() => token(adminPage, '--radius-m', '.look-dark')).toBe('0');
    expect(await token(adminPage, '--accent')).toBe(before);
    await page.reload();
    expect(await token(page, '--accent')).toBe(before);
  });

  await test.step('saved', async () => {
    const chosen = await token(adminPage, '--accent', '.look-light');
    await adminPage.getByRole('button', { name: 'Save look' }).click();
    await expect(adminPage.getByRole('status')).toContainText('Look saved.');
    await page.reload();
    expect(await token(page, '--accent')).toBe(chosen);
    const font = await page.locator('h1').first().evaluate((title) => getComputedStyle(title).fontFamily);
    expect(font).toContain('Outfit');
    await page.evaluate(() => document.fonts.ready);
    const loaded = await page.evaluate(() => document.fonts.check('500 2rem Outfit'));
    expect(loaded).toBe(true);
  });
});

test('axe finds nothing in any accent, by day and by night', async ({ adminPage, page, admin }) => {
  test.slow();
  const product = await admin.makeProduct();
  for (const hue of [25, 95, 145, 250, 310]) {
    await save(adminPage, { hue, corners: hue > 200 ? 'round' : 'slight', font: 'literata' });
    for (const path of ['/', '/products', `/products/${product.slug}`, '/account/sign-in']) {
      await page.goto(path);
      // An accent changes colours; all else of these pages is looked at elsewhere.
      await expectSound(page, `${path}, ${hue}`, colourRules);
    }
    await adminPage.goto(HERE);
    await expectSound(adminPage, `look, ${hue}`);
  }
});

test('a logo is uploaded, seen in the preview, and shown only once it is saved', async ({
  adminPage,
  page,
}) => {
  const file = (inside: string) => ({
    name: 'logo.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30">${inside}</svg>`,
    ),
  });
  const form = adminPage.locator('form[data-upload="logo"]');
  await adminPage.goto(HERE);
  await choose(adminPage, { hue: 60 });
  await form.getByLabel('Logo: Choose a file').setInputFiles(file('<circle cx="15" cy="15" r="15"/>'));
  await form.getByRole('button', { name: 'Upload' }).click();

  await expect(adminPage).toHaveURL(/logo=[0-9a-f]{32}/);
  await expect(adminPage.getByRole('status')).toContainText('This is a preview.');
  await expect(adminPage.locator('.look-light img').first()).toHaveJSProperty('naturalWidth', 640);
  // What was chosen before is still there.
  await expect(adminPage.getByRole('spinbutton', { name: 'Hue' })).toHaveValue('60');
  await page.goto('/');
  await expect(page.locator('header .brand-logo')).toHaveCount(0);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the preview is a page, and saving works', async ({ page, adminPage: owner }) => {
    await owner.goto(HERE);
    await choose(owner, { hue: 200, corners: 'round', font: 'inter' });
    await owner.getByRole('button', { name: 'Preview' }).click();
    await expect(owner).toHaveURL(/\/admin\/look\?.*hue=200/);
    await expect(owner.getByRole('status')).toContainText('This is a preview.');
    await expect(owner.locator('#look-sheet')).toHaveAttribute(
      'href',
      '/look/preview.200.round.inter.css',
    );
    await owner.getByRole('button', { name: 'Save look' }).click();
    await expect(owner.getByRole('status')).toContainText('Look saved.');
    await page.goto('/');
    await expect(page.locator('link[href^="/look/200.round.inter."]')).toHaveCount(1);
  });
});
