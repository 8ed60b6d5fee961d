import type { Page } from '@playwright/test';

import { order } from '../support/buyer';
import { cards, chooseShipping, expectStock, fact, giveContact } from '../support/shop';
import { orderNumber, payByCard, placeButton, proceed, putInCart } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

async function openOrder(adminPage: Page, number: string): Promise<void> {
  await adminPage.goto(`/admin/orders?q=${number}`);
  await adminPage.getByRole('link', { name: number }).click();
  await expect(
    adminPage.getByRole('heading', { level: 1, name: `Order ${number}` }),
  ).toBeVisible();
}

/** The lines of the time line that tell what happened. */
function story(page: Page) {
  return page.locator('.timeline-title:not([aria-labelledby=payment-history] .timeline-title)');
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('an order is packed, shipped, delivered, and one unit comes back', async ({
      page,
      admin,
      adminPage,
    }) => {
      const product = await admin.makeProduct([{ price: '20.00', stock: 9 }]);
      const email = uniqueEmail();
      await putInCart(page, product, 3);
      await proceed(page);
      await giveContact(page, email);
      await chooseShipping(page, 'Express');
      await payByCard(page, cards.approved);
      await placeButton(page).click();
      const number = await orderNumber(page);

      await openOrder(adminPage, number);
      await adminPage.getByRole('button', { name: 'Mark as packed' }).click();
      await adminPage.getByLabel('Carrier').fill('UPS');
      await adminPage.getByLabel('Tracking number').fill('1Z 999');
      await adminPage.getByRole('button', { name: 'Mark as shipped' }).click();
      await expect(story(adminPage)).toHaveText([
        'Order placed',
        'Payment confirmed',
        'Packed',
        'Shipped',
      ]);

      await page.reload();
      await expect(page.getByRole('heading', { name: 'Your order is on its way' })).toBeVisible();
      await expect(page.getByRole('link', { name: '1Z 999' })).toHaveAttribute(
        'href',
        'https://www.ups.com/track?tracknum=1Z999',
      );

      await adminPage.getByRole('button', { name: 'Mark as delivered' }).click();
      await adminPage.getByRole('link', { name: 'Refund…' }).click();
      await adminPage.getByLabel(product.title).fill('1');
      await adminPage.getByRole('textbox', { name: 'Reason' }).fill('Torn at the seam');
      await adminPage.getByRole('button', { name: 'Calculate refund' }).click();
      await expect(fact(adminPage, 'Refund')).toHaveText('€20.00');
      await adminPage.getByRole('button', { name: 'Refund €20.00' }).click();

      await expect(story(adminPage).filter({ hasText: '€20.00 refunded' })).toBeVisible();
      await expect(adminPage.getByText('Torn at the seam')).toBeVisible();
      await expect(fact(adminPage, 'Left')).toHaveText('€52.90');
      await expect(adminPage.getByText('refunded by the provider')).toBeVisible();
      await page.reload();
      await expect(story(page).filter({ hasText: '€20.00 refunded' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'Address and payment' })).toContainText(
        '€20.00 refunded',
      );
      await expect(page.getByText('Torn at the seam')).toHaveCount(0);
      await expectStock(adminPage, product, 7);
    });

    test('more than was bought is marked, and what was chosen is kept', async ({
      admin,
      playwright,
      adminPage,
    }) => {
      const product = await admin.makeProduct([{ price: '20.00', stock: 9 }]);
      const placed = await order(playwright, product, 2, uniqueEmail());
      await openOrder(adminPage, placed.order_number);
      await adminPage.goto(`${adminPage.url()}/refund?lines%5B0%5D%5Bunits%5D=3&restock=0&note=Lost`);
      await expect(adminPage.getByRole('alert')).toContainText('Enter a number from 0 to 2.');
      const units = adminPage.getByLabel(product.title);
      await expect(units).toHaveAttribute('aria-invalid', 'true');
      await expect(units).toHaveValue('3');
      await expect(adminPage.getByRole('textbox', { name: 'Reason' })).toHaveValue('Lost');
      await units.fill('2');
      await adminPage.getByRole('button', { name: 'Calculate refund' }).click();
      await adminPage.getByRole('button', { name: 'Deduct €40.00' }).click();
      await expect(adminPage.getByText('Fully refunded')).toBeVisible();
      await expectStock(adminPage, product, 7);
    });
  });
}

