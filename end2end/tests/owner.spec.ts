import type { Page } from '@playwright/test';

import { credentials } from '../support/environment';
import { mail } from '../support/mailbox';
import { png } from '../support/png';
import { cartBadge, cards, chooseShipping, fact, giveContact, hydrated } from '../support/shop';
import { orderNumber, payByCard, placeButton, proceed } from '../support/shop';
import { expect, test } from '../support/test';
import { unique, uniqueEmail } from '../support/unique';

function field(page: Page, label: string) {
  return page.getByLabel(`${label} (optional)`, { exact: true });
}

function cell(page: Page, column: string, row: number) {
  return page.getByLabel(`${column} of variant ${row}`, { exact: true });
}

function rowOf(page: Page, words: string) {
  return page.getByRole('row').filter({ hasText: words });
}

/** What the last seven days came to, by name. */
async function figures(page: Page): Promise<(name: string) => number> {
  await page.goto('/admin?days=7');
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  const all = page.locator('.figures').first();
  const names = await all.locator('dt').allTextContents();
  const numbers = await all.locator('.figure-number').allTextContents();
  return (name) => Number(numbers[names.indexOf(name)]?.replace(/[^\d.]/g, ''));
}

const pictures = [
  { name: 'front.png', mimeType: 'image/png', buffer: png(700, [180, 60, 50]) },
  { name: 'back.png', mimeType: 'image/png', buffer: png(400, [50, 120, 160]) },
  { name: 'hook.png', mimeType: 'image/png', buffer: png(64, [90, 90, 90]) },
];

