import { expect, type Page } from '@playwright/test';

import type { MadeProduct, Playwright } from './admin';
import { baseURL, patient } from './environment';

export interface PlacedOrder {
  order_number: string;
  token: string;
  total_minor: number;
}

/** Orders a product's first variant through the API, to be picked up and paid in cash; `fields` replace others. */
export async function order(
  playwright: Playwright,
  product: MadeProduct,
  quantity: number,
  email: string,
  fields: Record<string, string> = {},
): Promise<PlacedOrder> {
  const api = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { accept: 'application/json', origin: baseURL },
  });
  const variant = product.variants[0]!;
  const cart = await api.post('/api/cart/add', {
    form: { variant_id: variant.id, quantity },
    ...patient,
  });
  expect(cart.status(), await cart.text()).toBe(200);
  const placed = await api.post('/api/checkout/place', {
    form: {
      checkout_key: `end2end-${product.id}`,
      email,
      name: 'Kim Larch',
      address_line1: 'Quay 7',
      postal_code: '20457',
      city: 'Hamburg',
      country: 'DE',
      shipping: 'pickup',
      payment: 'cash_on_delivery',
      expected_total_minor: variant.price_minor * quantity,
      ...fields,
    },
    ...patient,
  });
  expect(placed.status(), await placed.text()).toBe(200);
  const answer = (await placed.json()) as PlacedOrder;
  await api.dispose();
  return answer;
}

/** An admin cancels it, and its units come back. */
export async function cancelAtDesk(desk: Page, { order_number }: PlacedOrder): Promise<void> {
  await desk.goto(`/admin/orders?q=${order_number}`);
  await desk.getByRole('link', { name: order_number }).click();
  await desk.getByText('Cancel order…').click();
  await desk.getByRole('button', { name: 'Cancel this order' }).click();
  await expect(desk.getByText('Cancelled').first()).toBeVisible();
}
