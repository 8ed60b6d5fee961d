import { expect, test } from '../support/test';
import { unique } from '../support/unique';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('a product is translated in the editor and shown in its language', async ({
      admin,
      adminPage,
      page,
    }) => {
      const option = unique('Finish');
      const product = await admin.makeProduct(
        [{ options: ['Matt'] }, { options: ['Glossy'] }],
        [option],
      );
      const title = unique('Boje');

      await test.step('the editor says what is missing', async () => {
        await adminPage.goto(`/admin/products/${product.id}`);
        const panel = adminPage.getByRole('region', { name: 'Translations' });
        await expect(panel).toContainText('Missing');
        await panel.getByRole('link', { name: 'Deutsch' }).click();
      });

      await test.step('a text that is too long is kept and marked', async () => {
        const field = adminPage.getByLabel(/^Title/);
        // As from a client that lets it be typed.
        await field.evaluate((input) => input.removeAttribute('maxlength'));
        await field.fill('x'.repeat(300));
        await adminPage.getByRole('button', { name: 'Save translations' }).click();
        await expect(field).toHaveAttribute('aria-invalid', 'true');
        await expect(field).toHaveValue('x'.repeat(300));
      });

      await test.step('texts and words of options are saved', async () => {
        await adminPage.getByLabel(/^Title/).fill(title);
        await adminPage.getByLabel(/^Description/).fill('<p>Sie schwimmt.</p>');
        await adminPage.getByLabel(/^Option /).fill('Oberfläche');
        await adminPage.getByLabel(/^Value of/).nth(1).fill('Glänzend');
        await adminPage.getByRole('button', { name: 'Save translations' }).click();
        await expect(
          adminPage.getByRole('status').filter({ hasText: 'Translations saved.' }),
        ).toBeVisible();
        await expect(adminPage.getByLabel(/^Title/)).toHaveValue(title);
      });

      await test.step('shoppers see them in German alone', async () => {
        await page.goto(`/de/products/${product.slug}`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
        await expect(page.getByText('Sie schwimmt.')).toBeVisible();
        await page.getByRole('radio', { name: 'Glänzend' }).check();
        const added = page.waitForResponse((answer) => answer.url().includes('/api/cart/add'));
        await page.getByRole('button', { name: 'In den Warenkorb', exact: true }).click();
        await added;
        await page.goto('/de/cart');
        await expect(page.getByRole('main')).toContainText(title);
        await expect(page.getByRole('main')).toContainText('Glänzend');
        await page.goto('/cart');
        await expect(page.getByRole('main')).toContainText(product.title);
        await expect(page.getByRole('main')).toContainText('Glossy');
        await page.goto(`/products/${product.slug}`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title);
      });

      await test.step('a changed original is marked, and found in the list', async () => {
        const renamed = unique('Renamed Buoy');
        await admin.rename(product, renamed);
        const query = new URLSearchParams({ q: renamed, translation: 'stale-de' });
        await adminPage.goto(`/admin/products?${query}`);
        await adminPage.getByRole('link', { name: renamed }).click();
        const panel = adminPage.getByRole('region', { name: 'Translations' });
        await expect(panel).toContainText('Out of date');
        await panel.getByRole('link', { name: 'Deutsch' }).click();
        await adminPage.getByLabel('this translation still fits').first().check();
        await adminPage.getByRole('button', { name: 'Save translations' }).click();
        await expect(
          adminPage.getByRole('status').filter({ hasText: 'Translations saved.' }),
        ).toBeVisible();
        await adminPage.goto(`/admin/products?${query}`);
        await expect(adminPage.getByText('No products found')).toBeVisible();
      });
    });
  });
}

test('texts go down as a file and up again, translated', async ({ admin, adminPage, page }) => {
  const colour = unique('Tint');
  const product = await admin.makeProduct([{ options: ['Sand'] }, { options: ['Sea'] }], [colour]);
  const file = adminPage.getByLabel('CSV file');

  await test.step('the settings lead to it', async () => {
    await adminPage.goto('/admin/settings');
    await adminPage.getByRole('link', { name: 'Texts in Deutsch' }).click();
    await expect(adminPage.getByRole('heading', { level: 1 })).toHaveText('Texts in Deutsch');
  });

  const rows = await test.step('the file has the words of the option', async () => {
    const answer = await adminPage.request.get('/admin/translations/de/texts.csv');
    expect(answer.status()).toBe(200);
    const lines = (await answer.text()).split('\n');
    return [lines[0]!, ...lines.filter((line) => line.includes(colour.toLowerCase()))];
  });
  expect(rows).toHaveLength(4);

  await test.step('a file that is none is told of', async () => {
    const buffer = Buffer.from('Handle,Title\nrope,Rope\n');
    await file.setInputFiles({ name: 'products.csv', mimeType: 'text/csv', buffer });
    await adminPage.getByRole('button', { name: 'Upload and save' }).click();
    await expect(adminPage.getByText('This isn’t a file of translations.').first()).toBeVisible();
  });

  await test.step('translated words are shown in German', async () => {
    const words: Record<string, string> = { Sand: 'Strand', Sea: 'Meer' };
    const text = rows.map((line) => {
      const original = /,([^,]*),,\w*$/u.exec(line)?.[1] ?? '';
      return line.replace(/,(?=\w*$)/u, `${words[original] ?? ''},`);
    });
    const buffer = Buffer.from(text.join('\n'));
    await file.setInputFiles({ name: 'texts.csv', mimeType: 'text/csv', buffer });
    await adminPage.getByRole('button', { name: 'Upload and save' }).click();
    await expect(adminPage.getByText('2 translations saved.')).toBeVisible();
    await page.goto(`/de/products/${product.slug}`);
    await expect(page.getByText('Strand').first()).toBeVisible();
    await expect(page.getByText('Meer').first()).toBeVisible();
  });
});
