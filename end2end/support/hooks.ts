import { createServer, type IncomingMessage } from 'node:http';

import { baseURL, hookPort } from './environment';

/** Where a test says of which order all events are lost. */
const LOSE = '/lose/';

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/**
 * The network between the payment provider and the shop: hands its events on, and loses those that a test
 * wants lost. Runs as long as the tests do.
 */
export default async function carryEvents(): Promise<(() => void) | undefined> {
  if (hookPort === undefined) {
    return undefined;
  }
  const lost = new Set<string>();
  const server = createServer((request, response) => {
    const answer = (status: number) => response.writeHead(status).end();
    const path = request.url ?? '/';
    if (path.startsWith(LOSE)) {
      lost.add(path.slice(LOSE.length));
      answer(204);
      return;
    }
    read(request)
      .then(async (body) => {
        const text = body.toString('utf8');
        if ([...lost].some((order) => text.includes(order))) {
          return 200;
        }
        const headers = { 'content-type': 'application/json; charset=utf-8' };
        const signature = String(request.headers['stripe-signature'] ?? '');
        const sent = await fetch(new URL(path, baseURL), {
          method: 'POST',
          headers: { ...headers, 'stripe-signature': signature },
          body: text,
        });
        return sent.status;
      })
      // The provider sends it again.
      .then(answer, () => answer(502));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(hookPort, '127.0.0.1', done);
  });
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

/** From now on the provider's events of this order never arrive. */
export async function loseEvents(orderId: string): Promise<void> {
  if (hookPort === undefined) {
    throw new Error('Say in HOOK_PORT where the provider sends its events; they are handed on from there.');
  }
  const said = await fetch(`http://127.0.0.1:${hookPort}${LOSE}${orderId}`, { method: 'POST' });
  if (said.status !== 204) {
    throw new Error(`the events of ${orderId} cannot be lost: ${said.status}`);
  }
}
