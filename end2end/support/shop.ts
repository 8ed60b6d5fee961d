import { expect, type Page } from '@playwright/test';

import type { MadeProduct } from './admin';
import { baseURL, patient } from './environment';

/** Waits until the islands of the page listen. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const hears = (selector: string, type: string) => {
      const element = document.querySelector(selector) as
        (Element & { hears?: Set<string> }) | null;
      return element === null || element.hears?.has(type) === true;
    };
    const badge = document.documentElement.hasAttribute('data-window-hears-holdfast-cart');
    return badge && hears('#q', 'input') && hears('form.buy', 'submit');
  });
}

/** Unfolds a group of a list's filters; one that has something chosen is open already. */
export async function unfold(page: Page, name: string): Promise<void> {
  const group = page.locator('.filter-fold').filter({ has: page.locator('summary', { hasText: name }) });
  await expect(group).toHaveCount(1);
  if ((await group.getAttribute('open')) === null) {
    await group.locator(':scope > summary').click();
  }
}

export function cartBadge(page: Page) {
  return page.getByRole('banner').getByRole('link', { name: /^Cart/ });
}

/** Puts a product's first variant into the cart and goes there. How a page does it is a test of its own. */
export async function putInCart(page: Page, product: MadeProduct, quantity = 1): Promise<void> {
  const added = await page.request.post('/api/cart/add', {
    form: { variant_id: product.variants[0]!.id, quantity },
    headers: { accept: 'application/json', origin: baseURL },
    ...patient,
  });
  expect(added.status(), await added.text()).toBe(200);
  await page.goto('/cart');
  await expect(page.getByRole('heading', { level: 1, name: 'Your cart' })).toBeVisible();
}

export async function proceed(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Proceed to checkout' }).click();
}

export function step(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Checkout steps' }).locator('[aria-current=step]', {
    hasText: name,
  });
}

export const person = {
  'Full name': 'Kim Larch',
  'Street and number': 'Quay 7',
  'Postal code': '20457',
  'Town or city': 'Hamburg',
} as const;

export async function fillContact(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  for (const [label, text] of Object.entries(person)) {
    await page.getByLabel(label, { exact: true }).fill(text);
  }
  await page.getByLabel('Country', { exact: true }).selectOption('DE');
}

export async function giveContact(page: Page, email: string): Promise<void> {
  await expect(step(page, 'Contact')).toBeVisible();
  await fillContact(page, email);
  await page.getByRole('button', { name: 'Continue to shipping' }).click();
}

export async function chooseShipping(page: Page, name = 'Standard'): Promise<void> {
  await expect(step(page, 'Shipping')).toBeVisible();
  await page.getByRole('radio', { name }).check();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
}

export const cards = {
  approved: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
} as const;

export async function payByCard(page: Page, number: string): Promise<void> {
  await expect(step(page, 'Payment')).toBeVisible();
  await page.getByRole('radio', { name: 'Test card' }).check();
  await page.getByLabel('Card number').fill(number);
  await page.getByRole('button', { name: 'Continue to review' }).click();
}

export async function payInCash(page: Page): Promise<void> {
  await expect(step(page, 'Payment')).toBeVisible();
  await page.getByRole('radio', { name: 'Cash on delivery' }).check();
  await page.getByRole('button', { name: 'Continue to review' }).click();
}

/** From a filled cart to the review, to be paid in cash. */
export async function goToReview(page: Page, email: string): Promise<void> {
  await proceed(page);
  await giveContact(page, email);
  await chooseShipping(page);
  await payInCash(page);
  await expect(step(page, 'Review')).toBeVisible();
}

export function placeButton(page: Page) {
  return page.getByRole('button', { name: /^Order and pay/ });
}

/** What is beside a term in a list of facts or totals. */
export function fact(page: Page, term: string) {
  return page
    .locator('dl > div')
    .filter({ has: page.getByText(term, { exact: true }) })
    .locator('dd');
}

/** The number on an order's page. */
export async function orderNumber(page: Page): Promise<string> {
  await expect(page).toHaveURL(/\/orders\/[\w-]{16,}$/);
  const number = (await fact(page, 'Order number').textContent())?.trim() ?? '';
  expect(number).not.toBe('');
  return number;
}

/** How many orders the admin finds for an e-mail address. */
export async function expectOrders(adminPage: Page, email: string, count: number): Promise<void> {
  await adminPage.goto(`/admin/orders?q=${encodeURIComponent(email)}`);
  await expect(adminPage.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible();
  await expect(adminPage.getByRole('row').filter({ hasText: email })).toHaveCount(count);
}

/** How many units of a product's first variant the admin sees. */
export async function expectStock(
  adminPage: Page,
  product: { id: string },
  units: number,
): Promise<void> {
  await adminPage.goto(`/admin/products/${product.id}`);
  await expect(adminPage.getByLabel('Stock of variant 1')).toHaveValue(String(units));
}
