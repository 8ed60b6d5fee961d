import {
  chooseShipping,
  fact,
  fillContact,
  giveContact,
  orderNumber,
  payInCash,
  placeButton,
  proceed,
  putInCart,
  unfold,
} from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

test.use({ javaScriptEnabled: false });

test('the whole purchase works without script', async ({ page }) => {
  const email = uniqueEmail();

  await test.step('search and choose', async () => {
    await page.goto('/');
    await page.getByRole('combobox', { name: 'Search the shop' }).fill('teapot');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page).toHaveURL(/\/products\?q=teapot$/);
    await page.getByRole('main').getByRole('link', { name: 'Stoneware Teapot' }).click();
    await page.getByRole('radio', { name: '1.1 L', exact: true }).check();
    await page.getByRole('radio', { name: 'White', exact: true }).check();
    await page.getByLabel('Quantity').fill('2');
    await page.getByRole('button', { name: 'Add to cart' }).click();
  });

  await test.step('the cart holds what was chosen', async () => {
    await expect(page).toHaveURL(/\/cart$/);
    const line = page.getByRole('listitem').filter({ hasText: 'Stoneware Teapot' });
    await expect(line).toContainText('1.1 L / White');
    await expect(fact(page, 'Subtotal')).toHaveText('€104.00');
    await proceed(page);
  });

  await test.step('wrong fields are marked and the others kept', async () => {
    await page.getByLabel('Full name', { exact: true }).fill('Kim Larch');
    await page.getByRole('button', { name: 'Continue to shipping' }).click();
    await expect(page.getByRole('alert')).toContainText('Enter an e-mail address');
    await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Full name', { exact: true })).toHaveValue('Kim Larch');
  });

  await test.step('the steps', async () => {
    await giveContact(page, email);
    await chooseShipping(page);
    await payInCash(page);
    await expect(fact(page, 'Shipping')).toHaveText('Free');
    await placeButton(page).click();
  });

  const number = await orderNumber(page);
  await expect(page.getByText('To be paid on delivery')).toBeVisible();

  await page.goto('/orders');
  await page.getByLabel('Order number').fill(number);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Find order' }).click();
  expect(await orderNumber(page)).toBe(number);
});

test('an invoice goes elsewhere, and a note comes with the order', async ({ page, admin }) => {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  await fillContact(page, uniqueEmail());
  await page.getByText('Add a company or VAT ID').click();
  await page.getByLabel('Company (optional)', { exact: true }).fill('Haven Ltd');
  await page.getByText('Add a note to your order').click();
  await page.getByLabel('Note for the shop').fill('Ring twice.\nSecond bell.');
  await page.getByRole('radio', { name: 'Use a different billing address' }).check();
  await page.getByLabel('Full name (billing)').fill('Lou Berg');
  await page.getByRole('button', { name: 'Continue to shipping' }).click();

  await expect(page.getByRole('alert')).toContainText('Enter the town or city');
  await expect(page.getByLabel('Full name (billing)')).toHaveValue('Lou Berg');
  await page.getByLabel('Country (billing)').selectOption('DE');
  await page.getByLabel('Street and number (billing)').fill('Weg 1');
  await page.getByLabel('Postal code (billing)').fill('10115');
  await page.getByLabel('Town or city (billing)').fill('Berlin');
  await page.getByRole('button', { name: 'Continue to shipping' }).click();
  await chooseShipping(page);
  await payInCash(page);
  await placeButton(page).click();

  await orderNumber(page);
  const main = page.getByRole('main');
  for (const told of ['Haven Ltd', 'Lou Berg', '10115 Berlin', 'Second bell.']) {
    await expect(main).toContainText(told);
  }
});

