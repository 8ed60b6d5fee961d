import { expect, type APIRequest, type APIRequestContext, type PlaywrightWorkerArgs } from '@playwright/test';

import { baseURL, credentials, patient } from './environment';
import { unique } from './unique';

export type Playwright = PlaywrightWorkerArgs['playwright'];

export interface NewVariant {
  options?: string[];
  sku?: string;
  price?: string;
  stock?: number;
}

export interface MadeProduct {
  id: string;
  slug: string;
  title: string;
  /** In the order they were given. */
  variants: { id: string; price_minor: number }[];
}

type Fields = Record<string, string>;

/** The admin API, as scripts use it: forms in, JSON out. */
export class Admin {
  private constructor(private readonly api: APIRequestContext) {}

  static async signIn(request: APIRequest): Promise<Admin> {
    const api = await request.newContext({
      baseURL,
      extraHTTPHeaders: { accept: 'application/json', origin: baseURL },
    });
    const admin = new Admin(api);
    await admin.post('/api/admin/sign-in', credentials);
    return admin;
  }

  async dispose(): Promise<void> {
    await this.api.dispose();
  }

  /** For a browser that is to be signed in as well. */
  storageState() {
    return this.api.storageState();
  }

  private async post(path: string, form: Fields): Promise<unknown> {
    const response = await this.api.post(path, { form, ...patient });
    expect(response.status(), `${path}: ${await response.text()}`).toBe(200);
    return response.json();
  }

  /** Offers a way to pay, and puts it before all others. */
  async offerFirst(method: string): Promise<void> {
    const methods = '/admin/settings/methods';
    const page = await this.api.get(methods, {
      headers: { accept: 'text/html' },
      ...patient,
    });
    const [, version = ''] = / name="version" value="(\d+)"/.exec(await page.text()) ?? [];
    const field = (part: string) => `methods[${method}][${part}]`;
    const form = { [field('offered')]: 'offered', [field('position')]: '1' };
    await this.post('/api/admin/methods/save', { version, page: methods, ...form });
  }

  /** An active product that belongs to the test alone: no category, no tags, a title of its own. */
  async makeProduct(
    variants: NewVariant[] = [{}],
    optionNames: string[] = [],
  ): Promise<MadeProduct> {
    const title = unique('Test Buoy');
    const form: Fields = { title, active: '1', description_html: '<p>It floats.</p>' };
    optionNames.forEach((name, at) => (form[`option${at + 1}_name`] = name));
    variants.forEach((variant, at) => {
      const field = (name: string, value: string) => (form[`variants[${at}][${name}]`] = value);
      variant.options?.forEach((value, option) => field(`option${option + 1}`, value));
      field('sku', variant.sku ?? '');
      field('price', variant.price ?? '20.00');
      field('stock', String(variant.stock ?? 10));
      field('grams', '100');
    });
    const made = (await this.post('/api/admin/products/create', form)) as MadeProduct;
    const { variants: shownVariants } = await this.shownProduct(made.slug);
    return { id: made.id, slug: made.slug, title, variants: shownVariants };
  }

  /** Whether shoppers find a product. */
  async isShown(slug: string): Promise<boolean> {
    return (await this.api.get(`/api/products/${slug}`, patient)).ok();
  }

  /** A product as shoppers find it. */
  async shownProduct(slug: string): Promise<MadeProduct> {
    const shown = await this.api.get(`/api/products/${slug}`, patient);
    expect(shown.status(), await shown.text()).toBe(200);
    return (await shown.json()) as MadeProduct;
  }

  /** Calls a function of the admin area that there is no method for here. */
  async call(path: string, form: Fields): Promise<unknown> {
    return this.post(path, form);
  }

  /** Adds a picture to a product's own; its address. */
  async addPicture(product: MadeProduct, file: Buffer): Promise<string> {
    const response = await this.api.post('/api/admin/pictures/upload', {
      multipart: {
        product_id: product.id,
        file: { name: 'picture.png', mimeType: 'image/png', buffer: file },
      },
      ...patient,
    });
    expect(response.status(), await response.text()).toBe(200);
    return ((await response.json()) as { pictures: string[] }).pictures[0]!;
  }

  async rename(product: MadeProduct, title: string): Promise<void> {
    await this.post('/api/admin/products/update', { id: product.id, title });
  }

  /** Adds an item to a menu; its id. */
  async addMenuItem(item: Fields): Promise<string> {
    return ((await this.post('/api/admin/menus/create', item)) as { id: string }).id;
  }

  /** Deletes an item with all that is below it. */
  async deleteMenuItem(id: string): Promise<void> {
    await this.post('/api/admin/menus/delete', { id });
  }

  async setActive(product: MadeProduct, active: boolean): Promise<void> {
    await this.post('/api/admin/products/update', { id: product.id, active: active ? '1' : '0' });
  }

  /** Changes the price of a product's first variant. */
  async setPrice(product: MadeProduct, price: string, stock: number): Promise<void> {
    await this.post('/api/admin/products/update', {
      id: product.id,
      'variants[0][id]': product.variants[0]!.id,
      'variants[0][price]': price,
      'variants[0][stock]': String(stock),
      'variants[0][stock_was]': String(stock),
      'variants[0][grams]': '100',
    });
  }

  /** Sets how many units of a product one customer gets. */
  async limit(product: MadeProduct, units: number): Promise<void> {
    const path = `/admin/products/${product.id}/limits`;
    const page = await this.api.get(path, { headers: { accept: 'text/html' }, ...patient });
    const version = /name="version" value="(\w+)"/.exec(await page.text())?.[1] ?? '';
    await this.post('/api/admin/limits/save', {
      id: product.id,
      version,
      'limits[0][variant]': '',
      'limits[0][units]': String(units),
      'limits[0][days]': '',
    });
  }

  /** Books units in or out of the stock of a product's first variant. */
  async bookStock(product: MadeProduct, delta: number): Promise<void> {
    const variant_id = product.variants[0]!.id;
    await this.post('/api/admin/stock/adjust', {
      variant_id,
      delta: String(delta),
      reason: 'count',
    });
  }
}
