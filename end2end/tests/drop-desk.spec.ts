import { createHash } from 'node:crypto';

import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/axe';
import { cancelAtDesk, order } from '../support/buyer';
import {
  draftDrop,
  dropSoon,
  moment,
  planDrop,
  setUnits,
  started,
  startedDrop,
  type MadeDrop,
} from '../support/drops';
import { fact } from '../support/shop';
import { expect, test } from '../support/test';
import { uniqueEmail } from '../support/unique';

const HOUR = 60 * 60_000;

/** A full minute, as far from now as this at least. */
function minuteIn(milliseconds: number): number {
  return Math.ceil((Date.now() + milliseconds) / 60_000) * 60_000;
}

function editor({ id }: MadeDrop): string {
  return `/admin/drops/${id}`;
}

// Each page is looked at four times, and a start is waited for.
test.slow();

test('a checklist says what is missing, and where to put it right', async ({
  admin,
  adminPage,
}) => {
  const desk = adminPage;
  const product = await admin.makeProduct([{ stock: 5 }]);
  const drop = await draftDrop(admin, product, 9, { opensAt: Date.now() + 24 * HOUR });
  const check = (name: string) =>
    desk
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: desk.getByRole('link', { name, exact: true }) });

  await desk.goto(editor(drop));
  await desk.getByRole('link', { name: 'Checklist', exact: true }).click();
  const verdict = (words: string) => desk.getByRole('heading', { level: 2, name: words });
  await expect(verdict('Something has to be done before it starts.')).toBeVisible();
  await expect(check('Stock')).toContainText('to be done');
  await expect(check('Stock')).toContainText('fewer on the shelf than the drop needs');
  await expect(check('Stock')).toContainText(product.title);
  await expect(check('Limits')).toContainText(`One customer may buy all of: ${product.title}`);
  await expect(check('Start and end')).toContainText('still a draft');
  await expectAccessible(desk, 'checklist');

  await check('Stock').getByRole('link').click();
  await expect(desk.getByRole('heading', { level: 1 })).toContainText(drop.title);
  await setUnits(admin, drop, product, 3, '1');
  await planDrop(admin, drop);
  await desk.getByRole('link', { name: 'Checklist', exact: true }).click();
  await expect(verdict('It can start. Check the points that are marked.')).toBeVisible();
  await expect(check('Stock')).toContainText('ready');
  await expect(check('Stock')).toContainText('3 of 3 units are set aside');
  await expect(check('Limits')).toContainText('Everything in it has a limit per customer.');
  await expect(check('Waiting room')).toContainText('first come, first served');
});

test('a preview shows a drop as it is at a chosen time, to admins alone', async ({
  page,
  admin,
  adminPage,
}) => {
  const desk = adminPage;
  const product = await admin.makeProduct([{ stock: 5 }]);
  const opensAt = minuteIn(24 * HOUR);
  const times = { opensAt, secretUntil: opensAt - HOUR, closesAt: opensAt + HOUR };
  const drop = await draftDrop(admin, product, 3, times);
  const card = desk.getByRole('main').getByRole('article').filter({ hasText: product.title });
  const hidden = desk.getByRole('region', { name: 'Not shown to shoppers at that time' });

  await desk.goto(editor(drop));
  await desk.getByRole('link', { name: 'Preview', exact: true }).click();
  await expect(desk.getByRole('heading', { level: 1, name: drop.title })).toBeVisible();
  await expect(desk.getByText('This is what shoppers see on')).toBeVisible();
  await expect(desk.getByText('On sale now')).toBeVisible();
  await expect(card).toBeVisible();
  await expectAccessible(desk, 'preview at the start');

  await desk.getByRole('link', { name: 'Before its products are shown' }).click();
  await expect(desk.getByText('The products are still secret.')).toBeVisible();
  await expect(hidden).toContainText(`${product.title}: secret until`);
  await expect(card).toHaveCount(0);
  await expectAccessible(desk, 'preview while its products are secret');

  await desk.getByRole('link', { name: 'When its products are shown' }).click();
  await expect(card).toContainText('On sale from');
  await expect(hidden).toHaveCount(0);
  // What shoppers press there is shown, and sends nothing.
  await expect(desk.getByText('E-mail me a link')).toBeVisible();
  await expect(desk.getByRole('button', { name: 'E-mail me a link' })).toHaveCount(0);
  await expect(desk.getByRole('timer')).toHaveCount(0);

  await desk.getByLabel('Another time').fill(moment(opensAt + 2 * HOUR).slice(0, 16));
  await desk.getByRole('button', { name: 'Show' }).click();
  await expect(desk.getByText('This drop is over.')).toBeVisible();

  for (const place of [desk.url(), `/drops/${drop.slug}`, `/products/${product.slug}`]) {
    expect((await page.goto(place))?.status(), place).toBe(404);
  }
  await desk.getByRole('link', { name: 'Back to the drop' }).click();
  await expect(desk).toHaveURL(new RegExp(`${editor(drop)}$`));
});

