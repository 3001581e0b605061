/**
 * The opening: how every world gets its keys before the screenplay begins, as lines like any others. For each account the operator
 * of its CMS adds its users and burns the first disc, the administrator of its CRS loads it, and each user scans a code from the screen.
 */
import { SECOND, type Micros } from '../../sim/clock.ts';
import { cmsKind } from '../../devices/cms/kind.ts';
import { crsKind } from '../../devices/crs/kind.ts';
import type { DeclaredAccount, ResolvedScreenplay, User } from '../language/index.ts';
import type { TypedLine } from './log.ts';

/** How long after its last line the opening has settled: phones are registered. */
const SETTLING: Micros = 10 * SECOND;

type OpeningLine = readonly [by: string, on: string, line: string];

/** When the opening is over, and the screenplay may begin; at once where nobody gets keys. */
export function openingEndOf(screenplay: Pick<ResolvedScreenplay, 'world' | 'begins'>): Micros {
  const last = openingOf(screenplay).at(-1);
  return last === undefined ? 0 : last.time + SETTLING;
}

/** The lines of the opening, one a quarter of a second from the beginning on. */
export function openingOf({
  world,
  begins,
}: Pick<ResolvedScreenplay, 'world' | 'begins'>): readonly TypedLine[] {
  const month = new Date(begins).toISOString().slice(0, 7);
  const enrolled = (account: string): readonly User[] =>
    world.users.filter((user) => user.account === account && user.enrolled && user.handset !== undefined);
  const opened = world.accounts.filter(({ name }) => enrolled(name).length > 0);
  const lines = opened.flatMap((account, index) => {
    const disc = index === 0 ? 'opening-disc' : `opening-disc-${account.name}`;
    return linesOf(account, enrolled(account.name), month, disc);
  });
  const apart: Micros = SECOND / 4;
  return lines.map(([by, on, line], index) => ({ time: index * apart, by, on, line }));
}

function linesOf(
  { name: account, cms, crs }: DeclaredAccount,
  users: readonly User[],
  month: string,
  disc: string,
): readonly OpeningLine[] {
  const operator = cmsKind.office?.(cms) ?? cms;
  const admin = crsKind.office?.(crs) ?? crs;
  return [
    [admin, crs, `create-account ${account}`],
    ...users.map(({ name, number }): OpeningLine => [operator, cms, `add-user ${number} ${name}`]),
    [operator, operator, `take-blank ${disc}`],
    [operator, operator, `insert ${disc} ${cms}`],
    [operator, cms, `burn-disc --month ${month}`],
    [operator, operator, `eject ${cms}`],
    [operator, operator, `carry ${disc} ${admin}`],
    [admin, admin, `insert ${disc} ${crs}`],
    [admin, crs, 'check-log'],
    [admin, crs, 'load-disc'],
    [admin, admin, `eject ${crs}`],
    [admin, admin, `destroy ${disc}`],
    ...users.flatMap(({ name, number }): readonly OpeningLine[] => [
      [operator, cms, `view-qr ${number}`],
      [name, name, `scan ${cms}`],
      [operator, cms, 'hide-qr'],
    ]),
  ];
}
