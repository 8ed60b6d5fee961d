import { request } from '@playwright/test';

import { Admin } from './admin';
import { specs } from './environment';

/**
 * The first way to pay is chosen for shoppers: here the test card and, for those whose details are known, cash,
 * for which nothing is typed. Only the tests that are about the provider's page meet it.
 */
export default async function offerProviderLast(): Promise<void> {
  // The other shops have no page of a provider.
  if (!['all', 'data'].includes(specs)) {
    return;
  }
  const admin = await Admin.signIn(request);
  await admin.offerFirst('cash_on_delivery');
  await admin.offerFirst('test_card');
  await admin.dispose();
}