test.describe('a live page', () => {
  /** Of four units. */
  const sold = async (desk: Page) => {
    await expect(fact(desk, 'Orders')).toHaveText('1');
    await expect(fact(desk, 'Units left')).toHaveText('3');
    await expect(fact(desk, 'Sold')).toHaveText('25 %');
  };

  test('follows a drop without being loaded again', async ({
    page,
    admin,
    adminPage,
    playwright,
  }) => {
    const { product, drop } = await startedDrop(admin, page, 4);
    await adminPage.goto(editor(drop));
    await adminPage.getByRole('link', { name: 'Live', exact: true }).click();
    await adminPage.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
    await expect(fact(adminPage, 'Orders')).toHaveText('0');
    await expect(adminPage.getByRole('link', { name: 'Refresh' })).toBeHidden();
    const at = adminPage.locator('[data-live-at]');
    const before = await at.innerText();
    await order(playwright, product, 1, uniqueEmail());
    await sold(adminPage);
    await expect(at).not.toHaveText(before);
    const row = adminPage.getByRole('row').filter({ hasText: product.title });
    await expect(row.getByRole('cell')).toHaveText([product.title, '1', '0', '0', '3', '25 %']);
    await expect(adminPage.locator('body')).toHaveAttribute('data-not-reloaded');
    await expectAccessible(adminPage, 'live page');
  });

  test('is asked again by a link without script', async ({
    page,
    admin,
    newAdminPage,
    playwright,
  }) => {
    const desk = await newAdminPage({ javaScriptEnabled: false });
    const { product, drop } = await startedDrop(admin, page, 4);
    await desk.goto(`${editor(drop)}/live`);
    await expect(fact(desk, 'Orders')).toHaveText('0');
    await order(playwright, product, 1, uniqueEmail());
    // A server writes its figures once a second.
    await expect(async () => {
      await desk.getByRole('link', { name: 'Refresh' }).click();
      await expect(fact(desk, 'Orders')).toHaveText('1', { timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await sold(desk);
  });
});

test('a report is a paper whose checksum anybody can check', async ({
  page,
  admin,
  adminPage,
  playwright,
}) => {
  const desk = adminPage;
  const { product, drop } = await dropSoon(admin, 3);
  const keep = desk.getByRole('button', { name: 'Keep this report' });
  const report = `${editor(drop)}/report`;

  await test.step('not before it is over', async () => {
    await desk.goto(report);
    await expect(desk.getByText('The report is available when the drop is over.')).toBeVisible();
    await expect(keep).toHaveCount(0);
  });

  await started(page, drop);
  const placed = await order(playwright, product, 2, uniqueEmail());

  await test.step('what it came to', async () => {
    await desk.goto(editor(drop));
    await desk.getByRole('button', { name: 'Call off now' }).click();
    await expect(desk.getByRole('status')).toContainText('called off');
    await desk.getByRole('link', { name: 'Report', exact: true }).click();
    await expect(desk.getByRole('heading', { level: 1 })).toHaveText(`Report: ${drop.title}`);
    await expect(fact(desk, 'Orders placed')).toHaveText('1');
    await expect(fact(desk, 'Units ordered')).toHaveText('2');
    await expect(fact(desk, 'Most units in one household')).toHaveText('2');
    await expect(fact(desk, 'Stock movements, drop and orders')).toHaveText('agree');
    const row = desk.getByRole('row').filter({ hasText: product.title });
    await expect(row.getByRole('cell')).toHaveText([product.title, '3', '2', '0', '1']);
    await desk.getByText('The text the checksum is made from').click();
    await expectAccessible(desk, 'report');
  });

  await test.step('its checksum', async () => {
    const text = (await desk.locator('pre').textContent()) ?? '';
    const digest = createHash('sha256').update(text).digest('hex');
    await expect(desk.getByText(digest, { exact: true })).toBeVisible();
    await keep.click();
    await expect(desk.getByRole('heading', { name: 'Kept in the audit log' })).toBeVisible();
    await expect(desk.getByText('All figures are still the same.')).toBeVisible();
    await expect(desk.getByText(digest, { exact: true })).toHaveCount(2);
    await expect(keep).toHaveCount(0);
  });

  await test.step('on paper there is nothing to press', async () => {
    await desk.emulateMedia({ media: 'print' });
    await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(desk.getByText('Print this page')).toBeHidden();
    await desk.emulateMedia({ media: 'screen' });
  });

  await test.step('what is different later is named', async () => {
    await cancelAtDesk(desk, placed);
    await desk.goto(report);
    await expect(desk.getByText('These figures are different now:')).toBeVisible();
    await expect(desk.getByRole('listitem').filter({ hasText: 'orders_cancelled' })).toContainText(
      'kept 0, now 1',
    );
    await expectAccessible(desk, 'report that is different now');
  });
});
