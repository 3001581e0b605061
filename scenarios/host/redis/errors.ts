/** What can be wrong with a queue of runs on Redis. */
import { errorsOf } from '../../../sim/errors.ts';

/** The QUEUE_ codes with what each means and what mends it. */
export const QUEUE_CODES = {
  QUEUE_URL: {
    summary: 'This is not the address of a Redis.',
    fix: 'Name it as redis://host:port, or rediss://host:port for TLS; a password may come in CALLDRILL_REDIS_PASSWORD.',
  },
  QUEUE_NOT_INSTALLED: {
    summary: 'A queue on Redis needs the packages bullmq and ioredis, which are not here.',
    fix: 'Type `npm install bullmq ioredis`, or leave --queue out: runs are then made on threads of this machine.',
  },
  QUEUE_OTHER_BUILD: {
    summary:
      'A worker is of another build than the runs that are handed out: it could come to other results.',
    fix: 'Start a worker of the same build as whoever hands out; `calldrill queue status <redis>` names both.',
  },
  QUEUE_AWAY: {
    summary: 'A Redis does not answer.',
    fix: 'Look whether it runs, and whether host, port, TLS and password are right.',
  },
  QUEUE_REFUSED: {
    summary: 'A Redis does not let calldrill in, or does not take what it is told.',
    fix: 'Look at user and password (CALLDRILL_REDIS_PASSWORD), at the certificate (NODE_EXTRA_CA_CERTS names a file with that of who signed it), and at the memory of Redis.',
  },
  QUEUE_REPLY: {
    summary: 'What came back from a queue is not what a worker of this build writes.',
    fix: 'Look who else writes to this Redis; `calldrill queue clear <redis>` takes away what calldrill has there.',
  },
} as const;

/** Makes an error of one of the QUEUE_ codes. */
export const queueError = errorsOf(QUEUE_CODES);
