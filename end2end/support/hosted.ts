import { expect, type Page } from '@playwright/test';

import type { MadeProduct } from './admin';
import { chooseShipping, fact, giveContact, placeButton, proceed, putInCart, step } from './shop';

/** From a filled cart to the page of the provider. */
export async function goToPay(page: Page, product: MadeProduct, email: string): Promise<void> {
  await putInCart(page, product);
  await proceed(page);
  await giveContact(page, email);
  await chooseShipping(page);
  await expect(step(page, 'Payment')).toBeVisible();
  await page.getByRole('radio', { name: /^Card / }).check();
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await placeButton(page).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Pay', exact: true })).toBeVisible();
}

export function payButton(page: Page) {
  return page.getByRole('button', { name: 'Pay', exact: true });
}

export async function expectPaid(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/orders\/[\w-]{16,}(\?paid=yes)?$/);
  await expect(fact(page, 'Status')).toHaveText('Confirmed');
  await expect(page.getByRole('button', { name: /^Pay €/ })).toHaveCount(0);
}

/** The provider answers and the browser never follows: the tab is closed. */
export async function closedAfterPaying(page: Page): Promise<void> {
  const paid = await page.request.post(page.url(), {
    form: { card: '4242424242424242' },
    maxRedirects: 0,
  });
  expect(paid.status()).toBe(303);
  await page.close();
}
