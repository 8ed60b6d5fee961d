import { choosePassword, goToReview, password, saveAddress, signUpLink } from './account';
import { order } from './buyer';
import { makeCollection } from './collection';
import { editors } from './editors';
import { goToPay } from './hosted';
import { mailedLink } from './mailbox';
import {
  cards,
  chooseShipping,
  giveContact,
  orderNumber,
  payByCard,
  placeButton,
  proceed,
  putInCart,
  step,
} from './shop';
import { totp } from './totp';
import { through, type Hands, type Tour } from './tour';
import { uniqueEmail } from './unique';

async function* lists({ page }: Hands) {
  yield* through(page, {
    'front page': '/',
    'list of everything': '/products',
    'filtered list': '/categories/kitchen?min=20&in_stock=1&opt.size=M',
    'last page of a list': '/products?sort=name&page=2',
    'search without a hit': '/products?q=zzqqxx',
    'filters that leave nothing': '/products?q=zzqqxx&tag=gift',
  });
  await page.goto('/categories/kitchen');
  await page.locator('.filter-fold').evaluateAll((groups) => {
    for (const group of groups) group.setAttribute('open', '');
  });
  yield 'list with its filters unfolded';
}

async function* single({ page }: Hands) {
  yield* through(page, {
    product: '/products/terry-towels',
    'product without options': '/products/pocket-compass',
    'sold-out product': '/products/building-blocks',
    'empty cart': '/cart',
    'empty wishlist': '/wishlist',
    'order look-up': '/orders',
    'legal page': '/pages/withdrawal',
    'page with a table': '/pages/delivery',
    'contact page': '/pages/contact',
    'page that is not there': '/nowhere',
  });
}

async function* chosen({ page, admin }: Hands) {
  const product = await admin.makeProduct();
  const collection = await makeCollection(admin, [product]);
  yield* through(page, { collection: `/collections/${collection.slug}` });
  await collection.remove();
  await page.goto(`/products/${product.slug}`);
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/wishlist/add'));
  await page.getByRole('button', { name: 'Save to your wishlist' }).click();
  await kept;
  await page.goto('/wishlist');
  await page.getByRole('button', { name: `Move to cart ${product.title}` }).waitFor();
  yield 'wishlist';
}

async function* problems({ page, admin }: Hands) {
  const fewer = await admin.makeProduct([{ stock: 9 }]);
  const dearer = await admin.makeProduct();
  const gone = await admin.makeProduct();
  await putInCart(page, fewer, 5);
  await putInCart(page, dearer);
  await putInCart(page, gone);
  yield 'cart';
  await admin.bookStock(fewer, -6);
  await admin.setPrice(dearer, '31.00', 10);
  await admin.setActive(gone, false);
  await proceed(page);
  await page.getByRole('alert').waitFor();
  yield 'cart with problems';
}

async function* limited({ page, admin }: Hands) {
  const product = await admin.makeProduct();
  await putInCart(page, product, 3);
  await admin.limit(product, 2);
  await proceed(page);
  await page.getByRole('alert').waitFor();
  await page.getByText(/limit 2 per customer/i).first().waitFor();
  yield 'cart over a limit';
}

async function* unpaid({ page, admin }: Hands) {
  await goToPay(page, await admin.makeProduct([{ price: '30.00' }]), uniqueEmail());
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await page.getByRole('button', { name: /^Pay €/ }).waitFor();
  yield 'order that waits for its payment';
  await page.goto(`${new URL(page.url()).pathname}?paid=yes`);
  await page.getByRole('button', { name: /^Pay €/ }).waitFor();
  yield 'order whose payment is looked for';
}

async function* purchase({ page, admin }: Hands) {
  await putInCart(page, await admin.makeProduct());
  await proceed(page);
  yield 'checkout: contact';
  await page.getByRole('button', { name: 'Continue to shipping' }).click();
  await page.getByRole('alert').waitFor();
  yield 'checkout: contact, refused';
  await giveContact(page, uniqueEmail());
  await step(page, 'Shipping').waitFor();
  await page.getByRole('radio', { name: 'Express' }).check();
  yield 'checkout: shipping';
  await chooseShipping(page);
  await step(page, 'Payment').waitFor();
  await page.getByRole('radio', { name: 'Test card' }).check();
  yield 'checkout: payment';
  await payByCard(page, cards.approved);
  await step(page, 'Review').waitFor();
  yield 'checkout: review';
  await placeButton(page).click();
  await orderNumber(page);
  yield 'order';
}

async function* doors({ page }: Hands) {
  yield* through(page, {
    'sign-in': '/account/sign-in',
    'opening an account': '/account/sign-up',
    'forgotten password': '/account/reset?done=sent',
    'link that does not work': '/account/reset/x',
  });
  await page.goto('/account/sign-in');
  await page.getByLabel('E-mail').fill('nobody@example.com');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  yield 'sign-in, refused';
}

