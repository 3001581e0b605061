/**
 * The opening: how every world gets its keys before the screenplay begins, as lines like any others. The CMS operator adds
 * the users and burns the first disc, the CRS administrator loads it, and each user scans a code from the screen.
 */
import { SECOND, type Micros } from '../../sim/clock.ts';
import type { ResolvedScreenplay } from '../language/index.ts';
import { ACCOUNT, ADMINISTRATOR as admin, CMS, CRS, OPERATOR as operator } from '../language/standing.ts';
import type { TypedLine } from './log.ts';

/** The lines of the opening, one a quarter of a second from the beginning on. */
export function openingOf(screenplay: ResolvedScreenplay): readonly TypedLine[] {
  const enrolled = screenplay.world.users.filter((user) => user.enrolled && user.handset !== undefined);
  if (enrolled.length === 0) return [];
  const month = new Date(screenplay.begins).toISOString().slice(0, 7);
  const lines: (readonly [by: string, on: string, line: string])[] = [
    [admin, CRS, `create-account ${ACCOUNT}`],
    ...enrolled.map(({ name, number }) => [operator, CMS, `add-user ${number} ${name}`] as const),
    [operator, operator, 'take-blank opening-disc'],
    [operator, operator, `insert opening-disc ${CMS}`],
    [operator, CMS, `burn-disc --month ${month}`],
    [operator, operator, `eject ${CMS}`],
    [operator, operator, `carry opening-disc ${admin}`],
    [admin, admin, `insert opening-disc ${CRS}`],
    [admin, CRS, 'check-log'],
    [admin, CRS, 'load-disc'],
    [admin, admin, `eject ${CRS}`],
    [admin, admin, 'destroy opening-disc'],
    ...enrolled.flatMap(({ name, number }) => [
      [operator, CMS, `view-qr ${number}`] as const,
      [name, name, `scan ${CMS}`] as const,
      [operator, CMS, 'hide-qr'] as const,
    ]),
  ];
  const apart: Micros = SECOND / 4;
  return lines.map(([by, on, line], index) => ({ time: index * apart, by, on, line }));
}
