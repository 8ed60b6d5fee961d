import { closedAfterPaying, expectPaid, goToPay, payButton } from '../support/hosted';
import { expectOrders, expectStock } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

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

    test('the browser’s way back from the page leads to the order, which can be paid', async ({
      page,
      admin,
    }) => {
      const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
      await goToPay(page, product, uniqueEmail());
      const hosted = page.url();
      await page.goBack();
      await expect(page).toHaveURL(/\/orders\/[\w-]{16,}$/);
      await page.getByRole('button', { name: /^Pay €/ }).click();
      await expect(page).toHaveURL(hosted);
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
  await closedAfterPaying(page);
  await expectOrders(adminPage, email, 1);
  await expect(async () => {
    await adminPage.reload();
    const row = adminPage.getByRole('row').filter({ hasText: email });
    await expect(row).toContainText('Confirmed', { timeout: 1000 });
  }).toPass();
});

test('the link back on the page of the provider leads to an order that can be paid', async ({
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

test('two tabs of one order: what was paid in one is not paid again in the other', async ({
  page,
  admin,
}) => {
  const product = await admin.makeProduct([{ stock: 2, price: '30.00' }]);
  await goToPay(page, product, uniqueEmail());
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole('button', { name: /^Pay €/ })).toBeVisible();
  await page.getByRole('button', { name: /^Pay €/ }).click();
  await payButton(page).click();
  await expectPaid(page);
  await other.getByRole('button', { name: /^Pay €/ }).click();
  await expectPaid(other);
});
