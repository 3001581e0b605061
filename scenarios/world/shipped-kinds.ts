/** The kinds of devices that calldrill has. Whoever builds worlds hands them in; a test may hand in others. */
import { attackerKind } from '../../devices/attacker/kind.ts';
import { cmsKind } from '../../devices/cms/kind.ts';
import { crsKind } from '../../devices/crs/kind.ts';
import { firewallKind } from '../../devices/firewall/kind.ts';
import { handsetKind } from '../../devices/handset/kind.ts';
import type { DeviceKinds } from '../../devices/kind.ts';
import { mdmKind } from '../../devices/mdm/kind.ts';
import { netKind } from './net-kind.ts';

/** All of them, in the order in which a world builds their devices: a firewall stands before anything is behind it (para-20). */
export const SHIPPED_KINDS = [
  firewallKind,
  crsKind,
  cmsKind,
  handsetKind,
  mdmKind,
  attackerKind,
  netKind,
] as const satisfies DeviceKinds;