async function* account({ page, admin }: Hands) {
  const email = uniqueEmail();
  await page.goto(await signUpLink(page, email));
  yield 'choosing a password';
  await choosePassword(page);
  yield 'account without orders';
  yield* through(page, {
    'no orders': '/account/orders',
    'no addresses': '/account/addresses',
    'new address': '/account/addresses/new',
  });
  await page.getByRole('button', { name: 'Save address' }).click();
  await page.getByRole('alert').waitFor();
  yield 'new address, refused';
  await saveAddress(page);
  yield 'addresses';
  await putInCart(page, await admin.makeProduct());
  await goToReview(page);
  await placeButton(page).click();
  await orderNumber(page);
  yield* through(page, { account: '/account', orders: '/account/orders' });
  await page.getByRole('main').getByRole('link', { name: /^Order HF-/ }).click();
  await page.getByText('Cancel this order').click();
  yield 'own order';
  await page.getByRole('button', { name: 'Buy again' }).click();
  await page.getByText('The items from your order are in your cart again.').waitFor();
  yield 'cart with the order again';
  await page.goto('/account/security');
  await page.getByText('Close account', { exact: true }).click();
  yield 'security';
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill('not the password either');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('alert').waitFor();
  yield 'security, refused';
  yield* through(page, { 'second factor, off': '/account/security/second-factor' });
  await page.getByRole('button', { name: 'Set it up' }).click();
  await page.locator('.qr').waitFor();
  yield 'second factor, being set up';
  const secret = await page.locator('.factor-secret').innerText();
  await page.getByLabel('Code', { exact: true }).fill(totp(secret, Date.now()));
  await page.getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.locator('.recovery-codes').waitFor();
  yield 'recovery codes';
  yield* through(page, { 'second factor, on': '/account/security/second-factor' });
}

export const shopTours: Record<string, Tour> = {
  'doors to an account': doors,
  'pages of an account': account,
  'lists of products': lists,
  'single pages': single,
  'collection and wishlist': chosen,
  'cart and its problems': problems,
  'cart over a limit': limited,
  'order that waits for its payment': unpaid,
  'way from the cart to the order': purchase,
};

async function* signInPage({ page }: Hands) {
  yield* through(page, { 'staff sign-in': '/admin/sign-in' });
  await page.getByLabel('E-mail').fill('nobody@example.com');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  yield 'staff sign-in, refused';
}

async function* products({ page }: Hands) {
  yield* through(page, { products: '/admin/products', 'new product': '/admin/products/new' });
  await page.getByRole('button', { name: 'Create product' }).click();
  await page.getByRole('alert').waitFor();
  yield 'new product, refused';
  await page.goto('/admin/products?q=over-ear');
  await page.getByRole('link', { name: 'Over-Ear Headphones' }).click();
  await page.getByRole('heading', { level: 1, name: 'Over-Ear Headphones' }).waitFor();
  yield 'product';
}

async function* goods({ page, admin }: Hands) {
  const product = await admin.makeProduct([{ options: ['S'] }, { options: ['M'] }], ['Size']);
  yield* through(page, {
    'filtered products': '/admin/products?active=true&stock=in-stock&sort=title',
    'products without a hit': '/admin/products?q=zzqqxx',
    stock: '/admin/stock',
    'stock of a variant': `/admin/stock/${product.variants[0]!.id}`,
    'preview of a product': `/admin/products/${product.id}/preview`,
    'limits of a product': `/admin/products/${product.id}/limits`,
    'import and export': '/admin/import',
  });
  await page.goto(`/admin/products/${product.id}/limits`);
  await page.getByLabel('Units per customer: Whole product').fill('many');
  await page.getByRole('button', { name: 'Save limits' }).click();
  await page.getByRole('alert').waitFor();
  yield 'limits of a product, refused';
  await page.goto(`/admin/products?q=${encodeURIComponent(product.title)}`);
  await page.getByLabel('Select all on this page').check();
  await page.getByLabel('Action', { exact: true }).selectOption('Change prices by a percentage');
  await page.getByLabel('Amount, percentage or tag').fill('-10');
  await page.getByRole('button', { name: 'Preview changes' }).click();
  await page.getByRole('button', { name: 'Apply' }).waitFor();
  yield 'change to look at';
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('heading', { name: 'Done' }).waitFor();
  yield 'change that is done';
  const contested = await admin.makeProduct();
  await page.goto(`/admin/products/${contested.id}`);
  await admin.setPrice(contested, '23.00', 10);
  await page.getByLabel('Title', { exact: true }).fill('Other title');
  await page.getByRole('button', { name: 'Save product' }).click();
  await page.getByRole('alert').waitFor();
  yield 'collision';
}

