import { hydrated } from '../support/shop';
import { expect, test } from '../support/test';

test('islands are refused, and fail, in the language of their page', async ({
  admin,
  page,
  watch,
}) => {
  const product = await admin.makeProduct([{ price: '25.00', stock: 3 }]);
  await page.goto(`/de/products/${product.slug}`);
  await hydrated(page);
  const buy = page.getByRole('button', { name: 'In den Warenkorb', exact: true });
  const alert = page.getByRole('alert');

  await test.step('what the server says', async () => {
    watch.expectRefusal(409);
    await page.getByLabel('Menge').fill('4');
    await buy.click();
    await expect(alert).toContainText('nur noch 3 verfügbar.');
  });

  await test.step('and what the browser finds out by itself', async () => {
    watch.expectCutCalls();
    await page.route('**/api/cart/add', (route) => route.abort());
    await buy.click();
    await expect(alert).toContainText('Der Shop ist gerade nicht erreichbar.');
  });
});
