import { expectAccessibleNow } from '../support/axe';
import { expect, test } from '../support/test';
import { unique } from '../support/unique';

/** A day from now, as a field for a date and a time has it, in UTC. */
function tomorrow(): string {
  return new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 16);
}

for (const javaScriptEnabled of [true, false]) {
  test(`an owner announces a drop, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    newVisitor,
    newAdminPage,
    admin,
  }) => {
    const desk = await newAdminPage({ javaScriptEnabled });
    const shopper = await newVisitor({ javaScriptEnabled });
    const title = unique('Summer');
    const product = await admin.makeProduct([{ stock: 12 }]);

    await test.step('products', async () => {
      await desk.goto('/admin/drops');
      await desk.getByLabel('Title').fill(title);
      await desk.getByLabel('Start').fill(tomorrow());
      await desk.getByRole('button', { name: 'Create drop' }).click();
      await expect(desk.getByRole('status')).toContainText('Drop created.');
      await desk.getByLabel('Search products').fill(product.title);
      await desk.getByRole('button', { name: 'Search', exact: true }).click();
      await desk.getByRole('button', { name: `Add ${product.title}`, exact: true }).click();
      await desk.getByLabel('Units').fill('1');
      await desk.getByRole('button', { name: `Save ${product.title}` }).click();
      await expect(desk.getByRole('status')).toContainText('Drop saved.');
      await expectAccessibleNow(desk, javaScriptEnabled);
    });

    await test.step('what shoppers see', async () => {
      await desk.getByRole('button', { name: 'Plan now' }).click();
      await expect(desk.getByRole('status')).toContainText('planned');
      const shown = await desk.getByRole('link', { name: 'View in the shop' }).getAttribute('href');
      await shopper.goto(shown!);
      await expect(shopper.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(shopper.getByRole('link', { name: 'Save to calendar' })).toBeVisible();
      const timer = shopper.getByRole('timer');
      if (javaScriptEnabled) {
        await expect(timer).toContainText('hours');
      } else {
        await expect(timer).toHaveCount(0);
        // Playwright looks into no `noscript`.
        expect(await shopper.content()).toContain('reloads by itself');
      }
      await expectAccessibleNow(shopper, javaScriptEnabled);
    });

    await test.step('a waiting room', async () => {
      await desk.getByLabel('Only people who have been let in can order').selectOption('On');
      await desk.getByRole('button', { name: 'Save waiting room' }).click();
      await expect(desk.getByRole('status')).toContainText('Waiting room saved.');
      await expectAccessibleNow(desk, javaScriptEnabled);
      await shopper.reload();
      await shopper.getByRole('link', { name: 'To the waiting room' }).click();
      await expect(shopper.getByText('The waiting room opens on')).toBeVisible();
      await shopper.getByText('Check my place').click();
      await expect(shopper.getByText('Hash of the secret')).toBeVisible();
      await expectAccessibleNow(shopper, javaScriptEnabled);
      await shopper.getByRole('link', { name: 'To the drop' }).click();
    });

    await test.step('it does not take place', async () => {
      await desk.getByRole('button', { name: 'Call off now' }).click();
      await expect(desk.getByRole('status')).toContainText('called off');
      await shopper.reload();
      await expect(shopper.getByText('This drop has been called off.')).toBeVisible();
    });
  });
}
