import type { Page } from '@playwright/test';

import { order } from '../support/buyer';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

// There is one set of settings: these tests take turns, and change only what no other test sees.
test.describe.configure({ mode: 'serial' });

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save settings' }).click();
}

function figure(page: Page, name: string) {
  return page.locator('.figure', { hasText: name }).locator('.figure-number').first();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('the dashboard tells of an order as soon as it stands', async ({
      admin,
      playwright,
      adminPage: page,
    }) => {
      await page.goto('/admin');
      // Others cancel some units meanwhile, never so many.
      const units = async () => Number(await figure(page, 'Units').textContent());
      const before = await units();
      const product = await admin.makeProduct([{ price: '20.00', stock: 60 }]);
      await order(playwright, product, 50, uniqueEmail());
      await page.reload();
      expect(await units()).toBeGreaterThan(before);
      await expect(page.getByRole('radiogroup', { name: 'Revenue by hour' })).toBeVisible();
      // One step of the Tab key, then the arrow keys: the value is there without script.
      const bars = page.getByRole('radiogroup', { name: 'Revenue by hour' }).getByRole('radio');
      await bars.first().focus();
      await page.keyboard.press('ArrowRight');
      await expect(bars.nth(1)).toBeChecked();
      await expect(page.locator('.bar-tip', { hasText: '01:00' }).first()).toHaveCSS('opacity', '1');
      await page.getByText('The charts as a table').click();
      await expect(page.getByRole('row', { name: /^Total/ })).toBeVisible();

      await page.getByRole('link', { name: '7 days' }).click();
      await expect(page.getByRole('radiogroup', { name: 'Orders by day' })).toBeVisible();
      await expect(page.getByRole('link', { name: '7 days' })).toHaveAttribute(
        'aria-current',
        'page',
      );
      if (javaScriptEnabled) {
        const at = page.locator('[data-live-at]');
        const first = await at.textContent();
        await expect(at).not.toHaveText(first!);
        await expect(page.getByRole('link', { name: 'Refresh' })).toBeHidden();
      } else {
        await page.getByRole('link', { name: 'Refresh' }).click();
        await expect(page).toHaveURL(/days=7#live-title$/);
      }
    });

    test('settings are checked, kept as typed, and saved', async ({ adminPage: page }) => {
      await page.goto('/admin/settings');
      await page.getByLabel('Low stock: up to (units)').fill('7');
      await page.getByLabel('Keep carts for (days)').fill('none');
      await page.getByLabel('Currency', { exact: true }).fill('usd');
      await save(page);
      await expect(page.getByRole('alert')).toBeVisible();
      await expect(page.getByLabel('Keep carts for (days)')).toHaveValue('none');
      await expect(page.getByLabel('Keep carts for (days)')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByLabel('Currency', { exact: true })).toHaveValue('usd');
      await expect(page.getByText('Tick this to change the currency')).toHaveCount(2);

      await page.getByLabel('Keep carts for (days)').fill('31');
      await page.getByLabel('Currency', { exact: true }).fill('EUR');
      await save(page);
      await expect(page.getByRole('status')).toContainText('Settings saved.');
      await page.goto('/admin');
      await expect(page.getByRole('heading', { name: 'Low stock: 7 or fewer' })).toBeVisible();

      await page.goto('/admin/settings');
      await page.getByLabel('Low stock: up to (units)').fill('5');
      await page.getByLabel('Keep carts for (days)').fill('30');
      await save(page);
      await expect(page.getByRole('status')).toContainText('Settings saved.');
    });

    test('of two who set something the second sees what the first did', async ({
      newAdminPage,
    }) => {
      const [one, two] = [await newAdminPage(), await newAdminPage()];
      await one.goto('/admin/settings');
      await two.goto('/admin/settings');
      await one.getByLabel('Low stock: up to (units)').fill('6');
      await save(one);
      await expect(one.getByRole('status')).toContainText('Settings saved.');
      await two.getByLabel('Low stock: up to (units)').fill('4');
      await save(two);
      await expect(two.getByRole('alert')).toContainText('changed while you were editing');
      await expect(two.getByLabel('Low stock: up to (units)')).toHaveValue('4');
      await expect(two.getByText('Current value: 6')).toBeVisible();
      await two.getByLabel('Low stock: up to (units)').fill('5');
      await save(two);
      await expect(two.getByRole('status')).toContainText('Settings saved.');
    });
  });
}

