import {
  cartBadge,
  cards,
  chooseShipping,
  expectOrders,
  expectStock,
  fact,
  giveContact,
  goToReview,
  hydrated,
  orderNumber,
  payByCard,
  payInCash,
  placeButton,
  proceed,
  putInCart,
  step,
} from '../support/shop';
import { patient } from '../support/environment';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

test('a shopper finds a product by typing, buys it by card and finds the order again', async ({
  page,
}) => {
  const email = uniqueEmail();

  await test.step('search by keyboard alone', async () => {
    await page.goto('/');
    await hydrated(page);
    await page.getByRole('combobox', { name: 'Search the shop' }).focus();
    await page.keyboard.type('terry tow');
    const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
    await expect(options).toHaveCount(1);
    // An earlier answer may have named this product alone, too.
    await expect(options.locator('mark')).toHaveText('Terry Tow');
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/products\/terry-towels$/);
  });

  await test.step('choose a variant and add two of it', async () => {
    await hydrated(page);
    await page.getByRole('radio', { name: 'L', exact: true }).check();
    await page.getByRole('radio', { name: 'Sand', exact: true }).check();
    await expect(page).toHaveURL(/\?variant=/);
    await page.getByRole('button', { name: 'One more' }).click();
    await expect(cartBadge(page)).toHaveAccessibleName('Cart');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(page.getByText('Added to your cart')).toBeVisible();
    await expect(cartBadge(page)).toHaveAccessibleName('Cart, 2 items');
  });

  await test.step('look at the cart', async () => {
    await page.getByRole('link', { name: 'View cart' }).click();
    const line = page.getByRole('listitem').filter({ hasText: 'Terry Towels, Set of Two' });
    await expect(line).toContainText('L / Sand');
    await expect(line).toContainText('€104.00');
    await expect(fact(page, 'Subtotal')).toHaveText('€104.00');
    await proceed(page);
  });

  await test.step('tell the address, the shipping and the card', async () => {
    await giveContact(page, email);
    await chooseShipping(page, 'Express');
    await payByCard(page, cards.approved);
    await expect(page.getByText('Card ending 4242')).toBeVisible();
    await expect(page.getByText(email)).toBeVisible();
    await expect(fact(page, 'Shipping')).toHaveText('€12.90');
    await expect(fact(page, 'Total')).toHaveText('€116.90');
  });

  const number = await test.step('place the order', async () => {
    await page.getByRole('button', { name: 'Order and pay – €116.90' }).click();
    await expect(page.getByRole('heading', { name: 'Thank you, Kim' })).toBeVisible();
    await expect(fact(page, 'Status')).toHaveText('Confirmed');
    await expect(page.getByText('Card ending 4242')).toBeVisible();
    await hydrated(page);
    await expect(cartBadge(page)).toHaveAccessibleName('Cart');
    return orderNumber(page);
  });

  await test.step('find the order again', async () => {
    const address = page.url();
    await page.getByRole('link', { name: 'Find this order later' }).click();
    await page.getByLabel('Order number').fill(number);
    await page.getByLabel('E-mail').fill('somebody.else@example.com');
    await page.getByRole('button', { name: 'Find order' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel('Order number')).toHaveValue(number);

    await page.getByLabel('E-mail').fill(email.toUpperCase());
    await page.getByRole('button', { name: 'Find order' }).click();
    await expect(page).toHaveURL(address);
    expect(await orderNumber(page)).toBe(number);
  });
});

test('wrong fields are marked, and what was typed stays', async ({ page, admin }) => {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await page.getByLabel('E-mail').fill('kim at example');
  await page.getByLabel('Full name', { exact: true }).fill('Kim Larch');
  await page.getByLabel('Postal code', { exact: true }).fill('20457');
  await page.getByLabel('Phone').fill('call me');
  await page.getByRole('button', { name: 'Continue to shipping' }).click();

  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Enter an e-mail address');
  await expect(alert).toContainText('Enter the town or city');
  await expect(page.getByLabel('E-mail')).toHaveValue('kim at example');
  await expect(page.getByLabel('Full name', { exact: true })).toHaveValue('Kim Larch');
  await expect(page.getByLabel('Postal code', { exact: true })).toHaveValue('20457');
  for (const label of ['E-mail', 'Phone', 'Street and number', 'Town or city']) {
    const field = page.getByLabel(label).first();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/Enter|Choose/);
  }
  await expect(page.getByLabel('Full name', { exact: true })).not.toHaveAttribute('aria-invalid');

  await alert.getByRole('link', { name: /Enter the town or city/ }).click();
  await expect(page.getByLabel('Town or city', { exact: true })).toBeFocused();
  await page.getByLabel('Phone').fill('');
  await giveContact(page, uniqueEmail());
  await expect(step(page, 'Shipping')).toBeVisible();
});

