import type { Page } from '@playwright/test';

import type { MadeProduct } from '../support/admin';
import {
  cartBadge,
  expectOrders,
  expectStock,
  fact,
  goToReview,
  hydrated,
  placeButton,
  proceed,
  putInCart,
  step,
} from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

/** The row of the banner that is about a product. */
function problem(page: Page, product: MadeProduct) {
  return page.getByRole('alert').getByRole('listitem').filter({ hasText: product.title });
}

/** Fills the cart with the product and one more that stays as it is. */
async function fillCart(page: Page, product: MadeProduct, other: MadeProduct, quantity = 1) {
  await putInCart(page, other);
  await putInCart(page, product, quantity);
  await expect(page.getByRole('alert')).toHaveCount(0);
}

test('what sold out while its page was open is refused there', async ({ page, admin, watch }) => {
  const product = await admin.makeProduct([{ stock: 2 }]);
  // One who is told of it in time finds nothing to press.
  await page.route('**/api/stock**', (route) => route.fulfill({ status: 204 }));
  await page.goto(`/products/${product.slug}`);
  await hydrated(page);
  await admin.bookStock(product, -2);
  watch.expectRefusal(409);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('alert')).toContainText('sold out');
  await expect(cartBadge(page)).toHaveAccessibleName('Cart');
});

test('a line that sold out stops the checkout until it is removed', async ({ page, admin }) => {
  const product = await admin.makeProduct([{ stock: 3 }]);
  await fillCart(page, product, await admin.makeProduct());
  await admin.bookStock(product, -3);
  await proceed(page);

  await expect(page).toHaveURL(/\/cart$/);
  await expect(problem(page, product)).toContainText('sold out');
  await expect(page.getByRole('button', { name: 'Proceed to checkout' })).toBeDisabled();
  await problem(page, product)
    .getByRole('button', { name: `Remove (${product.title})` })
    .click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText(product.title)).toHaveCount(0);
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
});

test('a line with too few left is cut to what there is', async ({ page, admin }) => {
  const product = await admin.makeProduct([{ stock: 8, price: '10.00' }]);
  await fillCart(page, product, await admin.makeProduct([{ price: '5.00' }]), 6);
  await admin.bookStock(product, -6);
  await proceed(page);

  await expect(problem(page, product)).toContainText('only 2 left');
  await problem(page, product)
    .getByRole('button', { name: `Change to 2 (${product.title})` })
    .click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByLabel(`Quantity of ${product.title}`)).toHaveValue('2');
  await expect(fact(page, 'Subtotal')).toHaveText('€25.00');
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
});

test('a changed price has to be agreed to', async ({ page, admin }) => {
  const product = await admin.makeProduct([{ price: '20.00', stock: 9 }]);
  await fillCart(page, product, await admin.makeProduct([{ price: '5.00' }]));
  await admin.setPrice(product, '25.50', 9);
  await proceed(page);

  await expect(problem(page, product)).toContainText('price changed from €20.00 to €25.50');
  await problem(page, product)
    .getByRole('button', { name: `Accept €25.50 (${product.title})` })
    .click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(fact(page, 'Subtotal')).toHaveText('€30.50');
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
});

test('a product that an admin deactivates stops the checkout of those who have it in their cart', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct();
  await fillCart(page, product, await admin.makeProduct());

  await adminPage.goto(`/admin/products?q=${encodeURIComponent(product.title)}`);
  await adminPage.getByLabel(`Actions for ${product.title}`).click();
  await adminPage.getByRole('button', { name: `Deactivate ${product.title}` }).click();
  await expect(adminPage.getByRole('status')).toContainText(product.title);

  await proceed(page);
  await expect(problem(page, product)).toContainText('no longer available');
  await problem(page, product)
    .getByRole('button', { name: `Remove (${product.title})` })
    .click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
});

test('several problems are told at once', async ({ page, admin }) => {
  const soldOut = await admin.makeProduct([{ stock: 1 }]);
  const inactive = await admin.makeProduct();
  await fillCart(page, soldOut, inactive);
  await admin.bookStock(soldOut, -1);
  await admin.setActive(inactive, false);
  await proceed(page);
  await expect(page.getByRole('alert').getByRole('listitem')).toHaveCount(2);
  await expect(problem(page, soldOut)).toContainText('sold out');
  await expect(problem(page, inactive)).toContainText('no longer available');
  await problem(page, inactive).getByRole('link', { name: inactive.title }).click();
  await expect(page).toHaveURL(/#line-/);
});

test('all changes are accepted with one button, where the page is', async ({ page, admin }) => {
  const fewer = await admin.makeProduct([{ stock: 8, price: '10.00' }]);
  const dearer = await admin.makeProduct([{ price: '20.00', stock: 9 }]);
  await fillCart(page, fewer, dearer, 6);
  await admin.bookStock(fewer, -6);
  await admin.setPrice(dearer, '25.50', 9);
  await proceed(page);
  await expect(page.getByRole('alert').getByRole('listitem')).toHaveCount(2);
  await hydrated(page);
  await page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''));
  await page.getByRole('button', { name: 'Accept all changes' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(fact(page, 'Subtotal')).toHaveText('€45.50');
  await expect(page.locator('html')).toHaveAttribute('data-same-page', '');
  await proceed(page);
  await expect(step(page, 'Contact')).toBeVisible();
});

test('a product deactivated between review and order is refused, and nothing is ordered', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 4 }]);
  const email = uniqueEmail();
  await putInCart(page, product);
  await goToReview(page, email);
  await admin.setActive(product, false);
  await placeButton(page).click();

  await expect(problem(page, product)).toContainText('no longer available');
  await expect(page.getByRole('button', { name: /^Order and pay/ })).toHaveCount(0);
  await expectOrders(adminPage, email, 0);
  await expectStock(adminPage, product, 4);
});

test('a price raised between review and order is never charged silently', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ price: '20.00', stock: 4 }]);
  const email = uniqueEmail();
  await putInCart(page, product);
  await goToReview(page, email);
  await admin.setPrice(product, '21.00', 4);
  await placeButton(page).click();

  await expect(problem(page, product)).toContainText('price changed from €20.00 to €21.00');
  await expectOrders(adminPage, email, 0);

  await problem(page, product)
    .getByRole('button', { name: /^Accept/ })
    .click();
  await proceed(page);
  await expect(step(page, 'Review')).toBeVisible();
  await page.getByRole('button', { name: 'Order and pay – €25.90' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you, Kim' })).toBeVisible();
  await expectOrders(adminPage, email, 1);
});

test('the last unit goes to one of two shoppers, and the other is told', async ({
  page,
  newVisitor,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 1 }]);
  const [firstEmail, otherEmail] = [uniqueEmail(), uniqueEmail()];
  const other = await newVisitor();
  await putInCart(page, product);
  await goToReview(page, firstEmail);
  await putInCart(other, product);
  await goToReview(other, otherEmail);
  await placeButton(page).click();
  await expect(page.getByRole('heading', { name: 'Thank you, Kim' })).toBeVisible();
  await placeButton(other).click();
  await expect(problem(other, product)).toContainText('sold out');
  await expectOrders(adminPage, otherEmail, 0);
});
