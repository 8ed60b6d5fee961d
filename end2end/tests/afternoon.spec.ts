import type { Page, TestInfo } from '@playwright/test';

import { expectAccessible } from '../support/axe';
import { credentials } from '../support/environment';
import { mailedLink } from '../support/mailbox';
import { goToReview, hydrated, orderNumber, placeButton } from '../support/shop';
import { expect, test } from '../support/test';

/** The shop is empty once. */
test.describe.configure({ retries: 0, timeout: 600_000 });

const kinds = ['imprint', 'privacy', 'terms', 'withdrawal', 'delivery', 'contact', 'accessibility'];

const logo = {
  name: 'logo.svg',
  mimeType: 'image/svg+xml',
  buffer: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30"><rect width="120" height="30" rx="6"/></svg>',
  ),
};

/** What only the owner knows. */
function filled(text: string, words: string): string {
  return text.replace(/\[\[[^\]]*\]\]/gu, words);
}

/** To be looked at: on a phone and on a desk. */
async function pictured(page: Page, testInfo: TestInfo, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const path = testInfo.outputPath(`${name}-${width}.png`);
    await page.screenshot({ path, fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} at ${width} px`).toBeLessThanOrEqual(1);
  }
}

async function saved(page: Page, words: string): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
}

test('an owner makes a new shop theirs in an afternoon', async ({ page: owner, newVisitor }, info) => {
  const shopper = await newVisitor();
  let product = '';

  await test.step('they sign in', async () => {
    await owner.goto('/admin/sign-in');
    await owner.getByLabel('E-mail').fill(credentials.email);
    await owner.getByLabel('Password').fill(credentials.password);
    await owner.getByRole('button', { name: 'Sign in' }).click();
    await expect(owner.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  });

  await test.step('the shop gets its name', async () => {
    await owner.goto('/admin/settings');
    await owner.getByLabel('Shop name').fill('Corner Shop');
    await owner.getByRole('button', { name: 'Save settings' }).click();
    await saved(owner, 'Settings saved.');
    await shopper.goto('/');
    await expect(shopper).toHaveTitle(/Corner Shop/u);
    await expect(shopper.getByText('Holdfast', { exact: false })).toHaveCount(0);
    await expect(shopper.getByText('kelp')).toHaveCount(0);
    // Nothing is promised that nobody has written.
    await expect(shopper.locator('.values')).toHaveCount(0);
  });

  await test.step('and its logo and colour', async () => {
    await owner.goto('/admin/look');
    await owner.getByRole('radio', { name: 'A colour of your own' }).check();
    await owner.getByRole('spinbutton', { name: 'Hue' }).fill('250');
    const form = owner.locator('form[data-upload="logo"]');
    await form.getByLabel('Logo: Choose a file').setInputFiles(logo);
    await form.getByRole('button', { name: 'Upload' }).click();
    await expect(owner).toHaveURL(/logo=[0-9a-f]{32}/u);
    await owner.getByRole('button', { name: 'Save look' }).click();
    await saved(owner, 'Look saved.');
    await shopper.goto('/');
    await expect(shopper.locator('header .brand-logo').first()).toBeAttached();
  });

  await test.step('legal pages are filled in and published', async () => {
    for (const kind of kinds) {
      await owner.goto('/admin/pages');
      await owner.locator(`a[href="/admin/pages/new?template=${kind}-en"]`).click();
      const text = owner.getByRole('textbox', { name: 'Text' });
      await text.fill(filled(await text.inputValue(), 'Corner Shop'));
      await owner.getByLabel('Messages go to').fill('desk@example.com');
      await owner.getByLabel('Status').selectOption('Published');
      await owner.getByRole('button', { name: 'Create page' }).click();
      await saved(owner, 'Page saved.');
    }
    await owner.goto('/admin/pages');
    await expect(owner.getByRole('row').filter({ hasText: 'Published' })).toHaveCount(kinds.length);
    await expect(owner.getByText(/\d gap/u)).toHaveCount(0);
    await pictured(owner, info, 'pages');
  });

  await test.step('the footer leads to them', async () => {
    for (const label of ['Imprint', 'Contact']) {
      await owner.goto('/admin/menus/new?place=footer');
      await owner.getByLabel('Label').fill(label);
      const target = owner.getByLabel('Leads to');
      const option = target.locator('option').filter({ hasText: `Page: ${label}` });
      await target.selectOption({ label: (await option.first().textContent()) ?? '' });
      await owner.getByRole('button', { name: 'Save menu item' }).click();
      await saved(owner, 'Menu item saved.');
    }
    await shopper.goto('/');
    await shopper.getByRole('contentinfo').getByRole('link', { name: 'Imprint' }).click();
    await expect(shopper.getByRole('heading', { level: 1, name: 'Imprint' })).toBeVisible();
    await expect(shopper.getByRole('main')).toContainText('Corner Shop');
    await expect(shopper.getByRole('main')).not.toContainText('[[');
  });

  await test.step('the first product is for sale', async () => {
    await owner.goto('/admin/products/new');
    await owner.getByLabel('Title', { exact: true }).fill('Wooden Spoon');
    await owner.getByRole('button', { name: 'Edit as HTML' }).click();
    await owner.getByLabel('Description (optional)', { exact: true }).fill('<p>Of olive wood.</p>');
    await owner.getByRole('radio', { name: /^Active/u }).check();
    await owner.getByLabel('Price of variant 1', { exact: true }).fill('12.50');
    await owner.getByLabel('Stock of variant 1', { exact: true }).fill('20');
    await owner.getByRole('button', { name: 'Create product' }).click();
    await saved(owner, 'Saved.');
    product = new URL(owner.url()).pathname;
    await shopper.goto('/products/wooden-spoon');
    await expect(shopper.getByRole('heading', { level: 1, name: 'Wooden Spoon' })).toBeVisible();
    await expect(shopper.getByText('Standard: €4.90')).toBeVisible();
    await expect(shopper.getByText('working day')).toHaveCount(0);
  });

  await test.step('the front page says what the shop sells', async () => {
    await shopper.goto('/');
    await expect(shopper.getByRole('heading', { level: 1, name: 'Corner Shop' })).toBeVisible();
    await owner.goto('/admin/home');
    await owner.getByRole('link', { name: 'Hero', exact: true }).click();
    await owner.getByLabel(/^Heading/u).fill('Wood for your kitchen.');
    await owner.getByRole('button', { name: 'Save block' }).click();
    await saved(owner, 'Block saved.');
    await owner.getByRole('button', { name: 'Publish', exact: true }).click();
    await saved(owner, 'Home page published.');
    await shopper.goto('/');
    const heading = shopper.getByRole('heading', { level: 1, name: 'Wood for your kitchen.' });
    await expect(heading).toBeVisible();
    await pictured(owner, info, 'front-page');
  });

  await test.step('nobody can order before the shop is open', async () => {
    await expect(shopper.locator('.site-notice')).toBeVisible();
    const early = await newVisitor();
    await early.goto('/products/wooden-spoon');
    await hydrated(early);
    await early.getByRole('button', { name: 'Add to cart', exact: true }).click();
    await expect(early.getByText('Added to your cart')).toBeVisible();
    await early.goto('/checkout');
    const closed = early.getByRole('heading', { level: 1, name: 'This shop isn’t open yet' });
    await expect(closed).toBeVisible();
    await expectAccessible(early, 'closed checkout');
    await early.close();
    await owner.goto('/admin');
    await expect(owner.getByRole('heading', { name: 'Before you open' })).toBeVisible();
    await expect(owner.getByRole('button', { name: 'Open the shop' })).toHaveCount(0);
    await pictured(owner, info, 'before-you-open');
  });

  await test.step('what is left to do is done', async () => {
    await owner.getByRole('link', { name: 'Seller’s data' }).click();
    await owner.getByLabel('Name', { exact: true }).fill('Corner Shop Ltd.');
    await owner.getByLabel('Street and number').fill('Quay 7');
    await owner.getByLabel('Town or city').fill('Hamburg');
    await owner.getByLabel('Country').selectOption('DE');
    await owner.getByLabel('E-mail address').fill('corner@example.com');
    await owner.getByRole('button', { name: 'Save seller’s data' }).click();
    await saved(owner, 'Seller’s data saved.');

    await owner.goto('/admin');
    await owner.getByRole('button', { name: 'Send test e-mail' }).click();
    const arrived = owner.getByRole('button', { name: 'It has arrived' });
    await expect(async () => {
      await owner.goto('/admin');
      await expect(arrived).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 75_000 });
    await arrived.click();
    for (const _ of ['delivery', 'tax']) {
      await owner.getByRole('button', { name: 'That’s right' }).first().click();
      await saved(owner, 'Confirmed.');
    }
    await owner.getByRole('button', { name: 'Open the shop' }).click();
    await saved(owner, 'Your shop is open.');
  });

  await test.step('the first order comes in', async () => {
    await shopper.goto('/products/wooden-spoon');
    await expect(shopper.locator('.site-notice')).toHaveCount(0);
    await hydrated(shopper);
    await shopper.getByRole('button', { name: 'Add to cart', exact: true }).click();
    await expect(shopper.getByText('Added to your cart')).toBeVisible();
    await shopper.goto('/cart');
    await goToReview(shopper, 'kim@example.com');
    await placeButton(shopper).click();
    const number = await orderNumber(shopper);
    await owner.goto('/admin/orders');
    await expect(owner.getByRole('row').filter({ hasText: number })).toHaveCount(1);
  });

  await test.step('the shopper confirms it with the link in the e-mail', async () => {
    const link = await mailedLink('kim@example.com', '/orders/confirm');
    const confirming = await shopper.context().newPage();
    await confirming.goto(link);
    const heading = confirming.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText('Confirm your order');
    await expectAccessible(confirming, 'order to confirm');
    await confirming.getByRole('button', { name: 'Confirm order' }).click();
    await expect(confirming).toHaveURL(/\/orders\/[\w-]{16,}$/u);
    await confirming.goto(link);
    await expect(heading).toHaveText('Your order is confirmed');
    await expectAccessible(confirming, 'order that was confirmed');
    await confirming.close();
  });

  await test.step('German is turned on', async () => {
    await owner.goto('/admin/settings');
    const languages = owner.getByRole('group', { name: 'Pages are also in' });
    await languages.getByRole('checkbox', { name: 'Deutsch' }).check();
    await owner.getByRole('button', { name: 'Save settings' }).click();
    await saved(owner, 'Settings saved.');
    await shopper.goto('/de/products/wooden-spoon');
    await expect(shopper.locator('html')).toHaveAttribute('lang', 'de');
    await expect(shopper.getByRole('heading', { level: 1, name: 'Wooden Spoon' })).toBeVisible();
  });

  await test.step('the product is translated', async () => {
    await owner.goto(product);
    const panel = owner.getByRole('region', { name: 'Translations' });
    await panel.getByRole('link', { name: 'Deutsch' }).click();
    await owner.getByLabel(/^Title/u).fill('Kochlöffel');
    await owner.getByLabel(/^Description/u).fill('<p>Aus Olivenholz.</p>');
    await owner.getByRole('button', { name: 'Save translations' }).click();
    await saved(owner, 'Translations saved.');
  });

  await test.step('the imprint begins with the German template', async () => {
    await owner.goto('/admin/pages');
    const row = owner.getByRole('row').filter({ hasText: 'Imprint' });
    await expect(row).toContainText('Deutsch: missing');
    await row.getByRole('link', { name: 'Imprint' }).click();
    const panel = owner.getByRole('region', { name: 'Translations' });
    await panel.getByRole('link', { name: 'Deutsch' }).click();
    await owner.getByRole('link', { name: /^Start with the template/u }).click();
    const text = owner.getByRole('textbox', { name: /^Text/u });
    await owner.getByRole('button', { name: 'Save translations' }).click();
    // Its gaps are still there.
    await expect(text).toHaveAttribute('aria-invalid', 'true');
    await text.fill(filled(await text.inputValue(), 'Laden an der Ecke'));
    await owner.getByRole('button', { name: 'Save translations' }).click();
    await saved(owner, 'Translations saved.');
    await pictured(owner, info, 'translation');
  });

  await test.step('and so is the menu', async () => {
    await owner.goto('/admin/menus');
    await owner.getByRole('link', { name: 'Menus in Deutsch' }).click();
    await owner.getByLabel(/^Item of the footer/u).first().fill('Impressum');
    await owner.getByRole('button', { name: 'Save translations' }).click();
    await saved(owner, 'Translations saved.');
    await owner.goto('/admin/menus');
    const rows = owner.locator('.menu-row');
    await expect(rows.filter({ hasText: 'Imprint' })).not.toContainText('Deutsch: missing');
    await expect(rows.filter({ hasText: 'Contact' })).toContainText('Deutsch: missing');
  });

  await test.step('shoppers read all of it in German', async () => {
    await shopper.goto('/de/products/wooden-spoon');
    await hydrated(shopper);
    await expect(shopper.getByRole('heading', { level: 1, name: 'Kochlöffel' })).toBeVisible();
    await expect(shopper.getByText('Aus Olivenholz.')).toBeVisible();
    await pictured(shopper, info, 'product-de');
    await shopper.getByRole('contentinfo').getByRole('link', { name: 'Impressum' }).click();
    await expect(shopper).toHaveURL(/\/de\/pages\/imprint$/u);
    await expect(shopper.getByRole('heading', { level: 1, name: 'Impressum' })).toBeVisible();
    await expect(shopper.getByRole('main')).toContainText('Laden an der Ecke');
    await pictured(shopper, info, 'imprint-de');
    await shopper.getByRole('contentinfo').getByRole('link', { name: 'English' }).click();
    await expect(shopper.getByRole('heading', { level: 1, name: 'Imprint' })).toBeVisible();
    await shopper.goto('/');
    await pictured(shopper, info, 'home');
  });
});