test('of two people who pack the same order one is told', async ({
  admin,
  adminPage,
  playwright,
}) => {
  const product = await admin.makeProduct();
  const placed = await order(playwright, product, 1, uniqueEmail());
  await openOrder(adminPage, placed.order_number);
  const other = await adminPage.context().newPage();
  await other.goto(adminPage.url());
  await adminPage.getByRole('button', { name: 'Mark as packed' }).click();
  await expect(adminPage.getByRole('button', { name: 'Mark as ready to collect' })).toBeVisible();
  await other.getByRole('button', { name: 'Mark as packed' }).click();
  await expect(other.getByRole('alert')).toContainText('This order has already been packed.');
  await expect(other.getByRole('button', { name: 'Mark as ready to collect' })).toBeVisible();
});

test('notes stand in the time line, and orders are found by what is known of them', async ({
  admin,
  adminPage,
  playwright,
}) => {
  const product = await admin.makeProduct();
  const email = uniqueEmail();
  const { order_number } = await order(playwright, product, 1, email);
  await openOrder(adminPage, order_number);
  await adminPage.getByRole('textbox', { name: 'Note' }).fill('Rang: at home after six.\nSecond bell.');
  await adminPage.getByRole('button', { name: 'Add note' }).click();
  await expect(adminPage.getByText('Rang: at home after six.')).toBeVisible();
  await expect(adminPage.getByRole('textbox', { name: 'Note' })).toHaveValue('');

  await adminPage.goto('/admin/orders');
  await adminPage.locator('summary').filter({ hasText: 'Filters' }).click();
  await adminPage.getByLabel('Product or SKU').fill(product.title);
  await adminPage.getByLabel('Customer’s e-mail').fill(email.toUpperCase());
  await adminPage.getByRole('button', { name: 'Apply filters' }).click();
  const rows = adminPage.getByRole('row').filter({ hasText: 'HF-' });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(order_number);
  await adminPage.getByRole('link', { name: 'Shipped', exact: true }).click();
  await expect(adminPage.getByRole('heading', { name: 'No orders found' })).toBeVisible();
  await expect(adminPage.getByLabel('Product or SKU')).toHaveValue(product.title);
});

test('papers are printed without what stands around them', async ({
  admin,
  adminPage,
  playwright,
}) => {
  const product = await admin.makeProduct([{ price: '20.00', sku: '' }]);
  const { order_number } = await order(playwright, product, 2, uniqueEmail());
  await openOrder(adminPage, order_number);
  await adminPage.getByRole('link', { name: 'Invoice' }).click();
  await expect(adminPage.getByRole('heading', { level: 1, name: 'Invoice' })).toBeVisible();
  await expect(adminPage.getByRole('row').filter({ hasText: '19' })).toContainText('€33.61');
  await adminPage.emulateMedia({ media: 'print' });
  await expect(adminPage.getByRole('link', { name: 'Back to order' })).toBeHidden();
  await expect(adminPage.getByRole('heading', { level: 1, name: 'Invoice' })).toBeVisible();
  await adminPage.emulateMedia({ media: 'screen' });
  await adminPage.getByRole('link', { name: 'Back to order' }).click();
  await adminPage.getByRole('link', { name: 'Packing slip' }).click();
  await expect(adminPage.getByText('Total units: 2')).toBeVisible();
  await expect(adminPage.getByText('€')).toHaveCount(0);
});
