import { createHmac } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes of a secret in base32. */
function decoded(secret: string): Buffer {
  let bits = '';
  for (const letter of secret.replaceAll(' ', '')) {
    bits += LETTERS.indexOf(letter).toString(2).padStart(5, '0');
  }
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}

/** What an authenticator app shows at a time: RFC 6238 with SHA-1, six digits and 30 seconds. */
export function totp(secret: string, at: number): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', decoded(secret)).update(step).digest();
  const from = hash.readUInt8(hash.length - 1) & 15;
  const digits = (hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000;
  return digits.toString().padStart(6, '0');
}

/** The app's next code, which is taken already: each is taken once, and nobody likes to wait. */
export function nextCode(secret: string): string {
  return totp(secret, Date.now() + 30_000);
}