test('an owner’s day: made, sold, packed, shipped, one unit back, and all of it written down', async ({
  page,
  adminPage,
}) => {
  // A whole day in one go.
  test.slow();
  const title = unique('Storm Lantern');
  const sku = title.replaceAll(' ', '-').toUpperCase();
  const email = uniqueEmail();

  await test.step('make a product with four variants', async () => {
    await adminPage.goto('/admin/products/new');
    await adminPage.getByLabel('Title', { exact: true }).fill(title);
    await adminPage.getByRole('button', { name: 'Edit as HTML' }).click();
    await field(adminPage, 'Description').fill('<p>Burns in any weather.</p>');
    await field(adminPage, 'Option 1').fill('Size');
    await field(adminPage, 'Values 1').fill('S, M');
    await field(adminPage, 'Option 2').fill('Colour');
    await field(adminPage, 'Values 2').fill('Red, Blue');
    await adminPage.getByRole('radio', { name: /^Active/ }).check();
    await cell(adminPage, 'Price', 1).fill('30.00');
    await adminPage.getByRole('button', { name: 'Add a variant for each combination' }).click();
    await expect(cell(adminPage, 'Size', 4)).toHaveValue('M');
    await expect(cell(adminPage, 'Colour', 4)).toHaveValue('Blue');
    await cell(adminPage, 'SKU', 4).fill(sku);
    await cell(adminPage, 'Price', 4).fill('34.00');
    await cell(adminPage, 'Stock', 4).fill('8');
    await adminPage.getByRole('button', { name: 'Create product' }).click();
    await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  });

  const product = await test.step('give it three pictures', async () => {
    await adminPage.getByLabel('Choose pictures').setInputFiles(pictures);
    await expect(adminPage.locator('[data-picture]')).toHaveCount(3);
    for (const [at, alt] of ['Lantern from the front', 'From the back', 'Its hook'].entries()) {
      await adminPage.getByLabel(`Alt text ${at + 1}`, { exact: true }).fill(alt);
    }
    await adminPage.getByRole('button', { name: 'Save product' }).click();
    await expect(adminPage.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
    return new URL(adminPage.url()).pathname;
  });

  const before = await figures(adminPage);
  await test.step('a shopper buys two of the largest blue ones', async () => {
    await page.goto(`/products/${title.toLowerCase().replaceAll(' ', '-')}`);
    await hydrated(page);
    const images = page.getByRole('region', { name: 'Pictures' }).locator('.gallery-slide img');
    await expect(images).toHaveCount(3);
    await expect(images.first()).toHaveAttribute('alt', 'Lantern from the front');
    await page.getByRole('radio', { name: 'M', exact: true }).check();
    await page.getByRole('radio', { name: 'Blue', exact: true }).check();
    await expect(page.locator('.product-info .price-now')).toContainText('€34.00');
    await page.getByRole('button', { name: 'One more' }).click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(cartBadge(page)).toHaveAccessibleName('Cart, 2 items');
    await page.goto('/cart');
    await expect(fact(page, 'Subtotal')).toHaveText('€68.00');
    await proceed(page);
    await giveContact(page, email);
    await chooseShipping(page, 'Express');
    await payByCard(page, cards.approved);
    await placeButton(page).click();
  });
  const number = await orderNumber(page);

  const order = await test.step('pack it and send it off', async () => {
    await adminPage.goto('/admin/orders');
    await adminPage.getByLabel('Search orders').fill(number);
    await adminPage.getByRole('button', { name: 'Search' }).click();
    await expect(rowOf(adminPage, number)).toContainText(email);
    await adminPage.getByRole('link', { name: number }).click();
    await expect(rowOf(adminPage, title)).toContainText('M / Blue');
    await adminPage.getByRole('button', { name: 'Mark as packed' }).click();
    await adminPage.getByLabel('Carrier').fill('UPS');
    await adminPage.getByLabel('Tracking number').fill(sku);
    await adminPage.getByRole('button', { name: 'Mark as shipped' }).click();
    await expect(adminPage.getByRole('button', { name: 'Mark as delivered' })).toBeVisible();
    return new URL(adminPage.url()).pathname;
  });

  await test.step('the shopper is told where the parcel is', async () => {
    const words = await mail(email, `Your order ${number} is on its way`);
    expect(words).toContain(`It’s being delivered by UPS. Tracking number: ${sku}.`);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Your order is on its way' })).toBeVisible();
    await expect(page.getByRole('link', { name: sku })).toBeVisible();
  });

  await test.step('one comes back and is refunded', async () => {
    await adminPage.getByRole('link', { name: 'Refund…' }).click();
    await adminPage.getByLabel(title).fill('1');
    await adminPage.getByRole('radio', { name: /put them back on sale/ }).check();
    await adminPage.getByRole('textbox', { name: 'Reason' }).fill('One too many');
    await adminPage.getByRole('button', { name: 'Calculate refund' }).click();
    await adminPage.getByRole('button', { name: 'Refund €34.00' }).click();
    const payment = adminPage.getByRole('region', { name: 'Payment', exact: true });
    await expect(payment).toContainText('€34.00');
    await expect(payment).toContainText('refunded by the provider');
    await expect(fact(adminPage, 'Left')).toHaveText('€46.90');
    await mail(email, /refund/i);
  });

  await test.step('the shelf holds one more than after the sale', async () => {
    await adminPage.goto(`/admin/stock?q=${encodeURIComponent(sku)}`);
    await rowOf(adminPage, sku).getByRole('link', { name: title }).click();
    await expect(adminPage.getByText('In stock: 7')).toBeVisible();
    const units = adminPage.getByRole('table', { name: 'History' }).getByRole('row');
    await expect(units.filter({ hasText: number })).toHaveCount(2);
    for (const moved of ['-2', '+1']) {
      // The number of an order may hold a "-2" too.
      const cell = adminPage.getByRole('cell', { name: moved, exact: true });
      await expect(units.filter({ has: cell })).toContainText(number);
    }
    await adminPage.goto(product);
    await expect(cell(adminPage, 'Stock', 4)).toHaveValue('7');
  });

  await test.step('the audit log tells all of it', async () => {
    const log = async (path: string) => {
      await adminPage.goto(`/admin/audit?id=${path.split('/').at(-1)}`);
      const entries = adminPage.getByRole('table', { name: 'Changes, newest first' });
      await expect(entries).toBeVisible();
      return entries.getByRole('row').filter({ hasText: credentials.email });
    };
    const ofProduct = await log(product);
    await expect(ofProduct.filter({ hasText: 'Product created' })).toHaveCount(1);
    await expect(ofProduct.filter({ hasText: 'From the back' })).toHaveCount(1);

    const ofOrder = await log(order);
    await expect(ofOrder.filter({ hasText: 'Order packed' })).toContainText('after: packed');
    await expect(ofOrder.filter({ hasText: 'Order shipped' })).toContainText('after: shipped');
    const refund = ofOrder.filter({ hasText: 'Order refunded' });
    await expect(refund).toContainText('after: €34.00');
    await expect(refund).toContainText(number);
    await refund.getByRole('link', { name: number }).click();
    await expect(adminPage).toHaveURL(new RegExp(`${order}$`));
  });

  await test.step('the dashboard counts it', async () => {
    // Others buy and cancel in the same shop; what is paid back only grows.
    const after = await figures(adminPage);
    expect(after('Refunds')).toBeGreaterThanOrEqual(before('Refunds') + 34);
  });
});
