import type { Page } from '@playwright/test';

import { credentials } from './environment';
import { png } from './png';
import { expect } from './test';

/** A field of the product editor that may be empty. */
export function field(page: Page, label: string) {
  return page.getByLabel(`${label} (optional)`, { exact: true });
}

export function cell(page: Page, column: string, row: number) {
  return page.getByLabel(`${column} of variant ${row}`, { exact: true });
}

export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save product' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
}

export const slugOf = (title: string) => title.toLowerCase().replaceAll(' ', '-');

export const pictures = [
  { name: 'red.png', mimeType: 'image/png', buffer: png(700, [200, 40, 40]) },
  { name: 'green.png', mimeType: 'image/png', buffer: png(400, [40, 160, 40]) },
  { name: 'blue.png', mimeType: 'image/png', buffer: png(64, [40, 40, 200]) },
];

/** Signs in at the list of products, in a browser without script, too. */
export async function openProducts(page: Page): Promise<void> {
  await page.goto('/admin/sign-in?next=/admin/products');
  await page.getByLabel('E-mail').fill(credentials.email);
  await page.getByLabel('Password').fill(credentials.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Products' })).toBeVisible();
}
