import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/axe';
import { credentials } from '../support/environment';
import { loseEvents } from '../support/hooks';
import { closedAfterPaying, expectPaid, goToPay, payButton } from '../support/hosted';
import { expectStock } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

/** Opens the order that a shopper has placed and is about to pay; none of its events will arrive. */
async function openUnheard(adminPage: Page, email: string): Promise<void> {
  await adminPage.goto(`/admin/orders?q=${encodeURIComponent(email)}`);
  const row = adminPage.getByRole('row').filter({ hasText: email });
  await row.getByRole('link', { name: /^HF-/ }).click();
  await expect(adminPage.getByRole('heading', { level: 1, name: /^Order HF-/ })).toBeVisible();
  await loseEvents(new URL(adminPage.url()).pathname.split('/').at(-1)!);
}

function history(adminPage: Page) {
  return adminPage.getByRole('region', { name: 'Payment history' });
}

/** The page that an order's shopper gets to by its link. */
async function shopperPage(page: Page): Promise<string> {
  const back = page.getByRole('link', { name: 'Back to the shop' });
  return (await back.getAttribute('href')) ?? '';
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('money that is set aside and hangs is captured by hand', async ({
      page,
      admin,
      adminPage,
    }) => {
      const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
      const email = uniqueEmail();
      await goToPay(page, product, email);
      await openUnheard(adminPage, email);

      await test.step('before there is any, nothing is captured or released', async () => {
        for (const doing of ['Capture payment', 'Release hold']) {
          await adminPage.getByText(`${doing}…`).click();
          await adminPage.getByRole('button', { name: doing, exact: true }).click();
          await expect(adminPage.getByRole('alert')).toContainText(
            'The payment provider holds no money for this order',
          );
        }
      });

      await closedAfterPaying(page);
      await adminPage.reload();
      await adminPage.getByText('Capture payment…').click();
      await adminPage.getByRole('button', { name: 'Capture payment', exact: true }).click();
      await expect(history(adminPage)).toContainText('€34.90 captured');
      await expect(history(adminPage)).toContainText(credentials.email);
      await expect(adminPage.getByText('Confirmed', { exact: true })).toBeVisible();
      await expect(adminPage.getByText('Capture payment…')).toHaveCount(0);
      await expect(adminPage.getByText('Release hold…')).toHaveCount(0);
    });

    test('money that is released by hand leaves an order that can be paid', async ({
      page,
      admin,
      adminPage,
    }) => {
      const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
      const email = uniqueEmail();
      await goToPay(page, product, email);
      const order = await shopperPage(page);
      await openUnheard(adminPage, email);
      const shopper = await page.context().newPage();
      await closedAfterPaying(page);

      await adminPage.reload();
      await adminPage.getByText('Release hold…').click();
      await adminPage.getByRole('button', { name: 'Release hold', exact: true }).click();
      await expect(history(adminPage)).toContainText('Hold released: nothing was charged');
      await expect(history(adminPage)).toContainText(credentials.email);

      await shopper.goto(order);
      await shopper.getByRole('button', { name: /^Pay €/ }).click();
      await payButton(shopper).click();
      await expectPaid(shopper);
      await adminPage.reload();
      await expect(history(adminPage)).toContainText('Payment 2 started');
      await expect(history(adminPage)).toContainText('€34.90 captured');
      await expectStock(adminPage, product, 1);
    });
  });
}

test('an order whose page was closed and whose event was lost is paid by the next look', async ({
  page,
  admin,
  adminPage,
}) => {
  // The shop looks every minute at what it has not heard of for a minute.
  test.slow();
  const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
  const email = uniqueEmail();
  await goToPay(page, product, email);
  await openUnheard(adminPage, email);
  await closedAfterPaying(page);
  await expect(async () => {
    await adminPage.reload();
    await expect(history(adminPage)).toContainText('€34.90 captured', { timeout: 1000 });
  }).toPass({ timeout: 200_000, intervals: [60_000, 3000] });
});

test('axe finds nothing on an order whose payment is captured by hand', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
  const email = uniqueEmail();
  await goToPay(page, product, email);
  await openUnheard(adminPage, email);
  await closedAfterPaying(page);
  await adminPage.reload();
  await adminPage.getByText('Release hold…').click();
  await adminPage.getByText('Capture payment…').click();
  await expectAccessible(adminPage, 'payment to capture or release');
  await adminPage.getByRole('button', { name: 'Capture payment', exact: true }).click();
  await expect(history(adminPage)).toContainText('€34.90 captured');
  await expectAccessible(adminPage, 'order with the history of its payment');
});

test('an admin compares the payments with the provider’s list', async ({ adminPage }) => {
  await adminPage.goto('/admin/system');
  await adminPage.getByRole('main').getByRole('link', { name: 'Payments' }).click();
  await expect(adminPage.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible();
  await adminPage.getByRole('button', { name: 'Compare now' }).click();
  await expect(adminPage.getByRole('status')).toContainText('The comparison below is the latest one.');
  const stripe = adminPage.getByRole('region', { name: 'Stripe' });
  await expect(stripe).toContainText('Compared at');
  await expect(stripe).toContainText('no differences');
  await expectAccessible(adminPage, 'comparison of payments');
});
