import type { Admin, MadeProduct } from './admin';
import { unique } from './unique';

export interface MadeCollection {
  id: string;
  slug: string;
  /** Deletes it. */
  remove: () => Promise<unknown>;
}

/** A collection of these products. */
export async function makeCollection(
  admin: Admin,
  products: MadeProduct[],
): Promise<MadeCollection> {
  const create = '/api/admin/collections/create';
  const made = (await admin.call(create, { name: unique('Gifts') })) as { id: string; slug: string };
  for (const product of products) {
    await admin.call('/api/admin/collections/add', { id: made.id, product_id: product.id });
  }
  const remove = () => admin.call('/api/admin/collections/delete', { id: made.id });
  return { ...made, remove };
}
