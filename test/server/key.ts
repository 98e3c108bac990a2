import { generateKeyPairSync } from 'node:crypto';

/** A private key, PEM; made once, since making one takes longer than most tests. */
export const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();
