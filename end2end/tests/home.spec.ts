import { violations } from '../support/axe';
import { png } from '../support/png';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

// The shop has one front page, whose draft the two would share.
test.describe.configure({ mode: 'serial' });

for (const javaScriptEnabled of [true, false]) {
  test(`an owner makes a draft of the front page, previews it and discards it, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    newVisitor,
    newAdminPage,
  }) => {
    const desk = await newAdminPage({ javaScriptEnabled });
    const shopper = await newVisitor({ javaScriptEnabled });
    const heading = unique('Autumn');

    await test.step('a block is added', async () => {
      await desk.goto('/admin/home');
      await desk.getByLabel('Block').selectOption('picture');
      await desk.getByRole('button', { name: 'Add block' }).click();
      await expect(desk.getByRole('heading', { level: 1, name: 'Picture' })).toBeVisible();
      const picture = { name: 'a.png', mimeType: 'image/png', buffer: png(700, [90, 90, 140]) };
      await desk.getByLabel('Choose a picture').setInputFiles(picture);
      await desk.getByRole('button', { name: 'Upload' }).click();
      await expect(desk.getByRole('status')).toContainText('Picture saved.');
      await desk.getByLabel('Text', { exact: false }).last().fill(heading);
      await desk.getByLabel('Link').fill('javascript:alert(1)');
      await desk.getByRole('button', { name: 'Save block' }).click();
      await expect(desk.getByRole('alert')).toContainText('Enter a page of the shop');
      await desk.getByLabel('Link').fill('/products');
      await desk.getByRole('button', { name: 'Save block' }).click();
      await expect(desk.getByRole('alert')).toContainText('Enter what the picture shows');
      await desk.getByLabel('Alt text').fill('A quay at dawn');
      await desk.getByRole('button', { name: 'Save block' }).click();
      await expect(desk.getByRole('status')).toContainText('Block saved.');
    });

    await test.step('it is moved up', async () => {
      await desk.getByRole('button', { name: 'Move block 6, Picture, up' }).click();
      await expect(
        desk.getByRole('button', { name: 'Move block 5, Picture, up' }),
      ).toBeVisible();
    });

    await test.step('the preview shows it, and the shop does not', async () => {
      await desk.getByRole('link', { name: 'Preview' }).click();
      await expect(desk.getByText(heading)).toBeVisible();
      await expect(desk.locator('.block-picture')).toBeVisible();
      if (javaScriptEnabled) {
        expect(await violations(desk)).toEqual([]);
      }
      await shopper.goto('/');
      await expect(shopper.getByText(heading)).toHaveCount(0);
      await expect(shopper.getByRole('heading', { level: 1, name: 'Made to last.' })).toBeVisible();
    });

    await test.step('it is discarded', async () => {
      await desk.getByRole('link', { name: 'Back to the editor' }).click();
      await desk.getByText('Discard changes…').click();
      await desk.getByRole('button', { name: 'Yes, discard changes' }).click();
      await expect(desk.getByRole('status')).toContainText('Changes discarded.');
      await expect(desk.getByText('Everything is published.')).toBeVisible();
    });
  });
}