test('what is to be done leads to its list', async ({ adminPage, admin, playwright }) => {
  const product = await admin.makeProduct([{ price: '20.00', stock: 60 }]);
  await order(playwright, product, 1, uniqueEmail());
  await adminPage.goto('/admin');
  const work = adminPage.getByRole('region', { name: 'To do' });
  await work.getByRole('link', { name: /to pack$/ }).click();
  await expect(adminPage).toHaveURL(/status=paid$/);
  await expect(adminPage.locator('tbody tr').first()).toBeVisible();
});

test('days of one’s own are compared with those before, and wrong ones are marked', async ({
  adminPage,
}) => {
  await adminPage.goto('/admin?from=2026-01-31&to=2026-01-01');
  await expect(adminPage.getByLabel('Last day')).toHaveAttribute('aria-invalid', 'true');
  await adminPage.getByLabel('Last day').fill('2026-02-28');
  await adminPage.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(adminPage.getByText('in the 29 days before').first()).toBeVisible();
  await expect(adminPage.getByRole('radiogroup', { name: 'Orders by day' })).toBeVisible();
});

test('a confirmation is sent again and a carrier is followed at the owner’s address', async ({
  adminPage,
  admin,
  playwright,
}) => {
  await adminPage.goto('/admin/carriers');
  const name = adminPage.getByLabel(/^Name of carrier 9/);
  const pattern = adminPage.getByLabel(/^Tracking page of carrier 9/);
  await name.fill('Island Post');
  await pattern.fill('http://post.example.com/{number}');
  await adminPage.getByRole('button', { name: 'Save carriers' }).click();
  await expect(pattern).toHaveAttribute('aria-invalid', 'true');
  await pattern.fill('https://post.example.com/{number}');
  await adminPage.getByRole('button', { name: 'Save carriers' }).click();
  await expect(adminPage.getByText('Carriers saved.')).toBeVisible();

  const product = await admin.makeProduct([{ price: '20.00', stock: 9 }]);
  const email = uniqueEmail();
  // It is sent, for 4.90.
  await order(playwright, product, 1, email, { shipping: 'standard', expected_total_minor: '2490' });
  await adminPage.goto(`/admin/orders?q=${encodeURIComponent(email)}`);
  const row = adminPage.locator('tbody tr');
  await expect(row).toContainText(/#\d{4}/);
  await row.getByRole('link').first().click();
  await adminPage.getByRole('button', { name: 'Resend confirmation' }).click();
  await expect(adminPage.getByText('E-mail sent again.')).toBeVisible();
  await adminPage.getByRole('button', { name: 'Mark as packed' }).click();
  await adminPage.getByLabel('Carrier').fill('Island Post');
  await adminPage.getByLabel('Tracking number').fill('AB 12');
  await adminPage.getByRole('button', { name: 'Mark as shipped' }).click();
  await expect(adminPage.getByRole('link', { name: 'AB 12' }).first()).toHaveAttribute(
    'href',
    'https://post.example.com/AB12',
  );
  await adminPage.getByRole('button', { name: 'Resend shipping e-mail' }).click();
  await expect(adminPage.getByText('E-mail sent again.')).toBeVisible();
});

test('the page of the servers keeps itself up to date', async ({ adminPage }) => {
  await adminPage.goto('/admin');
  await adminPage.getByRole('link', { name: 'System', exact: true }).click();
  await expect(adminPage.getByRole('heading', { name: 'System' })).toBeVisible();
  const at = adminPage.locator('[data-live-at]');
  const first = await at.textContent();
  await expect(at).not.toHaveText(first!);
});

test('what is typed into the settings is not lost by a stray click', async ({ adminPage }) => {
  await adminPage.goto('/admin/settings');
  await adminPage.waitForLoadState('networkidle');
  await adminPage.getByLabel('Sender').fill('Shop');
  const asked = adminPage.waitForEvent('dialog');
  const left = adminPage.getByRole('link', { name: 'Stock', exact: true }).click();
  await (await asked).dismiss();
  await left.catch(() => undefined);
  await expect(adminPage.getByLabel('Sender')).toHaveValue('Shop');
});
