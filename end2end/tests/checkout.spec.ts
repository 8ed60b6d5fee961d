import type { Page } from '@playwright/test';

import {
  cards,
  chooseShipping,
  expectOrders,
  fact,
  fillContact,
  giveContact,
  orderNumber,
  payByCard,
  payInCash,
  placeButton,
  proceed,
  putInCart,
  step,
} from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

const mark = (page: Page) =>
  page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''));

async function expectSamePage(page: Page) {
  await expect(page.locator('html')).toHaveAttribute('data-same-page', '');
}

test('the steps are one document: focus, summaries and the way back are theirs', async ({
  page,
  admin,
}) => {
  const email = uniqueEmail();
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
  await mark(page);
  await giveContact(page, email);
  await expect(step(page, 'Shipping')).toBeVisible();
  await expect(page).toHaveURL(/\?step=shipping$/);
  await expect(page).toHaveTitle(/Shipping/);
  await expect(page.getByRole('heading', { name: 'Shipping', exact: true }).first()).toBeFocused();
  await expect(page.locator('.parts-told')).toContainText(email);
  await chooseShipping(page, 'Express');
  await expect(step(page, 'Payment')).toBeVisible();
  await expect(page.locator('.parts-told')).toContainText('Express');
  await payInCash(page);
  await expect(step(page, 'Review')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Review your order' })).toBeFocused();

  await page.goBack();
  await expect(step(page, 'Payment')).toBeVisible();
  await page.getByRole('link', { name: 'Edit shipping' }).click();
  await expect(step(page, 'Shipping')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Express' })).toBeChecked();
  await expectSamePage(page);

  await page.reload();
  await expect(step(page, 'Shipping')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Express' })).toBeChecked();
});

test('a refused step is the same page with its fields marked and the summary in focus', async ({
  page,
  admin,
}) => {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
  await mark(page);
  await fillContact(page, 'kim at example');
  await page.getByRole('button', { name: 'Continue to shipping' }).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('E-mail')).toHaveValue('kim at example');
  await page.getByRole('alert').getByRole('link').first().click();
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await expectSamePage(page);
});

test('what follows from a changed part is shown below it, and the order is what was shown', async ({
  page,
  admin,
  adminPage,
}) => {
  const email = uniqueEmail();
  await putInCart(page, await admin.makeProduct([{ price: '20.00' }]));
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
  await mark(page);
  await fillContact(page, email);
  await expect(placeButton(page)).toHaveText('Order and pay – €24.90');
  await page.getByRole('radio', { name: 'Express' }).check();
  await expect(placeButton(page)).toHaveText('Order and pay – €32.90');
  await expect(fact(page, 'Total').first()).toHaveText('€32.90');
  await page.getByRole('radio', { name: 'Test card' }).check();
  await page.getByLabel('Card number').fill(cards.declined);
  await expectSamePage(page);
  await placeButton(page).dblclick();
  await expect(page.getByRole('alert')).toContainText('declined');
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(step(page, 'Payment')).toBeVisible();
  await expect(page.getByLabel('Card number')).toHaveValue('');
  await page.getByLabel('Card number').fill(cards.approved);
  await placeButton(page).dblclick();
  await orderNumber(page);
  await expect(fact(page, 'Total')).toHaveText('€32.90');
  // The one that was declined is cancelled.
  await expectOrders(adminPage, email, 2);
});

test('a wrong card is told in the payment, and the address that is wrong in the address', async ({
  page,
  admin,
}) => {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await fillContact(page, uniqueEmail());
  await page.getByLabel('Card number').fill('1234');
  await placeButton(page).click();
  await expect(page.getByLabel('Card number')).toHaveAttribute('aria-invalid', 'true');
  await expect(step(page, 'Payment')).toBeVisible();
  await page.getByRole('link', { name: 'Edit contact' }).click();
  await expect(step(page, 'Contact')).toBeVisible();
  await expect(placeButton(page)).toBeVisible();
  await page.getByLabel('Phone').fill('call me');
  await page.getByLabel('Card number').fill(cards.approved);
  await placeButton(page).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByLabel('Phone')).toHaveAttribute('aria-invalid', 'true');
});

test('what was chosen below stays while an earlier part is refused and sent again', async ({
  page,
  admin,
}) => {
  await putInCart(page, await admin.makeProduct([{ price: '20.00' }]));
  await proceed(page);
  await fillContact(page, uniqueEmail());
  await expect(placeButton(page)).toHaveText('Order and pay – €24.90');
  await mark(page);
  await page.getByRole('radio', { name: 'Express' }).check();
  await expect(placeButton(page)).toHaveText('Order and pay – €32.90');
  await page.getByRole('radio', { name: 'Test card' }).check();
  await page.getByLabel('Card number').fill(cards.approved);
  await page.getByLabel('Phone').fill('call me');
  await placeButton(page).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByLabel('Phone')).toHaveAttribute('aria-invalid', 'true');

  const isAsChosen = async () => {
    await expect(placeButton(page)).toHaveText('Order and pay – €32.90');
    await expect(page.getByRole('radio', { name: 'Express' })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'Test card' })).toBeChecked();
    await expect(page.getByLabel('Card number')).toHaveValue(cards.approved);
  };
  await page.getByLabel('Phone').fill('+49 40 123456');
  await isAsChosen();
  await page.getByRole('button', { name: 'Continue to shipping' }).click();
  await expect(step(page, 'Shipping')).toBeVisible();
  await isAsChosen();
  await page.getByRole('link', { name: 'Edit contact' }).click();
  await expect(step(page, 'Contact')).toBeVisible();
  await isAsChosen();
  await expectSamePage(page);
  await placeButton(page).click();
  await orderNumber(page);
  await expect(fact(page, 'Total')).toHaveText('€32.90');
});

test('a changed total is announced', async ({ page, admin }) => {
  await putInCart(page, await admin.makeProduct([{ price: '20.00' }]));
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
  const announced = page.getByRole('status').and(page.locator('[data-total-said]'));
  await expect(announced).toBeEmpty();
  await fillContact(page, uniqueEmail());
  await expect(announced).toHaveText('Total is now €24.90');
  await page.getByRole('radio', { name: 'Express' }).check();
  await expect(announced).toHaveText('Total is now €32.90');
  await page.getByRole('radio', { name: 'Standard' }).check();
  await expect(announced).toHaveText('Total is now €24.90');
});

test('every way to the order tells of a line that sold out', async ({ page, admin }) => {
  const product = await admin.makeProduct([{ stock: 3 }]);
  await putInCart(page, await admin.makeProduct());
  await putInCart(page, product);
  await proceed(page);
  await fillContact(page, uniqueEmail());
  await page.getByLabel('Card number').fill(cards.approved);
  await expect(placeButton(page)).toBeVisible();
  await admin.bookStock(product, -3);
  await placeButton(page).click();
  await expect(page).toHaveURL(/\/cart$/);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('sold out');
  await expect(page.getByRole('button', { name: 'Proceed to checkout' })).toBeDisabled();
});

test('a step that the script cannot send is sent as without script', async ({ page, admin, watch }) => {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await giveContact(page, uniqueEmail());
  await expect(step(page, 'Shipping')).toBeVisible();
  await mark(page);
  watch.expectCutCalls();
  await page.route('**/api/checkout/shipping', (route) =>
    route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
  );
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await expect(step(page, 'Payment')).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-same-page');
  await page.unroute('**/api/checkout/shipping');
  await payByCard(page, cards.approved);
  await placeButton(page).click();
  await orderNumber(page);
});