test('a declined card is told, buys nothing, and another card buys', async ({
  page,
  admin,
  adminPage,
}) => {
  // The only unit: if the declined order kept it, the next one could not have it.
  const product = await admin.makeProduct([{ stock: 1, price: '30.00' }]);
  await putInCart(page, product);
  await proceed(page);
  await giveContact(page, uniqueEmail());
  await chooseShipping(page);
  await payByCard(page, cards.declined);
  await placeButton(page).click();

  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/declined/i);
  await expect(alert).toContainText('Your order hasn’t been placed');
  await expect(page.getByRole('complementary', { name: 'Order summary' })).toContainText(
    product.title,
  );
  await expectStock(adminPage, product, 1);

  await payByCard(page, cards.approved);
  await placeButton(page).click();
  await orderNumber(page);
  await expectStock(adminPage, product, 0);
});

test('a double click on the last button gives one order', async ({ page, admin, adminPage }) => {
  const product = await admin.makeProduct([{ stock: 5 }]);
  const email = uniqueEmail();
  await putInCart(page, product, 2);
  await goToReview(page, email);
  await placeButton(page).dblclick();
  await orderNumber(page);
  await expectOrders(adminPage, email, 1);
  await expectStock(adminPage, product, 3);
});

test('going back and sending the order again shows the first order', async ({
  page,
  admin,
  adminPage,
}) => {
  const product = await admin.makeProduct([{ stock: 5 }]);
  const email = uniqueEmail();
  await putInCart(page, product);
  await goToReview(page, email);
  // All of it must have come before its fields are read.
  await page.waitForLoadState();
  const form = await page
    .locator('form[action="/api/checkout/place"]')
    .evaluate((form) =>
      Object.fromEntries(new FormData(form as HTMLFormElement) as Iterable<[string, string]>),
    );
  await placeButton(page).click();
  const number = await orderNumber(page);

  const again = await page.request.post('/api/checkout/place', {
    form,
    headers: { accept: 'application/json', origin: new URL(page.url()).origin },
    ...patient,
  });
  expect(again.status()).toBe(200);
  expect(await again.json()).toMatchObject({ order_number: number });
  await expectOrders(adminPage, email, 1);
  await expectStock(adminPage, product, 4);
});

test('back and forward between the steps keep what was told', async ({ page, admin }) => {
  const email = uniqueEmail();
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await giveContact(page, email);
  await chooseShipping(page, 'Express');
  await payInCash(page);
  await expect(step(page, 'Review')).toBeVisible();

  await page.goBack();
  await expect(step(page, 'Payment')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Cash on delivery' })).toBeChecked();
  await page.goBack();
  await expect(step(page, 'Shipping')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Express' })).toBeChecked();
  await page.goBack();
  await expect(step(page, 'Contact')).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue(email);
  await expect(page.getByLabel('Town or city', { exact: true })).toHaveValue('Hamburg');
  await expect(page.getByLabel('Country', { exact: true })).toHaveValue('DE');

  await page.goForward();
  await page.goForward();
  await page.goForward();
  await expect(step(page, 'Review')).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();

  await page.getByRole('link', { name: 'Edit delivery address' }).click();
  await page.getByLabel('Town or city', { exact: true }).fill('Bremen');
  await page.getByRole('button', { name: 'Continue to shipping' }).click();
  await expect(step(page, 'Shipping')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Express' })).toBeChecked();
  await page.goto('/checkout?step=review');
  await expect(page.getByText('20457 Bremen')).toBeVisible();
});

test('no step can be reached before the ones it needs', async ({ page, admin }) => {
  await page.goto('/checkout?step=review');
  await expect(page).toHaveURL(/\/cart$/);
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();

  await putInCart(page, await admin.makeProduct());
  await page.goto('/checkout?step=review');
  await expect(step(page, 'Contact')).toBeVisible();
});

test('a card number that is none is refused where it is typed', async ({ page, admin }) => {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await giveContact(page, uniqueEmail());
  await chooseShipping(page);
  await payByCard(page, '1234');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Test card' })).toBeChecked();
  await expect(page.getByLabel('Card number')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Card number')).toHaveValue('');
});
