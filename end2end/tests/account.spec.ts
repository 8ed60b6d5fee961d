import type { Page } from '@playwright/test';

import { goToReview, password, saveAddress, signIn, signUp } from '../support/account';
import type { Admin } from '../support/admin';
import { mail, mailedLink } from '../support/mailbox';
import { cartBadge, hydrated, orderNumber, placeButton, putInCart } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

async function fromSignUpToHistory(page: Page, admin: Admin): Promise<void> {
  const email = uniqueEmail();
  const product = await admin.makeProduct();

  await test.step('open an account', async () => {
    await page.goto('/');
    await page.getByRole('banner').getByRole('link', { name: 'Your account' }).click();
    await page.getByRole('link', { name: 'Create an account' }).click();
    await signUp(page, email);
  });

  await test.step('keep an address', async () => {
    await page.getByRole('link', { name: 'Addresses' }).click();
    await page.getByRole('link', { name: 'Add an address' }).click();
    await saveAddress(page);
  });

  const number = await test.step('order', async () => {
    await putInCart(page, product, 2);
    await goToReview(page);
    await placeButton(page).click();
    return orderNumber(page);
  });

  await test.step('the mail confirms it', async () => {
    const confirmation = await mail(email, number);
    expect(confirmation).toContain(`2 x ${product.title}`);
    expect(confirmation).toContain('text/html');
  });

  await test.step('find it in the history', async () => {
    await page.goto('/account/orders');
    const order = page.getByRole('main').getByRole('listitem').filter({ hasText: number });
    await expect(order).toContainText(product.title);
    await expect(order).toContainText('Confirmed');
    await order.getByRole('link').click();
    await expect(page.getByRole('main')).toContainText(number);
  });

  await test.step('cancel it', async () => {
    await page.getByText('Cancel this order').click();
    await page.getByRole('button', { name: 'Yes, cancel order' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This order was cancelled');
    await mail(email, 'was cancelled');
  });

  await test.step('order it again', async () => {
    await page.getByRole('button', { name: 'Buy again' }).click();
    const said = page.getByRole('status').filter({ hasText: 'The items from your order are in your cart again.' });
    await expect(said).toBeVisible();
    await expect(page.getByLabel(`Quantity of ${product.title}`)).toHaveValue('2');
  });

  await test.step('leave', async () => {
    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('status')).toHaveText('You are signed out.');
    await page.goto('/cart');
    await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
  });
}

test('from sign-up to the order history', async ({ page, admin }) => {
  test.slow();
  await fromSignUpToHistory(page, admin);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('from sign-up to the order history', async ({ page, admin }) => {
    test.slow();
    await fromSignUpToHistory(page, admin);
  });
});

test('a forgotten password is replaced with a mailed link, once', async ({ page, newVisitor }) => {
  test.slow();
  const email = uniqueEmail();
  const elsewhere = await newVisitor();
  await signUp(elsewhere, email);

  await page.goto('/account/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'E-mail me a link' }).click();
  await expect(page.getByRole('status')).toContainText('Check your inbox');
  const link = await mailedLink(email, '/account/reset');

  await page.goto(link);
  await page.getByLabel('Password').fill('a new and longer one');
  await page.getByRole('button', { name: 'Save new password' }).click();
  await expect(page.getByRole('status')).toContainText('Your password has been changed.');

  await elsewhere.goto('/account');
  await expect(elsewhere, 'the other device is signed out').toHaveURL(/\/account\/sign-in/);

  await signIn(page, email, 'a new and longer one');
  await expect(page.getByRole('heading', { level: 1, name: 'Hello, Kim' })).toBeVisible();
});

test('the cart of before signing in joins the account’s', async ({ page, admin, newVisitor }) => {
  test.slow();
  const email = uniqueEmail();
  const product = await admin.makeProduct([{ stock: 4 }]);
  await signUp(page, email);
  await putInCart(page, product, 3);

  const phone = await newVisitor();
  await putInCart(phone, product, 2);
  await signIn(phone, email);
  await expect(phone).toHaveURL(/\/cart\?merged=1/);
  const said = phone.getByRole('status').filter({ hasText: `${product.title}: 4` });
  await expect(said).toBeVisible();
  await expect(phone.getByLabel(`Quantity of ${product.title}`)).toHaveValue('4');

  await page.goto('/');
  await hydrated(page);
  await expect(cartBadge(page)).toHaveAccessibleName('Cart, 4 items');
});

test('a device can be signed out from another', async ({ page, newVisitor }) => {
  test.slow();
  const email = uniqueEmail();
  await signUp(page, email);
  const lost = await newVisitor();
  await signIn(lost, email);
  await expect(lost.getByRole('heading', { level: 1, name: 'Hello, Kim' })).toBeVisible();

  await page.goto('/account/security');
  const words = page.getByLabel('Password, to sign out other devices');
  await words.fill('not this one');
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(words).toHaveAttribute('aria-invalid', 'true');
  await words.fill(password);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByRole('status')).toHaveText('Signed out.');
  await lost.goto('/account');
  await expect(lost).toHaveURL(/\/account\/sign-in/);

  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('alert')).toContainText('Use at least 10 characters.');
  await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');
});
