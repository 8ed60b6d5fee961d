import type { Locator, Page } from '@playwright/test';

import { saveAddress, signUp } from '../support/account';
import { cards, hydrated, orderNumber, person, placeButton, step } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

/** Counts what a purchase takes, from the page that is open. */
class Journey {
  clicks = 0;
  fields = 0;
  /** The one that is open is the first. */
  documents = 1;

  constructor(page: Page) {
    page.on('domcontentloaded', () => (this.documents += 1));
  }

  async click(button: Locator): Promise<void> {
    this.clicks += 1;
    await button.click();
  }

  async fill(field: Locator, text: string): Promise<void> {
    this.fields += 1;
    await field.fill(text);
  }
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('an account with an address buys with three clicks and types nothing', async ({
  page,
  admin,
}) => {
  const product = await admin.makeProduct();
  await signUp(page, uniqueEmail());
  await page.goto('/account/addresses');
  await page.getByRole('link', { name: 'Add an address' }).click();
  await saveAddress(page);
  await page.goto(`/products/${product.slug}`);
  await hydrated(page);

  const journey = new Journey(page);
  await journey.click(button(page, 'Add to cart'));
  await journey.click(button(page, 'Check out'));
  await expect(step(page, 'Review')).toBeVisible();
  await journey.click(placeButton(page));
  await orderNumber(page);
  expect({ ...journey }).toEqual({ clicks: 3, fields: 0, documents: 3 });
});

test('a guest buys with four clicks and seven fields, from the front page on', async ({
  page,
  admin,
}) => {
  const product = await admin.makeProduct();
  await page.goto('/');
  await hydrated(page);

  const journey = new Journey(page);
  // The newest products are on the front page.
  await journey.click(page.getByRole('main').getByRole('link', { name: product.title }).first());
  await hydrated(page);
  await journey.click(button(page, 'Add to cart'));
  await journey.click(button(page, 'Check out'));
  await expect(step(page, 'Contact')).toBeVisible();
  // Where the seller's own country is known, it is chosen already.
  journey.fields += 1;
  await page.getByLabel('Country', { exact: true }).selectOption('DE');
  await journey.fill(page.getByLabel('E-mail'), uniqueEmail());
  for (const [label, text] of Object.entries(person)) {
    await journey.fill(page.getByLabel(label, { exact: true }), text);
  }
  // What comes next is there without a press.
  await journey.fill(page.getByLabel('Card number'), cards.approved);
  await expect(placeButton(page)).toBeVisible();
  await journey.click(placeButton(page));
  await orderNumber(page);
  expect({ ...journey }).toEqual({ clicks: 4, fields: 7, documents: 4 });
});

test('a line that sold out stops the review that an account goes to at once', async ({
  page,
  admin,
}) => {
  const product = await admin.makeProduct([{ stock: 2 }]);
  await signUp(page, uniqueEmail());
  await page.goto('/account/addresses');
  await page.getByRole('link', { name: 'Add an address' }).click();
  await saveAddress(page);
  await page.goto(`/products/${product.slug}`);
  await hydrated(page);
  await button(page, 'Add to cart').click();
  await expect(page.getByRole('dialog', { name: 'Your cart' })).toContainText(product.title);
  await admin.bookStock(product, -2);
  await page.goto('/checkout?step=review');
  await expect(page).toHaveURL(/\/cart$/);
  await expect(page.getByRole('alert')).toContainText('sold out');
});
