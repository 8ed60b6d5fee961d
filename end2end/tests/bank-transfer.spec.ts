import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/axe';
import { mail } from '../support/mailbox';
import {
  chooseShipping,
  expectStock,
  fact,
  giveContact,
  orderNumber,
  placeButton,
  proceed,
  putInCart,
  step,
} from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

// One after the other: the first turns transfers on for the shop that all share.
test.describe.configure({ mode: 'serial' });

const iban = 'DE89 3704 0044 0532 0130 00';
const holder = 'Harbour Street Goods Ltd';

/** From a filled cart to the order that waits for its transfer; its number. */
async function orderByTransfer(page: Page, email: string): Promise<string> {
  await proceed(page);
  await giveContact(page, email);
  await chooseShipping(page, 'Express');
  await expect(step(page, 'Payment')).toBeVisible();
  await page.getByRole('radio', { name: 'Bank transfer' }).check();
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await placeButton(page).click();
  return orderNumber(page);
}

/** From what is to be done to the page that takes in the order's money. */
async function openPayment(adminPage: Page, number: string): Promise<void> {
  await adminPage.goto('/admin');
  await adminPage.getByRole('link', { name: /payments? to match/ }).click();
  await expect(
    adminPage.getByRole('heading', { level: 1, name: 'Payments to match' }),
  ).toBeVisible();
  await adminPage.getByRole('link', { name: number }).click();
  await expect(
    adminPage.getByRole('heading', { level: 1, name: `Payment for ${number}` }),
  ).toBeVisible();
}

async function record(adminPage: Page, amount: string, note = ''): Promise<void> {
  await adminPage.getByLabel('Amount (EUR)').fill(amount);
  await adminPage.getByLabel('Note').fill(note);
  await adminPage.getByRole('button', { name: 'Record payment' }).click();
}

async function expectRecorded(adminPage: Page): Promise<void> {
  await expect(adminPage.getByRole('status')).toContainText('Payment recorded.');
}

