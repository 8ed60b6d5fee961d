import type { Page } from '@playwright/test';

import type { MadeProduct } from '../support/admin';
import {
  chooseShipping,
  expectOrders,
  expectStock,
  fact,
  giveContact,
  placeButton,
  proceed,
  putInCart,
  step,
} from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

/** From a filled cart to the page of the provider. */
async function goToPay(page: Page, product: MadeProduct, email: string): Promise<void> {
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

function payButton(page: Page) {
  return page.getByRole('button', { name: 'Pay', exact: true });
}

async function expectPaid(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/orders\/[\w-]{16,}(\?paid=yes)?$/);
  await expect(fact(page, 'Status')).toHaveText('Confirmed');
  await expect(page.getByRole('button', { name: /^Pay €/ })).toHaveCount(0);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('a shopper pays on the page of the provider and comes back', async ({
      page,
      admin,
      adminPage,
    }) => {
      const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
      await goToPay(page, product, uniqueEmail());
      await expectStock(adminPage, product, 1);
      await payButton(page).click();
      await expectPaid(page);
    });

    test('a card that is declined on the page can be followed by another', async ({
      page,
      admin,
    }) => {
      const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
      await goToPay(page, product, uniqueEmail());
      await page.getByRole('button', { name: 'Pay with a card that is declined' }).click();
      await expect(page.getByRole('alert')).toContainText('declined');
      await payButton(page).click();
      await expectPaid(page);
    });

    test('a bank that asks and is told no leaves the order to be paid', async ({ page, admin }) => {
      const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
      await goToPay(page, product, uniqueEmail());
      await page.getByRole('button', { name: 'Pay with a card that asks' }).click();
      await page.getByRole('button', { name: 'Fail' }).click();
      await page.getByRole('link', { name: 'Back to the shop' }).click();
      await page.getByRole('button', { name: /^Pay €/ }).click();
      await payButton(page).click();
      await expectPaid(page);
    });
  });
}

test('an order whose page was closed after paying is paid by the event', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
  const email = uniqueEmail();
  await goToPay(page, product, email);
  // The provider answers and the browser never follows: the tab is closed.
  const paid = await page.request.post(page.url(), {
    form: { card: '4242424242424242' },
    maxRedirects: 0,
  });
  expect(paid.status()).toBe(303);
  await page.close();
  await expectOrders(adminPage, email, 1);
  await expect(async () => {
    await adminPage.reload();
    const row = adminPage.getByRole('row').filter({ hasText: email });
    await expect(row).toContainText('Confirmed', { timeout: 1000 });
  }).toPass();
});

test('the back button on the page of the provider leads to an order that can be paid', async ({
  page,
  admin,
}) => {
  const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
  await goToPay(page, product, uniqueEmail());
  const hosted = page.url();
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await page.getByRole('button', { name: /^Pay €/ }).click();
  await expect(page).toHaveURL(hosted);
  await payButton(page).click();
  await expectPaid(page);
});
