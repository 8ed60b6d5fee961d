import { makeCollection } from './collection';
import { through, type Hands } from './tour';

/** What the owner makes of the shop: announcements, categories, collections, the front page, the look. */
export async function* editors({ page, admin }: Hands) {
  const product = await admin.makeProduct();
  const collection = await makeCollection(admin, [product]);
  yield* through(page, {
    categories: '/admin/categories',
    collections: '/admin/collections',
    collection: `/admin/collections/${collection.id}`,
    look: '/admin/look',
    'translations of a product': `/admin/products/${product.id}/translations/de`,
    'translations of categories': '/admin/translations/de',
    announcements: '/admin/announcements',
  });
  await collection.remove();
  await page.getByLabel('Text').fill('Free delivery today');
  await page.getByLabel('Link').fill('javascript:alert(1)');
  await page.getByRole('button', { name: 'Create announcement' }).click();
  await page.getByRole('alert').waitFor();
  yield 'announcements, refused';
  await page.goto('/admin/categories');
  await page.getByRole('link', { name: 'Kitchen', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Kitchen' }).waitFor();
  yield 'category';
  for (const block of ['Hero', 'Promises']) {
    await page.goto('/admin/home');
    if (block === 'Hero') yield 'home page';
    await page.getByRole('link', { name: block, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: block }).waitFor();
    yield `home page: ${block}`;
  }
}
