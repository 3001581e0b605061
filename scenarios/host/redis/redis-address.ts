/** Where a Redis is, and as whom one comes to it. A password is in no message: what is shown has none. */
import { queueError } from './errors.ts';

/** The variable of the environment that a password may come in, rather than in the address. */
export const PASSWORD_VARIABLE = 'CALLDRILL_REDIS_PASSWORD';

/** An address that was read. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly database: number;
  readonly username?: string;
  readonly password?: string;
  /** `redis://host:port`, without user and password. */
  readonly shown: string;
}

const SCHEMES: Readonly<Record<string, boolean>> = { 'redis:': false, 'rediss:': true };
const PORT = 6379;

/** Reads `redis[s]://[[user]:password@]host[:port][/database]`. Throws QUEUE_URL, which shows no password. */
export function redisAddress(
  written: string,
  env: Readonly<Record<string, string | undefined>> = {},
): RedisAddress {
  if (!URL.canParse(written)) throw queueError('QUEUE_URL', 'this cannot be read as an address');
  const url = new URL(written);
  const tls = SCHEMES[url.protocol];
  if (tls === undefined) throw queueError('QUEUE_URL', `'${url.protocol}' begins no address of a Redis`);
  const [, database = '', ...more] = url.pathname.split('/');
  if (url.hostname === '' || more.length > 0 || !/^\d{0,3}$/.test(database) || url.search + url.hash !== '')
    throw queueError(
      'QUEUE_URL',
      'the address has more or less than a host, a port and a number of a database',
    );
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? PORT : Number(url.port);
  const password = url.password === '' ? env[PASSWORD_VARIABLE] : decoded(url.password);
  return {
    ...{ host, port, tls, database: Number(database) },
    ...(url.username === '' ? {} : { username: decoded(url.username) }),
    ...(password === undefined || password === '' ? {} : { password }),
    shown: `${url.protocol}//${url.hostname}:${port}${database === '' ? '' : `/${database}`}`,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw queueError('QUEUE_URL', 'user or password has a % that is none of an address', { cause });
  }
}
