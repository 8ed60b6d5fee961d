import { randomBytes } from 'node:crypto';

/** A name that no other test and no earlier run has used. */
export function unique(name: string): string {
  return `${name} ${suffix()}`;
}

export function uniqueEmail(): string {
  return `kim.${suffix()}@example.com`;
}

/** Letters only, so that a search for it finds nothing that merely looks like it. */
function suffix(): string {
  return Array.from(randomBytes(8), (byte) => String.fromCharCode(97 + (byte % 26))).join('');
}
