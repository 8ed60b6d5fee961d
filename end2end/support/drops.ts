import { expect, type Page } from '@playwright/test';

import type { Admin, MadeProduct } from './admin';
import { patient } from './environment';
import { unique } from './unique';

export interface MadeDrop {
  id: string;
  slug: string;
  title: string;
}

/** What is on the shelf of a product that {@link dropSoon} sells. */
const STOCK = 5;
/** Long enough to plan a drop before it starts. */
const SOON = 10_000;

/** In milliseconds since 1970. */
export interface Times {
  opensAt: number;
  secretUntil?: number;
  closesAt?: number;
}

/** A time as a field for a date and a time has it, in UTC, to the millisecond. */
export function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 23);
}

/** A draft that sells units of a product's first variant, which is secret if it says until when. */
export async function draftDrop(
  admin: Admin,
  product: MadeProduct,
  units: number,
  times: Times,
): Promise<MadeDrop> {
  const title = unique('Winter');
  const opens = moment(times.opensAt);
  const made = await admin.call('/api/admin/drops/create', { title, opens });
  const { id, slug, version } = made as { id: string; slug: string; version: number };
  const drop = { id, slug, title };
  const typed = (at?: number) => (at === undefined ? '' : moment(at));
  const reveal = typed(times.secretUntil);
  const closes = typed(times.closesAt);
  if (reveal !== '' || closes !== '') {
    const changed = { ...drop, version: String(version), opens, reveal, closes };
    await admin.call('/api/admin/drops/update', changed);
  }
  await admin.call('/api/admin/drops/add', { id, product_id: product.id });
  await setUnits(admin, drop, product, units);
  return drop;
}

/** How many units of a product a drop sells, and how many of them one customer gets. */
export async function setUnits(
  admin: Admin,
  { id }: MadeDrop,
  product: MadeProduct,
  units: number,
  limit = '',
): Promise<void> {
  const variant_id = product.variants[0]!.id;
  await admin.call('/api/admin/drops/line', { id, variant_id, units: String(units), limit });
}

/** Turns its waiting room on. */
export async function openRoom(
  admin: Admin,
  { id }: MadeDrop,
  binding: 'mailbox' | 'nobody',
): Promise<void> {
  const rules = { switch: 'on', binding, per_minute: '300', minutes: '10' };
  await admin.call('/api/admin/drops/room', { id, ...rules });
}

export async function planDrop(admin: Admin, { id }: MadeDrop): Promise<void> {
  await admin.call('/api/admin/drops/plan', { id });
}

/** Waits until its page says that it has started. */
export async function started(page: Page, { slug }: MadeDrop): Promise<void> {
  const words = async () => (await page.request.get(`/drops/${slug}`, patient)).text();
  await expect.poll(words, { timeout: 90_000 }).toContain('On sale now');
}

export interface Sale {
  product: MadeProduct;
  drop: MadeDrop;
}

/** A planned drop of a product of its own, which starts in a moment. */
export async function dropSoon(admin: Admin, units: number): Promise<Sale> {
  const product = await admin.makeProduct([{ stock: STOCK }]);
  const drop = await draftDrop(admin, product, units, { opensAt: Date.now() + SOON });
  await planDrop(admin, drop);
  return { product, drop };
}

/** The same, once it has started. */
export async function startedDrop(admin: Admin, page: Page, units: number): Promise<Sale> {
  const sale = await dropSoon(admin, units);
  await started(page, sale.drop);
  return sale;
}