test('quantities change and lines go', async ({ page, admin }) => {
  const kept = await admin.makeProduct([{ price: '10.00' }]);
  const removed = await admin.makeProduct([{ price: '7.00' }]);
  for (const product of [kept, removed]) {
    await page.goto(`/products/${product.slug}`);
    await page.getByRole('button', { name: 'Add to cart' }).click();
  }
  await expect(fact(page, 'Subtotal')).toHaveText('€17.00');

  await page.getByRole('button', { name: `One more ${kept.title}` }).click();
  await expect(fact(page, 'Subtotal')).toHaveText('€27.00');
  await page.getByLabel(`Quantity of ${kept.title}`).fill('5');
  await page.getByLabel(`Quantity of ${kept.title}`).press('Enter');
  await expect(fact(page, 'Subtotal')).toHaveText('€57.00');
  await page.getByLabel(`Quantity of ${kept.title}`).fill('4');
  await page.getByRole('button', { name: `Update quantity of ${kept.title}` }).click();
  await expect(fact(page, 'Subtotal')).toHaveText('€47.00');

  await page.getByRole('button', { name: `Remove ${removed.title}` }).click();
  await expect(page.getByText(removed.title)).toHaveCount(0);
  await expect(fact(page, 'Subtotal')).toHaveText('€40.00');

  await page.getByLabel(`Quantity of ${kept.title}`).fill('0');
  await page.getByRole('button', { name: `Update quantity of ${kept.title}` }).click();
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
});

test('a sold-out choice is refused on the page it was made on', async ({ page }) => {
  await page.goto('/products/terry-towels');
  await page.getByRole('radio', { name: 'L', exact: true }).check();
  await page.getByRole('radio', { name: /^Blue/ }).check();
  await page.getByLabel('Quantity').fill('3');
  await page.getByRole('button', { name: 'Add to cart' }).click();

  await expect(
    page.getByRole('heading', { level: 1, name: 'Terry Towels, Set of Two' }),
  ).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('sold out');
  await expect(page.getByRole('radio', { name: /^L\b/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: /^Blue/ })).toBeChecked();

  // Once more, and then with a choice that can be had.
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Terry Towels, Set of Two' }),
  ).toBeVisible();
  await page.getByRole('radio', { name: /^Sand/ }).check();
  await page.getByLabel('Quantity').fill('1');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'L / Sand' })).toBeVisible();
});

test('filters, sorting and pages work as forms and links', async ({ page }) => {
  await page.goto('/products');
  const cards = page.getByRole('main').getByRole('article');
  await expect(cards).toHaveCount(24);
  const first = await cards.first().getByRole('link').textContent();

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/\/products\?page=2$/);
  // The demo shop sells thirty products, and other tests add theirs: the page says how many it shows.
  const range = page.getByRole('status').first();
  await expect(range).toHaveText(/^25–\d+ of \d+ products$/);
  const last = Number(/^25–(\d+)/.exec((await range.textContent()) ?? '')?.[1]);
  expect(last).toBeGreaterThanOrEqual(30);
  await expect(cards).toHaveCount(last - 24);
  await expect(cards.first().getByRole('link')).not.toHaveText(first ?? '');

  await page
    .getByRole('complementary', { name: 'Filters' })
    .getByRole('link', { name: /^Camping & Outdoors/ })
    .click();
  await expect(cards).toHaveCount(6);
  await unfold(page, 'Colour');
  await page.getByRole('checkbox', { name: /^Black/ }).check();
  await page.getByLabel('Highest price').fill('50');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\?max=50&opt\.colour=Black$/);
  await expect(cards).toHaveText([/Ridge Torch/]);

  await page.getByRole('link', { name: 'Remove filter: Colour: Black' }).click();
  await page.getByLabel('Sort by').selectOption('Price: high to low');
  await page.getByRole('button', { name: 'Sort' }).click();
  await expect(page).toHaveURL(/\?max=50&sort=price-down$/);
  await expect(cards.first()).toContainText('Ridge Torch');
});

test('on a phone a bar buys from the top of the page', async ({ page, admin }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  const product = await admin.makeProduct([{ price: '30.00' }]);
  await page.goto(`/products/${product.slug}`);
  const bar = page.locator('.buy-bar');
  await expect(bar).toBeInViewport({ ratio: 1 });
  await bar.locator('button').click();
  await expect(page).toHaveURL(/\/cart$/);
  await expect(page.getByRole('heading', { name: product.title })).toBeVisible();

  // What is gone is not offered.
  const gone = await admin.makeProduct([{ stock: 0 }]);
  await page.goto(`/products/${gone.slug}`);
  await expect(bar).toBeHidden();
});