async function* orders({ page, admin, playwright }: Hands) {
  const product = await admin.makeProduct();
  const { order_number } = await order(playwright, product, 1, uniqueEmail());
  yield* through(page, {
    'orders without a hit': '/admin/orders?q=zzqqxx',
    orders: '/admin/orders',
  });
  await page.goto(`/admin/orders?q=${order_number}`);
  await page.getByRole('link', { name: order_number }).click();
  await page.getByRole('heading', { level: 1, name: `Order ${order_number}` }).waitFor();
  yield 'order';
  const here = page.url();
  yield* through(page, {
    'orders, filtered': '/admin/orders?from=2020-01-01&to=never&product=buoy',
    'packing slip': `${here}/packing-slip`,
    invoice: `${here}/invoice`,
    refund: `${here}/refund`,
    'refund of too much': `${here}/refund?lines%5B0%5D%5Bunits%5D=9&restock=1`,
    'refund worked out': `${here}/refund?lines%5B0%5D%5Bunits%5D=1&restock=1`,
  });
  await page.goto(here);
  await page.getByRole('button', { name: 'Mark as packed' }).click();
  await page.getByRole('button', { name: 'Mark as shipped' }).waitFor();
  yield 'order to be shipped';
  await page.getByLabel('Carrier').fill('UPS');
  await page.getByLabel('Tracking number').fill('1Z999');
  await page.getByRole('button', { name: 'Mark as shipped' }).click();
  await page.getByText('Edit tracking').click();
  yield 'shipped order';
  await page.goto(`${here}/refund?lines%5B0%5D%5Bunits%5D=1&restock=1`);
  await page.getByRole('button', { name: /^Deduct / }).click();
  await page.getByText('Fully refunded').waitFor();
  yield 'refunded order';
}

async function* people({ page, admin, playwright }: Hands) {
  const product = await admin.makeProduct();
  const email = uniqueEmail();
  await order(playwright, product, 1, email);
  yield* through(page, {
    customers: '/admin/customers',
    accounts: '/admin/customers?list=accounts',
    'customers without a hit': '/admin/customers?q=zzqqxx',
    'audit log': '/admin/audit',
    'audit log without a hit': '/admin/audit?id=zzqqxx',
  });
  await page.goto(`/admin/customers?q=${email}`);
  await page.getByRole('row').filter({ hasText: email }).getByRole('link').click();
  await page.getByText('Erase personal data…').click();
  yield 'customer';
  await page.getByLabel('Type the e-mail address').fill('somebody@example.com');
  await page.getByRole('button', { name: 'Erase permanently' }).click();
  await page.getByRole('alert').waitFor();
  yield 'customer, not erased';
  const invited = uniqueEmail();
  await page.goto('/admin/staff');
  await page.getByLabel('E-mail').fill(invited);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('status').waitFor();
  yield 'staff';
  await page.getByLabel('E-mail').fill('nobody');
  await page.locator('form.panel').evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('alert').waitFor();
  yield 'staff, refused';
  await page.goto(await mailedLink(invited, '/admin/invitation'));
  yield 'invitation';
}

async function* desk({ page, admin, playwright }: Hands) {
  await order(playwright, await admin.makeProduct(), 1, uniqueEmail());
  yield* through(page, { dashboard: '/admin' });
  await page.getByText('The charts as a table').click();
  yield 'dashboard with its table';
  yield* through(page, {
    'dashboard of 30 days': '/admin?days=30',
    system: '/admin/system',
    payments: '/admin/payments',
    'texts of a language': '/admin/translations/de/file',
    settings: '/admin/settings',
  });
  await page.getByLabel('Tax').fill('a lot');
  await page.getByLabel('Price of method 1').fill('x');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByRole('alert').waitFor();
  yield 'settings, refused';
  yield* through(page, {
    seller: '/admin/seller',
    sentences: '/admin/sentences',
    brakes: '/admin/brakes',
    limits: '/admin/limits',
    'payment methods': '/admin/settings/methods',
    'bank transfer': '/admin/settings/bank',
    'cash on delivery': '/admin/settings/cash',
    'payments to match': '/admin/transfers',
    carriers: '/admin/carriers',
    search: '/admin/search?q=orders',
  });
  await page.goto('/admin/settings/cash');
  await page.getByLabel('Minutes to confirm').fill('soon');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByRole('alert').waitFor();
  yield 'cash on delivery, refused';
  await page.goto('/admin/seller');
  await page.getByLabel('E-mail address').fill('nobody');
  await page.getByRole('button', { name: 'Save seller’s data' }).click();
  await page.getByRole('alert').waitFor();
  yield 'seller, refused';
}

async function* ownPages({ page }: Hands) {
  yield* through(page, {
    pages: '/admin/pages',
    'new page': '/admin/pages/new?template=imprint-de',
    menus: '/admin/menus',
    'new menu item': '/admin/menus/new?place=footer',
  });
  await page.getByRole('button', { name: 'Save menu item' }).click();
  await page.getByRole('alert').waitFor();
  yield 'new menu item, refused';
  await page.goto('/admin/pages');
  await page.getByRole('link', { name: 'Contact', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Contact' }).waitFor();
  yield 'page editor';
  const translations = page.getByRole('region', { name: 'Translations' });
  await translations.getByRole('link', { name: 'Deutsch' }).click();
  await page.getByRole('link', { name: /^Start with the template/ }).click();
  await page.getByText('This is the template.').waitFor();
  yield 'translation of a page';
  yield* through(page, { 'translation of menus': '/admin/translations/de/menus' });
}

/** `page` need not be signed in. */
export const doorTour: Tour = signInPage;

/** `page` is signed in. */
export const adminTours: Record<string, Tour> = {
  desk,
  products,
  goods,
  orders,
  people,
  'pages and menus': ownPages,
  'editors of the shop': editors,
};