test('an owner enters the account; a wrong IBAN is marked and kept', async ({ adminPage }) => {
  await adminPage.goto('/admin/settings/bank');
  const field = adminPage.getByLabel('IBAN', { exact: true });
  await adminPage.getByLabel('Account holder').fill(holder);
  await field.fill('DE89 3704 0044 0532 0130 01');
  await adminPage.getByRole('button', { name: 'Save settings' }).click();
  await expect(adminPage.getByRole('alert')).toContainText('A digit is wrong or missing.');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveValue('DE89 3704 0044 0532 0130 01');
  await expect(adminPage.getByLabel('Account holder')).toHaveValue(holder);

  await field.fill(iban.replaceAll(' ', '').toLowerCase());
  await adminPage.getByRole('button', { name: 'Save settings' }).click();
  await expect(adminPage.getByRole('status')).toContainText('Settings of bank transfers saved.');
  await expect(field).toHaveValue(iban);

  await adminPage.getByRole('link', { name: 'under Payment methods' }).click();
  const transfer = adminPage.getByRole('region', { name: 'Bank transfer' });
  await transfer.getByLabel('In the checkout').selectOption('Offered');
  await adminPage.getByRole('button', { name: 'Save payment methods' }).click();
  await expect(adminPage.getByRole('status')).toContainText('Payment methods saved.');
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('an order waits until the last cent of its transfer has arrived', async ({
      page,
      admin,
      adminPage,
    }) => {
      const product = await admin.makeProduct([{ stock: 5, price: '30.00' }]);
      const email = uniqueEmail();
      await putInCart(page, product);
      const number = await orderByTransfer(page, email);

      const transfer = page.getByRole('region', { name: 'Pay by bank transfer' });
      await expect(transfer).toContainText(holder);
      await expect(fact(page, 'IBAN')).toHaveText(iban);
      await expect(fact(page, 'Amount to pay')).toHaveText('€42.90');
      const reference = (await fact(page, 'Payment reference').textContent()) ?? '';
      expect(reference.replaceAll(/\W/g, '')).not.toBe('');
      const words = await mail(email, `Please pay for your order ${number}`);
      expect(words).toContain(iban);
      expect(words).toContain(reference);
      await expectStock(adminPage, product, 4);

      await test.step('an amount that is none is marked', async () => {
        await openPayment(adminPage, number);
        await expect(fact(adminPage, 'Payment reference')).toHaveText(reference);
        await record(adminPage, 'all of it', 'Statement 7');
        await expect(adminPage.getByRole('alert')).toContainText('Enter an amount');
        await expect(adminPage.getByLabel('Amount (EUR)')).toHaveAttribute('aria-invalid', 'true');
        await expect(adminPage.getByLabel('Amount (EUR)')).toHaveValue('all of it');
        await expect(adminPage.getByLabel('Note')).toHaveValue('Statement 7');
      });

      await test.step('a part leaves the order open, and says what is missing', async () => {
        await record(adminPage, '40.00', 'Statement 7');
        await expectRecorded(adminPage);
        await expect(fact(adminPage, 'Received')).toHaveText('€40.00');
        await expect(fact(adminPage, 'Missing')).toHaveText('€2.90');
        await page.reload();
        await expect(fact(page, 'Amount to pay')).toHaveText('€2.90');
        await expect(page.getByRole('main')).not.toContainText('Statement 7');
      });

      await test.step('the rest confirms it', async () => {
        await record(adminPage, '2.90');
        await expectRecorded(adminPage);
        await expect(adminPage.getByText('Confirmed', { exact: true })).toBeVisible();
        await expect(adminPage.getByRole('row').filter({ hasText: 'Statement 7' })).toContainText(
          '€40.00',
        );
        await adminPage.goto('/admin/transfers');
        await expect(adminPage.getByRole('link', { name: number })).toHaveCount(0);
        await page.reload();
        await expect(fact(page, 'Status')).toHaveText('Confirmed');
        await expect(transfer).toHaveCount(0);
        await mail(email, `Thank you for your order ${number}`);
      });
    });

    test('what is too much is to be returned, once', async ({ page, admin, adminPage }) => {
      const product = await admin.makeProduct([{ stock: 5, price: '30.00' }]);
      await putInCart(page, product);
      const number = await orderByTransfer(page, uniqueEmail());

      await openPayment(adminPage, number);
      await record(adminPage, '50');
      await expectRecorded(adminPage);
      await page.reload();
      await expect(fact(page, 'Status')).toHaveText('Confirmed');
      await expect(adminPage.getByRole('button', { name: 'Mark €7.10 as returned' })).toBeVisible();

      await adminPage.goto('/admin/transfers');
      const toReturn = adminPage.getByRole('table', { name: 'To return' });
      await expect(toReturn.getByRole('row').filter({ hasText: number })).toContainText('€7.10');
      await toReturn.getByRole('link', { name: number }).click();
      await adminPage.getByRole('button', { name: 'Mark €7.10 as returned' }).click();
      await expect(adminPage.getByRole('status')).toContainText('Marked as returned.');
      await expect(adminPage.getByText('€7.10 returned on')).toBeVisible();
      await expect(adminPage.getByRole('button', { name: /as returned/ })).toHaveCount(0);
      await adminPage.goto('/admin/transfers');
      await expect(adminPage.getByRole('link', { name: number })).toHaveCount(0);
    });
  });
}

test('what is transferred for a cancelled order is to be returned', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 5, price: '30.00' }]);
  await putInCart(page, product);
  const number = await orderByTransfer(page, uniqueEmail());
  await openPayment(adminPage, number);
  const payment = adminPage.url();
  await adminPage.getByRole('link', { name: 'View order' }).click();
  await adminPage.getByText('Cancel order…').click();
  await adminPage.getByRole('button', { name: 'Cancel this order' }).click();
  await expectStock(adminPage, product, 5);

  await adminPage.goto(payment);
  await record(adminPage, '42.90');
  await expectRecorded(adminPage);
  await expect(adminPage.getByRole('button', { name: 'Mark €42.90 as returned' })).toBeVisible();
  await page.reload();
  await expect(fact(page, 'Status')).toHaveText('Cancelled');
});

test('axe finds nothing on the pages of a transfer', async ({ page, admin, adminPage }) => {
  test.slow();
  const product = await admin.makeProduct([{ stock: 5, price: '30.00' }]);
  await putInCart(page, product);
  const number = await orderByTransfer(page, uniqueEmail());
  await expectAccessible(page, 'order that waits for a transfer');
  await openPayment(adminPage, number);
  await record(adminPage, '');
  await adminPage.getByRole('alert').waitFor();
  await expectAccessible(adminPage, 'payment, refused');
  await record(adminPage, '50');
  await expectRecorded(adminPage);
  await expectAccessible(adminPage, 'payment with something to return');
  await adminPage.goto('/admin/transfers');
  await adminPage.getByRole('link', { name: number }).waitFor();
  await expectAccessible(adminPage, 'payments to match');
});
