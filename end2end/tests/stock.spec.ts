import { credentials } from '../support/environment';
import { expect, test } from '../support/test';

test('stock is counted and its history tells of it', async ({ admin, adminPage }) => {
  const product = await admin.makeProduct([{ stock: 10 }]);
  await adminPage.goto(`/admin/stock?q=${encodeURIComponent(product.title)}`);
  await adminPage.getByLabel(/^Change stock of/).fill('7');
  await adminPage.getByRole('button', { name: 'Save changes' }).click();
  await expect(adminPage.getByText('Changes saved.')).toBeVisible();
  await adminPage.getByRole('link', { name: product.title }).click();
  const history = adminPage.getByRole('table', { name: 'History' });
  const counted = history.getByRole('row').filter({ hasText: 'Adjusted: Counted' });
  await expect(counted).toContainText('-3');
  await expect(counted).toContainText(credentials.email);
  await adminPage.getByLabel('Units', { exact: true }).fill('-2');
  await adminPage.getByRole('button', { name: 'Adjust' }).click();
  await expect(adminPage.getByRole('alert')).toBeVisible();
  await expect(adminPage.getByLabel('Units', { exact: true })).toHaveValue('-2');
  await adminPage.locator('#adjust-reason').fill('Broken');
  await adminPage.getByRole('button', { name: 'Adjust' }).click();
  await expect(history.getByRole('row').filter({ hasText: 'Broken' })).toContainText('-2');
});

test('a page of stock is saved at once, with a price and a reason', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 5 }]);
  await adminPage.goto(`/admin/stock?q=${encodeURIComponent(product.title)}`);
  const row = adminPage.getByRole('row').filter({ hasText: product.title });
  const change = row.getByRole('textbox', { name: /^Change stock of/ });
  const price = row.getByRole('textbox', { name: /^Price/ });
  const saves = adminPage.getByRole('button', { name: 'Save changes' });
  await row.getByRole('button', { name: /^One more of/ }).click();
  await row.getByRole('button', { name: /^One more of/ }).click();
  await expect(change).toHaveValue('+2');
  await row.getByRole('button', { name: /^One fewer of/ }).click();
  await expect(change).toHaveValue('+1');
  await price.fill('12.5');
  await adminPage.getByLabel('Reason for stock changes').fill('Delivered');
  await saves.click();
  await expect(adminPage.getByText('Changes saved.')).toBeVisible();
  await expect(row.locator('[data-shows="stock"]')).toHaveText('6');
  await expect(price).toHaveValue('12.50');

  await test.step('a row that has changed is told, and nothing is lost', async () => {
    await change.fill('9');
    await admin.bookStock(product, 4);
    await saves.click();
    await expect(adminPage.getByRole('alert')).toBeVisible();
    await expect(row.getByText('In stock now: 10.')).toBeVisible();
    await expect(change).toHaveValue('9');
    await expect(change).toHaveAttribute('aria-invalid', 'true');
    await saves.click();
    await expect(row.locator('[data-shows="stock"]')).toHaveText('9');
  });

  await test.step('what is no price is told at its field', async () => {
    await price.fill('much');
    await saves.click();
    await expect(row.getByText('Enter a price')).toBeVisible();
    await expect(price).toHaveValue('much');
    await price.fill('12.50');
  });

  await page.goto(`/products/${product.slug}`);
  await expect(page.locator('.product-info')).toContainText('12.50');
});

test('stock is found by tabs with counts, and fits a phone', async ({ admin, adminPage }) => {
  const product = await admin.makeProduct([{ stock: 0 }]);
  await adminPage.setViewportSize({ width: 390, height: 844 });
  await adminPage.goto(`/admin/stock?q=${encodeURIComponent(product.title)}`);
  const tabs = adminPage.getByRole('navigation', { name: 'By stock' });
  await expect(tabs.getByRole('link', { name: 'Sold out 1' })).toBeVisible();
  await expect(tabs.getByRole('link', { name: 'Low', exact: true })).toBeVisible();
  await tabs.getByRole('link', { name: /^Sold out/ }).click();
  const row = adminPage.getByRole('row').filter({ hasText: product.title });
  await expect(row).toHaveCount(1);
  const height = await row.evaluate((element) => element.getBoundingClientRect().height);
  expect(height).toBeLessThan(260);
  const wide = await adminPage.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test.beforeEach(async ({ page }) => {
    await page.goto('/admin/sign-in?next=/admin/stock');
    await page.getByLabel('E-mail').fill(credentials.email);
    await page.getByLabel('Password').fill(credentials.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Stock' })).toBeVisible();
  });

  test('a page of stock is saved, and a change meanwhile is told', async ({ page, admin }) => {
    const product = await admin.makeProduct([{ stock: 5 }]);
    await page.goto(`/admin/stock?q=${encodeURIComponent(product.title)}`);
    const change = page.getByRole('textbox', { name: /^Change stock of/ });
    await change.fill('8');
    await admin.bookStock(product, 2);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('In stock now: 7.').last()).toBeVisible();
    await expect(change).toHaveValue('8');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Changes saved.')).toBeVisible();
  });
});
